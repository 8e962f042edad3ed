"""XML that is made to overwhelm its reader is refused before any parser sees it.

Source: CWE-776 (entity expansion), CWE-611 (external entities); RSS 0.91 and scripts of old sites
bring harmless document types, which are left alone.
"""

import re
from collections.abc import Iterator

from stuifmail.errors import UnreadableDocument

_MOST_ENTITIES = 300  # HTML itself has 252
_MOST_SUBSET_BYTES = 64_000
_MOST_VALUE_BYTES = 4_000
_MOST_EXPANDED_BYTES = 1_000_000
_MOST_DEPTH = 10_000  # tag soup forgets to close; real depth is never above a hundred
_HEAD_BYTES = 200_000
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_ROOT = re.compile(rb"<[A-Za-z_:]")
_ENTITY = re.compile(
    rb"""<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[^\s"'<>%&;]{1,100})\s+(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""",
    re.IGNORECASE,
)
_ENTITY_SIGN = re.compile(rb"<!ENTITY", re.IGNORECASE)
_REFERENCE = re.compile(rb"[&%]([^\s#&;<>\"']{1,100});")
_SKIPPED = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_TAGS = re.compile(rb"<(/?)[A-Za-z_:][^<>]*?(/?)>")


def refuse_bombs(content: bytes, url: str) -> None:
    """Raise when the XML's entities would multiply its size, or its tags are endless.

    Raises:
        UnreadableDocument: with what it tries.
    """
    head = content[:_HEAD_BYTES].replace(b"\0", b"")  # UTF-16 is looked through too
    start = _DOCTYPE.search(head)
    root = _ROOT.search(head)
    if not start or (root and root.start() < start.start()):
        return
    if reason := _judge_subset(content.replace(b"\0", b""), start.start()):
        raise UnreadableDocument(
            f"the XML is refused: {reason}",
            place=url,
            remedy="ask the member for a feed without a document type declaration (<!DOCTYPE …>)",
        )


def refuse_depth(content: bytes, url: str) -> None:
    """Raise when elements are nested deeper than any feed needs; for what the quick reader leaves.

    Raises:
        UnreadableDocument: nested too deep.
    """
    depth = 0
    for change in _changes(content):
        depth += change
        if depth > _MOST_DEPTH:
            raise UnreadableDocument(
                f"the XML is refused: its elements are nested more than {_MOST_DEPTH:,} deep",
                place=url,
                remedy="look at the address in a browser; no feed needs this",
            )


def _changes(content: bytes) -> Iterator[int]:
    """Yield 1 for each tag that opens, -1 for each that closes."""
    for tag in _TAGS.finditer(_SKIPPED.sub(b"", content)):
        if not tag[2]:
            yield -1 if tag[1] else 1


def _judge_subset(content: bytes, start: int) -> str:
    """Answer what is wrong with the document type that starts here, "" for nothing."""
    root = _ROOT.search(content, start)
    subset = content[start : root.start() if root else len(content)]
    if len(subset) > _MOST_SUBSET_BYTES:
        return f"its document type is longer than {_MOST_SUBSET_BYTES} bytes"
    entities = {
        found["name"]: found["double"] or found["single"] or b"" for found in _ENTITY.finditer(subset)
    }
    if len(_ENTITY_SIGN.findall(subset)) > _MOST_ENTITIES:
        return f"it defines more than {_MOST_ENTITIES} entities"
    if any(len(value) > _MOST_VALUE_BYTES for value in entities.values()):
        return f"it defines an entity longer than {_MOST_VALUE_BYTES} bytes"
    if any(name in entities for value in entities.values() for name in _REFERENCE.findall(value)):
        return "it defines entities by other entities"
    body = content[root.start() :] if root else b""
    expanded = sum(
        len(value) * body.count(b"&%b;" % name) for name, value in entities.items() if len(value) > 16
    )
    if expanded > _MOST_EXPANDED_BYTES:
        return f"its entities would grow to more than {_MOST_EXPANDED_BYTES} bytes"
    return ""
