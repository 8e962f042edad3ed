"""A press release in two languages, and where it stands, for tests of machine forms."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

from stuifmail.config.models import Press
from stuifmail.model.blocks import (
    ChartBlock,
    DetailsBlock,
    FiguresBlock,
    ProgrammeBlock,
    QuoteBlock,
    TextBlock,
)
from stuifmail.model.figures import Breakdown, BreakdownRow
from stuifmail.model.publications import Embargo, Publication, ReleaseHead, Section
from stuifmail.model.records import ProgrammeRow
from stuifmail.model.texts import pick_text
from stuifmail.render.machine import PieceContext, Term
from tests.builders_calendar import at, make_facts
from tests.builders_publication import build_config, figure

PUBLIC_URL = "https://nieuws.coalitie.example.org"
SENT = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)


def build_press() -> Press:
    """Answer the settings of a press office."""
    return Press.model_validate(
        {
            "list": {"file": "press.csv"},
            "contact": "pers@coalitie.example.org",
            "phone": "+31 30 555 01 42",
            "boilerplate": {"version": "2026-1", "text": {"nl": "Over ons.", "en": "About us."}},
            "place": {"nl": "Utrecht", "en": "Utrecht"},
            "audiences": {"nl": "pers"},
            "urgency": 4,
        }
    )


def build_release(**changes: Any) -> Publication:
    """Answer the release on the congress in Dutch; `changes` replace its parts."""
    release = Publication(
        id="congres-2026-pers-2-nl",
        kind="release",
        series_id="press",
        number=0,
        period_starts_at=SENT,
        period_ends_at=SENT,
        send_at=at("2026-02-13 09:30"),
        audience_id="pers",
        languages=("nl",),
        subject={"nl": "[[congres-2026.participants]] deelnemers bij congres over groen"},
        preheader={"nl": "Meer gemeenten dan vorig jaar"},
        sections=(_TEXT, _NOTES),
        figures=(figure("congres-2026.participants", 84, "deelnemers", "participants", 71),),
        breakdowns=(_BREAKDOWN,),
        facts_id="congres-2026-pers-2",
        event_id="congres-2026",
        head=ReleaseHead(
            form="nl",
            stage="results",
            subhead={"nl": "Derde editie trok meer gemeenten"},
            place={"nl": "Utrecht"},
            dated_on=date(2026, 2, 13),
        ),
    )
    return dataclasses.replace(release, **changes)


_BREAKDOWN = Breakdown(
    id="congres-2026.by_type",
    title={"nl": "Deelnemers naar soort"},
    unit={"nl": "deelnemers"},
    rows=(
        BreakdownRow(key="municipality", label={"nl": "gemeenten"}, value=60),
        BreakdownRow(key="other", label={"nl": "overige"}, value=24),
    ),
    definition="by_type/1",
    source_id="deelnemers-2026",
    source_sha256="0" * 64,
    computed_at=SENT,
)

_TEXT = Section(
    id="text",
    kind="text",
    blocks=(
        TextBlock(
            id="lead",
            role="lead",
            text={"nl": "In Utrecht kwamen [[congres-2026.participants]] mensen bijeen, donderdag."},
        ),
        TextBlock(
            id="body",
            title={"nl": "Bermen & bijen"},
            text={"nl": "Wie 1 < 2 schrijft, bedoelt het.\n\nDe tweede alinea."},
        ),
        QuoteBlock(
            id="quote",
            text={"nl": "Wij maaien later."},
            speaker={"nl": "voorzitter"},
            organisation="gemeente 's-Heerenwoude",
            member_id="heerenwoude",
        ),
        FiguresBlock(id="figures", title={"nl": "In cijfers"}, figures=("congres-2026.participants",)),
        ChartBlock(id="chart", title={"nl": "Wie er waren"}, breakdown="congres-2026.by_type"),
        ProgrammeBlock(
            id="programme",
            time_zone="Europe/Amsterdam",
            rows=(
                ProgrammeRow(
                    starts_at=at("2026-02-12 09:30"),
                    title={"nl": "Opening"},
                    speaker={"nl": "dagvoorzitter"},
                    member_id="zoem",
                ),
            ),
        ),
    ),
)

_NOTES = Section(
    id="notes",
    kind="notes",
    blocks=(
        TextBlock(id="note", role="note", text={"nl": "Niet voor publicatie: de zaal is dicht."}),
        TextBlock(id="contact", role="contact", text={"nl": "Bel de persvoorlichting."}),
        TextBlock(id="about", role="about", text={"nl": "De coalitie verbindt wie bestuivers helpt."}),
    ),
)


def build_embargo() -> Embargo:
    """Answer an embargo until the morning after the congress."""
    return Embargo(
        until=at("2026-02-13 09:00"), time_zone="Europe/Amsterdam", reason={"nl": "de uitslag valt dan"}
    )


def build_details() -> DetailsBlock:
    """Answer a workshop's facts as a block."""
    return DetailsBlock(id="details", facts=make_facts(), who={"nl": "woordvoerders van leden"})


def build_context(**changes: Any) -> PieceContext:
    """Answer where the release stands; `changes` replace parts of it."""
    config = build_config()
    values: dict[str, Any] = {
        "public_url": PUBLIC_URL,
        "organisation": config.organisation,
        "press": build_press(),
        "members": {
            member.id: Term(id=member.id, name=member.name, url=f"https://{member.id}.example.org/")
            for member in config.members
        },
        "created_at": SENT,
        "changed_at": SENT,
    }
    return PieceContext(**(values | changes))


def say(text: Any) -> str:
    """Say a text in Dutch with the congress's one figure."""
    return pick_text(text, "nl").replace("[[congres-2026.participants]]", "84")
