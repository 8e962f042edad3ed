"""The quality gate on renderings: what readers, mail programs and the law would trip over.

Pure: looks at one edition's HTML and text, and answers findings whose codes are told in
docs/findings.md. Limits come from Gmail's clipping (102 KB), WCAG 2.1 AA and the house's
newsletter recipe.
"""

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import urlsplit

from lxml import html as lxml_html
from lxml.html import HtmlElement

from stuifmail.model.publications import UNSUBSCRIBE_MARK, Rendering
from stuifmail.model.reviews import Finding
from stuifmail.render.checks_words import check_leftovers, check_marks, check_titles
from stuifmail.render.contrast import find_low_contrast
from stuifmail.render.letter import Letter

#: Gmail clips at about 102 KB and hides the unsubscribe link with the rest.
MAX_HTML_BYTES = 100_000
WARN_HTML_BYTES = 85_000
MAX_WORDS = 1_200
MAX_SUBJECT_CHARS = 60
#: The subject of a press release is its headline.
MAX_HEADLINE_CHARS = 90
PREHEADER_CHARS = (40, 90)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_URL_IN_CSS = re.compile(r"(?:url\(\s*|@import\s+)[\"']?([^\"')\s]+)")
_ACTIVE = (
    "applet",
    "audio",
    "base",
    "button",
    "embed",
    "form",
    "frame",
    "iframe",
    "input",
    "object",
    "script",
    "select",
    "textarea",
    "video",
)


def check_rendering(
    rendering: Rendering, *, hosts: Collection[str] = (), subject_chars: int = MAX_SUBJECT_CHARS
) -> list[Finding]:
    """Answer the findings on one edition: of the whole first, then in reading order.

    Args:
        rendering: the edition as it will be sent.
        hosts: host names from which pictures may come, besides those of `rendering.pictures`.
        subject_chars: longest subject that gets no remark; headlines of press releases are longer.
    """
    if not rendering.html.strip():
        return [_empty(rendering)]
    allowed = {urlsplit(address).hostname or "" for address in rendering.pictures}
    root = lxml_html.document_fromstring(rendering.html)
    letter = Letter(rendering, root, frozenset(allowed | {*hosts}), subject_chars)
    return [finding for check in _CHECKS for finding in check(letter)]


def _empty(rendering: Rendering) -> Finding:
    return Finding(
        code="empty-letter",
        severity="blocking",
        language=rendering.language,
        message="the letter is empty",
        remedy="look at the template",
    )


def _check_size(letter: Letter) -> Iterator[Finding]:
    size = len(letter.rendering.html.encode())
    remedy = "shorten texts, or leave blocks for the next issue"
    if size > MAX_HTML_BYTES:
        message = f"the HTML is {size:,} bytes; Gmail hides what comes after about {MAX_HTML_BYTES:,}"
        yield letter.finding("html-too-large", "blocking", message, remedy)
    elif size > WARN_HTML_BYTES:
        message = f"the HTML is {size:,} bytes, close to the {MAX_HTML_BYTES:,} that Gmail shows"
        yield letter.finding("html-large", "warning", message, remedy)


def _check_characters(letter: Letter) -> Iterator[Finding]:
    rendering = letter.rendering
    parts = {
        "subject": rendering.subject,
        "preheader": rendering.preheader,
        "HTML": rendering.html,
        "text": rendering.text,
    }
    for name, text in parts.items():
        match = _CONTROL.search(text)
        if match:
            near = " ".join(text[max(0, match.start() - 20) : match.start()].split())
            message = f"control character U+{ord(match[0]):04X} in the {name} after “{near}”"
            remedy = "type the character again; it was probably a curly quote of an old code page"
            yield letter.finding("control-character", "blocking", message, remedy)


def _check_active(letter: Letter) -> Iterator[Finding]:
    for element in letter.elements(*_ACTIVE):
        message = f"<{element.tag}> acts or loads something in the reader's mail program"
        yield letter.finding("active-content", "blocking", message, "take it out of the template", element)
    for element in letter.elements():
        if isinstance(element.tag, str) and any(name.startswith("on") for name in element.keys()):  # noqa: SIM118
            message = f"<{element.tag}> has a script"
            yield letter.finding("active-content", "blocking", message, "take the attribute out", element)


