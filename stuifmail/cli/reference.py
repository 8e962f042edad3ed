"""docs/commands.md, written from the commands: `python -m stuifmail.cli.reference [FILE]`."""

import inspect
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from stuifmail.cli import cli
from stuifmail.cli.json_keys import KEYS

_HEAD = """\
# Commands

<!-- Written by `python -m stuifmail.cli.reference` from the commands; change those instead. -->

Every command works on one newsroom: the folder with `sources.yaml`, here unless `--newsroom` names
another. `stuifmail COMMAND --help` tells in the terminal what stands here.

People read times in the newsroom's zone. With `--json`, every moment is ISO 8601 in UTC
(`2026-05-06T08:00:00Z`), a day is a day (`2026-05-06`), the text is UTF-8, and the keys are the
ones below: they stay as they are, and new ones may be added. Lists are never cut off; in a table,
what does not fit is wrapped.

## Exit codes

- 0: done; also when there was nothing to do.
- 1: refused, or it went wrong: standard error says where, what, and what to do. What was stored
  before stays, and nothing is half done.
- 2: the command was typed wrongly: an unknown option, or a value that is none.
- 130: stopped by Ctrl-C; the same command goes on (after `send`: `stuifmail dispatch`).
"""
#: What the exit code 1 means where it is not just "refused".
_EXITS = {
    "check": "1: there are problems.",
    "harvest": "0: at least one source could be read, or there is none; 1: all failed.",
    "sources add": "0: also when you chose none; 1: nothing was found, or the address is a source already.",
    "parse": "0: every file was described, also when it has problems; 1: there is no such file.",
    "proof": "0: also when there are blocking findings; they stop the approval.",
    "send": "1: also when a copy could not be handed over now; `stuifmail dispatch` goes on.",
    "dispatch": "0: also when nothing is due; 1: something did not go out, and the others did.",
    "archive": "1: with `--verify`, the publication is not whole, or not there.",
}
_EXAMPLES = {
    "init": "stuifmail init newsroom",
    "check": "stuifmail check",
    "harvest": "stuifmail harvest --source kornoeldam",
    "parse": "stuifmail parse feed.xml agenda.ics --json",
    "sources": "stuifmail sources",
    "sources show": "stuifmail sources show brakelveen",
    "sources add": "stuifmail sources add https://www.deblos.example.org/nieuws --member de-blos",
    "sources move": "stuifmail sources move brakelveen https://www.brakelveen.example.org/feed/",
    "sources import": "stuifmail sources import feeds.opml --dry-run",
    "sources export": "stuifmail sources export feeds.opml",
    "sources template": "stuifmail sources template submissions.xlsx --language nl",
    "ledger": "stuifmail ledger --on 2025-12-31 --since 2025-01-01",
    "figures": "stuifmail figures congres-2026",
    "override": 'stuifmail override congres-2026.participants 85 --reason "door list" --as eindredactie',
    "prospects": "stuifmail prospects --event nairobi-2025",
    "press-list": "stuifmail press-list",
    "report": "stuifmail report --month 2026-05 --language en",
    "audience": "stuifmail audience press-international",
    "items": "stuifmail items --since 2026-04-07",
    "item": "stuifmail item 7aabb43d",
    "kill": 'stuifmail kill 23e1581a --as eindredactie --reason "the member asked us to"',
    "addresses": "stuifmail addresses --confirm groen@s-heerenwoude.example.org --as eindredactie",
    "events": "stuifmail events --changed-since 2026-04-07",
    "health": "stuifmail health --notes",
    "event": "stuifmail event d790b8bd",
    "amend": 'stuifmail amend d790b8bd starts="2026-06-09 14:00" ends="2026-06-09 17:00" --as eindredactie',
    "rank": "stuifmail rank nieuwsbrief",
    "draft": "stuifmail draft nieuwsbrief",
    "mailings": "stuifmail mailings workshop-2026",
    "mailing": "stuifmail mailing workshop-2026 invitation",
    "press": "stuifmail press nairobi-2025 --stage results",
    "quotes": "stuifmail quotes nairobi-2025-pers-2-nl",
    "drafts": "stuifmail drafts",
    "show": "stuifmail show nieuwsbrief-2026-05",
    "edit": 'stuifmail edit nieuwsbrief-2026-05 --as persvoorlichting --note "shorter lead"',
    "translate": "stuifmail translate nieuwsbrief-2026-05 english.yaml --as persvoorlichting",
    "proof": "stuifmail proof nieuwsbrief-2026-05 --as persvoorlichting",
    "approve": "stuifmail approve nieuwsbrief-2026-05 --as hoofdredactie",
    "send": 'stuifmail send nieuwsbrief-2026-05 --as hoofdredactie --at "2026-05-06 10:00"',
    "dispatch": "stuifmail dispatch",
    "deliveries": "stuifmail deliveries nieuwsbrief-2026-05 --state rejected --state uncertain",
    "settle": "stuifmail settle nieuwsbrief-2026-05 griffie@wilgenrade.example.org "
    '--as hoofdredactie --arrived --reason "the reader has it"',
    "embargo": "stuifmail embargo nairobi-2025-pers-2-nl --until '2026-06-10 00:01' --zone Europe/Amsterdam "
    '--reason nl="de ondertekening is die dag" --reason en="the signing is that day" --as hoofdredactie',
    "hold": 'stuifmail hold nieuwsbrief-2026-05 --as hoofdredactie --reason "a figure may be wrong"',
    "resume": "stuifmail resume nieuwsbrief-2026-05 --as hoofdredactie",
    "correct": "stuifmail correct nieuwsbrief-2026-05 --wrong nl='17 landen' --right nl='16 landen' "
    '--as eindredactie --reason "the host called"',
    "withdraw": 'stuifmail withdraw nieuwsbrief-2026-05 --as hoofdredactie --reason "the story is not true"',
    "archive": "stuifmail archive --verify nieuwsbrief-2026-05",
    "export": "stuifmail export workshop-2026 --form ics --to workshop.ics",
    "trace": "stuifmail trace nieuwsbrief-2026-05",
    "desk": "stuifmail desk",
}


