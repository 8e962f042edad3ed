"""JSON Feed 1.0 and 1.1: bytes to entries."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.clean import (
    clean_body,
    clean_language,
    clean_line,
    clean_plain_body,
    clean_title,
    first_image,
)
from stuifmail.harvest.cleaning.links import pick_base, resolve_link, tidy_link
from stuifmail.harvest.cleaning.noise import is_category
from stuifmail.harvest.dates.moments import read_stamp
from stuifmail.harvest.formats.remarks import remark_entries
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry

_MOST_TAGS = 200


def parse_json_feed(
    content: bytes, *, url: str, base: str | None = None, max_entries: int | None = None
) -> ParsedDocument:
    """Answer the entries of a JSON Feed in document order.

    Args:
        content: the document's bytes.
        url: where it came from, for messages.
        base: address that relative links belong to when the feed does not say.
        max_entries: so many are kept, the first; None for all.

    Raises:
        UnreadableDocument: this is no JSON, or JSON without a list of items.

    Source: jsonfeed.org/version/1.1.
    """
    text = content.decode("utf-8-sig", "replace")
    try:
        head, problems = json.loads(text), []
    except (ValueError, RecursionError) as error:
        head, problems = _read_cut_off(text), [_explain(error)]
        if not head["items"]:
            raise UnreadableDocument(
                problems[0], place=url, remedy="ask the member to mend their feed"
            ) from error
    if not isinstance(head, dict) or not isinstance(head.get("items"), list):
        raise UnreadableDocument(
            "this is JSON, but no JSON Feed: it has no list of items",
            place=url,
            remedy="look for the address of the feed itself",
        )
    raws = [raw for raw in head["items"] if isinstance(raw, dict)]
    if len(raws) < len(head["items"]):
        problems.append(f"{len(head['items']) - len(raws)} of the items are no objects; left out")
    if max_entries is not None and len(raws) > max_entries:
        problems.append(f"the feed has {len(raws)} entries; only the {max_entries} first were read")
        raws = raws[:max_entries]
    base = pick_base([_text(head, "feed_url"), _text(head, "home_page_url"), base])
    entries = tuple(_read_entry(raw, base) for raw in raws)
    return ParsedDocument(
        kind="feed",
        title=clean_line(_text(head, "title")),
        language=_language(head),
        entries=entries,
        problems=(*problems, *_remark_entries(raws, entries)),
    )


def _read_entry(raw: dict[str, Any], base: str | None) -> Entry:
    link = resolve_link(_text(raw, "url") or _text(raw, "external_url"), base)
    markup = _text(raw, "content_html")
    body = clean_body(markup, pick_base([link, base])) if markup else clean_plain_body(_plain(raw))
    return Entry(
        guid=clean_line(_text(raw, "id")) or None,
        title=clean_title(_text(raw, "title"), is_html=False),
        link=link,
        published_at=_moment(raw, "date_published"),
        updated_at=_moment(raw, "date_modified"),
        language=_language(raw),
        text=body.text,
        html=body.html,
        image_url=tidy_link(_text(raw, "image") or _text(raw, "banner_image"), base)
        or first_image(body.html),
        categories=tuple(name for tag in _list(raw, "tags")[:_MOST_TAGS] if (name := _category(tag))),
        links=body.links,
        address_candidates=body.address_candidates,
    )


def _remark_entries(raws: Sequence[dict[str, Any]], entries: Sequence[Entry]) -> Iterator[str]:
    """Yield what is wrong with the entries, next to what the feed says there."""
    links: dict[int, str] = {}
    dates: dict[int, str] = {}
    for place, (raw, entry) in enumerate(zip(raws, entries, strict=True)):
        link = _text(raw, "url") or _text(raw, "external_url")
        if link and entry.link is None:
            links[place] = link
        for key, moment in (("date_published", entry.published_at), ("date_modified", entry.updated_at)):
            if moment is None and raw.get(key) not in (None, ""):
                dates.setdefault(place, str(raw[key]))
    yield from remark_entries(entries, refused_links=links, unreadable_dates=dates)


def _category(tag: Any) -> str:
    name = clean_line(tag) if isinstance(tag, str) else ""
    return name if is_category(name) else ""


def _plain(raw: dict[str, Any]) -> str:
    return _text(raw, "content_text") or _text(raw, "summary")


def _text(raw: dict[str, Any], key: str) -> str:
    """Answer the value as text; ids are numbers in some feeds, though they may not be."""
    value = raw.get(key)
    return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _list(raw: dict[str, Any], key: str) -> list[Any]:
    value = raw.get(key)
    return value if isinstance(value, list) else []


def _language(raw: dict[str, Any]) -> str | None:
    return clean_language(_text(raw, "language"))


def _moment(raw: dict[str, Any], key: str) -> datetime | None:
    return read_stamp(_text(raw, key))


def _explain(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        where = f"line {error.lineno}, column {error.colno}"
        return (
            f"the JSON is broken or stops in the middle at {where} ({error.msg}); what came before was kept"
        )
    if isinstance(error, RecursionError):
        return "the feed's JSON is nested too deep"
    return "the feed's JSON has a number that is too long to be one"


def _read_cut_off(text: str) -> dict[str, Any]:
    """Answer what can be saved of broken JSON: the complete items before the break."""
    start = text.find("[", max(text.find('"items"'), 0))
    return {"items": list(_complete_values(text, start + 1)) if '"items"' in text and start >= 0 else []}


def _complete_values(text: str, position: int) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    while True:
        while position < len(text) and text[position] in " \t\r\n,":
            position += 1
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return
        yield value
