"""scripts/system-packages.sh with a fake package manager on a PATH of its own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = ("sh", "ls", "env", "chmod", "cp", "mkdir", "touch")


@pytest.fixture
def run_script(root: Path, tmp_path: Path):
    for tool in TOOLS:
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    for program in ("initdb", "node", "npm"):
        add(tmp_path, program, "exit 0")
    script = tmp_path / "scripts" / "system-packages.sh"
    script.parent.mkdir()
    shutil.copy(root / "scripts" / "system-packages.sh", script)
    (tmp_path / "tests" / "node" / "node_modules" / "ical.js").mkdir(parents=True)

    def run(user: int = 0) -> subprocess.CompletedProcess[str]:
        add(tmp_path, "id", f"echo {user}")
        command = [str(tmp_path / "sh"), str(script)]
        return subprocess.run(
            command, env={"PATH": str(tmp_path)}, text=True, capture_output=True, timeout=20, check=False
        )

    return run


def add(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!{folder / 'sh'}\n{script}\n")
    (folder / name).chmod(0o755)


def test_nothing_is_said_or_done_where_all_is_there(run_script, tmp_path):
    add(tmp_path, "chromium", "exit 0")
    result = run_script()
    assert (result.returncode, result.stdout) == (0, "")


def test_a_missing_browser_is_installed_where_that_is_allowed(run_script, tmp_path):
    add(tmp_path, "apt-get", f'case "$*" in *install*) cp "$0" {tmp_path}/chromium ;; esac')
    result = run_script()
    assert "Installing chromium" in result.stdout
    assert "SKIPPED" not in result.stdout
    assert (tmp_path / "chromium").exists()


def test_without_the_right_to_install_it_says_what_is_skipped_and_how_to_get_it(run_script, tmp_path):
    add(tmp_path, "apt-get", "exit 0")
    result = run_script(user=1000)
    assert result.returncode == 0
    assert "tests/browser" in result.stdout
    assert "SKIPPED" in result.stdout
    assert "sudo apt-get install chromium" in result.stdout


def test_an_installation_that_fails_is_said_and_stops_nothing(run_script, tmp_path):
    add(tmp_path, "dnf", "exit 1")
    result = run_script()
    assert result.returncode == 0
    assert "sudo dnf install chromium" in result.stdout


def test_a_missing_second_parser_of_calendars_is_installed(run_script, tmp_path):
    add(tmp_path, "chromium", "exit 0")
    (tmp_path / "tests" / "node" / "node_modules" / "ical.js").rmdir()
    add(tmp_path, "npm", "mkdir -p node_modules/ical.js")
    result = run_script()
    assert "Installing ical.js" in result.stdout
    assert "SKIPPED" not in result.stdout
    assert (tmp_path / "tests" / "node" / "node_modules" / "ical.js").is_dir()


def test_another_version_of_the_parser_is_installed_once(run_script, tmp_path):
    add(tmp_path, "chromium", "exit 0")
    package = tmp_path / "tests" / "node" / "package.json"
    package.write_text("{}")
    parser = tmp_path / "tests" / "node" / "node_modules" / "ical.js"
    os.utime(parser, (1, 1))
    assert "Installing ical.js" in run_script().stdout
    assert run_script().stdout == ""


def test_a_registry_that_cannot_be_reached_is_said_and_stops_nothing(run_script, tmp_path):
    add(tmp_path, "chromium", "exit 0")
    (tmp_path / "tests" / "node" / "node_modules" / "ical.js").rmdir()
    add(tmp_path, "npm", "exit 1")
    result = run_script()
    assert result.returncode == 0
    assert "calendars" in result.stdout
    assert "npm install --no-package-lock" in result.stdout


def test_without_node_it_says_what_is_skipped_and_how_to_get_it(run_script, tmp_path):
    add(tmp_path, "chromium", "exit 0")
    (tmp_path / "node").unlink()
    add(tmp_path, "apt-get", "exit 1")
    result = run_script(user=1000)
    assert "SKIPPED" in result.stdout
    assert "sudo apt-get install nodejs npm" in result.stdout


def test_a_system_without_a_known_package_manager_gets_a_plain_sentence(run_script):
    assert "this system's package manager" in run_script().stdout
