"""YAML text to plain values, with line and column of every key and value.

Scalars are read by the core schema of YAML 1.2, whatever a %YAML line says, so that `NO` is
Norway and `10:00` is a time; days and moments stay text until a model reads them. Keys are
always text. Aliases, merge keys and tags are refused: nobody writes them by accident.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from stuifmail.config.yaml_errors import explain_yaml_error
from stuifmail.errors import InvalidDocument
from stuifmail.model.problems import Problem

Path: TypeAlias = tuple[str | int, ...]
Position: TypeAlias = tuple[int, int]

_NULL = re.compile(r"~|null|Null|NULL|")
_BOOL = re.compile(r"true|True|TRUE|false|False|FALSE")
_INT = re.compile(r"[-+]?[0-9]+")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_STANDARD_TAG = "tag:yaml.org,2002:"
#: Digits beyond this are no number that anybody meant; Python refuses to read thousands of them.
_LONGEST_NUMBER = 300


@dataclass(slots=True, kw_only=True)
class YamlDocument:
    """A YAML document as plain values that know where they stand.

    Args:
        file: the file's name for messages.
        data: dicts with text keys, lists, texts, numbers, booleans and None; None when the
            text is no YAML.
        problems: what is wrong with the YAML itself.
        is_readable: False when the text is no YAML mapping, so that `data` means nothing.
    """

    file: str
    data: Any = None
    problems: list[Problem] = field(default_factory=list)
    is_readable: bool = True
    _lines: list[str] = field(default_factory=list)
    _keys: dict[Path, Position] = field(default_factory=dict)
    _values: dict[Path, Position] = field(default_factory=dict)

    def locate(self, path: Sequence[str | int], *, of_value: bool = False) -> Position:
        """Answer line and column, from 1, of the key at `path`; of a list's member, its start.

        Args:
            path: keys and list positions (from 0) from the top. Where nothing stands there,
                the nearest parent's place is answered.
            of_value: the place of the value instead of its key's.
        """
        positions = self._values if of_value else self._keys
        for end in range(len(path), 0, -1):
            if found := positions.get(tuple(path[:end])):
                return found
        return (1, 1)

    def line(self, number: int) -> str:
        """Answer the text of a line, from 1; "" beyond the end."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def problem(
        self, path: Sequence[str | int], message: str, remedy: str = "", *, of_value: bool = False
    ) -> Problem:
        """Answer a problem at this path."""
        line, column = self.locate(path, of_value=of_value)
        return Problem(
            file=self.file, line=line, column=column, key=key_of(path), message=message, remedy=remedy
        )


