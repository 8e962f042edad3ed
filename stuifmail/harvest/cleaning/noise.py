"""What content systems put around a piece of news: labels, footers, share rows, "read more"."""

import re

_NAMES = r"div|span|h[1-6]|dt|p|strong|label"
_LABEL = re.compile(
    rf"""<({_NAMES})\s[^<>]{{0,300}}?\bfield(?:__|-)label\b[^<>]{{0,200}}>"""
    r"\s{0,20}(?:body|inhoud|tekst|text|content|samenvatting|summary|teaser|intro|afbeelding|image|foto)"
    r"\s{0,3}(?::|&nbsp;|&#160;|\u00a0|\s){0,8}</\1>",
    re.IGNORECASE,
)
_META_NAMES = "title|uid|created|changed|author|publicatiedatum|publication-date|publish-date|post-date"
_META = re.compile(
    rf"""<(span|div)\s[^<>]{{0,300}}?\bfield--?name-(?:field-)?(?:{_META_NAMES})[\s"'][^<>]{{0,300}}>"""
    r"[^<]{0,300}(?:<(?:span|time|a)\b[^<>]{0,400}>[^<]{0,300}</(?:span|time|a)>[^<]{0,300}){0,3}</\1>",
    re.IGNORECASE,
)
_META_LABELLED = re.compile(
    r"""<div\s[^<>]{0,300}?\bfield(?:__|-)label\b[^<>]{0,200}>\s{0,20}"""
    r"(?:publicatiedatum|datum van publicatie|publication date|published|gepubliceerd op"
    r"|geplaatst op|auteur|author)"
    r"\s{0,3}(?::|&nbsp;|&#160;|\u00a0|\s){0,8}</div>\s{0,40}"
    r"""(?:<div\s[^<>]{0,300}?\bfield(?:__|-)items?\b[^<>]{0,200}>"""
    r"(?:[^<]|<(?!/?div\b)[^<>]{0,300}>){0,400}</div>)?",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"""<a\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?#[^<>]{0,300}>\s{0,20}"""
    r"(?:skip|overslaan|ga (?:direct )?naar|direct naar|naar de (?:hoofd)?inhoud|spring naar)[^<]{0,100}</a>",
    re.IGNORECASE,
)
_FLARE = re.compile(
    r"""<div\s[^<>]{0,200}?class\s{0,3}=\s{0,3}["']?"""
    r"""(?:feedflare|sharedaddy|addtoany_share|a2a_kit|share-buttons|social-share|shariff)\b[^<>]{0,300}>(?:[^<]|<(?!/?div\b)){0,8000}</div>""",
    re.IGNORECASE,
)
#: What must be there, in lower case, for a pattern to find anything: what all signs of a row have
#: in common, which is looked for first, and the signs.
_FURNITURE = (
    (("field",), ("field__label", "field-label"), _META_LABELLED),
    (("field",), ("field__label", "field-label"), _LABEL),
    (("field",), ("field--name-", "field-name-"), _META),
    (("#",), ('href="#', "href='#"), _SKIP),
    (
        ("shar", "flare", "a2a_kit", "addtoany"),
        ("feedflare", "sharedaddy", "addtoany", "a2a_kit", "share-buttons", "social-share", "shariff"),
        _FLARE,
    ),
)
_MOST_SIGNS = 200  # of one kind; with more, this is no furniture but an attack on the patterns

