"""Calendar entries become events with a member."""

from stuifmail.harvest.calendars.event_making import make_events
from stuifmail.model.documents import ParsedDocument
from stuifmail.model.events import CalendarEntry
from stuifmail.model.items import Provenance
from tests.builders_harvest import NOW, make_config

MEMBER = {
    "id": "berm",
    "name": "De Bonte Berm",
    "aliases": ["Bonte Berm, Stg. De"],
    "kind": "ngo",
    "tier": "partner",
    "joined": "2020-01-01",
}
CONFIG = make_config([{"id": "sheet", "kind": "sheet", "file": "b.csv"}], members=[MEMBER])
SHEET = CONFIG.sources[0]
PROVENANCE = Provenance(source_id="sheet", url="x", fetched_at=NOW, sha256="0" * 64)


def test_events_of_a_sheet_find_their_member_too() -> None:
    document = ParsedDocument(kind="sheet", events=(CalendarEntry(summary="Dag", member="De Bonte Berm"),))
    ((event,), _) = make_events(document, SHEET, CONFIG, PROVENANCE)
    assert event.member_id == "berm"
