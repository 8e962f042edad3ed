"""docs/sources.md, written from the models: `python -m stuifmail.config.reference [FILE]`."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from stuifmail.config.models import NewsroomConfig
from stuifmail.config.plain_words import say_type
from stuifmail.config.shapes import Member, bare, is_structured, list_member, members_of
from stuifmail.config.sheet_columns import (
    CONTACTS,
    EVENTS,
    NEWS,
    PARTICIPANTS,
    PRESS,
    PROGRAMME,
    SUBMISSIONS,
    SURVEY,
    Column,
)

_HEAD = """\
# sources.yaml, key by key

<!-- Written by `python -m stuifmail.config.reference` from the models; change those instead. -->

`sources.yaml` describes the newsroom. `stuifmail check` tells everything that is wrong with it,
with line and column. A key that is not in these tables is refused. Paths count from the folder
of `sources.yaml`. Passwords never stand in it: see [Environment variables](#environment-variables).

In YAML, indent with two spaces for each level, never with tabs. Put text in double quotes when it
has a colon followed by a space or a `#` in it (colours!), when it starts with one of
`* & ! % @ [ { - ?` or a backtick, and when it is a number that is meant as text, such as `"2026"`.
Country codes, days and times need no quotes: `NO` is Norway, and `10:00` is a time.
Yes and no are written `true` and `false`.
"""
_SHEETS: tuple[tuple[str, str, tuple[Column, ...]], ...] = (
    ("contacts", "The sheet of `contacts.file`: one row for each reader.", CONTACTS),
    ("news and toolbox", "A source of kind `sheet` that holds `news` or `toolbox`.", NEWS),
    (
        "submissions",
        (
            "A source of kind `sheet` that holds `submissions`: what members hand in. A `help_request` "
            "without `expires` stands for 60 days. What stands under `embargo` is kept back until the cell "
            "is empty, or the sheet is read again after that day. An empty sheet for members: "
            "`stuifmail sources template submissions.xlsx`."
        ),
        SUBMISSIONS,
    ),
    ("events", "A source of kind `sheet` that holds `events`.", EVENTS),
    (
        "participants",
        "A source of kind `sheet` that holds `participants`: one row a registration.",
        PARTICIPANTS,
    ),
    (
        "programme",
        (
            "The sheet of an event's `programme.file`: one row for each part, with a title in one of the "
            "three columns. Nobody is named: a speaker is a function and an organisation."
        ),
        PROGRAMME,
    ),
    (
        "press",
        "The sheet of `press.list.file`: one row for each desk, never for a person.",
        PRESS,
    ),
    (
        "survey",
        "The sheet of `curation.survey.file`: a weight for each theme, or what each respondent chose.",
        SURVEY,
    ),
)
_VARIABLES = (
    ("STUIFMAIL_NEWSROOM", "the newsroom's folder, for `flows/serve.py`"),
    ("STUIFMAIL_SMTP_USER", "user name at the relay"),
    ("STUIFMAIL_SMTP_PASSWORD", "password at the relay"),
    ("STUIFMAIL_DATABASE_URL", "SQLAlchemy URL of the database, instead of `store.url`"),
    ("STUIFMAIL_SECRET", "key that signs unsubscribe links; else one is kept in outputs/state"),
    ("STUIFMAIL_S3_ACCESS_KEY_ID", "access key of the archive's bucket; else AWS's own places are used"),
    ("STUIFMAIL_S3_SECRET_ACCESS_KEY", "secret key of the archive's bucket"),
)


def write_reference() -> str:
    """Answer docs/sources.md: the models' keys, the sheets' columns, the environment variables."""
    parts = [_HEAD, *_write_models(), "## Sheets\n", _SHEETS_HEAD]
    parts += [_write_sheet(name, about, columns) for name, about, columns in _SHEETS]
    variables = _table(("variable", "what it is"), [(f"`{name}`", about) for name, about in _VARIABLES])
    parts.append(
        f"## Environment variables\n\nSecrets are read from here and from nowhere else.\n\n{variables}"
    )
    return "\n".join(parts)


_SHEETS_HEAD = """\
CSV (comma, semicolon or tab) or XLSX, with the column names in a row near the top, in any order.
Columns "also known as" are recognised too. Where a sheet calls a column otherwise, say so under
`columns`: our name first, then the sheet's.
Other columns are passed over.
"""


def _write_models() -> Iterator[str]:
    yield _write_model("The file", NewsroomConfig)
    for path, model in _find_models(NewsroomConfig, ""):
        yield _write_model(f"`{path}`", model)


def _find_models(model: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield the path and type of every group of keys below the model, in its order."""
    for member in members_of(model).values():
        inner = list_member(member.annotation)
        below = bare(inner if inner is not None else member.annotation)
        name = f"{path}{member.name}{'[]' if inner is not None else ''}"
        if is_structured(below):
            yield name, below
            yield from _find_models(below, f"{name}.")


def _write_model(title: str, model: Any) -> str:
    rows = [
        (f"`{member.name}`", _say_kind(member), _say_default(member), member.description)
        for member in members_of(model).values()
    ]
    table = _table(("key", "what to write", "default", "meaning"), rows)
    return f"## {title}\n\n{model.__doc__}\n\n{table}"


def _say_kind(member: Member) -> str:
    inner = list_member(member.annotation)
    if inner is not None and is_structured(bare(inner)):
        return "a list of groups, see below"
    if is_structured(bare(member.annotation)):
        return "a group, see below"
    return say_type(member.annotation, member.limits)


def _say_default(member: Member) -> str:
    if member.is_required:
        return "**required**"
    if member.default in (None, "", (), {}) or isinstance(member.default, BaseModel):
        return ""
    return f"`{_show(member.default)}`"


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_show, value))}]"
    if isinstance(value, str):
        return f'"{value}"' if value.startswith("#") else value
    return json.dumps(value)


def _write_sheet(name: str, about: str, columns: Sequence[Column]) -> str:
    count = 4 if any(column.aliases for column in columns) else 3
    head = ("column", "", "what stands in it", "also known as")[:count]
    rows = [
        (f"`{c.name}`", "**required**" if c.is_required else "", c.description, ", ".join(c.aliases))[:count]
        for c in columns
    ]
    return f"### {name}\n\n{about}\n\n{_table(head, rows)}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(_row(line) for line in lines)


def _row(cells: Sequence[str]) -> str:
    escaped = [cell.replace("|", r"\|") for cell in cells]
    return f"| {' | '.join(escaped)} |\n"


def main(arguments: Sequence[str]) -> None:
    """Write the reference to docs/sources.md, or to the file that is named."""
    Path(arguments[0] if arguments else "docs/sources.md").write_text(write_reference(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
