"""Addresses in foreign documents: absolute, harmless, and without tracking."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

#: Names of parameters that only follow readers about. Names that some site needs to find a
#: page ("id", "p", "page_id", "lang", "ref", "source") are never among them.
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|gad_source|gad_campaignid|srsltid|msclkid|twclid|ttclid"
    r"|yclid|ysclid|li_fat_id|epik|igshid|igsh|_ga|_gl|mc_(?:cid|eid|tc)|mkt_tok|__?hs(?:enc|mi|tc|sc|fp)"
    r"|hsa_\w+|hsctatracking|vero_(?:id|conv)|oly_(?:anon|enc)_id|(?:pk|mtm|matomo|piwik)_\w+|ns_\w+|at_\w+"
    r"|xtor|xts|spm|scm|trk|trkcampaign|trkinfo|ref_src|ref_url|wt_mc(?:_id)?|wt\.(?:mc_id|nav|z_\w+)|_openstat"
    r"|rb_clickid|s_cid|sc_cid|ml_subscriber(?:_hash)?|ck_subscriber_id|elqtrack(?:id)?|elqtrackid|dm_i"
    r"|guce_referrer(?:_sig)?|fb_(?:action_ids|action_types|source|ref)|action_(?:object|type|ref)_map"
    r"|sfmc_(?:id|sub)|bsft_\w+|_branch_match_id|ns_mchannel|mbid|wickedid|itm_\w+|hootpostid)",
    re.IGNORECASE,
)
#: Parameters that follow readers about on these sites only.
_SITES = (
    (re.compile(r"(?:^|\.)(?:youtube\.com|youtu\.be|spotify\.com)$"), re.compile(r"si|feature|pp|context")),
    (re.compile(r"(?:^|\.)(?:twitter\.com|x\.com)$"), re.compile(r"[st]|cxt")),
    (re.compile(r"(?:^|\.)linkedin\.com$"), re.compile(r"rcm|lipi|licu|originalreferer")),
    (re.compile(r"(?:^|\.)facebook\.com$"), re.compile(r"__tn__|__cft__.*|rdid|share_url|mibextid")),
)
_TRACKING_FRAGMENT = re.compile(
    r"(?:utm_\w+|xtor|at_\w+|mtm_\w+|pk_\w+)=|[.:]~:|\.[\w-]{10,12}\.(?:twitter|facebook)$"
)
#: Pictures whose only use is to count who looks.
_PIXELS = re.compile(
    r"^https?://(?:"
    r"(?:stats\.wordpress\.com|pixel\.wp\.com|stats\.wp\.com)/"
    r"|feeds\d?\.feedburner\.com/~|feedproxy\.google\.com/~|feeds\.wordpress\.com/1\.0/"
    r"|(?:[\w-]+\.)*(?:doubleclick\.net|google-analytics\.com|googleadservices\.com|scorecardresearch\.com"
    r"|quantserve\.com|feedsportal\.com|pheedo\.com|list-manage\.com/track|statcounter\.com|chartbeat\.net"
    r"|imrworldwide\.com|sb\.scorecardresearch\.com|piwik\.pro|vgwort\.de|ivwbox\.de|ioam\.de)(?:[/:?]|$)"
    r"|(?:www\.)?facebook\.com/tr[/?]|(?:px|dc)\.ads\.linkedin\.com/"
    r"|[^?#]*/(?:matomo|piwik)\.php(?:[?#]|$)|[^?#]*/(?:open|track|pixel|counter|spacer|clear|blank|1x1|b|o)\.gif(?:[?#]|$)"
    r"|[^?#]*/(?:countpixel|count_pixel|trackingpixel|tracking[-_]pixel)[^/]{0,40}$)",
    re.IGNORECASE,
)  # fmt: skip
#: Links that offer to share or comment, not to read.
_SHARING = re.compile(
    r"^https?://(?:feeds\d?\.feedburner\.com/~(?:ff|a)/|feedproxy\.google\.com/~(?:ff|a)/|feeds\.wordpress\.com/1\.0/"
    r"|(?:www\.)?addtoany\.com/(?:add_to|share)|(?:www\.)?facebook\.com/sharer|(?:www\.)?linkedin\.com/shareArticle"
    r"|(?:www\.)?(?:twitter|x)\.com/(?:share|intent/tweet)\b|(?:api\.)?(?:whatsapp\.com/send|wa\.me/)\?text)",
    re.IGNORECASE,
)
_UNSAFE = re.compile(
    '[\x00-\x20\x7f-\xa0\xad<>"\\\\^`{|}\u034f\u061c\u115f\u1160\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f'
    "\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
#: Nearly all links: absolute, with nothing in them that has to be looked at, mended or left out.
#: Joined to whatever base they stay as they are, which saves taking them apart.
_PLAIN = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~:/!$&'()*+,=@%-]*)?"
    r"(?:\?[A-Za-z0-9._~:/?!$&'()*+,=@%;-]+)?(?:#[A-Za-z0-9._~:/?!$&'()*+,=@%;-]+)?"
)
_PORTS = {"http": ":80", "https": ":443"}
_LONGEST = 8_000  # characters; no server takes more


def is_web_link(link: str | None) -> bool:
    """Answer whether the link is an absolute http(s) address with a host."""
    if not link or link[:4].lower() != "http":
        return False
    if _PLAIN.fullmatch(link):
        return True
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # such as a broken IPv6 address
        return False


def is_plain_link(link: str, base: str) -> bool:
    """Answer whether joining the link to the base gives the link, unchanged and fit to be shown."""
    return bool(_PLAIN.fullmatch(link)) and (not base or (len(base) <= _LONGEST and _is_sound(base)))


@lru_cache(maxsize=64)
def _is_sound(base: str) -> bool:
    """Answer whether the base can be taken apart: with a broken one no link can be made absolute."""
    try:
        urlsplit(base)
    except ValueError:
        return False
    return True


def pick_base(candidates: Iterable[str | None]) -> str | None:
    """Answer the first absolute http(s) address among the candidates, without surrounding space."""
    return next((link.strip() for link in candidates if link and is_web_link(link.strip())), None)


def resolve_link(link: str | None, base: str | None) -> str | None:
    """Answer the absolute http(s) address that a link means, or None.

    Args:
        link: as written; `javascript:`, `data:` and the like are refused, names and passwords
            before the host ("https://bank@evil") are left out, and so are links too long to follow.
        base: absolute address that a relative link belongs to.
    """
    link = (link or "").strip()
    if not link or len(link) > _LONGEST:
        return None
    if is_plain_link(link, base or ""):
        return link
    try:
        absolute = urljoin(base or "", link)
    except ValueError:
        return None
    if not is_web_link(absolute):
        return None
    if "@" in absolute:
        absolute = _drop_credentials(absolute)
        if not is_web_link(absolute):
            return None
    return _UNSAFE.sub(_percent, absolute).encode("utf-8", "replace").decode()


def tidy_link(link: str | None, base: str | None = None) -> str | None:
    """Answer the absolute http(s) address that a link means, without tracking; None when it is none."""
    resolved = resolve_link(link, base)
    return strip_tracking(resolved) if resolved else None


def strip_tracking(link: str) -> str:
    """Answer the address without parameters that only follow readers about (utm_…, fbclid, …).

    All other characters stay as they are.
    """
    if "?" not in link and "#" not in link:
        return link
    head, hash_sign, fragment = link.partition("#")
    if _TRACKING_FRAGMENT.search(fragment[:300]):
        hash_sign = fragment = ""
    address, question, query = head.partition("?")
    if query:
        query = _strip_query(query, address)
        question = question if query else ""
    return f"{address}{question}{query}{hash_sign}{fragment}"


def is_pixel(link: str) -> bool:
    """Answer whether a picture's address is one that only counts readers."""
    return bool(_PIXELS.match(link))


