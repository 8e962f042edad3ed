import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "alembic babel boto3 css_inline feedparser fastapi httpx icalendar jinja2 lxml mjml nh3 numpy "
    "openpyxl pandas sqlalchemy uvicorn"
).split()


def loaded_after(*arguments: str) -> set[str]:
    """The libraries that a command has loaded when it ends."""
    code = (
        "import sys\nfrom stuifmail.cli import main\n"
        f"try:\n    main({list(arguments)!r})\n"
        "finally:\n    print('loaded', *{name.split('.')[0] for name in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("arguments", [("--help",), ("harvest", "--help"), ("desk", "--help")])
def test_help_loads_no_library_but_click(arguments: tuple[str, ...]) -> None:
    loaded = loaded_after(*arguments)
    assert "click" in loaded
    assert loaded & {*HEAVY, "pydantic", "rich", "ruamel"} == set()


def test_check_loads_only_what_reads_sources_yaml_and_templates(root: Path) -> None:
    loaded = loaded_after("check", "--newsroom", str(root))
    assert {"ruamel", "jinja2"} <= loaded
    assert loaded & (set(HEAVY) - {"babel", "jinja2", "lxml", "nh3"}) == set()