def _check_pictures(letter: Letter) -> Iterator[Finding]:
    for element in letter.elements("img"):
        source = element.get("src") or ""
        if element.get("alt") is None:
            message = f"the picture {source.rsplit('/', 1)[-1]} has no description"
            yield letter.finding("missing-alt", "blocking", message, "say what it shows (alt)", element)
        if _is_pixel(element):
            message = "a picture of one pixel: that is how readers are tracked"
            yield letter.finding("tracking-pixel", "blocking", message, "take it out", element)


def _is_pixel(element: HtmlElement) -> bool:
    style = dict(re.findall(r"([\w-]+)\s*:\s*([^;]+)", element.get("style") or ""))
    sides = [element.get(side) or style.get(side, "") for side in ("width", "height")]
    return all(side.strip().removesuffix("px") in ("0", "1") for side in sides)


def _check_sources(letter: Letter) -> Iterator[Finding]:
    for address, element in _loaded(letter):
        scheme = address.split(":", 1)[0].lower()
        if scheme in ("data", "cid"):
            message = f"a picture is put into the letter itself ({scheme}:)"
            yield letter.finding(
                "embedded-picture", "blocking", message, "publish it and link to it", element
            )
        elif (urlsplit(address).hostname or "") not in letter.hosts:
            message = f"{address[:80]} would be loaded from elsewhere, and could count readers"
            remedy = "use a picture of the newsroom"
            yield letter.finding("foreign-host", "blocking", message, remedy, element)


def _loaded(letter: Letter) -> Iterator[tuple[str, HtmlElement]]:
    """Yield every address that a mail program fetches by itself."""
    for element in letter.root.iter():
        if not isinstance(element.tag, str):
            continue
        names = ("src", "background", "poster") + (("href",) if element.tag == "link" else ())
        yield from ((element.get(name) or "", element) for name in names if element.get(name))
        for candidate in (element.get("srcset") or "").split(","):
            if candidate.strip():
                yield candidate.split()[0], element
        css = (element.text or "") if element.tag == "style" else (element.get("style") or "")
        yield from ((address, element) for address in _URL_IN_CSS.findall(css))


def _check_language(letter: Letter) -> Iterator[Finding]:
    language = letter.rendering.language
    body = letter.root.find("body")
    first = next((child for child in body if isinstance(child.tag, str) and child.get("lang")), None)
    for name, element in (("<html>", letter.root), ("the letter's first element", first)):
        declared = "" if element is None else (element.get("lang") or "")
        if declared.split("-")[0] != language:
            message = f"{name} says language “{declared}”, not “{language}”"
            remedy = "write lang on <mjml> in the template: screen readers choose their voice by it"
            yield letter.finding("missing-language", "blocking", message, remedy)
    if not (letter.root.findtext("head/title") or "").strip():
        remedy = "write <mj-title> in the template"
        yield letter.finding("missing-title", "blocking", "the letter has no title", remedy)


def _check_tables(letter: Letter) -> Iterator[Finding]:
    for element in letter.elements("table"):
        if element.get("role") is None and not element.findall(".//th"):
            message = "a layout table is read out as data"
            remedy = 'write role="presentation" in the template'
            yield letter.finding("table-without-role", "warning", message, remedy, element)


def _check_headings(letter: Letter) -> Iterator[Finding]:
    level = 0
    for element in letter.elements("h1", "h2", "h3", "h4", "h5", "h6"):
        following = int(element.tag[1])
        if following > level + 1:
            message = (
                f"“{element.text_content().strip()[:40]}” is a heading {following} after a heading {level}"
            )
            remedy = "go down one level at a time: people find their way by headings"
            yield letter.finding("heading-order", "warning", message, remedy, element)
        level = following