_TAIL = 3_000  # characters at the end in which footers stand
#: What must be there, in lower case, for a pattern to find anything.
_POST_SIGNS = (
    "appeared first on", "verscheen eerst op", "is verschenen op", "erschien zuerst auf", "apparu en premier"
)  # fmt: skip
_MORE_SIGNS = (
    "lees ", "verder lezen", "meer lezen", "read ", "continue reading", "weiterlesen", "lire la suite"
)  # fmt: skip
_CUT_SIGNS = ("[\u2026]", "[...]")
_FOOTER_SIGNS = (*_POST_SIGNS, *_MORE_SIGNS, *_CUT_SIGNS)
_FOOTER = re.compile(
    r"(?:<p>)?\s{0,20}"
    r"(?:The post|This post|Het bericht|Dit bericht|Bericht|Der Beitrag|L.article|Cet article)\b"
    r"(?:(?!<p>).){1,900}?(?:appeared first on|first appeared on|verscheen eerst op|is verschenen op"
    r"|erschien zuerst auf|est apparu en premier sur)(?:(?!<p>).){1,500}$",
    re.IGNORECASE | re.DOTALL,
)
_MORE_WORDS = (
    r"(?:lees (?:verder|meer|het hele (?:bericht|artikel))|verder lezen|meer lezen"
    r"|read (?:more|on|the full (?:story|article))|continue reading|weiterlesen|lire la suite)"
)
_MORE = re.compile(
    r"""(?:\u2026|\.\.\.|\s){0,6}<a(?:\s[a-z]+="[^"]{0,600}"){0,6}>(?:\s|<(?:span|strong|em|b)>){0,6}"""
    + _MORE_WORDS
    + r"(?:[^<]|</?(?:span|strong|em|b)>){0,200}</a>"
    r"(?P<rest>(?:[\s.\u00a0\u2026]|&nbsp;|</?(?:p|div|span|strong|em)>|<br>){0,30})$",
    re.IGNORECASE,
)
_LONGEST_DOTS = 18  # characters before such a link: six times three dots
_CUT = re.compile(r"\s{0,3}\[(?:\u2026|\.\.\.)\](?P<rest>(?:\s|</?(?:p|div|span)>|<br>){0,20})$")
_EMPTY = re.compile(r"<(p|div|span)>(?:\s|\u00a0|&nbsp;|<br>){0,20}</\1>")
_NO_CATEGORY = frozenset(
    {"uncategorized", "uncategorised", "geen categorie", "niet gecategoriseerd", "zonder categorie",
     "allgemein", "non class\u00e9", "sin categor\u00eda"}
)  # fmt: skip


def drop_furniture(markup: str) -> str:
    """Answer raw HTML without labels of fields, share rows and links that skip to the text."""
    if "class" not in markup and "href" not in markup:
        return markup
    lower = markup.lower()
    for commons, signs, pattern in _FURNITURE:
        if not any(common in lower for common in commons):
            continue
        if 0 < sum(lower.count(sign) for sign in signs) <= _MOST_SIGNS:
            markup = pattern.sub("", markup)
    return markup


def drop_footer(markup: str) -> str:
    """Answer clean HTML without "The post … appeared first on …", "Read more" and "[…]" at its end.

    A text that the feed cut off ends with an ellipsis.
    """
    tail = markup[-_TAIL:]
    lower = tail.lower()
    if not any(sign in lower for sign in _FOOTER_SIGNS):
        return markup
    head = markup[: len(markup) - len(tail)]
    if any(sign in lower for sign in (*_POST_SIGNS, "first appeared on")):
        start = max(tail.rfind("<p>"), 0)  # it never crosses the beginning of a paragraph
        tail = tail[:start] + _FOOTER.sub("", tail[start:])
    tail = tail.rstrip()
    if any(sign in lower for sign in _MORE_SIGNS):
        start = max(tail.rfind("<a") - _LONGEST_DOTS, 0)  # nor is it any link but the last
        tail = (tail[:start] + _MORE.sub(r"\g<rest>", tail[start:])).rstrip()
    if any(sign in lower for sign in _CUT_SIGNS):
        tail = _CUT.sub("\u2026\\g<rest>", tail)
    return head + _EMPTY.sub("", tail).rstrip()


def is_category(name: str) -> bool:
    """Answer whether the category says anything: "Uncategorized" does not."""
    return name.casefold() not in _NO_CATEGORY
