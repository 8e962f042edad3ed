"""How fast a large participants workbook is read, beside pandas with openpyxl: `python -m benchmarks.sheets`.

The workbook is written here: ten columns of text and times, as a registration tool exports them.
Both read the same bytes into a frame; ours also looks for macros, formulas and merged cells, finds
the header and turns each cell into text, and then counts all figures. Each run is a process of its
own, as a harvest is; seconds are without imports, memory is the most it had (Linux).
"""

import datetime as dt
import io
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from openpyxl import Workbook

from benchmarks.report import Measurement, Timing, print_measurements, read_arguments
from stuifmail.config.models import Source
from stuifmail.figures import count_participants
from stuifmail.sheets import read_sheet

COLUMNS = (
    "registration_id", "email", "organisation", "country", "org_type",
    "role", "status", "mode", "member_id", "checked_in_at",
)  # fmt: skip
_PEER = "pandas, openpyxl"


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = read_arguments(__doc__ or "", argv)
    count, rounds = (10_000, 2) if options.quick else (100_000, 3)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "participants.xlsx"
        path.write_bytes(write_workbook(count))
        taken: dict[str, list[tuple[float, float]]] = {"read_ours": [], "count_ours": [], "read_peer": []}
        for _ in range(rounds):
            for name, runs in taken.items():
                runs.append(measure(path, name))
    seconds = {name: Timing(runs_s=tuple(run[0] for run in runs)) for name, runs in taken.items()}
    memory = {name: max(run[1] for run in runs) for name, runs in taken.items()}
    peer_s, peer_mb = seconds["read_peer"].median_s, memory["read_peer"]
    measurements = [
        measurement
        for name, told in (("read_ours", "read"), ("count_ours", "read and counted"))
        for measurement in (
            Measurement(
                name=f"sheets.{told}",
                value=count / seconds[name].median_s,
                unit="rows/s",
                peer=f"{_PEER}: reading only",
                peer_value=count / peer_s,
                spread=seconds[name].spread,
            ),
            Measurement(
                name=f"sheets.{told}, memory (less is better)",
                value=memory[name],
                unit="MB",
                peer=f"{_PEER}: reading only",
                peer_value=peer_mb,
            ),
        )
    ]
    print_measurements(f"Sheets: a workbook of {count:,} rows", measurements, as_json=options.json)


def write_workbook(count: int) -> bytes:
    """Answer an XLSX workbook with so many participants."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Deelnemers")
    sheet.append(COLUMNS)
    came = dt.datetime(2026, 2, 12, 9, 30)  # noqa: DTZ001 - a workbook knows no zones
    for number in range(count):
        who = (f"R{number}", f"rol{number}@lid{number % 900}.example.org", f"Organisatie {number % 900}")
        sheet.append([*who, "NL", "ngo", "member", "attended", "onsite", "", came])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_ours(content: bytes) -> pd.DataFrame:
    """Read it as a harvest does."""
    return read_sheet(content, file="participants.xlsx", required=COLUMNS)


def count_ours(content: bytes) -> int:
    """Count all figures and breakdowns, as a harvest does."""
    source = Source(id="sheet", kind="sheet", holds="participants", file="participants.xlsx", about="event")
    result = count_participants(
        content, source=source, file="participants.xlsx", computed_at=dt.datetime.now(dt.UTC), members=()
    )
    return len(result.figures)


def read_peer(content: bytes) -> pd.DataFrame:
    """Read it as most scripts do."""
    return pd.read_excel(io.BytesIO(content), engine="openpyxl", dtype=str)


def measure(path: Path, name: str) -> tuple[float, float]:
    """Answer the seconds of doing this in a process of its own, and the most memory in MB."""
    script = (
        f"from benchmarks.sheets import {name}; import time; content = open({str(path)!r}, 'rb').read(); "
        f"start = time.perf_counter(); {name}(content); print(time.perf_counter() - start); "
        # Not getrusage: its number is inherited from the process that started this one.
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1000


if __name__ == "__main__":
    main()
