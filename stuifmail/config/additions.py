"""New sources in sources.yaml, and new addresses of old ones: nothing else in the file is touched.

The parser tells where things stand, and text is put in there; the file is never written anew from
its values. So comments, order, quotes, blank lines and line ends stay as somebody made them.
"""

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from stuifmail.config.yaml_reading import read_scalar, read_yaml
from stuifmail.errors import StuifmailError

_BOM = "\ufeff"
_BREAK = re.compile(r"\r\n|\r|\n")
#: Text that means itself without quotes, also between braces and brackets.
_PLAIN = re.compile(r"[\w./][\w./?=~+@;()-]*(?:[:&%][\w./?=~+@;()-]+)*(?: [\w./?=~+()-]+)*")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\"\\]")
_DASH = re.compile(r"(?:\A|(?<=[\r\n]))([ ]*)-(?=\s)")
_STEP = "  "


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source to be written.

    Args:
        values: its keys in the order in which they are to stand, as sources.yaml has them.
        comment: lines that go above it, without #.
    """

    values: Mapping[str, Any]
    comment: tuple[str, ...] = field(default=())


def add_sources(text: str, sources: Sequence[NewSource], *, file: str) -> str:
    """Answer the text of sources.yaml with these sources after those that are there.

    Args:
        text: the whole file, decoded; a byte order mark and its line ends stay.
        sources: at least one.
        file: the file's name for messages.

    Raises:
        StuifmailError: the file is written in a way in which nothing can be put in safely; the
            remedy holds the lines to put in by hand.
    """
    mark, body = _split_mark(text)
    data = read_yaml(body, file).data
    wanted = copy.deepcopy(data) if isinstance(data, dict) else {}
    wanted["sources"] = [*(wanted.get("sources") or ()), *(dict(source.values) for source in sources)]
    for proposal in _propose(body, sources):
        after = _put_in(body, proposal)
        if _reads_as(after, wanted, file):
            return mark + after
    raise StuifmailError(
        "nothing can be put in safely: it is written in an unusual way",
        place=file,
        remedy="put this under sources: by hand\n" + "\n".join(_write_block(sources, _STEP)),
    )


def move_source(text: str, source_id: str, url: str, *, file: str) -> str:
    """Answer the text of sources.yaml with another address for one source.

    Args:
        text, file: as for `add_sources`.
        url: the new address.

    Raises:
        StuifmailError: there is no such source, it has no address, or the file is written in a way
            in which nothing can be changed safely.
    """
    mark, body = _split_mark(text)
    document = read_yaml(body, file)
    wanted = copy.deepcopy(document.data)
    source = next((each for each in wanted.get("sources") or () if each.get("id") == source_id), None)
    if source is None or "url" not in source:
        what = "there is no such source" if source is None else "the source is a file; it has no address"
        raise StuifmailError(what, place=source_id, remedy="see them with: stuifmail sources")
    source["url"] = url
    node = _find_address(_compose(body), source_id)
    if node is not None:
        end = _end_of(node, body)
        said = write_scalar(url, quote=node.style if node.style in ("'", '"') else "")
        after = body[: node.start_mark.index] + said + body[end:]
        if _reads_as(after, wanted, file):
            return mark + after
    raise StuifmailError(
        "the address cannot be changed safely: it is written in an unusual way",
        place=file,
        remedy=f"change it by hand: url: {write_scalar(url)}",
    )


def write_scalar(value: object, *, quote: str = "") -> str:
    """Answer a value as it is written in sources.yaml, in quotes where it needs them.

    Args:
        value: text, a number, true or false.
        quote: quotes to use around a text in any case.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    if quote == "'" and not _UNPRINTABLE.search(text.replace('"', "").replace("\\", "")):
        return "'" + text.replace("'", "''") + "'"
    if not quote and _PLAIN.fullmatch(text) and read_scalar(text) == text:
        return text
    return '"' + _UNPRINTABLE.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    letter = found[0]
    return f"\\{letter}" if letter in '"\\' else f"\\u{ord(letter):04x}"


def _split_mark(text: str) -> tuple[str, str]:
    return (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)


def _compose(text: str) -> Node | None:
    try:
        node: Node | None = YAML(typ="base", pure=True).compose(text)
    except (YAMLError, RecursionError):
        return None
    return node


