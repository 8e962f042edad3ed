"""Sentences for drafts, from editors' files: read, checked, and filled in.

A phrase is text with blanks in braces: "Op {day} bent u welkom." A long phrase has one sentence
on each line, and an empty line between paragraphs. A line with a blank for which there is nothing
to fill in is left out, so that no editor has to think of what may be unknown.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from stuifmail.config.wording import suggest
from stuifmail.config.yaml_document import YamlDocument, read_yaml, sum_up, validate
from stuifmail.errors import InvalidTemplate
from stuifmail.model.problems import Problem

T = TypeVar("T")

_BLANK = re.compile(r"\{([^{}\n]*)\}")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def read_phrases(
    kind: type[T],
    folder: Path,
    name: str,
    language: str,
    *,
    blanks: Collection[str],
    shown_as: str = "templates",
) -> T:
    """Answer the phrases of one product in one language.

    Args:
        kind: a pydantic model or a dataclass that forbids other keys: what there must be.
        folder: the folder of the templates.
        name: the file in it, without language and ending: "mailings/texts".
        language: two-letter code.
        blanks: the names that phrases may use in braces.
        shown_as: how the folder is called in messages.

    Raises:
        InvalidTemplate: there is no such file for this language, or it is not UTF-8.
        InvalidDocument: a phrase is missing, unknown or has an unknown blank; all are listed
            with file and line.
    """
    file = f"{shown_as}/{name}.{language}.yaml"
    document = read_yaml(_read(folder / f"{name}.{language}.yaml", file, language), file)
    phrases = validate(kind, document)
    if problems := list(_find_unknown_blanks(document, document.data, (), blanks)):
        raise sum_up(file, problems)
    return phrases


def fill(phrase: str, values: Mapping[str, str]) -> str:
    """Answer a phrase with its blanks filled in; "" when there is nothing for one of them.

    What is filled in is never read as a phrase itself.
    """
    if any(not values.get(name) for name in blanks_in(phrase)):
        return ""
    return _BLANK.sub(lambda match: values[match[1]], phrase).strip()


def fill_lines(phrase: str, values: Mapping[str, str]) -> str:
    """Answer a phrase of several lines as running text, without the lines that cannot be filled in.

    Returns:
        Paragraphs parted by empty lines; "" when nothing is left.
    """
    paragraphs = (
        " ".join(filter(None, (fill(line, values) for line in paragraph.splitlines())))
        for paragraph in _PARAGRAPHS.split(phrase.strip())
    )
    return "\n\n".join(filter(None, paragraphs))


def fill_first(phrase: str, values: Mapping[str, str]) -> str:
    """Answer the first line of a phrase for which there is all it needs, "" when there is none."""
    return next(filter(None, (fill(line, values) for line in phrase.splitlines())), "")


def blanks_in(phrase: str) -> tuple[str, ...]:
    """Answer the names of a phrase's blanks, in its order."""
    return tuple(_BLANK.findall(phrase))


def _read(path: Path, file: str, language: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InvalidTemplate(
            f"byte {error.object[error.start]:#04x} is not UTF-8",
            place=f"{file}:{line}",
            remedy="save the file as UTF-8 in your editor",
        ) from error
    except OSError as error:
        raise InvalidTemplate(
            f"there are no sentences for language {language!r}",
            place=file,
            remedy="copy the English file to this name and translate it, or take the language out",
        ) from error


def _find_unknown_blanks(
    document: YamlDocument, value: Any, path: tuple[str | int, ...], blanks: Collection[str]
) -> Iterator[Problem]:
    if isinstance(value, str):
        for name in dict.fromkeys(blanks_in(value)):
            if name not in blanks:
                message = f"nothing is known to fill in for {{{name}}}"
                yield document.problem(path, message, suggest(name, sorted(blanks), "known"), of_value=True)
        return
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _find_unknown_blanks(document, each, (*path, key), blanks)