def _check_contrast(letter: Letter) -> Iterator[Finding]:
    seen = set()
    for low in find_low_contrast(letter.rendering.html):
        key = (low.colour, low.background, low.dark)
        if key in seen:
            continue
        seen.add(key)
        mode = "dark mode" if low.dark else "light mode"
        message = (
            f"“{low.text}”: {low.colour} on {low.background} has a contrast of {low.ratio:.1f} in {mode}; "
            f"{low.wanted} is needed"
        )
        remedy = "choose other colours in sources.yaml or in the template"
        yield letter.finding("low-contrast", "warning", message, remedy, low.element)


def _check_unsubscribe(letter: Letter) -> Iterator[Finding]:
    targets = [element.get("href") for element in letter.elements("a")]
    present = {"HTML": UNSUBSCRIBE_MARK in targets, "text": UNSUBSCRIBE_MARK in letter.rendering.text}
    for name in (name for name, there in present.items() if not there):
        message = f"readers cannot unsubscribe from the {name} part"
        remedy = "put {{ unsubscribe_url }} into the template's footer"
        yield letter.finding("no-unsubscribe", "blocking", message, remedy)


def _check_links(letter: Letter) -> Iterator[Finding]:
    missing = set()
    for element in letter.elements("a"):
        address = (element.get("href") or "").strip()
        named = element.text_content().strip() or any(image.get("alt") for image in element.iter("img"))
        if not address.strip("#"):
            message = f"the link “{element.text_content().strip()[:40]}” leads nowhere"
            yield letter.finding("empty-link", "blocking", message, "fill in the address", element)
        elif address.split(":", 1)[0].lower() not in ("http", "https", "mailto", "tel", UNSUBSCRIBE_MARK):
            message = f"the link “{address[:60]}” is not a web or mail address"
            yield letter.finding("unsafe-link", "blocking", message, "write https://…", element)
        elif not named:
            message = f"the link to {address[:60]} has no words"
            yield letter.finding("link-without-words", "warning", message, "say where it leads to", element)
        if (
            address.strip("#")
            and address.removeprefix("mailto:") not in letter.rendering.text
            and address not in missing
        ):
            missing.add(address)
            message = f"{address[:80]} is in the HTML but not in the text part"
            remedy = "put the link into the text template too"
            yield letter.finding("link-not-in-text", "warning", message, remedy, element)


def _check_words(letter: Letter) -> Iterator[Finding]:
    count = len(re.sub(r"https?://\S+", "", letter.rendering.text).split())
    if not count:
        remedy = "look at the text template: it is what many readers and all mail filters read"
        yield letter.finding("empty-text", "blocking", "the text part is empty", remedy)
    elif count > MAX_WORDS:
        message = f"{count:,} words; more than {MAX_WORDS:,} nobody reads"
        yield letter.finding("too-long", "warning", message, "leave blocks for the next issue")


def _check_envelope(letter: Letter) -> Iterator[Finding]:
    subject, preheader = letter.rendering.subject, letter.rendering.preheader
    if len(subject) > letter.subject_chars:
        message = f"the subject has {len(subject)} characters; phones show about {letter.subject_chars}"
        yield letter.finding("long-subject", "advice", message, "put the news first and shorten the rest")
    low, high = PREHEADER_CHARS
    if not low <= len(preheader) <= high:
        message = f"the preheader has {len(preheader)} characters; {low} to {high} fill the line in the inbox"
        yield letter.finding("preheader-length", "advice", message, "write one sentence that says more")
    elif preheader.casefold() in subject.casefold() or subject.casefold() in preheader.casefold():
        message = "the preheader repeats the subject"
        yield letter.finding(
            "preheader-repeats", "advice", message, "say something that the subject does not"
        )


_CHECKS: tuple[Callable[[Letter], Iterator[Finding]], ...] = (
    _check_envelope,
    _check_size,
    _check_words,
    _check_characters,
    check_leftovers,
    check_titles,
    check_marks,
    _check_language,
    _check_unsubscribe,
    _check_active,
    _check_pictures,
    _check_sources,
    _check_tables,
    _check_headings,
    _check_links,
    _check_contrast,
)
