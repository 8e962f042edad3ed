"""Sources found, added, moved, imported and exported: what changes sources.yaml, and what reads it out."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from stuifmail.config.additions import NewSource, add_sources, move_source
from stuifmail.config.changing import ConfigChange, plan_change, write_change
from stuifmail.config.load import CONFIG_NAME, read_config
from stuifmail.config.models import NewsroomConfig, Source
from stuifmail.config.submission_form import SUBMISSION_FORM
from stuifmail.errors import FetchFailed, StuifmailError
from stuifmail.harvest.cleaning.links import link_key
from stuifmail.harvest.discovery.discover import Candidate, Discovery, Setting, discover
from stuifmail.harvest.discovery.judging import Wanted
from stuifmail.harvest.discovery.opml import Outline, read_opml, write_opml
from stuifmail.harvest.formats.remarks import sum_up
from stuifmail.harvest.harvest import fetch_limits, worker_limits
from stuifmail.harvest.identity.normalise import MemberNames
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row, list_source_rows
from stuifmail.store.sources import get_states

_LONGEST_ID = 50
_LEAST_NAME = 4  # characters of a name that is looked for within a title
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
_SEE = "see them with: stuifmail sources"
_LIKE_THIS = "give one like https://www.example.org/, or a file in the newsroom's folder"
_LOOK = "open the member's website in a browser, and copy the address from there"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePlan:
    """Sources that are to be added.

    Args:
        ids: of the new sources, in their order.
        change: what is to be written; None when there is nothing to add.
        problems: what was left out, or is left to a person, one sentence each.
    """

    ids: tuple[str, ...]
    change: ConfigChange | None
    problems: tuple[str, ...] = ()


def describe_source(house: House, source_id: str) -> Row:
    """Answer one source whole: its settings, last answer and next check.

    Raises:
        StuifmailError: there is no such source.
    """
    source = house.config.source(source_id)
    if source is None:
        raise StuifmailError("there is no such source", place=source_id, remedy=_SEE)
    row = next(row for row in list_source_rows(house) if row["id"] == source_id)
    return {**row, "note": source.note}


def read_wanted(kind: str) -> Wanted:
    """Answer the kind that is looked for; "" for all."""
    return next((each for each in get_args(Wanted) if each == kind), "")


def find_sources(house: House, address: str, *, wanted: Wanted = "") -> Discovery:
    """Answer what could become a source at an address, or in a file of the newsroom's folder.

    Raises:
        FetchFailed: no usable answer.
    """
    path = None if "://" in address else house.root / address
    setting = Setting(zone=house.config.organisation.time_zone, now=house.clock(), wanted=wanted)
    is_file = path is not None and path.is_file()
    if not is_file and (not address.strip() or len(address.split()) > 1):
        raise StuifmailError("this is no address", place=address.strip() or "ADDRESS", remedy=_LIKE_THIS)
    try:
        return discover(
            address,
            setting=setting,
            limits=fetch_limits(house.config),
            worker_limits=worker_limits(house.config),
            path=path if is_file else None,
        )
    except FetchFailed as error:
        if CONFIG_NAME not in error.remedy:
            raise
        # It stands in no sources.yaml yet.
        raise FetchFailed(error.message, place=error.place, remedy=_LOOK) from error


def plan_sources(
    house: House, candidates: Sequence[Candidate], *, member: str = "", source_id: str = ""
) -> SourcePlan:
    """Answer how these candidates would stand in sources.yaml.

    Args:
        candidates: at least one.
        member: id of the member whose they are; "" to tell by website and name.
        source_id: for the first; "" to make one.

    Raises:
        StuifmailError: an address is a source already, the id is taken, or there is no such member.
    """
    _refuse_known(house, [candidate.address for candidate in candidates])
    if member and house.config.member(member) is None:
        raise StuifmailError(
            f'there is no member "{member}"',
            place="--member",
            remedy="see the ids under members: in sources.yaml",
        )
    taken = {source.id for source in house.config.sources}
    if source_id in taken:
        raise StuifmailError("there is a source with this id", place=source_id, remedy="choose another id")
    new = []
    for number, candidate in enumerate(candidates):
        owner = member or guess_member(house.config, (candidate.title,), candidate.address) or ""
        wish = source_id if source_id and not number else _wish_id(candidate.kind, owner, candidate)
        chosen = wish if wish == source_id else make_id(wish, taken)
        taken.add(chosen)
        new.append(
            NewSource(
                values=_values(chosen, owner, candidate, house),
                comment=(_describe(candidate), *_remark(candidate, owner, house)),
            )
        )
    return _plan(house, new)


def plan_move(house: House, source_id: str, url: str = "") -> ConfigChange:
    """Answer the change that gives a source its new address.

    Args:
        url: the new address; "" for the one that its server says to use from now on.

    Raises:
        StuifmailError: there is no such source, it is a file, its server names no other address,
            or the address is another source's.
    """
    if not url:
        with house.store.begin() as connection:
            state = get_states(connection, [source_id]).get(source_id)
        url = state.moved_to if state else ""
    if not url and house.config.source(source_id):
        raise StuifmailError(
            "its server names no other address",
            place=source_id,
            remedy=f"name the new one: stuifmail sources move {source_id} ADDRESS",
        )
    _refuse_known(house, [url] if url else [], but=source_id)
    return plan_change(house.root, lambda text, file: move_source(text, source_id, url, file=file))


def plan_import(house: House, content: bytes, *, file: str) -> SourcePlan:
    """Answer how the feeds of an OPML file would stand in sources.yaml; those that are there stay.

    Raises:
        UnreadableDocument: it is no OPML.
    """
    outlines, problems = read_opml(content, file=file)
    known = _known(house)
    taken = {source.id for source in house.config.sources}
    new = []
    for outline in outlines:
        if said := known.get(link_key(outline.address)):
            problems.append(f"{outline.title!r} is the source {said} already; left out")
            continue
        member = guess_member(house.config, (outline.title,), outline.website or outline.address)
        prefix = "agenda-" if outline.kind == "calendar" else ""
        chosen = make_id(f"{prefix}{_slug(outline.title) or _slug(_host(outline.address))}", taken)
        taken.add(chosen)
        if member is None:
            problems.append(f"{chosen}: nobody of members is called {outline.title!r}; add member: by hand")
        if outline.kind == "page":
            problems.append(f"{chosen}: the page's selectors are a guess; look with stuifmail harvest")
        new.append(_imported(outline, chosen, member, file, house))
    return _plan(house, new, problems)


def export_sources(house: House) -> tuple[bytes, list[str]]:
    """Answer the sources that have an address as OPML, by kind of member, and what was left out.

    Sheets are left out: they are nobody else's business. So are files.
    """
    config, language = house.config, house.config.organisation.languages[0]
    kinds = {kind.id: kind.name.get(language, kind.id) for kind in config.vocabularies.member_kinds}
    members = {member.id: member for member in config.members}
    order = {kind: number for number, kind in enumerate(kinds)}
    outlines, left_out = [], []
    for source in config.sources:
        if source.url is None or source.kind == "sheet":
            left_out.append(source.id)
            continue
        member = members.get(source.member or "")
        group = kinds[member.kind] if member else config.organisation.short_name
        rank = order[member.kind] if member else len(order)
        outlines.append((rank, _outline(source, group, member.name if member else "", config)))
    content = write_opml(
        [outline for _, outline in sorted(outlines, key=lambda pair: pair[0])],
        title=config.organisation.name.get(language, config.organisation.short_name),
        owner=config.organisation.email,
        at=house.clock(),
    )
    what = sum_up(f"{len(left_out)} sources have no address or are sheets, and are left out", left_out)
    return content, [what] if left_out else []


def write_form(house: House, *, language: str, is_workbook: bool) -> bytes:
    """Answer an empty sheet of submissions for members to fill in.

    Args:
        language: of its headings, nl or en.
        is_workbook: XLSX; else CSV.
    """
    # What writes workbooks takes memory that no other work of a newsroom needs.
    from stuifmail.sheets.forms import write_form_csv, write_form_workbook  # noqa: PLC0415

    if not is_workbook:
        return write_form_csv(SUBMISSION_FORM, language)
    title, explanation = ("Inzendingen", "Uitleg") if language == "nl" else ("Submissions", "Explanation")
    today = house.clock().date()
    members = sorted(m.name for m in house.config.members if m.left is None or m.left > today)
    return write_form_workbook(
        SUBMISSION_FORM, language, title=title, explanation=explanation, members=members
    )


def write_sources(change: ConfigChange) -> NewsroomConfig:
    """Write a planned change of sources.yaml; answer the settings as they are now. See `write_change`."""
    return write_change(change)


def guess_member(config: NewsroomConfig, names: Sequence[str], address: str) -> str | None:
    """Answer the member with this name, alias or website, or whose name is in it; None: nobody or many."""
    known, host = MemberNames(config.members), _host(address)
    by_name = {member for name in names if (member := known.find(name))}
    by_site = {member.id for member in config.members if member.website and _host(member.website) == host}
    text = f" {' '.join(_slug(name).replace('-', ' ') for name in names)} "
    by_words = {
        member.id
        for member in config.members
        for name in (member.name, *member.aliases)
        if len(_slug(name)) >= _LEAST_NAME and f" {_slug(name).replace('-', ' ')} " in text
    }
    return next((next(iter(found)) for found in (by_name, by_site, by_words) if len(found) == 1), None)


def make_id(wish: str, taken: Iterable[str]) -> str:
    """Answer an id that is free, as near to the wish as can be."""
    stem = _slug(wish) or "bron"
    known = set(taken)
    numbered = (f"{stem}-{number}" for number in range(2, len(known) + 3))
    return next(each for each in (stem, *numbered) if each not in known)


def _plan(house: House, new: Sequence[NewSource], problems: Sequence[str] = ()) -> SourcePlan:
    change: Callable[[str, str], str] = lambda text, file: add_sources(text, new, file=file)  # noqa: E731
    return SourcePlan(
        ids=tuple(str(source.values["id"]) for source in new),
        change=plan_change(house.root, change) if new else None,
        problems=tuple(problems),
    )


def _known(house: House) -> dict[str, str]:
    """Answer the sources' ids, by their address in the form that is compared."""
    return {link_key(source.url): source.id for source in house.config.sources if source.url}


