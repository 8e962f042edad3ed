"""Sources: how they do, and new ones found, added, moved, imported and exported."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from stuifmail.cli.common import InOrder, open_newsroom, say_command, with_json, with_newsroom, zone_of
from stuifmail.cli.printing import print_json, print_rows
from stuifmail.cli.tables import tie

if TYPE_CHECKING:
    from stuifmail.harvest.discovery.discover import Candidate, Discovery
    from stuifmail.newsroom.harvests.sources import SourcePlan

_KINDS = ("feed", "calendar", "page")
_MOMENTS = ("_at", "_since")
_IDS_SHOWN = 20


def _here(root: Path) -> Path:
    """Answer the newsroom's folder, which may also be named before the second word of the command."""
    above = click.get_current_context().parent
    return root if root != Path() or above is None else above.params.get("root", root)


@click.group(cls=InOrder, invoke_without_command=True)
@with_newsroom
@with_json
@click.pass_context
def sources(context: click.Context, root: Path, as_json: bool) -> None:
    """List the sources and how each one does, or change them.

    "new" was not asked yet, "ok" answered well, "moved" has a new address, "failing" gave
    nothing that can be used, "retired" is gone for good. The list tells the last answer, when
    the source is asked next and who set that moment, and since when and why it fails.
    """
    if context.invoked_subcommand is not None:
        return
    with open_newsroom(root) as newsroom:
        rows, zone = newsroom.list_sources(), zone_of(newsroom)
    if as_json:
        print_json(rows)
        return
    shown = [_tell(row, zone) for row in rows]
    print_rows(shown, shown[0] if shown else (), empty="sources.yaml names no sources")
    for row in rows:
        if row["moved_to"]:
            click.echo(f"{row['id']} moved to {row['moved_to']}; take it over with:")
            click.echo("  " + say_command(root, f"sources move {row['id']}"))


def _tell(row: dict[str, Any], zone: str) -> dict[str, Any]:
    """Answer a source as a row of the table, in words."""
    failing = _say(row["failing_since"], zone)
    error = "" if row["error"] == row["answer"] else row["error"]
    asked, following = _say(row["checked_at"], zone), _say(row["next_check_at"], zone)
    return {
        "id": row["id"],
        "state": row["state"],
        "entries": row["entries"],
        "last answer": _join(", ", asked, row["answer"]),
        "next check": _join(": ", following, row["next_check_why"]),
        "trouble": _join(": ", f"since {failing}" if failing else "", error),
    }


def _join(glue: str, *parts: str) -> str:
    return glue.join(part for part in parts if part)


def _say(moment: str | None, zone: str) -> str:
    """Answer a moment as "4 May 09:00", kept on one line."""
    if not moment:
        return ""
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return tie(f"{local.day} {local:%b %H:%M}")


@sources.command()
@click.argument("source_id", metavar="SOURCE")
@with_newsroom
@with_json
def show(source_id: str, root: Path, as_json: bool) -> None:
    """Tell everything that is known of one source.

    With --json, the keys are those of `stuifmail sources`, and `note`.
    """
    with open_newsroom(_here(root)) as newsroom:
        row, zone = newsroom.describe_source(source_id), zone_of(newsroom)
    if as_json:
        print_json(row)
        return
    told = {key: value for key, value in row.items() if value not in (None, "")}
    width = max(map(len, told))
    for key, value in told.items():
        shown = _say_whole(value, zone) if key.endswith(_MOMENTS) else value
        click.echo(f"{key.replace('_', ' '):<{width}}  {shown}")


def _say_whole(moment: str, zone: str) -> str:
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M}"


@sources.command()
@click.argument("address")
@with_newsroom
@click.option("--member", default="", metavar="ID", help="Whose it is; else told by website and name.")
@click.option(
    "--id", "source_id", default="", metavar="ID", help="Id of the new source; else made from names."
)
@click.option("--kind", type=click.Choice(_KINDS), help="Look for this kind only.")
@click.option(
    "--choose", metavar="NUMBERS", help="Which of those found, such as 1 or 1,3; else you are asked."
)
@click.option("--yes", is_flag=True, help="Take the first of those found, and ask nothing.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def add(
    address: str,
    root: Path,
    member: str,
    source_id: str,
    kind: str | None,
    choose: str | None,
    yes: bool,
    dry_run: bool,
) -> None:
    """Find feeds and calendars at ADDRESS, and add them to sources.yaml.

    ADDRESS is that of a feed or calendar, or of any page of a site; the page's own news is
    proposed where there is no feed. Everything found is fetched and read before it is shown.
    The new lines come after the last source; nothing else in the file changes.
    """
    root = _here(root)
    with open_newsroom(root) as newsroom:
        found = newsroom.find_sources(address, kind=kind or "")
        if not found.candidates:
            _tell_nothing(found, root)
            raise click.exceptions.Exit(1)
        _print_candidates(found.candidates)
        chosen = _choose(found.candidates, "1" if yes or (dry_run and not choose) else choose)
        if not chosen:
            click.echo("nothing was added")
            return
        plan = newsroom.plan_sources(chosen, member=member, source_id=source_id)
        _finish(newsroom, plan, root, dry_run=dry_run)


