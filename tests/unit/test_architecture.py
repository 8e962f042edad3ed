"""Each rule about who may import whom holds, and is broken by a deliberate violation.

All violations run in one child process, on a copy of the code: `stuifmail` is already
imported here, so that the linter would find the real one.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

STAGES = ["harvest", "curate", "figures", "compose", "render", "review", "people", "dispatch", "publish"]

# (file to write, import that it must not hold, contract that must break)
VIOLATIONS = [
    ("stuifmail/errors_helper.py", "import json", "layers"),  # a module without a layer
    ("stuifmail/errors.py", "import stuifmail.model", "layers"),
    ("stuifmail/model/bad.py", "import stuifmail.config", "layers"),
    ("stuifmail/config/bad.py", "import stuifmail.store", "layers"),
    ("stuifmail/store/bad.py", "import stuifmail.harvest", "layers"),
    ("stuifmail/sheets/bad.py", "import stuifmail.figures", "layers"),
    ("stuifmail/harvest/bad.py", "import stuifmail.newsroom", "layers"),
    ("stuifmail/newsroom/bad.py", "import stuifmail.desk", "layers"),
    ("stuifmail/desk/bad.py", "import stuifmail.cli", "layers"),
    ("stuifmail/store/bad.py", "from stuifmail import Newsroom", "layers"),
    *(
        (f"stuifmail/{stage}/bad.py", f"import stuifmail.{neighbour}", "layers")
        for stage, neighbour in zip(STAGES, STAGES[1:] + STAGES[:1], strict=True)
    ),
    ("stuifmail/newsroom/bad.py", "import prefect", "library"),
    ("stuifmail/desk/bad.py", "import flows", "library"),
    ("stuifmail/desk/bad.py", "import benchmarks", "library"),
    ("flows/bad.py", "from stuifmail.store import database", "flows"),
    ("flows/bad.py", "from stuifmail import model", "flows"),
    ("flows/bad.py", "import benchmarks", "flows"),
    ("stuifmail/curate/bad.py", "import feedparser", "feeds"),
    ("stuifmail/harvest/bad.py", "import feedparser", "feeds"),
    ("stuifmail/publish/bad.py", "import httpx", "fetching"),
    ("stuifmail/desk/bad.py", "import aiohttp", "fetching"),
    ("stuifmail/curate/bad.py", "import py3langid", "languages"),
    ("stuifmail/harvest/bad.py", "import py3langid", "languages"),
    ("stuifmail/harvest/bad.py", "import rapidfuzz", "likeness"),
    ("stuifmail/compose/bad.py", "import snowballstemmer", "likeness"),
    ("stuifmail/harvest/bad.py", "import reader", "peers"),
    ("stuifmail/curate/bad.py", "import cssselect", "markup"),
    ("stuifmail/harvest/bad.py", "import recurring_ical_events", "calendars"),
    ("flows/bad.py", "import icalendar", "calendars"),
    ("stuifmail/harvest/bad.py", "import icalendar", "calendars"),
    ("stuifmail/harvest/bad.py", "import pandas as pd", "sheets"),
    ("stuifmail/people/bad.py", "from openpyxl import load_workbook", "workbooks"),
    ("stuifmail/figures/bad.py", "import python_calamine", "workbooks"),
    ("stuifmail/figures/bad.py", "import matplotlib.pyplot", "charts"),
    ("stuifmail/publish/bad.py", "import icalendar", "calendars"),
    ("stuifmail/figures/bad.py", "import openpyxl", "workbooks"),
    ("stuifmail/compose/bad.py", "import jinja2", "templates"),
    ("stuifmail/dispatch/bad.py", "from mjml import mjml2html", "templates"),
    ("stuifmail/publish/bad.py", "import css_inline", "templates"),
    ("stuifmail/compose/bad.py", "import nh3", "markup"),
    ("stuifmail/desk/bad.py", "from lxml import html", "markup"),
    ("stuifmail/publish/storage/bad.py", "import boto3", "s3"),
    ("stuifmail/dispatch/bad.py", "from botocore.exceptions import ClientError", "s3"),
    ("stuifmail/review/bad.py", "from sqlalchemy import select", "database"),
    ("stuifmail/desk/bad.py", "import alembic", "database"),
    ("stuifmail/harvest/bad.py", "import filelock", "database"),
    ("stuifmail/dispatch/bad.py", "import psycopg", "database"),
    ("flows/bad.py", "from fastapi import FastAPI", "web"),
    ("stuifmail/newsroom/bad.py", "import uvicorn", "web"),
    ("stuifmail/render/bad.py", "from starlette.responses import Response", "web"),
    ("stuifmail/harvest/bad.py", "from rich.progress import track", "terminal"),
    ("stuifmail/newsroom/bad.py", "import click", "terminal"),
    ("stuifmail/render/bad.py", "from dateutil import rrule", "schedules"),
    ("stuifmail/compose/bad.py", "import holidays", "schedules"),
    ("stuifmail/harvest/bad.py", "from ruamel.yaml import YAML", "yaml"),
    ("stuifmail/harvest/bad.py", "import babel", "dates"),
    ("stuifmail/dispatch/bad.py", "import email_validator", "addresses"),
]

NO_PLACE_NEEDED = {
    "pydantic": "checks values wherever they enter",
    "tzdata": "data for the standard library, never imported",
}

PROBE = """
import contextlib, io, json, sys
from pathlib import Path
from importlinter import configuration
from importlinter.application import use_cases
from importlinter.cli import lint_imports

