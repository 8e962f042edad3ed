"""The other parser of calendars: ical.js, run by Node."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parent / "node"


def read_with_ical_js(texts: Sequence[str], zone: str = "UTC") -> list[dict[str, Any]]:
    """Answer what ical.js makes of calendars; a test skips where Node or ical.js is missing.

    Args:
        texts: iCalendar texts.
        zone: where the machine that reads them stands, which must not matter.
    """
    node = shutil.which("node")
    if node is None or not (_FOLDER / "node_modules" / "ical.js").is_dir():
        pytest.skip("Node with ical.js is not here; scripts/system-packages.sh gets it where it may")
    result = subprocess.run(  # our own script, its input is data
        [node, str(_FOLDER / "read_calendars.js")],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"TZ": zone, "PATH": ""},
    )
    assert result.returncode == 0, result.stderr
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found
