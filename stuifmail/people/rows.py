"""One row of the contacts sheet, with all that is wrong with it."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from stuifmail.model.people import Consent, Contact
from stuifmail.model.problems import Problem
from stuifmail.people.addresses import normalise_address
from stuifmail.people.cells import read_day, read_language, read_yes, split_values

_CONSENTS: Mapping[str, Consent] = {
    "confirmed": "confirmed",
    "bevestigd": "confirmed",
    "service": "service",
    "unknown": "unknown",
    "onbekend": "unknown",
    "": "unknown",
    "withdrawn": "withdrawn",
    "ingetrokken": "withdrawn",
    "unsubscribed": "withdrawn",
    "uitgeschreven": "withdrawn",
    "afgemeld": "withdrawn",
    "opt-out": "withdrawn",
}


@dataclass(slots=True, kw_only=True)
class ContactRow:
    """A row while it is being read.

    Args:
        cells: by our column name, and `line`.
        file: the sheet, as the user knows it.
        default_language: for rows that do not say.
        problems: filled while reading.
        refused: the row may not become a contact.
    """

    cells: Mapping[str, str]
    line: int
    file: str
    default_language: str
    problems: list[Problem] = field(default_factory=list)
    refused: bool = False

    def read(self) -> Contact | None:
        """Answer the contact, None when the row has no usable address."""
        address = self._address()
        name = self._name()
        if not address:
            return None
        return Contact(
            id=" ".join(self.cells["id"].split())[:100] or contact_id(address),
            address=address,
            name=name,
            language=self._language(),
            member_id=self.cells["member"],
            tier=self.cells["tier"].casefold(),
            functions=split_values(self.cells["functions"]),
            lists=split_values(self.cells["lists"]),
            consent=self._consent(),
            consent_at=self._consent_at(),
            consent_source=" ".join(self.cells["consent_source"].split()),
            bounced=self._bounced(),
            place=f"{self.file}:{self.line}",
        )

    def report(self, key: str, message: str, remedy: str) -> None:
        """Note a problem of this row."""
        self.problems.append(Problem(file=self.file, line=self.line, key=key, message=message, remedy=remedy))

    def _refuse(self, key: str, message: str, remedy: str) -> None:
        self.refused = True
        self.report(key, f"{message}; this row gets no mail", remedy)

    def _address(self) -> str:
        text = self.cells["email"]
        if not text:
            who = " ".join(self.cells["name"].split()) or self.cells["id"] or "no name either"
            self._refuse("email", f"no address ({who})", "fill in the address, or remove the row")
            return ""
        try:
            return normalise_address(text)
        except ValueError as error:
            self._refuse("email", f"{text!r} is no address ({error})", "correct the address: one, and bare")
            return ""

    def _name(self) -> str:
        name = self.cells["name"]
        if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in name):
            remedy = "put the name on one line; a line end in it could forge headers of a message"
            self._refuse("name", f"line ends or control characters in {name!r}", remedy)
            return ""
        return " ".join(name.split())

    def _language(self) -> str:
        text = self.cells["language"].casefold()
        if not text or (code := read_language(text)):
            return code if text else self.default_language
        remedy = f"write a code of two letters, such as nl; {self.default_language} is used now"
        self.report("language", f"{text!r} is no language code", remedy)
        return self.default_language

    def _consent(self) -> Consent:
        text = self.cells["consent"].casefold()
        if text not in _CONSENTS:
            remedy = "write confirmed, service, unknown or withdrawn; without, this row gets no mail"
            self.report("consent", f"{text!r} does not say what was consented to", remedy)
        return _CONSENTS.get(text, "unknown")

    def _consent_at(self) -> date | None:
        text = self.cells["consent_at"]
        try:
            return read_day(text)
        except ValueError:
            self.report("consent_at", f"{text!r} is no day", "write it as 2026-05-04")
            return None

    def _bounced(self) -> bool:
        text = self.cells["bounced"].casefold()
        said = read_yes(text)
        if said is None:
            self.report("bounced", f"{text!r} is neither yes nor no", "write yes or no; it counts as yes now")
        return said is not False


def contact_id(address: str) -> str:
    """Answer the id of a contact whose row has none: stable, and not the address itself."""
    return f"c-{sha256(address.encode()).hexdigest()[:12]}"
