"""The press list: desks that get releases, and who of them gets this one."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import get_args

from stuifmail.config.models import Audience
from stuifmail.config.sheet_columns import PRESS
from stuifmail.model.names import fold_name
from stuifmail.model.people import Medium, PressDesk, Reader
from stuifmail.model.problems import Problem
from stuifmail.people.addresses import normalise_address
from stuifmail.people.audience import find_listed
from stuifmail.people.cells import read_day, read_language, read_yes, split_values
from stuifmail.people.rows import contact_id
from stuifmail.sheets import read_sheet

_KINDS: Mapping[str, Medium] = {
    **{name: name for name in get_args(Medium)},
    "": "other",
    "dagblad": "daily",
    "krant": "daily",
    "vakblad": "trade",
    "vakmedium": "trade",
    "regionaal": "regional",
    "persbureau": "agency",
    "omroep": "broadcast",
    "overig": "other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PressSheet:
    """What the press list says.

    Args:
        desks: one for each address, in the order of the sheet.
        problems: in the order of the sheet; a row that is left out is named here.
    """

    desks: tuple[PressDesk, ...]
    problems: tuple[Problem, ...] = ()


def read_press(
    content: bytes,
    *,
    file: str,
    columns: Mapping[str, str] | None = None,
    languages: Sequence[str] = (),
    themes: Sequence[str] = (),
) -> PressSheet:
    """Answer the desks of a press list, each address once.

    Args:
        content: the sheet's bytes, CSV or XLSX.
        file: the file, as the user knows it.
        columns: the sheet's header by our column name, where they differ.
        languages: in which releases are made; a desk that reads another one is named.
        themes: ids of the newsroom's themes; others are named and left out.

    Raises:
        InvalidSheet: columns are missing or doubled, or this is no sheet.
    """
    sheet = read_sheet(
        content,
        file=file,
        required=[column.name for column in PRESS if column.is_required],
        optional=[column.name for column in PRESS if not column.is_required],
        mapping=columns,
        aliases={column.name: column.aliases for column in PRESS},
    )
    problems: list[Problem] = []
    desks: dict[str, PressDesk] = {}
    for cells in sheet.to_dict("records"):
        row = _DeskRow(
            cells={str(name): str(value) for name, value in cells.items()},
            line=int(cells["line"]),
            file=file,
            languages=languages,
            themes=themes,
        )
        desk = row.read()
        problems += row.problems
        if desk is not None:
            desks[desk.address] = (
                _merge(desks[desk.address], desk, problems) if desk.address in desks else desk
            )
    problems += _find_doubles(tuple(desks.values()), file)
    return PressSheet(desks=tuple(desks.values()), problems=tuple(sorted(problems, key=lambda p: p.line)))


@dataclass(slots=True, kw_only=True)
class _DeskRow:
    """A row while it is being read."""

    cells: Mapping[str, str]
    line: int
    file: str
    languages: Sequence[str]
    themes: Sequence[str]
    problems: list[Problem] = field(default_factory=list)

    def read(self) -> PressDesk | None:
        """Answer the desk, None when the row cannot be one."""
        address, language = self._address(), self._language()
        outlet, desk = self._words("outlet"), self._words("desk")
        if not address or not language or outlet is None or desk is None:
            return None
        return PressDesk(
            id=" ".join(self.cells["id"].split())[:100] or contact_id(address),
            address=address,
            outlet=outlet,
            desk=desk,
            country=self._country(),
            language=language,
            themes=self._themes(),
            kind=self._kind(),
            is_trusted=self._says("trusted", otherwise=False),
            is_opted_out=self._says("opted_out", otherwise=True),
            basis=" ".join(self.cells["basis"].split()),
            last_contact=self._last_contact(),
            place=f"{self.file}:{self.line}",
        )

    def _report(self, key: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(file=self.file, line=self.line, key=key, message=message, remedy=remedy))

    def _address(self) -> str:
        text = self.cells["email"]
        try:
            return normalise_address(text)
        except ValueError as error:
            said = f"{text!r} is no address ({error})" if text else "no address"
            self._report("email", f"{said}; this desk gets nothing", "correct it: one address, and bare")
            return ""

    def _language(self) -> str:
        text = self.cells["language"]
        code = read_language(text)
        if not code:
            said = f"{text!r} is no language code" if text else "no language"
            remedy = "write the one in which the desk gets releases, such as nl"
            self._report("language", f"{said}; this desk gets nothing", remedy)
        elif self.languages and code not in self.languages:
            remedy = f"write {' or '.join(self.languages)} when the desk reads that"
            self._report("language", f"no release is made in {code}; this desk gets nothing", remedy)
        return code

    def _words(self, key: str) -> str | None:
        text = self.cells[key]
        if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text):
            remedy = "put it on one line; a line end in it could forge headers of a message"
            self._report(key, f"line ends or control characters in {text!r}; this desk gets nothing", remedy)
            return None
        return " ".join(text.split())

    def _country(self) -> str:
        code = self.cells["country"].strip().upper()
        if len(code) == 2 and code.isalpha():
            return code
        said = f"{self.cells['country']!r} is no country code" if code else "no country"
        remedy = "write two letters, such as NL; without, no audience of one country has the desk"
        self._report("country", said, remedy)
        return ""

    def _themes(self) -> tuple[str, ...]:
        given = split_values(self.cells["themes"])
        unknown = [theme for theme in given if self.themes and theme.casefold() not in self.themes]
        if unknown:
            remedy = f"the themes are {', '.join(self.themes)}; an empty cell means all"
            self._report("themes", f"there is no theme {', '.join(unknown)}", remedy)
        return tuple(theme.casefold() for theme in given)

    def _kind(self) -> Medium:
        text = self.cells["kind"].casefold()
        if text not in _KINDS:
            remedy = f"write one of {', '.join(get_args(Medium))}"
            self._report("kind", f"{text!r} is no kind of medium; it counts as other", remedy)
        return _KINDS.get(text, "other")

    def _says(self, key: str, *, otherwise: bool) -> bool:
        """Whether the cell says yes; who cannot be understood is not trusted, and left alone."""
        text = self.cells[key]
        said = read_yes(text)
        if said is None:
            counts = "yes" if otherwise else "no"
            self._report(
                key, f"{text!r} is neither yes nor no", f"write yes or no; it counts as {counts} now"
            )
        return otherwise if said is None else said

    def _last_contact(self) -> date | None:
        text = self.cells["last_contact"]
        try:
            return read_day(text)
        except ValueError:
            self._report("last_contact", f"{text!r} is no day", "write it as 2026-05-04")
            return None


def _line(desk: PressDesk) -> int:
    return int(desk.place.rpartition(":")[2])


def _merge(first: PressDesk, double: PressDesk, problems: list[Problem]) -> PressDesk:
    """Of two rows with one address the first counts, but for what keeps mail away."""
    problems.append(
        Problem(
            file=double.place.rpartition(":")[0],
            line=_line(double),
            key="email",
            message=f"the address of line {_line(first)} once more; it is one desk, and gets "
            f"the {first.language} version only",
            remedy="remove one of the rows",
        )
    )
    return replace(
        first,
        is_trusted=first.is_trusted and double.is_trusted,
        is_opted_out=first.is_opted_out or double.is_opted_out,
    )


def _find_doubles(desks: Sequence[PressDesk], file: str) -> list[Problem]:
    """Answer the desks that stand in the list under two addresses."""
    seen: dict[tuple[str, str], PressDesk] = {}
    problems = []
    for desk in desks:
        first = seen.setdefault(name_of(desk), desk)
        if first is not desk:
            message = f"{say_desk(desk)} stands in line {_line(first)} too, with another address"
            remedy = "keep one: a desk gets each release once, in one language"
            problems.append(Problem(file=file, line=_line(desk), key="desk", message=message, remedy=remedy))
    return problems


def name_of(desk: PressDesk) -> tuple[str, str]:
    """Answer outlet and desk as they are compared."""
    return fold_name(desk.outlet), fold_name(desk.desk)


def say_desk(desk: PressDesk) -> str:
    """Answer how a desk is addressed: "De Wilgenbode, natuurredactie"."""
    return ", ".join(part for part in (desk.outlet, desk.desk) if part)


def select_desks(
    desks: Sequence[PressDesk],
    audience: Audience,
    *,
    languages: Sequence[str],
    suppressions: Mapping[str, str],
    told: Callable[[PressDesk], str],
) -> tuple[Reader, ...]:
    """Answer every desk of an audience, those that get nothing too, with the reason.

    A desk that stands in the list under two addresses gets one copy, at the first that may have
    it; and none when one of its rows says that it wants none.

    Args:
        desks: each address once.
        audience: a desk matches every rule that it gives.
        languages: of the release.
        suppressions: reason by address, addresses in lower case.
        told: why a desk has this news already, in a version in another language; "" when it has not.
    """
    refused = {name_of(desk) for desk in desks if desk.is_opted_out and desk.desk}
    given: dict[tuple[str, str], str] = {}

    def judge(desk: PressDesk) -> str:
        if why := why_not(desk, suppressions) or _why_other(desk, languages) or told(desk):
            return why
        if name_of(desk) in refused:
            return "the desk wants no releases: another of its rows says so"
        first = given.setdefault(name_of(desk), desk.address) if desk.desk else desk.address
        return "" if first == desk.address else f"the same desk as {first}, which gets it"

    return tuple(
        Reader(
            contact_id=desk.id,
            address=desk.address,
            name=say_desk(desk),
            edition=desk.language if desk.language in languages else languages[0],
            suppressed=judge(desk),
            is_trusted=desk.is_trusted,
            basis=desk.basis,
        )
        for desk in desks
        if is_wanted(desk, audience)
    )


def is_wanted(desk: PressDesk, audience: Audience) -> bool:
    """Answer whether the desk matches every rule that the audience gives."""
    kinds = {_KINDS.get(kind.casefold(), kind.casefold()) for kind in audience.media}
    return (
        (not audience.languages or desk.language in audience.languages)
        and (not audience.countries or desk.country in audience.countries)
        and (not audience.media or desk.kind in kinds)
        and (not audience.themes or not desk.themes or not set(desk.themes).isdisjoint(audience.themes))
    )


def why_not(desk: PressDesk, suppressions: Mapping[str, str]) -> str:
    """Answer why the desk gets no release at all, in words; "" for one that does."""
    if desk.is_opted_out:
        return "the desk wants no releases"
    if listed := find_listed(desk.address, suppressions):
        return listed
    return "" if desk.basis else "no basis: nothing says why we may write to this desk"


def _why_other(desk: PressDesk, languages: Sequence[str]) -> str:
    if desk.language in languages:
        return ""
    return f"gets releases in {desk.language}, and this one is in {' and '.join(languages)}"