def broken():
    report = use_cases.create_report(use_cases.read_user_options("pyproject.toml"), cache_dir=".cache")
    return [
        contract.contract_options["id"]
        for contract, check in report.get_contracts_and_checks() if not check.kept
    ]

sys.path.insert(0, ".")
with contextlib.redirect_stdout(io.StringIO()):
    clean = lint_imports(no_logo=True)
    answers = [broken()]
    for name, line, _ in json.load(sys.stdin):
        path = Path(name)
        before = path.read_bytes() if path.exists() else None
        path.write_text((before or b"").decode() + "\\n" + line + "\\n")
        answers.append(broken())
        path.unlink() if before is None else path.write_bytes(before)
print(json.dumps([clean, *answers]))
"""


@pytest.fixture(scope="module")
def copy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code and the rules, alone in a folder."""
    folder = tmp_path_factory.mktemp("architecture")
    for name in ("stuifmail", "flows", "benchmarks"):
        shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def answers(copy: Path) -> list:
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        input=json.dumps(VIOLATIONS),
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_house_as_it_stands_keeps_every_rule(answers):
    assert answers[0] == 0, "run `.venv/bin/lint-imports` to see which import breaks which rule"
    assert answers[1] == []


@pytest.mark.parametrize("number", range(len(VIOLATIONS)), ids=[f"{v[0]}:{v[1]}" for v in VIOLATIONS])
def test_a_violation_breaks_its_rule_and_no_other(answers, number):
    broken, rule = set(answers[2 + number]), VIOLATIONS[number][2]
    assert rule in broken
    assert broken - set(answers[1]) <= {rule}


def test_every_rule_is_broken_once(root):
    rules = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {rule["id"] for rule in rules} == {violation[2] for violation in VIOLATIONS}


def test_every_library_that_we_depend_on_has_its_place(root):
    data = tomllib.loads((root / "pyproject.toml").read_text())
    placed = {
        name
        for rule in data["tool"]["importlinter"]["contracts"]
        for name in rule.get("forbidden_modules", [])
    }
    modules = {
        "jinja2": "jinja2",
        "mjml-python": "mjml",
        "python-dateutil": "dateutil",
        "ruamel.yaml": "ruamel",
    }
    wanted = [Requirement(line).name for line in data["project"]["dependencies"]]
    homeless = [
        name
        for name in wanted
        if name not in NO_PLACE_NEEDED and modules.get(name, re.sub(r"[-.]", "_", name)) not in placed
    ]
    assert homeless == []
