"""Lists of feeds as other readers keep them: OPML in and out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import Any, Literal, TypeAlias

from lxml import etree

from stuifmail.errors import UnreadableDocument
from stuifmail.harvest.cleaning.clean import clean_language, clean_line
from stuifmail.harvest.cleaning.links import link_key, resolve_link

OutlineKind: TypeAlias = Literal["feed", "calendar", "page"]

_MOST_BYTES = 20_000_000
_MOST_OUTLINES = 20_000
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
#: Types of OPML 2.0 are rss and link; `ics` is ours, and harmless to others.
_TYPES: dict[OutlineKind, str] = {"feed": "rss", "calendar": "ics", "page": "link"}
_REMEDY = "export it again from the program that it comes from, as OPML"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed, calendar or page of a list.

    Args:
        title: what the list calls it.
        address: absolute; of the feed itself, or of the page.
        kind: feed, calendar or page.
        website: the site's address, or None.
        language: language tag in lower case, or None.
        groups: the headings that it stands under, the outermost first.
    """

    title: str
    address: str
    kind: OutlineKind = "feed"
    website: str | None = None
    language: str | None = None
    groups: tuple[str, ...] = ()


def read_opml(content: bytes, *, file: str) -> tuple[list[Outline], list[str]]:
    """Answer the feeds, calendars and pages of an OPML file in its order, and what was wrong.

    Headings may be nested to any depth. The same address counts once.

    Args:
        content: the file's bytes.
        file: its name for messages.

    Raises:
        UnreadableDocument: no OPML, too large, or XML that defines entities: nobody needs them in
            such a list, and attacks are made of them.

    Source: opml.org/spec2.opml.
    """
    root, problems = _read_xml(content, file)
    if not isinstance(root.tag, str) or etree.QName(root).localname.lower() != "opml":
        raise UnreadableDocument("this is no OPML: it does not begin with <opml>", place=file, remedy=_REMEDY)
    found: dict[str, Outline] = {}
    doubles, lost = [], []
    for node, groups in _walk(root):
        outline = _read_outline(node, groups)
        if outline is None:
            if not _is_heading(node):
                lost.append(_title_of(node))
        elif link_key(outline.address) in found:
            doubles.append(outline.title)
        else:
            found[link_key(outline.address)] = outline
    problems += [f"{title!r} has no address (xmlUrl); left out" for title in lost]
    problems += [f"{title!r} has an address that is there before; left out" for title in doubles]
    return list(found.values()), problems


def write_opml(outlines: Sequence[Outline], *, title: str, owner: str, at: datetime) -> bytes:
    """Answer an OPML 2.0 file; outlines stand under their first heading, headings in the order given.

    Args:
        outlines: in the order in which they are to stand.
        title: of the list.
        owner: e-mail address of whoever keeps the list.
        at: when it was made, aware.
    """
    root = etree.Element("opml", version="2.0")
    head, body = etree.SubElement(root, "head"), etree.SubElement(root, "body")
    for name, text in (("title", title), ("dateCreated", format_datetime(at)), ("ownerEmail", owner)):
        etree.SubElement(head, name).text = _fit(text)
    headings: dict[str, Any] = {}
    for outline in outlines:
        group = outline.groups[0] if outline.groups else ""
        if group and group not in headings:
            headings[group] = etree.SubElement(body, "outline", text=_fit(group), title=_fit(group))
        etree.SubElement(headings.get(group, body), "outline", _attributes(outline))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _read_xml(content: bytes, file: str) -> tuple[Any, list[str]]:
    if len(content) > _MOST_BYTES:
        raise UnreadableDocument("the file is too large for a list of feeds", place=file, remedy=_REMEDY)
    problems: list[str] = []
    try:
        root = _parse(content, recover=False)
    except etree.XMLSyntaxError as error:
        if _has_entities(content):
            raise _refuse_entities(file) from error
        root, problems = _mend(content), [f"the XML is broken ({error.msg}); read as well as possible"]
    if root is None:
        raise UnreadableDocument("this is no XML", place=file, remedy=_REMEDY)
    if root.getroottree().docinfo.internalDTD is not None and _has_entities(content):
        raise _refuse_entities(file)
    return root, problems


def _has_entities(content: bytes) -> bool:
    return b"<!ENTITY" in content.replace(b"\0", b"")


def _refuse_entities(file: str) -> UnreadableDocument:
    return UnreadableDocument(
        "the XML defines entities, which no list of feeds needs", place=file, remedy=_REMEDY
    )


def _parse(content: bytes, *, recover: bool, encoding: str | None = None) -> Any:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        encoding=encoding,
        remove_comments=True,
    )
    return etree.fromstring(content, parser=parser)


def _mend(content: bytes) -> Any:
    """Answer what can be read of broken XML; of another charset than it says, too."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if b"\0" not in content[:4]:
            text = _DECLARATION.sub(b"", content).decode("windows-1252", "replace")
            return _parse(text.encode(), recover=True, encoding="utf-8")
    try:
        return _parse(content.lstrip(), recover=True)
    except etree.XMLSyntaxError:  # nothing at all can be made of it
        return None


def _walk(root: Any) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield each outline with the headings above it, in document order."""
    for number, node in enumerate(root.iter("{*}outline")):
        if number >= _MOST_OUTLINES:
            return
        above = [each for each in node.iterancestors("{*}outline") if _is_heading(each)]
        yield node, tuple(title for each in reversed(above) if (title := _title_of(each)))


def _read_outline(node: Any, groups: tuple[str, ...]) -> Outline | None:
    said = {name.lower(): value for name, value in node.attrib.items()}
    written, kind = said.get("xmlurl") or "", said.get("type", "").lower()
    if not written and kind in ("link", "rss", "atom"):
        written = said.get("url") or ""
    address = resolve_link(_as_web(written), None)
    if address is None:
        return None
    return Outline(
        title=_title_of(node) or address,
        address=address,
        kind=_kind_of(written, kind, has_feed="xmlurl" in said),
        website=resolve_link(said.get("htmlurl"), None),
        language=clean_language(said.get("language")),
        groups=groups,
    )


def _kind_of(written: str, said: str, *, has_feed: bool) -> OutlineKind:
    if said == "ics" or written.lower().startswith("webcal:") or written.lower().endswith(".ics"):
        return "calendar"
    return "feed" if has_feed or said != "link" else "page"


def _is_heading(node: Any) -> bool:
    return len(node) > 0 and not any(
        name.lower() == "xmlurl" and value for name, value in node.attrib.items()
    )


def _title_of(node: Any) -> str:
    said = {name.lower(): value for name, value in node.attrib.items()}
    return clean_line(said.get("title") or said.get("text") or "")


def _as_web(address: str) -> str:
    address = address.strip()
    return "https" + address[6:] if address.lower().startswith("webcal:") else address


def _attributes(outline: Outline) -> dict[str, str]:
    values: Iterable[tuple[str, str | None]] = (
        ("type", _TYPES[outline.kind]),
        ("text", outline.title),
        ("title", outline.title),
        ("url" if outline.kind == "page" else "xmlUrl", outline.address),
        ("htmlUrl", outline.website),
        ("language", outline.language),
    )
    return {name: _fit(value) for name, value in values if value}


def _fit(text: str) -> str:
    """Answer the text without what XML cannot hold."""
    return "".join(
        c if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff") else " " for c in clean_line(text)
    )
