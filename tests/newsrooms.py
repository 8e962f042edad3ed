"""Copies of the sample newsroom, for tests that change or run it."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def copy_sample(folder: Path) -> Path:
    """Copy the sample newsroom's settings, inputs and templates into a new folder; answer it."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "sources.yaml", folder)
    for name in ("samples", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    return folder