def _tell_nothing(found: "Discovery", root: Path) -> None:
    click.echo(f"{found.address}: no feed or calendar was found at {found.asked_count} addresses", err=True)
    click.echo(
        "ask the member for the address of their feed; or let them hand in news in a sheet: "
        f"{say_command(root, 'sources template submissions.xlsx')}",
        err=True,
    )


def _print_candidates(candidates: Sequence["Candidate"]) -> None:
    rows = [
        {
            "": str(number),
            "kind": each.format,
            "title": each.title,
            "entries": each.entries_count,
            "newest": f"{each.newest_at:%Y-%m-%d}" if each.newest_at else "",
            "language": each.language or "",
            "address": each.address,
            "remarks": "; ".join(each.remarks),
        }
        for number, each in enumerate(candidates, 1)
    ]
    print_rows(rows, rows[0])


def _choose(candidates: Sequence["Candidate"], said: str | None) -> list["Candidate"]:
    """Answer the candidates that were chosen by number; none for 0.

    Raises:
        click.BadParameter: a number that is none of them.
    """
    if said is None:
        said = click.prompt("Add which? Numbers parted by commas, 0 for none", default="1")
    numbers = [part.strip() for part in str(said).replace(" ", ",").split(",") if part.strip()]
    wrong = [n for n in numbers if not (n.isdecimal() and int(n) <= len(candidates))]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is none of 1 to {len(candidates)}", param_hint="--choose")
    return [candidates[int(n) - 1] for n in dict.fromkeys(numbers) if int(n) > 0]


def _finish(newsroom: Any, plan: "SourcePlan", root: Path, *, dry_run: bool) -> None:
    """Show what is to be written; write it unless it is for show only."""
    _print_lines(plan.problems)
    if plan.change is None and not plan.problems:
        click.echo("no feed was found in it")
        return
    if plan.change is None:
        click.echo("nothing to add")
        return
    click.echo(plan.change.added)
    if dry_run:
        click.echo("nothing was written (--dry-run)")
        return
    newsroom.write_sources(plan.change)
    more = f" and {len(plan.ids) - _IDS_SHOWN} others" if len(plan.ids) > _IDS_SHOWN else ""
    click.echo(f"sources.yaml has {len(plan.ids)} more: {', '.join(plan.ids[:_IDS_SHOWN])}{more}")
    options = " ".join(f"--source {source_id}" for source_id in plan.ids[:5])
    click.echo(f"next: {say_command(root, f'harvest {options}' if len(plan.ids) <= 5 else 'harvest')}")


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line, err=True)


@sources.command()
@click.argument("source_id", metavar="SOURCE")
@click.argument("address", default="")
@with_newsroom
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def move(source_id: str, address: str, root: Path, dry_run: bool) -> None:
    """Give SOURCE a new address: ADDRESS, or the one its server says.

    Only the address changes in sources.yaml; what was harvested stays, and is known again.
    """
    root = _here(root)
    with open_newsroom(root) as newsroom:
        change = newsroom.plan_move(source_id, address)
        click.echo(change.added or "it is there already")
        if dry_run:
            click.echo("nothing was written (--dry-run)")
            return
        newsroom.write_sources(change)
    click.echo(f"next: {say_command(root, f'harvest --source {source_id}')}")


@sources.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@with_newsroom
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
def import_(file: Path, root: Path, dry_run: bool) -> None:
    """Add the feeds of an OPML file, as other readers export it.

    Sources that are there already are left alone. Members are told by name, alias and website;
    where that fails, a remark says so. All are added, or none.
    """
    root = _here(root)
    with open_newsroom(root) as newsroom:
        plan = newsroom.plan_import(file.read_bytes(), file=str(file))
        _finish(newsroom, plan, root, dry_run=dry_run)


@sources.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@with_newsroom
def export(file: Path, root: Path) -> None:
    """Write the sources to an OPML file; `-` prints it.

    It is OPML 2.0, by kind of member, for other feed readers. Calendars have the type "ics",
    which those pass over. Sheets and files are left out.
    """
    with open_newsroom(_here(root)) as newsroom:
        content, problems = newsroom.export_sources()
    if str(file) == "-":
        click.echo(content.decode("utf-8"), nl=False)
    elif file.exists() and b"<opml" not in file.read_bytes()[:1000]:
        raise click.BadParameter(
            f"{file} is there already and is no OPML; name another file", param_hint="FILE"
        )
    else:
        file.write_bytes(content)
        click.echo(f"written: {file}", err=True)
    _print_lines(problems)


@sources.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_newsroom
@click.option(
    "--language", type=click.Choice(("nl", "en")), help="Of its headings; else the newsroom's first."
)
def template(file: Path, root: Path, language: str | None) -> None:
    """Write an empty sheet for what members hand in: XLSX or CSV.

    Filled in, it is read as it is by a source of kind sheet that holds submissions.
    """
    if file.suffix.lower() not in (".xlsx", ".csv"):
        raise click.BadParameter(f"{file.name!r} ends in neither .xlsx nor .csv", param_hint="FILE")
    if file.exists():
        raise click.BadParameter(f"{file} is there already; name another file", param_hint="FILE")
    with open_newsroom(_here(root)) as newsroom:
        content = newsroom.write_form(language=language or "", is_workbook=file.suffix.lower() == ".xlsx")
    file.write_bytes(content)
    click.echo(f"written: {file}")
