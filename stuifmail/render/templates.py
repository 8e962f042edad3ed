"""Renders the editors' templates, and names file and line of whatever is wrong in them.

Templates see data only: they run in a sandbox, an undefined variable is an error, and text
from outside is escaped. In `.mjml` templates each tag is given its place before rendering, so
that the lint of the rendered letter can still say which line of which file to mend.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import CodeType, TracebackType
from typing import Any, ClassVar

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.bccache import Bucket
from jinja2.environment import Environment
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from stuifmail.errors import InvalidTemplate
from stuifmail.render.filters import FILTERS
from stuifmail.render.markup import PLACE_ATTRIBUTE
from stuifmail.render.spelling import did_you_mean

#: Jinja's own marks and HTML comments are passed over; tags get their place.
_TAG_OR_SKIPPED = re.compile(
    r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->|(?P<tag><[A-Za-z][\w:.-]*)(?=[\s/>])", re.DOTALL
)
_TEXT_INTO_MARKUP = re.compile(r"\{%-?\s*(include|extends|import|from)\s+[\"']([^\"']+\.txt)[\"']")
_HINT = " -- "
_NO_NAME = re.compile(r"there is no variable '(.*)'")


class TemplateFolder:
    """The newsroom's templates, ready to be rendered.

    Args:
        folder: the folder that holds them.
        shown_as: how the folder is called in messages; its own name when empty.
    """

    def __init__(self, folder: Path, shown_as: str = "") -> None:
        self._folder = folder
        self._shown_as = shown_as or folder.name
        self._environment = _Sandbox(folder, self._shown_as)

    def has(self, name: str) -> bool:
        """Answer whether there is a template with this name, ending included."""
        return (self._folder / name).is_file()

    def render(self, name: str, context: Mapping[str, Any]) -> str:
        """Answer the template filled in; tags of `.mjml` templates carry their places.

        Args:
            name: path in the folder, with its ending ("newsletters/newsletter.mjml").
            context: what the template may see; text in it is data, never template.

        Raises:
            InvalidTemplate: the template is missing, wrong, or asks for what is not there.
        """
        try:
            return self._environment.get_template(name).render(context)
        except InvalidTemplate:
            raise
        except Exception as error:
            raise self._explain(error, name, context) from error

    def references(self, name: str) -> dict[str, int]:
        """Answer the templates that a template names outright, each with the line; nothing is rendered.

        Args:
            name: path in the folder, with its ending.

        Raises:
            InvalidTemplate: the template is missing or wrong.
        """
        try:
            self._environment.get_template(name)
            source = self._environment.get_template_source(name)
            found = _find_references(self._environment.parse(source, name))
            return {other: line for other, line in found if other != name}
        except InvalidTemplate:
            raise
        except Exception as error:
            raise self._explain(error, name, {}) from error

    def _explain(self, error: Exception, name: str, context: Mapping[str, Any]) -> InvalidTemplate:
        """Answer the error in an editor's words, with the template's file and line."""
        message, remedy = _describe(error, self._environment, context)
        return InvalidTemplate(message, place=self._place_of(error, name), remedy=remedy)

    def _place_of(self, error: Exception, name: str) -> str:
        if isinstance(error, TemplateSyntaxError):
            return f"{self._shown_as}/{error.name or name}:{error.lineno}"
        line = _line_in_templates(error.__traceback__, self._folder)
        if line is None:
            return f"{self._shown_as}/{name}"
        file, number = line
        return f"{self._shown_as}/{file}:{number}"


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja with the house's filters, strict about what is undefined."""

    def __init__(self, folder: Path, shown_as: str) -> None:
        loader = _Loader(folder, shown_as)
        super().__init__(
            loader=loader,
            autoescape=lambda name: not (name or "").endswith(".txt"),
            undefined=_Undefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            extensions=[_Places],
            bytecode_cache=_Compiled(shown_as),
        )
        self.shown_as = shown_as
        self.folder_loader = loader
        self.filters.update(FILTERS)

    def get_template_source(self, name: str) -> str:
        """Answer a template as it was written."""
        return self.folder_loader.get_source(self, name)[0]


class _Compiled(BytecodeCache):
    """Keeps what was compiled for the next letter of the same run, as long as the text is the same.

    One run renders dozens of letters from the same templates, and compiling takes most of that time.
    """

    _kept: ClassVar[dict[tuple[str, str, str], CodeType]] = {}
    _most = 256

    def __init__(self, shown_as: str) -> None:
        self._shown_as = shown_as  # stands in the places of tags, and so in what is compiled

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what this very text was compiled to, if it was."""
        bucket.code = self._kept.get((self._shown_as, bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a text was compiled to; a process that sees very many templates starts over."""
        if len(self._kept) >= self._most:
            self._kept.clear()
        if bucket.code is not None:
            self._kept[self._shown_as, bucket.key, bucket.checksum] = bucket.code


