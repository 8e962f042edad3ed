"""How fast a large participants workbook is read, beside pandas with openpyxl: `python -m benchmarks.sheets`.

The workbook is written here: ten columns of text and times, as a registration tool exports them.
Both read the same bytes into a frame; ours also looks for macros, formulas and merged cells, finds
the header and turns each cell into text. Memory is that of a process of its own that reads it once (Linux).
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

from benchmarks.report import Measurement, measure_alternately, print_measurements, read_arguments
from stuifmail.sheets import read_sheet

COLUMNS = (
    "registration_id", "email", "organisation", "country", "org_type",
    "role", "status", "mode", "member_id", "checked_in_at",
)  # fmt: skip
_OURS = "from benchmarks.sheets import read_ours; read_ours(content)"
_PEER = "from benchmarks.sheets import read_peer; read_peer(content)"


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = read_arguments(__doc__ or "", argv)
    count, rounds = (10_000, 2) if options.quick else (100_000, 2)
    content = write_workbook(count)
    ours, peer = measure_alternately(rounds, lambda: read_ours(content), lambda: read_peer(content))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "participants.xlsx"
        path.write_bytes(content)
        memory = [measure_memory(path, code) for code in (_OURS, _PEER)]
    measurements = [
        Measurement(
            name="sheets.workbook",
            value=count / ours.median_s,
            unit="rows/s",
            peer="pandas, openpyxl",
            peer_value=count / peer.median_s,
            spread=ours.spread,
        ),
        Measurement(
            name="sheets.memory (less is better)",
            value=memory[0],
            unit="MB",
            peer="pandas, openpyxl",
            peer_value=memory[1],
        ),
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


def read_peer(content: bytes) -> pd.DataFrame:
    """Read it as most scripts do."""
    return pd.read_excel(io.BytesIO(content), engine="openpyxl", dtype=str)


def measure_memory(path: Path, code: str) -> float:
    """Answer the most memory, in MB, of a process that runs this on the workbook's bytes."""
    script = (
        f"content = open({str(path)!r}, 'rb').read(); {code}; "
        # Not getrusage: its number is inherited from the process that started this one.
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return float(done.stdout) / 1000


if __name__ == "__main__":
    main()
