"""Real documents of all kinds that a harvest reads, to be mutated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from benchmarks.parts.written_seeds import write_documents
from stuifmail.config.models import PageSelectors, Source
from stuifmail.harvest.reading import Task
from stuifmail.model.items import Provenance

#: When all of them are read.
NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
MOST_BYTES = 8_000
_FOLDERS = (("feed", "feeds/*"), ("calendar", "calendars/*.ics"), ("page", "pages/*.html"))


@dataclass(frozen=True, slots=True)
class Seed:
    """A document that is mutated.

    Args:
        name: of the file.
        content: its bytes, long ones cut.
        kind: as in sources.yaml.
        holds: of a sheet.
    """

    name: str
    content: bytes
    kind: str
    holds: str = "news"


def find_seeds(folders: Sequence[Path]) -> Iterator[Seed]:
    """Answer the documents in these folders, and those that are written here, by name.

    Args:
        folders: each laid out as samples/; what is missing in it gives nothing.
    """
    for folder in folders:
        for kind, pattern in _FOLDERS:
            for path in sorted(folder.glob(pattern)):
                if path.suffix != ".csv":
                    yield Seed(path.name, cut(path.read_bytes()), kind)
        for path in sorted((folder / "sheets").glob("*.*")):
            if path.name.startswith("programma-"):  # read with their event, never harvested
                continue
            content = path.read_bytes() if path.suffix == ".xlsx" else cut(path.read_bytes())
            yield Seed(path.name, content, "sheet", "submissions")
    for name, (kind, holds, content) in sorted(write_documents().items()):
        yield Seed(name, content, kind, holds)


def cut(content: bytes) -> bytes:
    """Answer the beginning and the end of a long document: its middle is more of the same."""
    half = MOST_BYTES // 2
    return content if len(content) <= MOST_BYTES else content[:half] + content[-half:]


def make_source(one: Seed) -> Source:
    """Answer the source that this document comes from."""
    page = PageSelectors(entry="article") if one.kind == "page" else None
    data = {"id": f"fuzz-{sha256(one.name.encode()).hexdigest()[:12]}", "kind": one.kind, "holds": one.holds}
    return Source.model_validate({**data, "url": "https://lid.example.org/x", "page": page})


def make_task(one: Seed, content: bytes) -> Task:
    """Answer what a worker would be given, when the seed's source answers with this content."""
    source = make_source(one)
    provenance = Provenance(
        source_id=source.id,
        url=f"https://lid.example.org/{one.name}",
        fetched_at=NOW,
        sha256=sha256(content).hexdigest(),
    )
    return Task(source=source, content=content, content_type="", provenance=provenance)
