"""requirements.txt against pyproject.toml."""

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version


@pytest.fixture
def lock(root: Path) -> str:
    return (root / "requirements.txt").read_text()


@pytest.fixture
def pins(lock: str) -> dict[str, Version]:
    found = re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock, re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in found}


@pytest.fixture
def wanted(root: Path) -> list[Requirement]:
    data = tomllib.loads((root / "pyproject.toml").read_text())
    lines = (
        data["project"]["dependencies"] + data["dependency-groups"]["dev"] + data["build-system"]["requires"]
    )
    return [Requirement(line) for line in lines]


def test_every_dependency_is_pinned_to_a_version_that_pyproject_allows(pins, wanted):
    missing = [str(each) for each in wanted if canonicalize_name(each.name) not in pins]
    unfit = [str(each) for each in wanted if pins.get(canonicalize_name(each.name)) not in each.specifier]
    assert (missing, unfit) == ([], []), "run `make lock`"


def test_every_pin_has_a_hash(lock):
    blocks = re.split(r"\n(?=\S)", lock.strip())
    assert len(blocks) > 100
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_holds_no_address_and_no_option(lock):
    assert re.findall(r".*(?:://|@|^-).*", lock, re.MULTILINE) == []


def test_fastapi_is_one_that_prefect_can_run_with(pins):
    assert pins["fastapi"] < Version("0.151")
    assert Version(version("fastapi")) == pins["fastapi"], "run `make setup`"
