"""Fixtures for all tests."""

import os
import signal
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by their folder."""
    for item in items:
        for marker in ("integration", "browser"):
            if marker in item.path.relative_to(ROOT).parts:
                item.add_marker(marker)


skips: Counter[str] = Counter()


def pytest_configure() -> None:
    """Hear Ctrl-C again where the run was started in the background, and so that children do.

    A shell without job control starts background commands deaf to it, and deafness is inherited.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        with suppress(ValueError):  # only the main thread may
            signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--no-skips`: a skipped test fails the run; so it is with CI=true."""
    in_ci = os.environ.get("CI", "").lower() in ("1", "true", "yes")
    parser.addoption("--no-skips", action="store_true", default=in_ci, help="a skipped test fails the run")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count the reasons of skipped tests."""
    _count_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Count the reasons of skipped files."""
    _count_skip(report)


def _count_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail") and isinstance(report.longrepr, tuple):
        skips[report.longrepr[2].removeprefix("Skipped: ")] += 1


def _forbidden_skips(config: pytest.Config) -> list[str]:
    return list(skips) if config.getoption("--no-skips") else []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run where something was skipped that may not be."""
    if _forbidden_skips(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not tested."""
    if not skips:
        return
    terminalreporter.section("NOT TESTED", sep="!", yellow=True, bold=True)
    for reason, count in skips.most_common():
        terminalreporter.line(f"{count:5} skipped: {reason}")
    if _forbidden_skips(config):
        terminalreporter.line("With CI=true or --no-skips that is a failure.", red=True, bold=True)


@pytest.fixture(autouse=True)
def wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as a file's, whatever terminal the tests run in."""
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real feeds, calendars and bounces; tests that need it skip without it."""
    folder = Path(os.environ.get("STUIFMAIL_CORPUS", ROOT.parent / "shared" / "corpus"))
    if not folder.is_dir():
        pytest.skip("the corpus of real feeds is not here; set STUIFMAIL_CORPUS to its folder")
    return folder


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder, which is the sample newsroom too."""
    return ROOT