class _Loader(FileSystemLoader):
    """Reads templates as UTF-8 and says which line is not."""

    def __init__(self, folder: Path, shown_as: str) -> None:
        super().__init__(folder, encoding="utf-8")
        self._folder = folder
        self._shown_as = shown_as

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Any]:
        try:
            source, file, is_current = super().get_source(environment, template)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            place = f"{self._shown_as}/{template}:{line}"
            raise InvalidTemplate(
                f"byte {error.object[error.start]:#04x} is not UTF-8",
                place=place,
                remedy="save the file as UTF-8 in your editor",
            ) from error
        except TemplateNotFound:
            raise
        except OSError as error:
            raise InvalidTemplate(
                f"cannot be read ({error.strerror or error})",
                place=f"{self._shown_as}/{template}",
                remedy="check the file's permissions",
            ) from error
        return source, file, is_current


class _Places(Extension):
    """Gives each tag of an `.mjml` template its file, line and column."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Answer the source with places; no line is added, so Jinja's own line numbers hold."""
        if name is None or not name.endswith((".mjml", ".html")):
            return source
        _refuse_text_in_markup(source, name)
        if not name.endswith(".mjml"):
            return source
        shown_as = getattr(self.environment, "shown_as", "templates")
        return annotate(source, f"{shown_as}/{name}")


class _Undefined(StrictUndefined):
    """Says what is missing, and for attributes what there is instead."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        if self._undefined_obj is missing:
            return f"there is no variable '{self._undefined_name}'"
        known = _names_in(self._undefined_obj)
        hint = did_you_mean(str(self._undefined_name), known)
        kind = type(self._undefined_obj).__name__
        return f"there is no '{self._undefined_name}' in this {kind}{_HINT}{hint}"


def annotate(source: str, file: str) -> str:
    """Answer an `.mjml` template with `file:line:column` in each of its tags.

    Args:
        source: the template, with Jinja in it.
        file: how the file is called in messages.
    """
    return _TAG_OR_SKIPPED.sub(lambda match: _with_place(match, file), source)


def _with_place(match: re.Match[str], file: str) -> str:
    tag = match["tag"]
    if not tag:
        return match[0]
    line = match.string.count("\n", 0, match.start()) + 1
    column = match.start() - match.string.rfind("\n", 0, match.start())
    return f'{tag} {PLACE_ATTRIBUTE}="{file}:{line}:{column}"'


def _refuse_text_in_markup(source: str, name: str) -> None:
    """Text templates are not escaped, so one inside HTML would let foreign markup through."""
    match = _TEXT_INTO_MARKUP.search(source)
    if match:
        line = source.count("\n", 0, match.start()) + 1
        raise TemplateSyntaxError(f"{match[2]} is a text template and may not stand in HTML", line, name)


def _find_references(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Yield what a template includes, imports or extends by a name that is written out."""
    for node in tree.find_all((nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const) and not getattr(node, "ignore_missing", False):
            yield str(named.value), node.lineno


def _names_in(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    return [name for name in dir(value) if not name.startswith("_")]


def _describe(error: Exception, environment: Environment, context: Mapping[str, Any]) -> tuple[str, str]:
    """Answer what is wrong and what to do about it."""
    if isinstance(error, TemplateNotFound):
        return _describe_missing(error, environment)
    if isinstance(error, TemplateSyntaxError):
        return _describe_syntax(error, environment)
    if isinstance(error, UndefinedError):
        return _describe_undefined(error, environment, context)
    return _describe_other(error)


def _describe_other(error: Exception) -> tuple[str, str]:
    if isinstance(error, SecurityError):
        return f"not allowed in templates: {error}", "templates may only show what they are given"
    if isinstance(error, RecursionError):
        message = "the template includes itself without end"
        return message, "take the include away, or put an {% if %} around it"
    if isinstance(error, TemplateError):
        return str(error), "ask who wrote the template"
    kind = type(error).__name__
    message = f"{error} ({kind})" if str(error) else f"a value does not fit ({kind})"
    return message, "check what the template does with this value on that line"


def _describe_missing(error: TemplateNotFound, environment: Environment) -> tuple[str, str]:
    names = [name for name in environment.list_templates() if not name.startswith(".")]
    hint = did_you_mean(str(error.name), names)
    return f"there is no template {error.name}", hint or "make the file, or correct the name"


def _describe_syntax(error: TemplateSyntaxError, environment: Environment) -> tuple[str, str]:
    message = (error.message or "cannot be read").rstrip(".")
    match = re.match(r"No (filter|test) named '(.*)'", message)
    if match:
        known = environment.filters if match[1] == "filter" else environment.tests
        return f"there is no {match[1]} '{match[2]}'", did_you_mean(match[2], known) or "correct its name"
    return f"syntax error: {message}", "mend the braces or the word on that line"


def _describe_undefined(
    error: UndefinedError, environment: Environment, context: Mapping[str, Any]
) -> tuple[str, str]:
    message, _, hint = str(error.message).partition(_HINT)
    match = _NO_NAME.match(message)
    if match:
        hint = did_you_mean(match[1], [*context, *environment.globals])
    return message, hint or "correct the name, or ask whether it is set: {% if name is defined %}"


def _line_in_templates(trace: TracebackType | None, folder: Path) -> tuple[str, int] | None:
    """Answer the innermost template file and line that an error passed through."""
    found: tuple[str, int] | None = None
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(folder):
            found = file.relative_to(folder).as_posix(), trace.tb_lineno
        trace = trace.tb_next
    return found
