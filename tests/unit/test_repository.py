"""Rules about the files of this project that no linter knows."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

LONGEST_FILE = 400
LONGEST_FUNCTION = 40
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "pypi" + ".python.org")
MACHINE_PATH = re.compile(r"(?<![\w./-])/(?:work|root|home|Users)/\w")
LEFT_TO_DO = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b")
NOT_OURS = {"LICENSE"}


def git(root: Path, *arguments: str) -> list[str]:
    if not (root / ".git").exists():
        pytest.skip("the project's files are known by git only; this is a copy without its history")
    command = ["git", "-C", str(root), "ls-files", "-z", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")[:-1]


@pytest.fixture(scope="module")
def texts(root: Path) -> dict[str, str]:
    """Every text file that is, or is about to be, in git."""
    return dict(read_texts(root))


def read_texts(root: Path) -> Iterator[tuple[str, str]]:
    for name in git(root, "--cached", "--others", "--exclude-standard"):
        path = root / name
        if path.is_file() and name not in NOT_OURS:
            raw = path.read_bytes()
            if b"\0" not in raw:
                yield name, raw.decode("utf-8", "replace")


def lines_with(texts: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:80]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def functions(texts: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Each function of the library and the flows, with the lines of its body, docstring aside."""
    for name, text in texts.items():
        if name.endswith(".py") and name.startswith(("stuifmail/", "flows/")):
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{name}:{node.lineno}: {node.name}", body_lines(node)


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_python_file_is_longer_than_it_can_be_kept_in_mind(texts):
    sizes = {name: len(text.splitlines()) for name, text in texts.items() if name.endswith(".py")}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen(texts):
    """Migrations are history: generated once, and never read as code or changed again."""
    sizes = {place: size for place, size in functions(texts) if "/migrations/versions/" not in place}
    assert len(sizes) > 20
    assert {place: size for place, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_no_file_names_a_package_registry(texts):
    assert lines_with(texts, re.compile("|".join(map(re.escape, HOSTS)))) == []


def test_no_file_knows_a_path_of_somebodys_machine(texts):
    assert lines_with(texts, MACHINE_PATH) == []


def test_nothing_is_left_to_do_in_a_comment(texts):
    code = {name: text for name, text in texts.items() if not name.startswith(("samples/", "tests/data/"))}
    assert lines_with(code, LEFT_TO_DO) == []


def test_git_holds_nothing_of_outputs_but_its_readme(root):
    assert git(root, "outputs") == ["outputs/README.md"]


def test_every_script_can_be_run_as_it_lies(root):
    scripts = [*(root / "scripts").glob("*.sh"), root / ".ci" / "run"]
    assert scripts
    assert [path.name for path in scripts if not path.stat().st_mode & 0o100] == []