def _reads_as(text: str, wanted: Any, file: str) -> bool:
    document = read_yaml(text, file)
    return not document.problems and bool(document.data == wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proposal:
    """What to put in, and where; `in_brackets` when it goes on in the line where it stands."""

    place: int
    lines: list[str]
    in_brackets: bool = False


def _propose(text: str, sources: Sequence[NewSource]) -> Iterator[_Proposal]:
    """Yield ways to put the sources in, the best first."""
    root = _compose(text)
    if not isinstance(root, MappingNode) or root.flow_style:
        return
    found = next((pair for pair in root.value if pair[0].value == "sources"), None)
    if found is None:
        indent = " " * int(root.value[0][0].start_mark.column)
        lines = [f"{indent}sources:", *_write_block(sources, indent + _STEP)]
        yield _Proposal(place=_line_end(text, _end_of(root, text)), lines=lines)
        return
    key, value = found
    indent = " " * int(key.start_mark.column) + _STEP
    if isinstance(value, SequenceNode) and value.flow_style:
        place = value.value[-1].end_mark.index if value.value else text.index("[", value.start_mark.index) + 1
        yield _Proposal(
            place=place, lines=_write_flow(sources, indent, is_first=not value.value), in_brackets=True
        )
    elif isinstance(value, SequenceNode):
        dashes = _dash_before(text, int(value.value[0].start_mark.index))
        place, lines = _line_end(text, _end_of(value, text)), _write_block(sources, dashes)
        yield _Proposal(place=_skip_comments(text, place, len(dashes)), lines=lines)
        yield _Proposal(place=place, lines=lines)
    elif isinstance(value, ScalarNode) and not value.style and not value.value:
        place = _line_end(text, int(key.end_mark.index))
        yield _Proposal(place=_skip_comments(text, place, len(indent)), lines=_write_block(sources, indent))


def _put_in(text: str, proposal: _Proposal) -> str:
    """Answer the text with the lines put in, in the line ends of what stands before."""
    before, after = text[: proposal.place], text[proposal.place :]
    breaks = _BREAK.findall(before) or _BREAK.findall(after) or ["\n"]
    end = str(breaks[-1])
    if proposal.in_brackets:
        return before + end.join(proposal.lines) + after
    is_open = not before.endswith(("\n", "\r"))  # the file's last line has no end; so it stays
    is_parted = not is_open and not before.splitlines()[-1].strip()
    lines = proposal.lines if is_parted else ["", *proposal.lines]
    return before + (end if is_open else "") + end.join(lines) + ("" if is_open else end) + after


def _dash_before(text: str, place: int) -> str:
    """Answer the white space before the dash of the list's member that begins at this place."""
    return str([found[1] for found in _DASH.finditer(text, 0, place)][-1])


def _write_block(sources: Sequence[NewSource], indent: str) -> list[str]:
    lines: list[str] = []
    for source in sources:
        lines += [""] if lines else []
        lines += [f"{indent}# {_on_one_line(line)}" for line in source.comment]
        keys = list(_write_keys(source.values, ""))
        lines += [f"{indent}- {keys[0]}", *(f"{indent}{_STEP}{key}" for key in keys[1:])]
    return lines


def _on_one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _write_keys(values: Mapping[str, Any], indent: str) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield f"{indent}{name}:"
            yield from _write_keys(value, indent + _STEP)
        else:
            yield f"{indent}{name}: {write_scalar(value)}"


def _write_flow(sources: Sequence[NewSource], indent: str, *, is_first: bool) -> list[str]:
    """Answer what goes into a list in brackets; a comma parts it from what stands before."""
    lines = ["" if is_first else ","]
    for number, source in enumerate(sources, 1):
        lines += [f"{indent}# {_on_one_line(line)}" for line in source.comment]
        lines += [indent + _write_braces(source.values) + ("," if number < len(sources) else "")]
    return lines


def _write_braces(values: Mapping[str, Any]) -> str:
    parts = (
        f"{name}: {_write_braces(value) if isinstance(value, Mapping) else write_scalar(value)}"
        for name, value in values.items()
    )
    return "{" + ", ".join(parts) + "}"


def _end_of(node: Node, text: str, key: Node | None = None) -> int:
    """Answer where the last thing that a node says ends, comments and blank lines after it aside."""
    if isinstance(node, MappingNode) and not node.flow_style:
        last_key, last = node.value[-1]
        return _end_of(last, text, last_key)
    if isinstance(node, SequenceNode) and not node.flow_style:
        return _end_of(node.value[-1], text, key)
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        said = text[start:end]
        return start + len(said if "+" in said[:4] else said.rstrip())
    if start == end and key is not None:  # nothing after the colon: the parser points beyond it
        return int(key.end_mark.index)
    return end


def _line_end(text: str, place: int) -> int:
    """Answer where the line that this place is in ends; a place between two lines is the end of one."""
    return place if text[place - 1 : place] in ("\n", "\r") else _next_line(text, place)


def _next_line(text: str, place: int) -> int:
    found = _BREAK.search(text, place)
    return found.end() if found else len(text)


def _skip_comments(text: str, place: int, column: int) -> int:
    """Answer the place after those comments that belong to the list: they stand as far in as it."""
    best = here = place
    while here < len(text):
        end = _next_line(text, here)
        line = text[here:end].expandtabs(8).rstrip()
        words = line.lstrip()
        if words and (not words.startswith("#") or len(line) - len(words) < max(column, 1)):
            break
        best, here = (end if words else best), end
    return best


def _find_address(root: Node | None, source_id: str) -> ScalarNode | None:
    """Answer the node of the source's address."""
    for key, value in root.value if isinstance(root, MappingNode) else ():
        if key.value == "sources" and isinstance(value, SequenceNode):
            for entry in value.value:
                values = {pair[0].value: pair[1] for pair in entry.value}
                if values["id"].value == source_id and isinstance(values.get("url"), ScalarNode):
                    return values["url"]  # type: ignore[no-any-return]  # ruamel comes without types
    return None
