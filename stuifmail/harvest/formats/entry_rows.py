"""News, submissions and tools in sheets: a row to an entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from stuifmail.harvest.cleaning.clean import (
    Body,
    clean_body,
    clean_language,
    clean_line,
    clean_plain_body,
    clean_text,
)
from stuifmail.harvest.formats.rows import Row, end_of, place_of, read_link, read_row_moment, read_yes
from stuifmail.model.items import Entry

#: How long a question stands that does not say until when (domain.md, F3).
ASKED_DAYS = 60
_KINDS: Mapping[str, str] = {
    word: kind
    for kind, words in {
        "news": "news nieuws bericht nieuwsbericht",
        "good_practice": "good_practice goed_voorbeeld goede_praktijk good_example best_practice "
        "praktijkvoorbeeld",
        "lesson_learned": "lesson_learned geleerde_les les lesson wat_niet_werkte what_did_not_work",
        "help_request": "help_request hulpvraag vraag oproep question request vraag_aan_het_netwerk",
        "policy": "policy beleid beleidsnieuws",
        "research": "research onderzoek",
        "event": "event evenement activiteit bijeenkomst agenda",
        "toolbox": "toolbox tool hulpmiddel instrument gereedschap",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySetting:
    """What reading rows needs to know.

    Args:
        kind: of rows that say none.
        base: address that relative links belong to.
        zone: IANA name of the zone of dates and times.
        now: when the sheet is read, aware, or None.
        is_submissions: what members handed in, with questions, askers and embargoes.
    """

    kind: str
    base: str | None
    zone: str
    now: datetime | None
    is_submissions: bool


def read_entry_row(row: Row, setting: EntrySetting, problems: list[str]) -> Entry | None:
    """Answer a row as an entry; None for a row without title or question, which is a problem.

    Args:
        row: every column of ours, "" where the sheet has none or the cell is empty.
        problems: gets a sentence for all that cannot be read.

    Source: domain.md A24, B9, F3.
    """
    question = clean_text(row.get("question", ""))
    title = clean_line(row["title"]) or _shorten(question)
    if not title:
        problems.append(f"{place_of(row, 'title')}: the title is empty; left out")
        return None
    kind = _read_kind(row, setting, problems)
    link = read_link(row, "link", setting.base, problems)
    published = read_row_moment(row, "published", setting.zone, problems)
    body = _read_body(row, question, setting, problems)
    return Entry(
        guid=clean_line(row["id"]) or None,
        title=title,
        link=link,
        published_at=published,
        updated_at=read_row_moment(row, "updated", setting.zone, problems),
        language=_read_language(row),
        text=body.text,
        html=body.html,
        image_url=read_link(row, "image", setting.base, problems),
        categories=_read_categories(row, problems),
        member=clean_line(row["member"]),
        kind=kind,
        expires_at=_read_expiry(row, kind, published, setting, problems),
        asker=clean_line(row.get("asker", "")),
        links=body.links,
        address_candidates=body.address_candidates,
        answered=read_yes(row, "answered", problems) if row.get("answered") else False,
    )


def _read_kind(row: Row, setting: EntrySetting, problems: list[str]) -> str:
    said = clean_line(row["kind"])
    word = said.lower().replace(" ", "_").replace("-", "_")
    if said and setting.is_submissions and word not in _KINDS:
        known = ", ".join(dict.fromkeys(_KINDS.values()))
        problems.append(f"{place_of(row, 'kind')}: {said[:40]!r} is none of {known}; kept as it is")
    return _KINDS.get(word, word) or setting.kind


def _read_body(row: Row, question: str, setting: EntrySetting, problems: list[str]) -> Body:
    """Answer the body: an embargo first, then the question, then the rest."""
    markup = row["text"]
    is_html = "</" in markup or "<br" in markup.lower()
    body = clean_body(markup, setting.base) if is_html else clean_plain_body(markup)
    asked = clean_plain_body(question if question not in clean_text(markup) else "")
    embargo = clean_plain_body(_read_embargo(row, setting, problems))
    parts = [part for part in (embargo, asked, body) if part.text]
    return Body(
        html="\n".join(part.html for part in parts),
        text="\n\n".join(part.text for part in parts),
        links=_gather(part.links for part in parts),
        address_candidates=_gather(part.address_candidates for part in parts),
    )


def _gather(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))


def _read_embargo(row: Row, setting: EntrySetting, problems: list[str]) -> str:
    """Answer the line that keeps the entry back, as a member would write it; "" when nothing does."""
    written = row.get("embargo", "")
    if not written:
        return ""
    until = read_row_moment(row, "embargo", setting.zone, problems)
    if until is not None and setting.now is not None and until <= setting.now:
        return ""
    local = until.astimezone(ZoneInfo(setting.zone)) if until else None
    when = f"{local:%Y-%m-%d %H:%M}".removesuffix(" 00:00") if local else clean_line(written)
    return f"Embargo tot {when}." if _read_language(row) in (None, "nl") else f"Embargo until {when}."


def _read_expiry(
    row: Row, kind: str, published: datetime | None, setting: EntrySetting, problems: list[str]
) -> datetime | None:
    said = read_row_moment(row, "expires", setting.zone, problems, last=True)
    if said is not None or kind != "help_request" or published is None or not setting.is_submissions:
        return said
    day = (published.astimezone(ZoneInfo(setting.zone)) + timedelta(days=ASKED_DAYS)).date()
    return end_of(day, setting.zone)


def _read_categories(row: Row, problems: list[str]) -> tuple[str, ...]:
    names = [part for each in row["categories"].replace(";", ",").split(",") if (part := clean_line(each))]
    if row.get("toolbox") and read_yes(row, "toolbox", problems):
        names.append("toolbox")
    return tuple(dict.fromkeys(names))


def _read_language(row: Row) -> str | None:
    said = clean_line(row["language"]).lower()
    names = {"nederlands": "nl", "dutch": "nl", "engels": "en", "english": "en", "duits": "de", "frans": "fr"}
    return clean_language(names.get(said, said))


def _shorten(text: str) -> str:
    """Answer a title from a question: its first sentence, or its beginning."""
    first = clean_line(text.partition("?")[0] + "?" if "?" in text[:160] else text)
    return first if len(first) <= 160 else f"{first[:159].rsplit(' ', 1)[0]}…"
