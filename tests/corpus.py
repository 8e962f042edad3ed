"""The corpus of real feeds and calendars: its manifests, and how our reading compares."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML

Row: TypeAlias = Mapping[str, str]

_DIFFERENCES = Path(__file__).parent / "data" / "corpus_differences.yaml"
_FEED_FIELDS = {
    "title": "first_title",
    "link": "first_link_absolute",
    "published_at": "first_published",
    "updated_at": "first_updated",
}
_EVENT_FIELDS = {"summary": "first_summary", "starts_at": "first_start"}


def read_manifest(folder: Path) -> list[Row]:
    """Answer the rows of a folder's manifest."""
    with (folder / "MANIFEST.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def known_differences(part: str) -> dict[str, dict[str, str]]:
    """Answer the documented differences: by file, by field, the reason."""
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(_DIFFERENCES.read_text(encoding="utf-8"))[part]
    return found


def compare_feed(row: Row, described: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield field, our value and the manifest's for whatever differs in a feed."""
    return _compare(row, "entries", described["entries"], _FEED_FIELDS)


def compare_calendar(row: Row, described: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield field, our value and the manifest's for whatever differs in a calendar."""
    return _compare(row, "events", described["events"], _EVENT_FIELDS)


def _compare(
    row: Row, what: str, found: list[Mapping[str, Any]], fields: Mapping[str, str]
) -> Iterator[tuple[str, str, str]]:
    if len(found) != int(row[what]):
        yield what, str(len(found)), row[what]
    first = found[0] if found else {}
    for ours, theirs in fields.items():
        value = " ".join((first.get(ours) or "").split())
        if value != " ".join(row[theirs].split()):
            yield ours, value, row[theirs]
