"""Addresses that members hide from robots."""

from pathlib import Path

import click

from stuifmail.cli.common import open_newsroom, say_command, with_json, with_newsroom
from stuifmail.cli.printing import print_json


@click.command()
@click.option("--confirm", metavar="ADDRESS", default="", help="It is read rightly and may be printed.")
@click.option("--refuse", metavar="ADDRESS", default="", help="It may not be printed.")
@click.option("--as", "role", metavar="ROLE", default="", help="Who decides, as in sources.yaml.")
@with_newsroom
@with_json
def addresses(confirm: str, refuse: str, role: str, root: Path, as_json: bool) -> None:
    """List addresses that members hide from robots, as we read them.

    Members write "naam (at) lid.example.org", or their site does. Such an address is never mailed,
    and stays as it is in drafts until an editor confirms it; then new drafts print it plainly.
    """
    if confirm and refuse:
        raise click.UsageError("either --confirm or --refuse")
    address = confirm or refuse
    if address and not role:
        raise click.UsageError("who decides? add --as ROLE")
    with open_newsroom(root) as newsroom:
        if address:
            rows = newsroom.decide_address(address, role=role, is_confirmed=bool(confirm))
        else:
            rows = newsroom.list_addresses()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        decision = f"{row['decision']} by {row['decided_by']}" if row["decision"] else "open"
        click.echo(f"{row['address']}: {decision}")
        for item in row["items"]:
            click.echo(f"  {item['id'][:8]}  {item['source_id']}: {item['title'] or 'without a title'}")
    if not rows:
        click.echo("no piece of news hides an address")
    elif any(not row["decision"] for row in rows):
        click.echo(f"next: {say_command(root, 'addresses --confirm ADDRESS --as ROLE')}")
