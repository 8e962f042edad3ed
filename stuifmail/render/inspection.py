"""Looks templates and catalogues over without rendering anything."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from stuifmail.errors import InvalidDocument, InvalidTemplate
from stuifmail.model.problems import Problem
from stuifmail.render.labels import read_labels
from stuifmail.render.templates import TemplateFolder

_ENDINGS = (".mjml", ".txt")
_PARTIALS = "partials"


def find_template_problems(
    folder: Path, shown_as: str, languages: Iterable[str], names: Iterable[str]
) -> list[Problem]:
    """Answer what is wrong with the syntax of templates and with catalogues of labels.

    Templates that are not there are passed over: the check of sources.yaml tells them.

    Args:
        folder: the folder of the templates.
        shown_as: how the folder is called in messages.
        languages: of the editions; each has a catalogue.
        names: the newsletters' templates, without ending.
    """
    if not folder.is_dir():
        return []
    templates = TemplateFolder(folder, shown_as)
    wanted = [f"{name}{ending}" for name in dict.fromkeys(names) for ending in _ENDINGS]
    wanted = [name for name in wanted if templates.has(name)]
    if wanted:  # partials may be named by what an issue holds, so all of them count
        files = sorted(file for ending in _ENDINGS for file in (folder / _PARTIALS).rglob(f"*{ending}"))
        wanted += [file.relative_to(folder).as_posix() for file in files]
    problems = [*_look_at_templates(templates, wanted, shown_as)]
    for language in dict.fromkeys(languages):
        problems += _look_at_labels(folder, language, shown_as)
    return problems


def _look_at_templates(templates: TemplateFolder, names: Iterable[str], shown_as: str) -> Iterator[Problem]:
    """Yield the problems of these templates and of all that they name."""
    waiting, seen = list(names), set(names)
    while waiting:
        name = waiting.pop(0)
        try:
            references = templates.references(name)
        except InvalidTemplate as error:
            yield _as_problem(error)
            continue
        for other, line in references.items():
            if not templates.has(other):
                yield Problem(
                    file=f"{shown_as}/{name}",
                    line=line,
                    column=1,
                    message=f"there is no template {other}",
                    remedy="make the file, or correct the name",
                )
            elif other not in seen:
                seen.add(other)
                waiting.append(other)


def _look_at_labels(folder: Path, language: str, shown_as: str) -> list[Problem]:
    try:
        read_labels(folder, language, shown_as)
    except InvalidTemplate as error:
        return [_as_problem(error)]
    except InvalidDocument as error:
        return [problem for problem in error.problems if isinstance(problem, Problem)]
    return []


def _as_problem(error: InvalidTemplate) -> Problem:
    match = re.fullmatch(r"(.+?):(\d+)(?::(\d+))?", error.place)
    if not match:
        return Problem(file=error.place, message=error.message, remedy=error.remedy)
    file, line, column = match.groups()
    return Problem(
        file=file, line=int(line), column=int(column or 1), message=error.message, remedy=error.remedy
    )
