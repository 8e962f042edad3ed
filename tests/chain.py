"""The sample newsroom in a folder of its own, worked as its people would work it."""

import mailbox
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from stuifmail.model.publications import Publication
from stuifmail.newsroom import Newsroom, SendReport

ISSUE = "nieuwsbrief-2026-05"
MONDAY = datetime(2026, 5, 4, 7, tzinfo=UTC)
SENDING = datetime(2026, 5, 6, 8, tzinfo=UTC)
READERS_COUNT, SUPPRESSED_COUNT = 48, 6

EDITOR, APPROVER, SENDER = "eindredactie", "programmasecretaris", "hoofdredactie"


def copy_newsroom(source: Path, target: Path) -> Path:
    """Copy a newsroom: settings, inputs, templates, and what it has made so far."""
    target.mkdir(parents=True)
    shutil.copy(source / "sources.yaml", target)
    for name in ("samples", "templates", "outputs"):
        if name != "outputs" or source.name == "newsroom":  # not what the demo made here
            shutil.copytree(source / name, target / name)
    (target / "outputs").mkdir(exist_ok=True)
    return target


@dataclass
class Chain:
    """A copy of the sample newsroom; each act opens it anew, as each command does."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def open(self, now: datetime = MONDAY) -> Newsroom:
        """The newsroom at a moment."""
        return Newsroom.open(self.folder, environment=self.environment, now=now)

    def act(self, verb: str, *values: Any, now: datetime = MONDAY, **named: Any) -> Any:
        """One use case of the newsroom, by name."""
        with self.open(now) as newsroom:
            return getattr(newsroom, verb)(*values, **named)

    def approve(self) -> None:
        """Proof and approve the issue."""
        self.act("proof", ISSUE)
        self.act("approve", ISSUE, role=APPROVER)

    def queue(self) -> None:
        """Queue the issue for its planned moment."""
        self.act("queue", ISSUE, role=SENDER)

    def dispatch(self, now: datetime = SENDING) -> SendReport:
        """Send the one issue that is due."""
        (report,) = self.act("dispatch", now=now)
        return report

    def edit(self, *changes: tuple[str, str], role: str = EDITOR) -> int | None:
        """Edit the draft's YAML as an editor would."""
        text, base = self.act("open_draft", ISSUE)
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1)
        return self.act("save_draft", ISSUE, text, role=role, base=base)

    def change(self, file: str, old: str, new: str) -> None:
        """Change a file of the newsroom."""
        path = self.folder / file
        text = path.read_bytes().decode()
        assert old in text, f"{file} has no {old!r}"
        path.write_bytes(text.replace(old, new, 1).encode())

    def change_reader(self, address: str, old: str, new: str) -> None:
        """Change the row of one reader in the contacts sheet."""
        rows = (self.folder / "samples/contacts.csv").read_text().splitlines()
        (row,) = [row for row in rows if f",{address}," in row]
        assert old in row, row
        self.change("samples/contacts.csv", row, row.replace(old, new))

    def use_smtp(self, port: int) -> None:
        """Send over a server on this machine instead of into a folder."""
        smtp = f"transport: smtp\n  smtp: {{host: 127.0.0.1, port: {port}, security: none, timeout_s: 20}}"
        self.change("sources.yaml", "transport: maildir ", smtp + " ")

    def show(self) -> dict[str, Any]:
        """Everything that is known of the issue."""
        shown: dict[str, Any] = self.act("describe_draft", ISSUE)
        return shown

    def verbs(self) -> list[str]:
        """What happened to the issue, oldest first."""
        return [line["verb"] for line in self.show()["history"]]

    def copies(self) -> dict[str, str]:
        """The state of each address's copy."""
        return {row["address"]: row["state"] for row in self.act("list_deliveries", ISSUE)}

    def mails(self) -> list[EmailMessage]:
        """What lies in the mailbox."""
        folder = self.folder / "outputs" / "mail"
        if not folder.exists():
            return []
        box = mailbox.Maildir(folder, create=False)
        from email import message_from_bytes

        return [message_from_bytes(box.get_bytes(key), policy=default) for key in sorted(box.keys())]  # type: ignore[misc]

    def mailed(self) -> Counter[str]:
        """How many mails each address has in the mailbox."""
        return Counter(message["To"].addresses[0].addr_spec for message in self.mails())

    def start(self, *arguments: str, code: str = "") -> "subprocess.Popen[bytes]":
        """Start `stuifmail ARGUMENTS` on this newsroom in another process.

        Args:
            code: Python to run before, for instance to die at a chosen point.
        """
        command = f"{code}\nfrom stuifmail.cli import main\nmain()"
        return subprocess.Popen(
            [sys.executable, "-c", command, *arguments, "--newsroom", str(self.folder)],
            env={**os.environ, **self.environment, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def publication_of(chain: Chain) -> Publication:
    """The content of the issue as it stands."""
    from stuifmail.config.codec import from_data

    return from_data(Publication, chain.show()["content"])