def is_sharing(link: str) -> bool:
    """Answer whether the link only offers to share the piece elsewhere."""
    return bool(_SHARING.match(link))


def link_key(link: str) -> str:
    """Answer what is the same for all spellings of one address; for comparing, not for visiting.

    No tracking, no scheme, lower-case host without "www." and default port, no final slash.
    """
    link = strip_tracking(link)
    if "?" not in link and "#" not in link and _PLAIN.fullmatch(link):  # nearly all; no need to take it apart
        scheme, _, rest = link.partition("://")
        host, slash, path = rest.partition("/")
        host = host.lower().removesuffix(_PORTS[scheme]).removeprefix("www.")
        return host + (slash + path).rstrip("/")
    parts = urlsplit(link)
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, "")).removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return host + parts.path.rstrip("/") + query + fragment


def _strip_query(query: str, address: str) -> str:
    separator = "&" if "&" in query or ";" not in query else ";"
    pieces = query.split(separator)
    kept = [piece for piece in pieces if not _follows(piece, address)]
    return query if len(kept) == len(pieces) else separator.join(kept)


def _follows(piece: str, address: str) -> bool:
    name = piece.partition("=")[0].removeprefix("amp;")
    if len(name) > 60:
        return False
    name = unquote(name) if "%" in name else name
    return bool(_TRACKING.fullmatch(name)) or _follows_there(name.lower(), address)


def _follows_there(name: str, address: str) -> bool:
    host = address.partition("://")[2].partition("/")[0].lower()
    return any(site.search(host) and names.fullmatch(name) for site, names in _SITES)


def _drop_credentials(link: str) -> str:
    parts = urlsplit(link)
    if "@" not in parts.netloc:
        return link
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _percent(character: re.Match[str]) -> str:
    return quote(character[0], safe="")
