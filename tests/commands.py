"""The command line as tests use it: commands on copies of the sample newsroom."""

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stuifmail.cli import main

ISSUE = "nieuwsbrief-2026-05"
#: Roles of the sample newsroom: who may only edit, who may do all, who may only approve.
EDITOR, CHIEF, APPROVER = "eindredactie", "hoofdredactie", "programmasecretaris"
PROGRAM = (sys.executable, "-c", "from stuifmail.cli import main; main()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)

    @property
    def told(self) -> str:
        """Everything it said."""
        return self.out + self.err


def run_command(*arguments: str | Path) -> Ran:
    """Run a command in this process, as the console script does."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code=code, out=out.getvalue(), err=err.getvalue())


@dataclass(frozen=True, slots=True)
class Room:
    """A copy of the sample newsroom, or a new one."""

    root: Path

    def run(self, command: str, *arguments: str | Path) -> Ran:
        """Run a command on it in this process."""
        return run_command(command, *arguments, "--newsroom", self.root)

    def done(self, command: str, *arguments: str | Path) -> Ran:
        """Run a command that has to succeed."""
        ran = self.run(command, *arguments)
        assert ran.code == 0, ran.told
        return ran

    def start(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        prefix: tuple[str, ...] = (),
    ) -> subprocess.Popen[str]:
        """Start a command in a process of its own, in the newsroom's folder."""
        return subprocess.Popen(
            [*prefix, *PROGRAM, *arguments],
            cwd=self.root,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait(self, *arguments: str, **how: Any) -> Ran:
        """Run a command in a process of its own to its end."""
        process = self.start(*arguments, **how)
        out, err = process.communicate(timeout=60)
        return Ran(code=process.returncode, out=out, err=err)

    def edit(self, script: str, *, role: str = "eindredactie") -> Ran:
        """Edit the issue with an editor that runs a shell script; "$1" is the file."""
        editor = self.root / "editor.sh"
        editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        editor.chmod(0o755)
        return self.wait("edit", ISSUE, "--as", role, environment={"EDITOR": str(editor), "VISUAL": ""})

    def kept(self) -> list[Path]:
        """Drafts that could not be saved."""
        return sorted((self.root / "outputs" / "state" / "edits").glob("*"))

    def state(self) -> str:
        """The issue's state."""
        return str(self.done("show", ISSUE, "--json").json["state"])

    def change(self, old: str, new: str) -> None:
        """Replace a text in sources.yaml, which must be there."""
        file = self.root / "sources.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def copy(self, folder: Path) -> "Room":
        """A copy of it, with all that it made."""
        shutil.copytree(self.root, folder)
        return Room(folder)


def copy_sample(root: Path, folder: Path) -> Room:
    """Answer a copy of the sample newsroom, as fresh as from git."""
    for name in ("samples", "templates"):
        shutil.copytree(root / name, folder / name)
    shutil.copyfile(root / "sources.yaml", folder / "sources.yaml")
    return Room(folder)


def approve(room: Room) -> None:
    """Bring the proofed issue to approved."""
    room.done("approve", ISSUE, "--as", CHIEF)
