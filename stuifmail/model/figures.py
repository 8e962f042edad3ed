"""Numbers that carry what they count and where they come from."""

from dataclasses import dataclass
from datetime import datetime

from stuifmail.model.texts import LocalText

#: Last parts of the ids of events' figures; how each is counted is the figures' own business.
EVENT_METRIC_NAMES = (
    "participants", "organisations", "municipalities", "member_organisations", "active_members", "countries",
    "member_countries", "participants_onsite", "participants_online", "registered", "show_rate",
    "presentations", "new_members", "announced",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """An editor's own number in the place of the counted one.

    Args:
        counted: what was counted, as it stood when the editor changed it.
        actor: the editor's role.
    """

    counted: int
    actor: str
    reason: str
    made_at: datetime


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
        earlier: earlier editions on the same definition, oldest first: label and value; the
            previous one is the last of them.
        internal: for the secretariat only: it may stand in nothing that is sent.
        first_edition: there was no edition before this one to compare with.
        override: why `value` is not what was counted; None where it is.
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
    earlier: tuple[tuple[str, int], ...] = ()
    internal: bool = False
    first_edition: bool = False
    override: Override | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakdownRow:
    """One row of a breakdown.

    Args:
        key: "NL", "municipality"; "other" for what was merged.
    """

    key: str
    label: LocalText
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One number by parts: participants by country, by type of organisation, by role.

    Args:
        id: "congres-2026.by_country".
        title: by language ("Deelnemers per land").
        unit: what the values count, by language.
        rows: largest first, "other" last; no value below the limit for small cells.
        merged_count: how many small cells were merged into "other".
        definition, source_id, source_sha256, computed_at: as those of Figure.
    """

    id: str
    title: LocalText
    unit: LocalText
    rows: tuple[BreakdownRow, ...]
    merged_count: int = 0
    definition: str
    source_id: str
    source_sha256: str
    computed_at: datetime
