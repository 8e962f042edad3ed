"""One reader's message as bytes: headers, a text part, an HTML part, then perhaps a calendar.

ASCII on the wire whatever the language, one To and never a Bcc, and the same bytes whenever
the same copy is built again.

A calendar to be saved (PUBLISH) is an attachment. One to be answered (REQUEST) stands beside the
HTML as well, where mail programs make buttons of it, and names its reader as the one attendee;
so does the CANCEL of one that was to be answered. It travels as base64, which keeps its CRLF.

Source: RFC 5322, 2046, 2369 (List-*), 2919 (List-Id), 3834 (Auto-Submitted), 6047 (calendars),
8058 (one click).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape

from stuifmail.dispatch.bodies import encode_slotted, fill_slots
from stuifmail.dispatch.calendars import SlottedCalendar, compile_calendar
from stuifmail.dispatch.headers import (
    check_address,
    check_body,
    check_link,
    check_value,
    encode_mailbox,
    encode_words,
    write_header,
)
from stuifmail.dispatch.tokens import make_token
from stuifmail.errors import DispatchError, InvalidMessage
from stuifmail.model.deliveries import Delivery
from stuifmail.model.publications import UNSUBSCRIBE_MARK, Rendering
from stuifmail.model.texts import LocalText, pick_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """What all copies of a publication have in common, whatever their language.

    Args:
        from_address: sender's mailbox, also the envelope's.
        from_name: sender's name by language.
        reply_to: where answers go, "" for the sender.
        list_id: stable List-Id, such as "nieuwsbrief.coalition.example.org".
        list_name: the series' name by language, shown with the List-Id.
        unsubscribe_url: the reader's token is added after a slash.
        help_url: page or mailto: address about this list, "" for none.
        archive_url: where past issues are to be read, "" for none.
        sent_at: the Date of every copy, aware.
    """

    from_address: str
    from_name: LocalText = field(default_factory=dict)
    reply_to: str = ""
    list_id: str
    list_name: LocalText = field(default_factory=dict)
    unsubscribe_url: str
    help_url: str = ""
    archive_url: str = ""
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Edition:
    """One edition, compiled: everything that is the same for all of its readers."""

    head: bytes
    boundary: bytes
    text: tuple[bytes, ...]
    html: tuple[bytes, ...]
    calendar: SlottedCalendar | None


class MessageBuilder:
    """Builds copies of one publication; each edition is encoded once.

    Args:
        letterhead: sender, list and date.
        renderings: the editions.
        secret: the newsroom's key for unsubscribe tokens.

    Raises:
        InvalidMessage: a value that may not enter a message, or an edition without a place
            for the unsubscribe address in its HTML or text; nothing was sent yet.
    """

    def __init__(self, letterhead: Letterhead, renderings: Mapping[str, Rendering], secret: bytes) -> None:
        self._letterhead = letterhead
        self._secret = secret
        self._envelope_from = check_address("sender", letterhead.from_address)
        self._unsubscribe = check_link("unsubscribe_url", letterhead.unsubscribe_url).rstrip("/")
        self._editions = {language: self._compile(rendering) for language, rendering in renderings.items()}

    def build(self, delivery: Delivery) -> tuple[str, bytes]:
        """Answer the envelope's sender and the message for one reader.

        Raises:
            InvalidMessage: this reader's name or address may not enter a message.
            DispatchError: there is no such edition.
        """
        edition = self._editions.get(delivery.edition)
        if edition is None:
            raise DispatchError(
                f"there is no edition in {delivery.edition!r}",
                place=delivery.publication_id,
                remedy="render it, or give these readers another language",
            )
        address = check_address(f"address of {delivery.contact_id}", delivery.address)
        token = make_token(self._secret, address=delivery.address, list_id=self._letterhead.list_id)
        link = f"{self._unsubscribe}/{token}"
        beside, attached = (
            edition.calendar.fill(address, edition.boundary) if edition.calendar else (b"", b"")
        )
        body = b"".join(
            (
                _head_for(delivery, address, link),
                edition.head,
                b"--" + edition.boundary + _TEXT_PART + fill_slots(edition.text, link),
                b"\r\n--" + edition.boundary + _HTML_PART + fill_slots(edition.html, escape(link)),
                beside,
                b"\r\n--" + edition.boundary + b"--\r\n",
                attached,
            )
        )
        return self._envelope_from, body

    def _compile(self, rendering: Rendering) -> _Edition:
        place = f"edition {rendering.language}"
        for part, content in (("text", rendering.text), ("HTML", rendering.html)):
            if UNSUBSCRIBE_MARK not in content:
                raise InvalidMessage(
                    f"the {part} part has no unsubscribe link",
                    place=place,
                    remedy="put it into the template's footer",
                )
        boundary = f"=_{rendering.sha256[:32]}"
        calendar = compile_calendar(place, rendering)
        content_type = ["multipart/alternative;", f'boundary="{boundary}"']
        head = calendar.wrap(content_type, boundary) if calendar else _end_head(content_type)
        return _Edition(
            head=self._shared_head(rendering) + head,
            boundary=boundary.encode("ascii"),
            text=encode_slotted(check_body(f"{place}: text", rendering.text), UNSUBSCRIBE_MARK),
            html=encode_slotted(check_body(f"{place}: HTML", rendering.html), UNSUBSCRIBE_MARK),
            calendar=calendar,
        )

    def _shared_head(self, rendering: Rendering) -> bytes:
        paper, language = self._letterhead, rendering.language
        from_name = check_value("sender's name", pick_text(paper.from_name, language))
        reply_to = check_address("reply address", paper.reply_to or paper.from_address)
        lines = [
            ("From", encode_mailbox(from_name, self._envelope_from)),
            ("Reply-To", [reply_to]),
            ("Subject", encode_words(check_value("subject", rendering.subject))),
            ("Date", format_datetime(paper.sent_at).split(" ")),
            *self._list_headers(language),
            ("Auto-Submitted", ["auto-generated"]),
            ("Precedence", ["bulk"]),
            ("Content-Language", [check_value("language", language)]),
            ("MIME-Version", ["1.0"]),
        ]
        return b"".join(write_header(name, words) for name, words in lines)

    def _list_headers(self, language: str) -> list[tuple[str, list[str]]]:
        paper = self._letterhead
        list_name = check_value("list name", pick_text(paper.list_name, language))
        list_id = check_address("list_id", f"list@{paper.list_id}").removeprefix("list@")
        headers = [("List-Id", encode_mailbox(list_name, list_id) if list_name else [f"<{list_id}>"])]
        for name, url in (("List-Help", paper.help_url), ("List-Archive", paper.archive_url)):
            if url:
                headers.append((name, [f"<{check_link(name, url)}>"]))
        return headers


def _end_head(content_type: list[str]) -> bytes:
    return write_header("Content-Type", content_type) + b"\r\n"


def _head_for(delivery: Delivery, address: str, link: str) -> bytes:
    name = check_value(f"name of {delivery.contact_id}", delivery.name)
    message_id = check_value("Message-ID", delivery.message_id)
    head = write_header("To", encode_mailbox(name, address))
    head += write_header("Message-ID", [message_id]) + write_header("List-Unsubscribe", [f"<{link}>"])
    # RFC 8058 knows one click over https only.
    return head + (_ONE_CLICK if link.startswith("https:") else b"")


_PART = "\r\nContent-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
_TEXT_PART = _PART.format("plain").encode()
_HTML_PART = _PART.format("html").encode()
_ONE_CLICK = write_header("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"])