def write_reference() -> str:
    """Answer docs/commands.md: each command in the order of the work."""
    commands = list_commands()
    names = _table(("command", "what it does"), [_summary(*pair) for pair in commands.items()])
    return "\n".join([_HEAD, "## In short\n", names, *(_write_command(*pair) for pair in commands.items())])


def list_commands() -> dict[str, click.Command]:
    """Answer every command by its name, those of two words after the first of them."""
    commands: dict[str, click.Command] = {}
    for name, command in cli.commands.items():
        commands[name] = command
        if isinstance(command, click.Group):
            commands |= {f"{name} {second}": below for second, below in command.commands.items()}
    return commands


def _summary(name: str, command: click.Command) -> tuple[str, str]:
    return f"[{name}](#{name.replace(' ', '-')})", _paragraphs(command)[0]


def _write_command(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"stuifmail {name}")
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    parts = [f"## {name}", *_paragraphs(command), f"    {usage}"]
    parts.append(_table(("option", "meaning"), _options(command, context)).rstrip())
    parts.append(f"For example: `{_EXAMPLES[name]}`")
    if name in _EXITS:
        parts.append(f"Exit codes: {_EXITS[name]}")
    if name in KEYS:
        keys = [(f"`{path}`", meaning) for path, meaning in KEYS[name]]
        parts += [_say_shape(name), _table(("key", "meaning"), keys).rstrip()]
    return "\n\n".join(parts) + "\n"


def _say_shape(name: str) -> str:
    if name == "parse":
        return "With `--json`, one line a file:"
    if name == "archive":
        return "With `--json`; with `--verify`, a list of sentences, empty when all is whole:"
    return "With `--json`:"


def _options(command: click.Command, context: click.Context) -> list[tuple[str, str]]:
    records = [param.get_help_record(context) for param in command.params]
    return [(f"`{names}`", " ".join(meaning.split())) for names, meaning in filter(None, records) if meaning]


def _paragraphs(command: click.Command) -> list[str]:
    text = inspect.cleandoc(command.help or "")
    return [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(_escape(cell) for cell in line)} |\n" for line in lines)


def _escape(cell: str) -> str:
    return cell.replace("|", r"\|")


def main(arguments: Sequence[str]) -> None:
    """Write the reference to docs/commands.md, or to the file that is named."""
    Path(arguments[0] if arguments else "docs/commands.md").write_text(write_reference(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
