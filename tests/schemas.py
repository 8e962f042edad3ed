"""Schemas of others that our output is held against; the project keeps no copy of them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

_ROOT = Path(__file__).resolve().parent.parent


def read_schema(name: str) -> Draft202012Validator:
    """Answer a validator of a schema; a test that needs it skips where the schema is not at hand."""
    folder = Path(os.environ.get("STUIFMAIL_SCHEMAS", _ROOT.parent / "shared" / "schemas"))
    if not (folder / name).is_file():
        pytest.skip(f"the schema {name} is not here; set STUIFMAIL_SCHEMAS to its folder")
    schema = json.loads((folder / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def list_troubles(validator: Draft202012Validator, data: Any) -> list[str]:
    """Answer what is wrong with a document, each with its place."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(data)]
