"""What a YAML parser says, in words that help."""

import re
from typing import TypeAlias

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

Explained: TypeAlias = tuple[int, int, str, str]

_QUOTES = "put the whole text in quotes"
_INDENT = "give keys that belong together the same number of spaces at the start of the line"

#: What the parser's words match, what to say, what to do. The first match counts.
_PHRASES: tuple[tuple[str, str, str], ...] = (
    (
        r"character '\\t'",
        "a tab stands where spaces are needed",
        "replace tabs by spaces, two for each level",
    ),
    (
        r"character '(.)' that cannot start",
        "a text cannot start with {0}",
        "put the whole text in quotes: '{0}…'",
    ),
    (
        r"mapping values are not allowed",
        "a colon stands where none can be",
        f"if it belongs to the text, {_QUOTES}; else look for a missing space after the colon one line up",
    ),
    (
        r"scanning a quoted scalar|scanning a (double|single)-quoted scalar.*unexpected end",
        "a quotation mark is opened and never closed",
        "close it; in a text with an apostrophe use double quotes",
    ),
    (
        r"unknown escape character '(.*)'",
        r"\{0} means nothing between double quotes",
        r"write \\ for a backslash, or use single quotes",
    ),
    (
        r"could not find expected ':'",
        "a line without a colon stands where a key is needed",
        "add the colon, or indent the line if it belongs to the text above it",
    ),
    (
        r"expected <block end>, but found '<scalar>'",
        "a text goes on after its closing quotation mark",
        "use double quotes around a text with an apostrophe, or double the apostrophe",
    ),
    (r"expected <block end>", "the line is indented too little or too much", _INDENT),
    (
        r"expected ',' or '(.)'",
        "a list or group in brackets is not closed with {0}",
        "close it, or add a comma",
    ),
    (
        r"sequence entries are not allowed",
        "a dash (-) stands where no list can start",
        "start the list on a new line",
    ),
    (
        r"expected the node content, but found '(.+?)'",
        "{0} stands where a value is needed",
        "remove it, or put the text in quotes",
    ),
    (r"mapping keys are not allowed", "a question mark stands where no text can start with one", _QUOTES),
    (r"undefined alias", "a text cannot start with *", _QUOTES),
    (r"scanning an? (alias|anchor)", "a text cannot start with * or &", _QUOTES),
    (
        r"another document",
        "a line with --- starts a second document",
        "remove that line: one file, one document",
    ),
    (
        r"block scalar",
        "after | or > the text must start on the next line",
        "move the text down, and indent it",
    ),
    (r"tag|directive", "a line or text cannot start with ! or %", _QUOTES),
)


def explain_yaml_error(error: YAMLError, text: str) -> Explained:
    """Answer line, column (both from 1), message and remedy for a parser's error.

    Args:
        error: what the parser raised.
        text: the text it was given.
    """
    if isinstance(error, ReaderError):
        return _explain_control_character(error, text)
    if not isinstance(error, MarkedYAMLError):
        return 1, 1, "this is no YAML", _INDENT
    said = " ".join(str(part) for part in (error.context, error.problem) if part)
    at_start = any(
        words in said for words in ("quoted", "expected ','", "expected ':'")
    )  # where it opens tells more than the end
    mark = (error.context_mark if at_start else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if "unknown escape" in said and error.problem_mark:
        line, column = error.problem_mark.line + 1, error.problem_mark.column + 1
    for pattern, message, remedy in _PHRASES:
        if match := re.search(pattern, said):
            groups = [group or "" for group in match.groups()]
            return line, column, message.format(*groups), _fill(remedy, groups)
    return line, column, f"this is no YAML ({said})", _INDENT


def _fill(remedy: str, groups: list[str]) -> str:
    return remedy.format(*groups) if "{0}" in remedy else remedy


def _explain_control_character(error: ReaderError, text: str) -> Explained:
    before = text[: error.position]
    line = before.count("\n") + 1
    column = error.position - (before.rfind("\n") + 1) + 1
    message = f"an invisible control character (U+{ord(text[error.position]):04X}) stands here"
    return line, column, message, "delete it and type the text again; it often comes with copied text"
