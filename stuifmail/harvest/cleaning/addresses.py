"""E-mail addresses that pages hide from robots: read as candidates, left readable but not clickable.

Sources: TYPO3's spamProtectEmailAddresses, Cloudflare's e-mail obfuscation, WordPress's
antispambot(), and the habits of people who write "naam (at) lid.example.org".
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from html import escape, unescape

#: More candidates than this in one piece is a list of addresses, or an attack.
MOST_CANDIDATES = 20

_AT_WORDS = r"at|apenstaart(?:je)?|apestaart(?:je)?|aapje|arroba|arobase|&#64;|@"
_DOT_WORDS = r"dot|punt|point|punkt|\."
_AT = rf"\s{{0,3}}[(\[{{<]\s{{0,2}}(?:{_AT_WORDS})\s{{0,2}}[)\]}}>]\s{{0,3}}"
_DOT = rf"(?:\s{{0,3}}[(\[{{]\s{{0,2}}(?:{_DOT_WORDS})\s{{0,2}}[)\]}}]\s{{0,3}}|\.)"
_WORD_AT = r"\s{1,3}(?:at|apenstaart(?:je)?)\s{1,3}"
_WORD_DOT = r"\s{1,3}(?:dot|punt)\s{1,3}"
_START = r"(?<![\w.+-])"
_LOCAL = rf"[a-z0-9][\w+-]{{0,40}}(?:{_DOT}[\w+-]{{1,40}}){{0,4}}"
_LABEL = r"[a-z0-9](?:[\w-]{0,40}[a-z0-9])?"
_END = r"(?![\w-])"
_BRACKETED = rf"{_START}(?P<l1>{_LOCAL}){_AT}(?P<d1>{_LABEL}(?:{_DOT}{_LABEL}){{1,5}}){_END}"
_WORDED = (
    rf"{_START}(?P<l2>[a-z0-9][\w+-]{{0,40}}(?:(?:{_WORD_DOT}|\.)[\w+-]{{1,40}}){{0,3}}){_WORD_AT}"
    rf"(?P<d2>{_LABEL}(?:(?:{_WORD_DOT}|\.){_LABEL}){{0,4}}{_WORD_DOT}{_LABEL}){_END}"
)
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL}){{1,5}}"
_SPACED = (
    rf"{_START}(?P<l3>[a-z0-9][\w.+-]{{0,60}})(?:\s{{1,3}}@\s{{0,3}}|\s{{0,3}}@\s{{1,3}})"
    rf"(?P<d3>{_DOMAIN}){_END}"
)
_MARK = r"(?:remove-?this|no-?spam|verwijder-?dit)\."
_MARKED = (
    rf"{_START}(?P<l4>[a-z0-9][\w.+-]{{0,60}})"
    rf"@(?P<d4>(?:{_LABEL}\.){{0,3}}{_MARK}{_LABEL}(?:\.{_LABEL}){{0,5}}){_END}"
)
_HIDDEN_IN_TEXT = re.compile(f"{_BRACKETED}|{_WORDED}|{_SPACED}|{_MARKED}", re.IGNORECASE | re.ASCII)
#: Cheap signs, in lower case, that the long pattern above may find something: what all signs
#: of a group have in common, which is looked for first, and the signs.
_TEXT_SIGNS = (
    ("@", ("(@", "[@", " @", "@ ", "\n@", "@\n", "\u00a0@", "@\u00a0")),
    ("(", ("(at", "( at")),
    ("[", ("[at", "[ at")),
    ("{", ("{at",)),
    ("<", ("<at",)),
    ("remove", ("remove-this", "removethis")),
    ("spam", ("nospam", "no-spam")),
    *((word, (word,)) for word in ("staart", "aapje", "arroba", "arobase", "verwijder")),
)
#: What stands where the "@" belongs; the long pattern is tried only around these.
_MIDDLES = re.compile(
    rf"[(\[{{<]\s{{0,2}}(?:{_AT_WORDS})\s{{0,2}}[)\]}}>]|\s@|@\s|{_MARK}"
    r"|\s(?:at|apenstaart(?:je)?)\s(?=[^\n]{1,120}\s(?:dot|punt)\s)",
    re.IGNORECASE,
)
_AROUND = 260  # characters
_DOTS = re.compile(rf"{_DOT}|{_WORD_DOT}", re.IGNORECASE)
_MARKS = re.compile(_MARK, re.IGNORECASE)
_SHAPE = re.compile(
    r"[a-z0-9](?:[\w.+-]{0,62}[\w+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}",
    re.IGNORECASE | re.ASCII,
)

_MARKUP_SIGNS = (
    ("&#", ("@", "&#64;", "&#064;", "&#0064;", "&#x40;", "&#x040;", "&#x0040;")),
    ("mailto", ("mailto:", "uncryptmailto")),
    ("display", ("display:none", "display: none", "display :")),
    *((word, (word,)) for word in ("data-cfemail", "email-protection", "&commat;", "bidi-override")),
    ("remove-this", ("remove-this",)),
)
_CLOUDFLARE = re.compile(
    r"""<(a|span)\s[^<>]{0,300}?(?:data-cfemail\s{0,3}=\s{0,3}["']?|/cdn-cgi/l/email-protection\#)"""
    r"""([0-9a-f]{6,300})["'][^<>]{0,300}>(?:[^<]|<(?!/?\1\b)){0,600}(?:</\1>|$)""",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"<(span|bdo|b|i)\s[^<>]{0,200}bidi-override[^<>]{0,200}>([^<]{3,120})</\1>", re.IGNORECASE
)
_HIDDEN_PART = re.compile(
    r"""<(span|b|i|em)\s[^<>]{0,300}?display\s{0,3}:\s{0,3}none[^<>]{0,300}>[^<]{0,300}</\1>""", re.IGNORECASE
)
_HIDDEN_AFTER_AT = re.compile(
    r"""(@|&#0{0,3}64;|&#x0{0,2}40;)(\s{0,3})<(span|b|i|em)\s[^<>]{0,300}?display\s{0,3}:\s{0,3}none[^<>]{0,300}>"""
    r"""[^<]{0,300}</\3>""",
    re.IGNORECASE,
)
_REFERENCE = r"&#(?:x[0-9a-f]{1,5}|\d{1,6});"
_ENCODED = re.compile(
    rf"(?:[\w.+-]|{_REFERENCE}){{1,64}}(?:&#0{{0,3}}64;|&#x0{{0,2}}40;|&commat;)(?:[\w.-]|{_REFERENCE}){{1,100}}"
    rf"|(?<![\w.+;-])(?=[\w.+-]{{0,64}}&#)(?:[\w.+-]|{_REFERENCE}){{1,64}}@(?:[\w.-]|{_REFERENCE}){{1,100}}",
    re.IGNORECASE,
)
_ENCODED_SIGN = re.compile(
    r"&(?:#0{0,3}64|#x0{0,2}40|commat);|&#(?:x[0-9a-f]{1,5}|\d{2,6});[\w.+-]{0,64}@|@[\w.-]{1,60}&#",
    re.IGNORECASE,
)
_MAILTO = re.compile(
    r"""(<a\s[^<>]{0,300}?)href\s{0,3}=\s{0,3}(?:"([^"]{0,500})"|'([^']{0,500})')""", re.IGNORECASE
)
_SCRIPTED = re.compile(r"linkTo_UnCryptMailto", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Revealed:
    """Text or markup in which hidden addresses are written as "naam (at) lid.example.org".

    Args:
        candidates: the addresses as we read them, each once, in order.
    """

    text: str
    candidates: tuple[str, ...] = ()


def reveal_in_markup(markup: str) -> Revealed:
    """Answer the markup with the addresses that tags and entities hide; text is left for later.

    Links to hidden addresses lose their target; an address that is openly published keeps its own.
    """
    if not _may_hide(markup):
        return Revealed(markup)
    candidates: list[str] = []

    def keep(address: str, otherwise: str) -> str:
        if plain := _valid(address):
            candidates.append(plain)
            return escape(spell(plain), quote=False)
        return otherwise

    markup = _CLOUDFLARE.sub(lambda found: keep(_decode_cloudflare(found[2]), "[e-mail]"), markup)
    markup = _REVERSED.sub(lambda found: keep(unescape(found[2])[::-1].strip(), found[2]), markup)
    markup = _MAILTO.sub(lambda found: _open_mailto(found, candidates), markup)
    markup = _HIDDEN_AFTER_AT.sub(" (at) ", markup)
    markup = _HIDDEN_PART.sub("", markup)
    if _ENCODED_SIGN.search(markup):
        markup = _ENCODED.sub(lambda found: keep(unescape(found[0]), found[0]), markup)
    return Revealed(markup, tuple(dict.fromkeys(candidates)))


def reveal_in_text(text: str) -> Revealed:
    """Answer the text with hidden addresses in one spelling, which nobody can click or mail.

    "naam at lid dot example dot org" stays as it is: it may be a sentence.
    """
    if not _may_spell(text):
        return Revealed(text)
    candidates: list[str] = []

    def rewrite(found: re.Match[str]) -> str:
        local, domain = _parts(found)
        if plain := _read(found):
            candidates.append(plain)
        if found["l2"] or (found["l1"] and not plain):  # words may be only words
            return found[0]
        return spell(plain) if plain else f"{local} (at) {domain}"

    text = _rewrite(text, rewrite)
    return Revealed(text, tuple(dict.fromkeys(candidates)))


def write_out(text: str, confirmed: Collection[str]) -> str:
    """Answer the text with those hidden addresses written plainly that an editor confirmed."""
    if not confirmed or not _may_spell(text):
        return text

    def write(found: re.Match[str]) -> str:
        address = _read(found)
        return address if address in confirmed else found[0]

    return _rewrite(text, write)


def spell(address: str) -> str:
    """Answer an address as people read it and programs do not: "naam (at) lid.example.org"."""
    return address.replace("@", " (at) ")


def _rewrite(text: str, rewrite: Callable[[re.Match[str]], str]) -> str:
    """Answer the text with its hidden addresses rewritten; only their surroundings are searched."""
    pieces: list[str] = []
    done = 0
    for middle in _MIDDLES.finditer(text):
        if middle.start() < done:
            continue
        start = max(text.rfind(" ", done, max(done, middle.start() - _AROUND)) + 1, done)
        end = text.find("\n\n", middle.end() + _AROUND, middle.end() + 2 * _AROUND)
        end = len(text) if len(text) - middle.end() < 2 * _AROUND else max(end, middle.end() + _AROUND)
        pieces += (text[done:start], _HIDDEN_IN_TEXT.sub(rewrite, text[start:end]))
        done = end
    return "".join((*pieces, text[done:]))


def _parts(found: re.Match[str]) -> tuple[str, str]:
    return next((found[f"l{form}"], found[f"d{form}"]) for form in range(1, 5) if found[f"l{form}"])


def _read(found: re.Match[str]) -> str:
    """Answer the address that was found in text; "" when it has not the shape of one."""
    local, domain = _parts(found)
    return _valid(f"{_DOTS.sub('.', local)}@{_MARKS.sub('', _DOTS.sub('.', domain))}")


def _may_hide(markup: str) -> bool:
    if "<" not in markup and "&" not in markup:
        return False
    return _has_sign(markup.lower(), _MARKUP_SIGNS)


def _may_spell(text: str) -> bool:
    lower = text.lower()
    if " at " in lower and (" dot " in lower or " punt " in lower):
        return True
    return _has_sign(lower, _TEXT_SIGNS)


def _has_sign(lower: str, groups: Iterable[tuple[str, tuple[str, ...]]]) -> bool:
    return any(common in lower and any(sign in lower for sign in signs) for common, signs in groups)


def _open_mailto(found: re.Match[str], candidates: list[str]) -> str:
    """Answer the beginning of a link, without its target when that is a hidden address."""
    raw = found[2] or found[3] or ""
    target = unescape(raw).strip()
    if _SCRIPTED.search(target):
        return found[1]
    if target[:7].lower() != "mailto:":
        return found[0]
    address = target[7:].partition("?")[0].strip()
    revealed = reveal_in_text(address)
    if revealed.candidates:
        candidates += revealed.candidates
        return found[1]
    if "&#" in raw and (plain := _valid(address)):
        candidates.append(plain)
        return found[1]
    return found[0] if _valid(address) else found[1]


def _decode_cloudflare(encoded: str) -> str:
    """Answer the address: every byte is the first byte's XOR with it."""
    try:
        key, *rest = bytes.fromhex(encoded)
        return bytes(byte ^ key for byte in rest).decode("utf-8").partition("?")[0]
    except ValueError:
        return ""


def _valid(address: str) -> str:
    """Answer the address with its domain in lower case; "" when it has not the shape of one."""
    address = address.strip().rstrip(".")
    if len(address) > 254 or ".." in address or not _SHAPE.fullmatch(address):
        return ""
    local, _, domain = address.partition("@")
    return f"{local}@{domain.lower()}"
