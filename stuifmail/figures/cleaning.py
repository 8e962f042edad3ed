"""From the rows of a participants sheet to the people who were there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from stuifmail.config.models import Member
from stuifmail.figures.countries import resolve_country
from stuifmail.figures.membership import active_members
from stuifmail.model.attendance import AT_WORK, MODES, ROLES, STATUSES
from stuifmail.model.names import fold_name

if TYPE_CHECKING:  # some forty megabytes; only who reads a sheet needs it
    import pandas as pd

MUNICIPALITY = ("municipality", "gemeente", "municipalities", "gemeenten")

_TOLD_APART = ("status", "role", "organisation", "country")
_NOTHING = frozenset(map(fold_name, ("", "-", "n.v.t.", "nvt", "n/a", "geen", "none", "onbekend", "unknown")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Participants:
    """The people of a sheet, one row each, without those who were at work.

    Args:
        people: all who are in it, whatever their status, with `status`, `role` and `mode`.
        present: who attended, with `org_id` (member id, else the folded name, "" for none),
            `member` (id of a member on the day, or ""), `country_code` ("" when not known),
            `is_municipality`, and `role`.
        problems: what was left out or could not be told, one sentence each.
    """

    people: pd.DataFrame
    present: pd.DataFrame
    problems: tuple[str, ...]

    @property
    def is_held(self) -> bool:
        """Whether somebody noted who came: before that the sheet is a list of registrations."""
        return bool(self.people["status"].isin(["attended", "no_show"]).any())


def clean_participants(
    sheet: pd.DataFrame,
    *,
    members: Sequence[Member],
    file: str,
    on: date | None = None,
    with_press: bool = False,
) -> Participants:
    """Answer who registered and who attended, one row each, and what could not be told.

    Args:
        sheet: as `read_sheet` gives it, with the columns of a participants sheet.
        members: by whose ids, names and aliases organisations are known; former ones too.
        file: for the problems' places.
        on: the day on which an organisation has to be a member; None: it was or is one.
        with_press: press counts, too.
    """
    problems: list[str] = list(sheet.attrs.get("notes", ()))
    rows = _keep_known(sheet, "status", STATUSES, file, problems)
    rows = _keep_known(rows, "role", ROLES, file, problems)
    rows = _know_modes(rows, file, problems)
    _report_checked_in(rows, file, problems)
    everybody = _one_row_each(rows, file, problems)
    people = everybody[
        ~everybody["role"].isin([role for role in AT_WORK if role != "press" or not with_press])
    ]
    present = people[people["status"].eq("attended")].copy()
    _add_organisations(present, members, file, problems)
    _keep_members_on(present, members, on, file, problems)
    _add_countries(present, file, problems)
    return Participants(people=people, present=present, problems=tuple(problems))


def _know_modes(rows: pd.DataFrame, file: str, problems: list[str]) -> pd.DataFrame:
    """Put our own word for how people took part; an unknown one is told, and the person counts on."""
    meaning = {fold_name(word): name for name, several in MODES.items() for word in several}
    ours = _map_each(rows["mode"], lambda text: meaning.get(fold_name(text), ""))
    for lines, text in _by_value(rows[(ours == "") & ~_test_each(rows["mode"], _is_nothing)], "mode"):
        problems.append(
            f"{_place(file, lines)}: mode {text!r} is neither onsite nor online; "
            "counted as a participant only"
        )
    return rows.assign(mode=ours)


def _report_checked_in(rows: pd.DataFrame, file: str, problems: list[str]) -> None:
    others = rows[rows["status"].ne("attended")]
    for lines, status in _by_value(others[~_test_each(others["checked_in_at"], _is_no)], "status"):
        problems.append(
            f"{_place(file, lines)}: checked in, but the status is {status}; {_rows(len(lines))} counted as "
            "the status says: correct it where somebody came"
        )


def _keep_members_on(
    present: pd.DataFrame, members: Sequence[Member], on: date | None, file: str, problems: list[str]
) -> None:
    """Take out who was no member yet, or no longer, on the day itself."""
    if on is None:
        return
    active = {member.id for member in active_members(members, on)}
    stray = present["member"].ne("") & ~present["member"].isin(active)
    for lines, member in _by_value(present[stray], "member"):
        problems.append(
            f"{_place(file, lines)}: {member} was no member on {on}; counted as an organisation only"
        )
    present.loc[stray, "member"] = ""


def _keep_known(
    rows: pd.DataFrame, column: str, words: Mapping[str, Sequence[str]], file: str, problems: list[str]
) -> pd.DataFrame:
    """Put our own word in the column; rows with a word that nobody knows are reported and left out."""
    meaning = {fold_name(word): name for name, several in words.items() for word in several}
    ours = _map_each(rows[column], lambda text: meaning.get(fold_name(text), ""))
    for lines, text in _by_value(rows[ours == ""], column):
        said = f"{column} {text!r} is not one of" if text else f"{column} is empty: it must be one of"
        problems.append(f"{_place(file, lines)}: {said} {', '.join(words)}; {_rows(len(lines))} not counted")
    return rows.assign(**{column: ours})[ours != ""]


def _one_row_each(rows: pd.DataFrame, file: str, problems: list[str]) -> pd.DataFrame:
    """Keep one row for each person: by e-mail address, without one by registration number.

    Of somebody with several rows the one counts that says they were there: who cancelled one
    registration and came on another, came.
    """
    email = rows["email"].map(lambda text: "".join(text.split()).casefold() if "@" in text else "")
    number = rows.loc[email == "", "registration_id"].map(lambda text: "#" + fold_name(text))
    person = email.mask(email == "", number)
    unknown = rows[person == "#"]
    if len(unknown):
        lines = list(unknown["line"])
        problems.append(
            f"{_place(file, lines)}: neither email nor registration_id, so nobody can say who this is; "
            f"{_rows(len(lines))} not counted"
        )
    without = int(((email == "") & (person != "#")).sum())
    if without:
        problems.append(f"{file}: {_rows(without)} without email, told apart by registration_id")
    order = _map_each(rows["status"], list(STATUSES).index)
    known = rows.assign(person=person, order=order)[person != "#"]
    _report_doubles(known, file, problems)
    first = known.sort_values(["order", "line"], kind="stable").drop_duplicates("person")
    return first.sort_values("line")


def _report_doubles(known: pd.DataFrame, file: str, problems: list[str]) -> None:
    doubles = known[known.duplicated("person", keep=False)]
    if doubles.empty:
        return
    people = doubles.groupby("person", sort=False)
    who = "1 person is" if people.ngroups == 1 else f"{people.ngroups} people are"
    problems.append(f"{file}: {who} in the sheet more than once; counted once")
    for _, rows in people:
        problems.extend(_tell_differences(rows.sort_values(["order", "line"], kind="stable"), file))


def _tell_differences(rows: pd.DataFrame, file: str) -> Iterator[str]:
    """Yield in what the rows of one person, the one that counts first, say different things."""
    place = _place(file, sorted(rows["line"]))
    for column in _TOLD_APART:
        texts = [text for text in rows.sort_values("line")[column] if not _is_nothing(text)]
        said = {fold_name(text): text for text in reversed(texts)}
        if len(said) > 1:
            several = " and ".join(reversed(said.values()))
            label = "" if column == "status" else f"{column}: "
            yield f"{place}: the same person is {label}{several}; counted as {rows[column].iloc[0]}"


def _add_organisations(
    present: pd.DataFrame, members: Sequence[Member], file: str, problems: list[str]
) -> None:
    known = _member_names(members)
    ids = {member.id for member in members}
    name = _map_each(present["organisation"], lambda text: "" if _is_nothing(text) else fold_name(text))
    states = _member_states(members)
    by_name = _map_each(
        present["organisation"].where(name != "", ""),
        lambda text: known.get(fold_name(text), states.get(resolve_country(text) or "", "")),
    )
    by_id = _map_each(present["member_id"], lambda text: text.casefold() if text.casefold() in ids else "")
    member = by_id.where(by_id != "", by_name)
    _report_members(present, by_id, by_name, file, problems)
    present["member"] = member
    # A member's id cannot look like a folded name by accident: the mark keeps them apart.
    present["org_id"] = ("member:" + member).where(member != "", name)
    present["is_municipality"] = _map_each(present["org_type"], fold_name).isin(MUNICIPALITY)


def _report_members(
    present: pd.DataFrame, by_id: pd.Series[str], by_name: pd.Series[str], file: str, problems: list[str]
) -> None:
    unknown = (by_id == "") & ~_test_each(present["member_id"], _is_nothing)
    for lines, text in _by_value(present[unknown], "member_id"):
        place = _place(file, lines)
        problems.append(f"{place}: member_id {text!r} is no member; the organisation's name is used instead")
    differ = (by_id != "") & (by_name != "") & (by_id != by_name)
    for lines, text in _by_value(present[differ], "organisation"):
        place = _place(file, lines)
        problems.append(f"{place}: member_id is another member than {text!r}; member_id counts")
    named = ~_test_each(present["organisation"], _is_nothing)
    stray = (by_id == "") & (by_name == "") & present["role"].eq("member") & named
    for lines, text in _by_value(present[stray], "organisation"):
        problems.append(
            f"{_place(file, lines)}: {text!r} came as a member, but no member is called so; counted as "
            "an organisation only; if it is one, add the spelling to its aliases in sources.yaml"
        )


def _member_names(members: Sequence[Member]) -> dict[str, str]:
    """Member ids by folded name; a name that two members share belongs to neither."""
    names: dict[str, str] = {}
    for member in members:
        for name in {fold_name(name) for name in (member.name, *member.aliases)}:
            names[name] = "" if names.get(name, member.id) != member.id else member.id
    return names


def _member_states(members: Sequence[Member]) -> dict[str, str]:
    """Ids of members that are a country or a union, by its code: they are known by all its names."""
    states = [member for member in members if resolve_country(member.name) == member.country]
    count = Counter(member.country for member in states)
    return {member.country: member.id for member in states if count[member.country] == 1}


def _add_countries(present: pd.DataFrame, file: str, problems: list[str]) -> None:
    present["country_code"] = _map_each(present["country"], lambda text: resolve_country(text) or "")
    unknown = present[present["country_code"] == ""]
    for lines, text in _by_value(unknown, "country"):
        if _is_nothing(text):
            problems.append(f"{_place(file, lines)}: {_rows(len(lines))} without country")
        else:
            problems.append(
                f"{_place(file, lines)}: there is no country {text!r}; "
                "the participants are counted, the country is not"
            )


def _map_each(column: pd.Series[str], answer: Callable[[str], object]) -> pd.Series:
    """Answer the column with another value for each; asked once for all cells that say the same."""
    return column.map({text: answer(text) for text in column.unique()}.__getitem__)


def _test_each(column: pd.Series[str], question: Callable[[str], bool]) -> pd.Series[bool]:
    return _map_each(column, question).astype(bool)


def _is_no(text: str) -> bool:
    return _is_nothing(text) or fold_name(text) in ("no", "nee", "false", "0")


def _is_nothing(text: str) -> bool:
    return fold_name(text) in _NOTHING


def _by_value(rows: pd.DataFrame, column: str) -> Iterator[tuple[list[int], str]]:
    """Yield the lines of each different value, in the order of the sheet."""
    groups: dict[str, list[int]] = {}
    for text, line in zip(rows[column], rows["line"], strict=True):
        groups.setdefault(text, []).append(int(line))
    yield from ((lines, text) for text, lines in groups.items())


def _place(file: str, lines: Sequence[int]) -> str:
    more = (
        f" (and {', '.join(map(str, lines[1:6]))}{', …' if len(lines) > 6 else ''})" if len(lines) > 1 else ""
    )
    return f"{file}:{lines[0]}{more}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"