def _refuse_known(house: House, addresses: Sequence[str], but: str = "") -> None:
    document = read_config(house.root)
    wanted = {link_key(address) for address in addresses if "://" in address} | set(addresses)
    for number, source in enumerate(house.config.sources):
        place = source.url or source.file or ""
        if source.id != but and (place in wanted or (source.url and link_key(source.url) in wanted)):
            line, column = document.locate(("sources", number, "url" if source.url else "file"))
            raise StuifmailError(
                f"this is the source {source.id} already",
                place=f"{CONFIG_NAME}:{line}:{column}",
                remedy=f"one of the two is enough: take {but} out of sources.yaml; its news stays stored"
                if but
                else f"nothing needs to be done; harvest it with: stuifmail harvest --source {source.id}",
            )


def _wish_id(kind: str, member: str, candidate: Candidate) -> str:
    stem = member or _slug(candidate.title) or _slug(_host(candidate.address))
    return f"agenda-{stem}" if kind == "calendar" else stem


def _values(source_id: str, member: str, candidate: Candidate, house: House) -> dict[str, Any]:
    is_file = "://" not in candidate.address and (house.root / candidate.address).is_file()
    values: dict[str, Any] = {
        "id": source_id,
        "member": member,
        "kind": candidate.kind,
        "holds": "events" if candidate.kind == "calendar" else "",
        "file" if is_file else "url": candidate.address,
    }
    if candidate.page is not None:
        values["page"] = candidate.page.model_dump(exclude_defaults=True)
    return {name: value for name, value in values.items() if value}


