"""scripts/setup.sh with fake Pythons on a PATH of its own."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

TOOLS = ("sh", "dirname", "grep", "head", "tail", "touch", "mkdir", "cp", "chmod", "cat")

FAKE = """#!/bin/sh
case "$*" in
    --version) echo "Python {version}" ;;
    *"version_info < (3, 11)"*) exit {too_old} ;;
    *"%d.%d"*) echo 3.12 ;;
    *"import ensurepip"*) exit {no_venv} ;;
    "-m venv"*) mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
    "-m pip --version") exit 0 ;;
    "-m pip install"*) echo "$*" >> calls; echo "{pip_says}"; exit {pip_fails} ;;
    *) echo "unexpected: $*"; exit 99 ;;
esac
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run_setup(root: Path, tmp_path: Path) -> Run:
    bin_folder = tmp_path / "bin"
    bin_folder.mkdir()
    for tool in TOOLS:
        (bin_folder / tool).symlink_to(str(shutil.which(tool)))
    (tmp_path / "scripts").mkdir()
    shutil.copy(root / "scripts" / "setup.sh", tmp_path / "scripts")

    def run(version="3.12.1", *, too_old=0, no_venv=0, pip_says="fine", pip_fails=0, python="python3"):
        if version:
            fake = FAKE.format(
                version=version, too_old=too_old, no_venv=no_venv, pip_says=pip_says, pip_fails=pip_fails
            )
            (bin_folder / python).write_text(fake)
            (bin_folder / python).chmod(0o755)
        command = [str(bin_folder / "sh"), str(tmp_path / "scripts" / "setup.sh")]
        return subprocess.run(
            command, env={"PATH": str(bin_folder)}, text=True, capture_output=True, timeout=20, check=False
        )

    return run


def test_a_complete_python_gives_an_environment_with_hashes_checked_and_a_stamp(run_setup, tmp_path):
    result = run_setup()
    assert result.returncode == 0, result.stderr
    assert (tmp_path / ".venv" / ".stamp").exists()
    calls = (tmp_path / "calls").read_text().splitlines()
    assert "--require-hashes -r requirements.txt" in calls[0]
    assert "--no-deps --no-build-isolation -e ." in calls[1]


def test_a_second_setup_keeps_the_environment_that_is_there(run_setup, tmp_path):
    run_setup()
    (tmp_path / ".venv" / "keep").touch()
    assert run_setup().returncode == 0
    assert (tmp_path / ".venv" / "keep").exists()


def test_a_named_newer_python_is_found_where_python3_is_too_old(run_setup):
    run_setup("3.9.2", too_old=1)
    assert run_setup("3.13.0", python="python3.13").returncode == 0


def test_an_old_python_is_named_with_its_version_and_how_to_get_a_newer_one(run_setup, tmp_path):
    result = run_setup("3.9.2", too_old=1)
    assert result.returncode == 1
    assert "Python 3.11 or newer is needed; found Python 3.9.2" in result.stderr
    assert "apt-get install python3" in result.stderr
    assert not (tmp_path / ".venv").exists()


def test_no_python_at_all_is_said_too(run_setup):
    assert "found no Python at all" in run_setup(None).stderr


def test_a_missing_venv_module_names_the_package_that_brings_it(run_setup):
    result = run_setup(no_venv=1)
    assert result.returncode == 1
    assert "without its venv module" in result.stderr
    assert "apt-get install python3.12-venv" in result.stderr


@pytest.mark.parametrize(
    ("pip_says", "explained"),
    [
        (
            "Failed to establish a new connection: NewConnectionError",
            "the package registry cannot be reached",
        ),
        ("Could not find a version (from versions: none)", "the package registry cannot be reached"),
        ("No matching distribution found for lxml==6.1.3", "does not exist for this Python"),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one that was tested"),
        ("SSLError: certificate verify failed", "certificate is not trusted here"),
        ("error: something quite different", "something quite different"),
    ],
)
def test_a_failing_pip_is_put_into_plain_words_and_leaves_no_stamp(run_setup, tmp_path, pip_says, explained):
    result = run_setup(pip_says=pip_says, pip_fails=1)
    assert result.returncode == 1
    assert explained in result.stderr
    assert not (tmp_path / ".venv" / ".stamp").exists()
