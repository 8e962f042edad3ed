"""README tells the truth: its commands run, its files exist."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from stuifmail.cli import cli
from tests.newsrooms import copy_sample


def read_blocks(root: Path) -> list[str]:
    return re.findall(r"```sh\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def read_commands(root: Path) -> list[list[str]]:
    lines = [line for block in read_blocks(root) for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("stuifmail ")]


def test_the_commands_of_readme_run_in_their_order(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(copy_sample(tmp_path / "newsroom"))
    told = []
    for arguments in read_commands(root):
        result = CliRunner().invoke(cli, arguments, catch_exceptions=False)
        if arguments[:3] != ["check", "--newsroom", "my-newsroom"]:  # a fresh one still has things to fill in
            assert result.exit_code == 0, (arguments, result.output)
        told.append(result.output)
    assert any("48 accepted, 6 suppressed" in output for output in told)
    assert "every hash agrees" in "".join(told)


def test_the_make_targets_of_readme_exist(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^make (\w+)", "\n".join(read_blocks(root)), re.MULTILINE)
    assert {"demo", "test", "check", "bench"} <= set(targets)
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_every_file_that_readme_links_to_exists(root: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", (root / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if "://" not in link and not (root / link).exists()] == []
