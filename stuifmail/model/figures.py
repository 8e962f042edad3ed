"""Numbers that carry what they count and where they come from."""

from dataclasses import dataclass
from datetime import datetime

from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of the newsroom.

    Args:
        id: "congres-2026.participants": what was counted, then the metric.
        value: the number itself.
        unit: what it counts, by language, lower case ("deelnemers", "participants").
        definition: id and version of the counting rule ("participants/1"): two figures may
            only be compared on the same definition.
        source_id: the sheet or ledger it was computed from.
        source_sha256: hash of that sheet's bytes.
        computed_at: UTC.
        previous: the same metric of the previous edition on the same definition.
        previous_label: what the previous edition is called ("2025").
    """

    id: str
    value: int
    unit: LocalText
    definition: str
    source_id: str
    source_sha256: str
    computed_at: datetime
    previous: int | None = None
    previous_label: str = ""
