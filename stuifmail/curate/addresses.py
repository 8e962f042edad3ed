"""Web addresses as signs that two pieces are the same news."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "pk_", "mtm_", "at_medium", "at_campaign")
#: Pages that hold many pieces, so that a link to one says nothing about a piece.
_HUBS = re.compile(
    r"[^/]*/(?:(?:nl|en|fr|de|fy|es)(?:/|$))?(?:(?:index|home|default)(?:\.\w{2,5})?|nieuws|news|actueel|actualiteiten|updates?|blog|berichten"
    r"|artikelen|articles|agenda|events|pers|press|archief|archive|nieuwsbrief|newsletter|publicaties"
    r"|publications)?",
    re.IGNORECASE,
)
_LANGUAGES = frozenset(("nl", "en", "fr", "de", "fy", "es"))
_SIZE = re.compile(r"(?:[-_@](?:\d{2,4}x\d{2,4}|scaled|\dx))+$")
#: A picture's name says something when it is longer than "foto" or "IMG_1".
_PICTURE_SIGNS = 8


@lru_cache(maxsize=16_384)
def canonical_link(link: str) -> str:
    """Answer an address in the form that is compared; "" for a site's front page.

    Scheme, "www.", fragment, closing slash and tracking parameters make no difference.
    """
    try:
        parts = urlsplit(link)
    except ValueError:  # such as an unfinished [IPv6] host: no address that anybody can share
        return ""
    path = parts.path.rstrip("/")
    query = urlencode(
        sorted(
            (name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_TRACKING)
        )
    )
    if not parts.netloc or not (path or query):
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{path}" + (f"?{query}" if query else "")


def is_hub(canonical: str) -> bool:
    """Answer whether this is a page of many pieces: a list of news, an agenda, a front page by name."""
    return bool(_HUBS.fullmatch(canonical)) or not canonical


def host_of(canonical: str) -> str:
    """Answer the host of a canonical link, "" for none."""
    return canonical.partition("/")[0].partition("?")[0]


def twin_key(canonical: str) -> tuple[str, str]:
    """Answer an address without the part that names a language, and that language or "".

    `site/en/news/bees` and `site/news/bees` have the same key: many systems keep the slug of the
    page that was translated. The key is "" where the slug is too short to mean one page.
    """
    host, _, path = canonical.partition("/")
    segments = path.split("/")
    language = next((segment for segment in segments[:2] if segment in _LANGUAGES), "")
    rest = [segment for place, segment in enumerate(segments) if place > 1 or segment != language]
    key = "/".join((host, *rest))
    return (key if len(rest[-1] if rest else "") >= _PICTURE_SIGNS else ""), language


def picture_name(address: str | None) -> str:
    """Answer the file name by which a picture is known on other sites, "" when it says nothing."""
    if not address:
        return ""
    try:
        stem = unquote(urlsplit(address).path).rpartition("/")[2].rpartition(".")[0].lower()
    except ValueError:
        return ""
    stem = _SIZE.sub("", stem)
    return stem if len(stem) >= _PICTURE_SIGNS else ""
