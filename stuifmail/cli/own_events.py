"""How our own events are shown: the list, and one whole."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from stuifmail.cli.common import say_command, say_count
from stuifmail.cli.printing import print_rows

_RELATIONS = (("part_of", "part of"), ("follows", "follows"), ("previous", "the edition before it"))


def print_own_events(rows: list[dict[str, Any]], *, language: str, as_json: bool) -> None:
    """Print our own events as a list, times in each event's own zone."""
    if not as_json:
        rows = [
            {
                **row,
                "when": say_when(row["starts_at"], row["time_zone"]) or "no date yet",
                "title": _in(row["title"], language),
                "lacks": say_count(row["findings"], "finding") if row["findings"] else "",
            }
            for row in rows
        ]
    columns = ("id", "when", "status", "title", "part_of", "lacks")
    print_rows(rows, columns, as_json=as_json, empty="no events of our own: add them to sources.yaml")


def print_own_event(row: dict[str, Any], root: Path, language: str) -> None:
    """Print one of our own events whole."""
    record = row["record"]
    facts = record["facts"]
    click.secho(f"{row['id']}: {_in(facts['title'], language)}", bold=True)
    _print_facts(record, facts, language)
    for key, noun in _RELATIONS:
        if record[key]:
            click.echo(f"  {noun}: {record[key]}")
    if row["previous_report_url"]:
        click.echo(f"  report of the one before: {row['previous_report_url']}")
    _print_parts(row["parts"], language, "  ")
    _print_programme(record["programme"], facts["time_zone"], language)
    _print_results(row)
    if record["calendar_event_id"]:
        command = say_command(root, f"event {record['calendar_event_id'][:8]}")
        click.echo(f"  in the calendar: {command}")
    if not row["is_over"]:
        _print_findings(row["findings"])


def _print_facts(record: dict[str, Any], facts: dict[str, Any], language: str) -> None:
    label = f", {record['label']}" if record["label"] else ""
    click.echo(f"  {facts['kind'].replace('_', ' ')}{label}, {facts['status']}, {facts['attendance']}")
    zone = facts["time_zone"]
    start, end = say_when(facts["starts_at"], zone), _say_end(facts, zone)
    alternatives = (facts["span"] or {}).get("alternatives") or []
    when = start or " or ".join(alternatives) or "no date yet"
    click.echo(f"  when: {when}{f' - {end}' if end else ''} ({zone})")
    venue, entry = facts["venue"], facts["registration"]
    said = {
        "where": ", ".join(
            part
            for part in (
                venue["name"],
                f"{venue['street']} {venue['number']}".strip(),
                venue["city"],
                venue["online_url"],
            )
            if part
        ),
        "page": facts["link"],
        "for": record["audience_id"],
        "in particular": ", ".join(_in(each, language) for each in record["priority_functions"]),
        "sign up": entry["url"],
        "until": entry["closes_on"] or "",
        "places": _say_places(entry),
        "report": record["report_url"],
    }
    for noun, text in said.items():
        if text:
            click.echo(f"  {noun}: {text}")


def _say_places(entry: dict[str, Any]) -> str:
    capacity, registered = entry["capacity"], entry["registered_count"]
    if registered is None:
        return str(capacity or "")
    return f"{registered} signed up" + (f" of {capacity}" if capacity else "")


def _print_parts(parts: list[dict[str, Any]], language: str, indent: str) -> None:
    for part in parts:
        click.echo(f"{indent}part: {part['id']} ({_in(part['title'], language)})")
        _print_parts(part["parts"], language, f"{indent}  ")


def _print_programme(rows: list[dict[str, Any]], zone: str, language: str) -> None:
    if rows:
        click.secho("programme", bold=True)
    for row in rows:
        clock = say_when(row["starts_at"], zone)[-5:] or "     "
        told = {True: "", False: " (did not take place)", None: ""}[row["delivered"]]
        who = f", {row['organisation']}" if row["organisation"] else ""
        click.echo(f"  {clock}  {row['kind']}: {_in(row['title'], language)}{who}{told}")


def _print_results(row: dict[str, Any]) -> None:
    if row["figures"]:
        click.secho("figures", bold=True)
    for figure in row["figures"]:
        click.echo(f"  {figure['id']}: {figure['value']}{' (internal)' if figure['internal'] else ''}")
    if row["announced"] or row["joined"]:
        click.secho("members", bold=True)
        click.echo(f"  announced ({len(row['announced'])}): {', '.join(row['announced']) or 'nobody'}")
        click.echo(f"  joined ({len(row['joined'])}): {', '.join(row['joined']) or 'nobody'}")


def _print_findings(findings: list[dict[str, Any]]) -> None:
    click.secho("before an invitation", bold=True)
    for finding in findings:
        click.echo(f"  {finding['severity']}: {finding['message']} ({finding['code']})")
        click.echo(f"    {finding['remedy']}")
    if not findings:
        click.echo("  nothing is missing")


def say_when(text: str | None, zone: str) -> str:
    """Answer "Mon 8 June 2026 14:00" in the event's own zone, without a time for a day; "" for None."""
    from stuifmail.model.event_words import say_moment

    return say_moment(_read(text), zone)


def _say_end(facts: dict[str, Any], zone: str) -> str:
    from stuifmail.model.event_words import say_end

    said, start = say_end(_read(facts["ends_at"]), zone), say_when(facts["starts_at"], zone)
    if said == start:
        return ""
    day, _, clock = said.rpartition(" ")
    return clock if day and start.startswith(day) else said


def _read(text: str | None) -> datetime | date | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _in(text: dict[str, str], language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")
