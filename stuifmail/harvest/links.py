"""Addresses in foreign documents: absolute, harmless, and without tracking."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|yclid|igshid|mc_[ce]id|mkt_tok|_hs(enc|mi)"
    r"|vero_(id|conv)|oly_(anon|enc)_id|pk_(campaign|kwd|source|medium)|mtm_\w+|piwik_\w+|ns_\w+|at_\w+|xtor)$",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")
_PORTS = {"http": ":80", "https": ":443"}


def is_web_link(link: str | None) -> bool:
    """Answer whether the link is an absolute http(s) address with a host."""
    if not link or link[:4].lower() != "http":
        return False
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # such as a broken IPv6 address
        return False


def pick_base(candidates: Iterable[str | None]) -> str | None:
    """Answer the first absolute http(s) address among the candidates, without surrounding space."""
    return next((link.strip() for link in candidates if link and is_web_link(link.strip())), None)


def resolve_link(link: str | None, base: str | None) -> str | None:
    """Answer the absolute http(s) address that a link means, or None.

    Args:
        link: as written; `javascript:`, `data:` and the like are refused.
        base: absolute address that a relative link belongs to.
    """
    link = (link or "").strip()
    if not link:
        return None
    try:
        absolute = urljoin(base or "", link)
    except ValueError:
        return None
    if not is_web_link(absolute):
        return None
    return _UNSAFE.sub(_percent, absolute).encode("utf-8", "replace").decode()


def strip_tracking(link: str) -> str:
    """Answer the address without parameters that only follow readers about (utm_…, fbclid, …)."""
    parts = urlsplit(link)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _TRACKING.match(name)]
    if len(kept) == len(pairs):
        return link
    return urlunsplit(parts._replace(query=urlencode(kept)))


def link_key(link: str) -> str:
    """Answer what is the same for all spellings of one address; for comparing, not for visiting.

    No tracking, no scheme, lower-case host without "www." and default port, no final slash.
    """
    parts = urlsplit(strip_tracking(link))
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, "")).removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return host + parts.path.rstrip("/") + query + fragment


def _percent(character: re.Match[str]) -> str:
    return f"%{ord(character[0]):02X}"
