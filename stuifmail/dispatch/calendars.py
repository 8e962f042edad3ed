"""The calendar parts of a message: encoded once per edition, or once more for each attendee.

Source: RFC 6047, 2.4 (METHOD in the object and in Content-Type), RFC 5545, 3.1 (folding).
"""

import re
from base64 import encodebytes
from dataclasses import dataclass
from urllib.parse import quote

from stuifmail.dispatch.headers import write_header
from stuifmail.errors import InvalidMessage
from stuifmail.model.publications import ATTENDEE_MARK, Rendering

FILE_NAME = "invitation.ics"

#: How `render/ics.py` writes the attendee: the mark is alone on a folded line.
_SLOT = f"\r\n {ATTENDEE_MARK}\r\n"
_METHODS = ("PUBLISH", "REQUEST", "CANCEL")
_LINE_OCTETS = 75
_METHOD = re.compile(r"\r\nMETHOD:(\w+)\r\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlottedCalendar:
    """One edition's calendar, ready for its readers.

    Args:
        method: PUBLISH, REQUEST or CANCEL.
        before, after: the text around the attendee; all of it is in `before` without one.
        encoded: the whole as base64 where it is the same for all readers; else b"".
    """

    method: str
    before: str
    after: str = ""
    encoded: bytes = b""

    def wrap(self, content_type: list[str], boundary: str) -> bytes:
        """Answer the head that puts letter and attachment into one message, up to the first part."""
        outer = write_header("Content-Type", ["multipart/mixed;", f'boundary="{_outer(boundary)}"'])
        inner = write_header("Content-Type", content_type)
        return outer + b"\r\n--" + _outer(boundary).encode() + b"\r\n" + inner + b"\r\n"

    def fill(self, address: str, boundary: bytes) -> tuple[bytes, bytes]:
        """Answer the part beside the HTML, b"" where there is none, and the attachment with its end.

        Args:
            address: the reader's, checked.
            boundary: of the inner part.
        """
        content = self.encoded or _encode(f"{self.before}{_fold(address)}{self.after}")
        beside = b"" if self.encoded else b"\r\n--" + boundary + self._head(is_attached=False) + content
        outer = b"--" + _outer(boundary.decode()).encode()
        attached = b"\r\n" + outer + self._head(is_attached=True) + content + b"\r\n" + outer + b"--\r\n"
        return beside, attached

    def _head(self, *, is_attached: bool) -> bytes:
        kind = ["text/calendar;", f"method={self.method};", "charset=utf-8"]
        if is_attached:
            # Beside its twin it is only a file: a second text/calendar would invite twice.
            kind = [*kind[:-1], "charset=utf-8;"] if self.encoded else ["application/ics;"]
            kind.append(f'name="{FILE_NAME}"')
        lines = [("Content-Type", kind), ("Content-Transfer-Encoding", ["base64"])]
        if is_attached:
            lines.append(("Content-Disposition", ["attachment;", f'filename="{FILE_NAME}"']))
        return b"\r\n" + b"".join(write_header(name, words) for name, words in lines) + b"\r\n"


def compile_calendar(place: str, rendering: Rendering) -> SlottedCalendar | None:
    """Answer an edition's calendar ready for its readers; None when it has none.

    Args:
        place: the edition, for the error.

    Raises:
        InvalidMessage: its methods differ, or a REQUEST has no place for its attendee.
    """
    text, method = rendering.calendar, rendering.calendar_method
    if not text:
        return None
    found = _METHOD.search(text)
    if method not in _METHODS or found is None or found[1] != method:
        raise InvalidMessage(
            f"the calendar part says {found[1] if found else 'no method'}, its mail {method or 'none'}",
            place=place,
            remedy="render the edition again",
        )
    before, slot, after = text.partition(_SLOT)
    if bool(slot) != (method == "REQUEST") and method != "CANCEL":
        raise InvalidMessage(
            f"a {method} has {'an' if slot else 'no'} attendee",
            place=place,
            remedy="render the edition again",
        )
    if not slot:
        return SlottedCalendar(method=method, before=text, encoded=_encode(text))
    return SlottedCalendar(method=method, before=before, after=after)


def _fold(address: str) -> str:
    """Answer the address on lines of its own, as long as lines of a calendar may be."""
    address = quote(address, safe="@!$'*+-.^_`{|}~")
    width = _LINE_OCTETS - 1
    lines = (address[start : start + width] for start in range(0, len(address), width))
    return "\r\n " + "\r\n ".join(lines) + "\r\n"


def _encode(text: str) -> bytes:
    return encodebytes(text.encode()).rstrip(b"\n").replace(b"\n", b"\r\n")


def _outer(boundary: str) -> str:
    """Answer a boundary that is not the beginning of the other, nor begins with it."""
    return f"=.{boundary.removeprefix('=_')}"