def _describe(candidate: Candidate) -> str:
    """Answer in one line what was found."""
    noun = "event" if candidate.kind == "calendar" else "entry"
    plural = "events" if candidate.kind == "calendar" else "entries"
    parts = [
        candidate.format,
        f"{candidate.entries_count} {noun if candidate.entries_count == 1 else plural}",
        *([f"the newest of {_say_day(candidate.newest_at)}"] if candidate.newest_at else []),
        *([f"in {candidate.language}"] if candidate.language else []),
    ]
    title = " ".join(candidate.title.split())[:80]
    return f"{title}: {', '.join(parts)}." if title else f"{', '.join(parts)}."


def _remark(candidate: Candidate, member: str, house: House) -> list[str]:
    lines = [f"Added on {_say_day(_today(house))}; found as: {candidate.why}."]
    if candidate.remarks:
        lines.append(f"Mind: {'; '.join(candidate.remarks)[:300]}.")
    if not member:
        lines.append("Whose it is could not be told; add member: if it is a member's.")
    return lines


def _imported(outline: Outline, source_id: str, member: str | None, file: str, house: House) -> NewSource:
    values: dict[str, Any] = {
        "id": source_id,
        "member": member or "",
        "kind": outline.kind,
        "holds": "events" if outline.kind == "calendar" else "",
        "url": outline.address,
        "language": (outline.language or "").split("-")[0][:2],
    }
    if outline.kind == "page":
        values["page"] = {"entry": "article"}
    where = f" under {' > '.join(outline.groups)}" if outline.groups else ""
    name = re.split(r"[\\/]", file)[-1]
    comment = [f"{outline.title[:80]}. Added on {_say_day(_today(house))} from {name}{where[:120]}."]
    if member is None:
        comment.append("Whose it is could not be told; add member: if it is a member's.")
    return NewSource(values={key: value for key, value in values.items() if value}, comment=tuple(comment))


def _outline(source: Source, group: str, name: str, config: NewsroomConfig) -> Outline:
    many = sum(each.member == source.member and each.kind == source.kind for each in config.sources) > 1
    member = config.member(source.member or "")
    return Outline(
        title=source.id if many or not name else name,
        address=source.url or "",
        kind="calendar" if source.kind == "calendar" else "page" if source.kind == "page" else "feed",
        website=member.website if member else None,
        language=source.language,
        groups=(group,),
    )


def _today(house: House) -> datetime:
    return house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone))


def _say_day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_IN_IDS.sub("-", plain).strip("-")[:_LONGEST_ID].strip("-")


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
