"""Posts of the WordPress REST interface: bytes to entries, for members whose feed is shut."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.clean import clean_body, clean_language, clean_line, clean_title
from stuifmail.harvest.cleaning.clean import first_image as find_image
from stuifmail.harvest.cleaning.links import pick_base, resolve_link
from stuifmail.harvest.dates.moments import read_stamp
from stuifmail.harvest.formats.remarks import remark_entries
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.items import Entry

Raw: TypeAlias = dict[str, Any]

#: What a list of posts begins with; a sheet may begin with a bracket too, but not with these.
_START = re.compile(rb"\[\s*[{\]]")
_TREE = re.compile(r"^/([a-z]{2})(?:-[a-z]{2})?/", re.IGNORECASE)


def is_post_list(head: bytes) -> bool:
    """Answer whether the bytes begin as a JSON list of objects, or as an empty list."""
    return bool(_START.match(head))


def parse_posts(content: bytes, *, url: str, base: str | None = None) -> ParsedDocument:
    """Answer the posts of /wp-json/wp/v2/posts in document order.

    Dates are those in GMT: WordPress's local `date` is wrong where somebody set the clock to a
    fixed offset.

    Args:
        content: the document's bytes.
        url: where it came from; its tree (/en/…) tells the language.
        base: address that relative links belong to.

    Raises:
        UnreadableDocument: this is no JSON, or JSON without posts.

    Source: domain.md 1.6 and 2.3; developer.wordpress.org/rest-api/reference/posts.
    """
    try:
        values = json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(
            "the JSON is broken, stops in the middle or is nested too deep",
            place=url,
            remedy="it will be tried again at the next run; if it stays so, tell the member",
        ) from error
    posts = [value for value in values if _is_post(value)] if isinstance(values, list) else []
    if not posts and values:
        raise UnreadableDocument(
            "this is JSON, but no feed and no list of WordPress posts",
            place=url,
            remedy="use the address that ends in /wp-json/wp/v2/posts, or look for the feed's own address",
        )
    entries = tuple(_read_post(post, pick_base([base, url])) for post in posts)
    left_out = len(values) - len(posts)
    return ParsedDocument(
        kind="feed",
        language=_language_of(url),
        entries=entries,
        problems=(
            *([f"{left_out} of the posts are no posts; left out"] if left_out else []),
            *_remark(posts, entries),
        ),
    )


def _is_post(value: object) -> bool:
    return isinstance(value, dict) and "title" in value and ("link" in value or "date_gmt" in value)


def _read_post(post: Raw, base: str | None) -> Entry:
    link = resolve_link(_text(post, "link"), base)
    markup = max(_rendered(post, "content"), _rendered(post, "excerpt"), key=len)
    body = clean_body(markup, pick_base([link, base]))
    return Entry(
        guid=clean_line(_rendered(post, "guid") or _text(post, "id")) or None,
        title=clean_title(_rendered(post, "title"), is_html=True),
        link=link,
        published_at=_moment(post, "date_gmt"),
        updated_at=_moment(post, "modified_gmt"),
        language=clean_language(_text(post, "lang")) or _language_of(link or ""),
        text=body.text,
        html=body.html,
        image_url=_picture(post, base) or find_image(body.html),
        categories=tuple(dict.fromkeys(_categories(post))),
        links=body.links,
        address_candidates=body.address_candidates,
    )


def _moment(post: Raw, key: str) -> datetime | None:
    """Answer the moment; WordPress writes GMT without a suffix."""
    return read_stamp(_text(post, key))


def _picture(post: Raw, base: str | None) -> str | None:
    """Answer the featured picture, which `_embed` brings along."""
    for media in _embedded(post, "wp:featuredmedia"):
        if isinstance(media, dict) and (link := resolve_link(_text(media, "source_url"), base)):
            return link
    return resolve_link(_text(post, "jetpack_featured_media_url"), base)


def _categories(post: Raw) -> Iterator[str]:
    """Yield the names of categories and tags; without `_embed` there are only numbers."""
    for group in _embedded(post, "wp:term"):
        for term in group if isinstance(group, list) else ():
            if isinstance(term, dict) and (name := clean_title(_text(term, "name"), is_html=True)):
                yield name


def _embedded(post: Raw, key: str) -> list[Any]:
    embedded = post.get("_embedded")
    found = embedded.get(key) if isinstance(embedded, dict) else None
    return found if isinstance(found, list) else []


def _rendered(post: Raw, key: str) -> str:
    value = post.get(key)
    return _text(value, "rendered") if isinstance(value, dict) else _text(post, key)


def _text(values: Raw, key: str) -> str:
    value = values.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _language_of(address: str) -> str | None:
    """Answer the language of the tree that an address is in: /en/…, or ?lang=en."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    asked = parse_qs(parts.query).get("lang", [""])[0]
    tree = _TREE.match(parts.path)
    return clean_language(asked) or (tree[1].lower() if tree else None)


def _remark(posts: Sequence[Raw], entries: Sequence[Entry]) -> Iterator[str]:
    both = list(enumerate(zip(posts, entries, strict=True)))
    links = {place: _text(post, "link") for place, (post, entry) in both if entry.link is None}
    dates = {place: _text(post, "date_gmt") for place, (post, entry) in both if entry.published_at is None}
    yield from remark_entries(
        entries,
        refused_links={place: link for place, link in links.items() if link},
        unreadable_dates={place: text for place, text in dates.items() if text},
    )