def key_of(path: Sequence[str | int]) -> str:
    """Answer the path as it is shown: `sources[3].feed`, list positions from 0."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


def read_yaml(text: str, file: str) -> YamlDocument:
    """Answer the document; what is wrong with it stands in its `problems`, `validate` raises them.

    Args:
        text: the whole text, decoded.
        file: the file's name for messages.
    """
    document = YamlDocument(file=file, _lines=text.splitlines())
    try:
        root = _compose(text.removeprefix("\ufeff"))
    except RecursionError:
        _give_up(document, "is nested too deeply", "sources and drafts need fewer than ten levels")
        return document
    except YAMLError as error:
        line, column, message, remedy = explain_yaml_error(error, text)
        _give_up(document, message, remedy, (line, column))
        return document
    _build_root(document, root)
    return document


def read_yaml_file(path: FilePath) -> YamlDocument:
    """Answer the document in a file; bytes that are no UTF-8 are a problem of the document.

    Raises:
        OSError: the file cannot be read.
    """
    content = path.read_bytes()
    try:
        return read_yaml(content.decode("utf-8"), str(path))
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        document = YamlDocument(file=str(path))
        message = f"the file is not UTF-8 (byte {content[error.start]:#04x})"
        _give_up(document, message, "save it again with encoding UTF-8", (line, column))
        return document


def sum_up(
    file: str, problems: Sequence[Problem], error: type[InvalidDocument] = InvalidDocument
) -> InvalidDocument:
    """Answer the error that carries these problems, in the order of the document."""
    ordered = sorted(set(problems), key=lambda p: (p.line, p.column, p.key, p.message))
    count = "one problem" if len(ordered) == 1 else f"{len(ordered)} problems"
    return error(f"{count} to correct", ordered, place=file)


@lru_cache(maxsize=16)
def _compose(text: str) -> Node | None:
    """Answer the text's nodes, which nobody changes.

    Reading YAML with the place of every word is slow, and one run asks for the same settings and
    words many times; so the last ones stay at hand, by their text.
    """
    yaml = YAML(typ="base", pure=True)
    node: Node | None = yaml.compose(text)
    return node


def _give_up(document: YamlDocument, message: str, remedy: str, place: Position = (1, 1)) -> None:
    line, column = place
    document.is_readable = False
    document.problems.append(
        Problem(file=document.file, line=line, column=column, message=message, remedy=remedy)
    )


def _build_root(document: YamlDocument, root: Node | None) -> None:
    if isinstance(root, MappingNode):
        document.data = _Builder(document).build(root, ())
    elif root is None or (isinstance(root, ScalarNode) and not str(root.value).strip()):
        _give_up(document, "the file is empty", "fill it in; docs/sources.md tells what belongs in it")
    else:
        what = "a list" if isinstance(root, SequenceNode) else "plain text"
        remedy = 'start with a key and a colon at the start of a line, such as "organisation:"'
        _give_up(document, f"the file is {what}, where keys with values are needed", remedy, _place(root))


def _place(node: Node) -> Position:
    return (node.start_mark.line + 1, node.start_mark.column + 1)


class _Builder:
    """Turns nodes into plain values and writes down where each stands."""

    def __init__(self, document: YamlDocument) -> None:
        self.document = document
        self.seen: set[int] = set()

    def build(self, node: Node, path: Path) -> Any:
        self.document._values[path] = _place(node)  # noqa: SLF001 - the document is being made here
        self.document._keys.setdefault(path, _place(node))  # noqa: SLF001
        if id(node) in self.seen:
            self._complain(path, "an alias (*) repeats an earlier value", "write the value out again")
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._build_mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.build(member, (*path, index)) for index, member in enumerate(node.value)]
        return self._build_scalar(node, path)

    def _build_mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, ScalarNode) else None
            if key is None:
                self._complain_at(path, _place(key_node), "a list or a group cannot be a key", _BRACES)
            elif key == "<<" and not key_node.style:
                self._complain_at(
                    (*path, key), _place(key_node), "merge keys are not read", "write the keys out"
                )
            elif key in values:
                line, _ = self.document.locate((*path, key))
                remedy = f"remove one; the first is in line {line}"
                self._complain_at((*path, key), _place(key_node), "the key is there twice", remedy)
            else:
                self.document._keys[(*path, key)] = _place(key_node)  # noqa: SLF001
                values[key] = self.build(value_node, (*path, key))
        return values

    def _build_scalar(self, node: Node, path: Path) -> Any:
        tag = str(node.tag or "")
        if tag and not tag.startswith(_STANDARD_TAG):
            remedy = f"""if it belongs to the text, put all of it in quotes: '{tag} {node.value}'"""
            self._complain(path, f"a word that starts with ! ({tag}) is no text in YAML", remedy)
        text: str = node.value
        return text if isinstance(node, ScalarNode) and node.style else read_scalar(text)

    def _complain(self, path: Path, message: str, remedy: str) -> None:
        self.document.problems.append(self.document.problem(path, message, remedy, of_value=True))

    def _complain_at(self, path: Path, place: Position, message: str, remedy: str) -> None:
        problem = Problem(
            file=self.document.file,
            line=place[0],
            column=place[1],
            key=key_of(path),
            message=message,
            remedy=remedy,
        )
        self.document.problems.append(problem)


_BRACES = "put text that starts with [ or { in quotes"


def read_scalar(text: str) -> str | int | float | bool | None:
    """Answer the value of a scalar without quotes, by the core schema.

    Source: YAML 1.2.2, section 10.3.2; infinity and not-a-number stay text.
    """
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    return text if len(text) > _LONGEST_NUMBER else _read_number(text)


def _read_number(text: str) -> str | int | float:
    if _INT.fullmatch(text):
        return int(text)
    if _BASED.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text
