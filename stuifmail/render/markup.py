"""Reads rendered MJML or HTML-in-MJML into a tree that remembers the template's lines.

MJML is read by a strict parser that says neither file nor line of what it refuses, and dies
on very deep nesting. This reader comes first: it finds the same faults, says where they are,
and never recurses.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from stuifmail.model.problems import Problem

#: Attribute that carries `file:line:column` from the template to the lint; never sent.
PLACE_ATTRIBUTE = "data-template-place"

#: Deeper nesting than this no letter needs; at some 20,000 the MJML parser kills the process.
MAX_DEPTH = 200

#: HTML tags without content, which need no closing tag.
VOID_TAGS = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source"}
    | {"track", "wbr"}
)

_TOKEN = re.compile(
    r"<!--(?P<comment>(?:(?!--).)*)-->"
    r"|</(?P<close>[A-Za-z][\w.-]*(?::[\w.-]+)?)\s*>"
    r"|<(?P<open>[A-Za-z][\w.-]*(?::[\w.-]+)?)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>"
    r"|(?P<stray><)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"\s+([A-Za-z_:][\w:.-]*)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_PLACE = re.compile(rf'{PLACE_ATTRIBUTE}="([^"]*)"')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the templates something stands; line and column from 1, 0 when unknown."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


@dataclass(slots=True, kw_only=True)
class Node:
    """One element; grows while it is read, so it is not frozen.

    Args:
        name: as written.
        attributes: as written, entities not decoded; "" for one without a value.
        place: in the template, or that of the nearest element around it that has one.
        start, end: offsets of the whole element in the text that was read.
        content_start, content_end: offsets of what stands between its tags.
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    place: Place
    parent: "Node | None" = None
    children: "list[Node]" = field(default_factory=list)
    start: int = 0
    content_start: int = 0
    content_end: int = 0
    end: int = 0
    depth: int = 0

    def walk(self) -> "Iterator[Node]":
        """Yield this element and all inside it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))

    def find(self, name: str) -> "Node | None":
        """Answer the first element inside with this name."""
        return next((node for node in self.walk() if node.name == name and node is not self), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """What was read: the elements at the top, and what was wrong."""

    roots: tuple[Node, ...]
    problems: tuple[Problem, ...]


def problem_at(place: Place, message: str, remedy: str) -> Problem:
    """Answer the problem at this place of a template."""
    return Problem(
        file=place.file or "template",
        line=place.line,
        column=place.column,
        message=message,
        remedy=remedy,
    )


def parse_place(text: str) -> Place:
    """Answer the place that `file:line:column` names; an empty one for other text."""
    match = re.fullmatch(r"(.+):(\d+):(\d+)", text)
    if not match:
        return Place()
    return Place(file=match[1], line=int(match[2]), column=int(match[3]))


def strip_places(source: str) -> str:
    """Answer the source without the template places that were put into its tags."""
    return re.sub(rf' {PLACE_ATTRIBUTE}="[^"]*"', "", source)


def map_attributes(source: str, change: Callable[[str], str]) -> str:
    """Answer the source with each attribute's value, quotes included, changed by a function.

    Args:
        source: MJML without faults of form; comments in it stay as they are.
        change: must answer a quoted value.
    """

    def change_tag(match: re.Match[str]) -> str:
        if not match["open"]:
            return match[0]
        rest = _QUOTED.sub(lambda value: change(value[0]), match["rest"])
        return f"<{match['open']}{rest}>"

    return _TOKEN.sub(change_tag, source)


def parse_markup(source: str, *, file: str = "") -> Markup:
    """Answer the elements of the source with their places, and every fault of form.

    Args:
        source: rendered MJML, with or without template places.
        file: what to call the source where it names no template itself.
    """
    return _Reader(source, file).read()


class _Reader:
    """Reads one source; keeps the open elements on its own stack."""

    def __init__(self, source: str, file: str) -> None:
        self._source = source
        self._file = file
        self._has_places = PLACE_ATTRIBUTE in source
        self._problems: list[Problem] = []
        self._roots: list[Node] = []
        self._open: list[Node] = []
        self._too_deep = False

    def read(self) -> Markup:
        self._check_controls()
        for match in _TOKEN.finditer(self._source):
            if match["open"]:
                self._start_tag(match)
            elif match["close"]:
                self._end_tag(match)
            elif match["stray"]:
                self._stray(match)
            if self._too_deep:
                break
        while self._open and not self._too_deep:
            self._report_unclosed(self._open.pop())
        return Markup(roots=tuple(self._roots), problems=tuple(self._problems))

    def _place(self, offset: int) -> Place:
        """Answer the place of something at this offset that names none itself."""
        if self._open and self._open[-1].place.file and self._has_places:
            return self._open[-1].place
        before = self._source.rfind(f'{PLACE_ATTRIBUTE}="', 0, offset)
        named = _PLACE.match(self._source, before) if before >= 0 else None
        if named:
            return parse_place(named[1])
        line = self._source.count("\n", 0, offset) + 1
        column = offset - self._source.rfind("\n", 0, offset)
        return Place(file=self._file, line=line, column=column)

    def _report(self, place: Place, message: str, remedy: str) -> None:
        self._problems.append(problem_at(place, message, remedy))

    def _check_controls(self) -> None:
        match = _CONTROL.search(self._source)
        if match:
            before = self._source.rfind(PLACE_ATTRIBUTE + '="', 0, match.start())
            named = re.match(r'[^"]*"([^"]*)"', self._source[before:]) if before >= 0 else None
            place = parse_place(named[1]) if named else self._place(match.start())
            self._report(
                place,
                f"control character U+{ord(match[0]):04X} in or after this tag",
                "remove it: some mail programs cut the letter off there",
            )

    def _start_tag(self, match: re.Match[str]) -> None:
        rest = match["rest"]
        closes_itself = rest.endswith("/")
        attributes, fault = _read_attributes(rest.removesuffix("/"))
        place = self._place(match.start())
        if PLACE_ATTRIBUTE in attributes:
            place = parse_place(attributes.pop(PLACE_ATTRIBUTE))
        node = Node(
            name=match["open"],
            attributes=attributes,
            place=place,
            parent=self._open[-1] if self._open else None,
            start=match.start(),
            content_start=match.end(),
            content_end=match.end(),
            end=match.end(),
            depth=len(self._open),
        )
        if fault:
            self._report(place, f"<{node.name}>: {fault[0]}", fault[1])
        (node.parent.children if node.parent else self._roots).append(node)
        if not closes_itself and node.name.lower() not in VOID_TAGS:
            self._open.append(node)
            self._check_depth(node)

    def _check_depth(self, node: Node) -> None:
        if len(self._open) > MAX_DEPTH:
            self._too_deep = True
            self._report(
                node.place,
                f"tags are nested more than {MAX_DEPTH} deep",
                "take tags away; perhaps a loop opens a tag that it does not close",
            )

    def _end_tag(self, match: re.Match[str]) -> None:
        name = match["close"].lower()
        if not any(node.name.lower() == name for node in self._open):
            self._report(
                self._place(match.start()),
                f"</{match['close']}> closes a tag that is not open",
                f"remove it, or write <{match['close']}> before it",
            )
            return
        while self._open[-1].name.lower() != name:
            self._report_unclosed(self._open.pop())
        node = self._open.pop()
        node.content_end, node.end = match.start(), match.end()

    def _report_unclosed(self, node: Node) -> None:
        node.content_end = node.end = len(self._source)
        self._report(node.place, f"<{node.name}> is not closed", f"write </{node.name}> where it ends")

    def _stray(self, match: re.Match[str]) -> None:
        rest = self._source[match.start() :].split("\n")[0]
        own = re.match(rf'<[\w:.-]+ {PLACE_ATTRIBUTE}="([^"]*)"', rest)
        shown = strip_places(rest)[:20]
        self._report(
            parse_place(own[1]) if own else self._place(match.start()),
            f"“{shown}…” begins like a tag but is none",
            'write &lt; for a smaller-than sign, and close every quote and ">"; '
            "a doctype, <?xml?>, CDATA and -- in a comment are not allowed in MJML",
        )


def _read_attributes(text: str) -> tuple[dict[str, str], tuple[str, str] | None]:
    """Answer the attributes in a tag's text, and the first fault with its remedy."""
    attributes: dict[str, str] = {}
    fault: tuple[str, str] | None = None
    offset = 0
    while offset < len(text) and text[offset:].strip():
        match = _ATTRIBUTE.match(text, offset)
        if not match:
            return attributes, (
                f"cannot read “{text[offset:].strip()[:30]}”",
                'write attributes as name="value"',
            )
        name, value = match[1], match[2] or ""
        if name in attributes:
            fault = fault or (f"{name} is given twice", "keep one of them")
        elif value and value[0] not in "\"'":
            fault = fault or (f"the value of {name} has no quotes", f'write {name}="{value}"')
        elif value.startswith("'") and '"' in value:
            fault = fault or (f"the value of {name} holds a double quote", "write &quot; for it")
        attributes[name] = value[1:-1] if value[:1] in ('"', "'") else value
        offset = match.end()
    return attributes, fault
