"""Event mailings, for tests that render them."""
# ruff: noqa: E501 - running copy is easier to read unbroken

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.figures import Breakdown, BreakdownRow, Figure
from stuifmail.model.publications import (
    ActionBlock,
    ChangeLine,
    ChangesBlock,
    ChartBlock,
    DetailsBlock,
    FiguresBlock,
    ProgrammeBlock,
    Publication,
    QuoteBlock,
    Section,
    TextBlock,
)
from stuifmail.model.records import EventFacts, ProgrammeRow, Registration, Venue
from tests.builders_publication import AMSTERDAM, build_config, figure

_WHY_PRESS = {
    "nl": "U krijgt dit persbericht omdat uw redactie op onze perslijst staat.",
    "en": "You receive this press release because your desk is on our press list.",
}


def build_press_config() -> NewsroomConfig:
    """Answer a newsroom that sends mailings and press releases."""
    config = build_config()
    audience = config.audiences[0].model_copy(update={"id": "pers", "why": _WHY_PRESS})
    return config.model_copy(update={"audiences": (*config.audiences, audience)})


WORKSHOP = EventFacts(
    event_id="workshop-2026",
    uid="workshop-communicatie-2026@coalitie.example.org",
    title={"nl": "Verhalen die blijven hangen", "en": "Stories that stick"},
    kind="workshop",
    starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC),
    ends_at=datetime(2026, 6, 8, 15, tzinfo=UTC),
    time_zone="Europe/Amsterdam",
    venue=Venue(
        name="Huis van de Coalitie",
        street="Voorbeeldlaan",
        number="18b",
        postcode="3500 AA",
        city="Utrecht",
        country="NL",
        route={
            "nl": "Tien minuten lopen vanaf station Utrecht Centraal, uitgang Jaarbeurszijde.",
            "en": "A ten-minute walk from Utrecht Central station, Jaarbeurs exit.",
        },
    ),
    registration=Registration(
        url="https://coalitie.example.org/agenda/workshop",
        closes_on=date(2026, 6, 1),
        capacity=40,
        price={"nl": "gratis voor leden", "en": "free for members"},
        contact="agenda@coalitie.example.org",
        registered_count=17,
    ),
    language="nl",
    link="https://coalitie.example.org/agenda/workshop",
)

SIGNING = EventFacts(
    event_id="nairobi-2025",
    uid="sign-up-2025@coalitie.example.org",
    title={"nl": "Sign-up Event", "en": "Sign-up Event"},
    kind="signing",
    starts_at=datetime(2025, 11, 18, 12, tzinfo=UTC),
    ends_at=datetime(2025, 11, 18, 15, tzinfo=UTC),
    time_zone="Africa/Nairobi",
    venue=Venue(name="World Nature Meeting", city="Nairobi", country="KE"),
)


def text_block(block_id: str, nl: str, en: str, **changes: Any) -> TextBlock:
    """Answer running text in both languages."""
    return TextBlock(id=block_id, text={"nl": nl, "en": en}, **changes)


def _row(hour: int, minute: int, nl: str, en: str, **changes: Any) -> ProgrammeRow:
    starts_at = datetime(2026, 6, 8, hour - 2, minute, tzinfo=UTC)
    return ProgrammeRow(starts_at=starts_at, title={"nl": nl, "en": en}, **changes)


PROGRAMME = ProgrammeBlock(
    id="programma",
    title={"nl": "Programma", "en": "Programme"},
    time_zone="Europe/Amsterdam",
    rows=(
        _row(14, 0, "Welkom", "Welcome", organisation="Coalitie voor Bestuivers & Partners"),
        _row(
            14,
            15,
            "Wat onthouden mensen van een verhaal?",
            "What do people remember of a story?",
            kind="presentation",
            ends_at=datetime(2026, 6, 8, 13, 0, tzinfo=UTC),
            speaker={"nl": "schrijfdocent", "en": "writing coach"},
            organisation="Bureau De Rode Draad",
        ),
        _row(15, 0, "Pauze", "Break", kind="break"),
        _row(
            15,
            20,
            "Aan de slag met eigen voorbeelden",
            "Working on your own examples",
            kind="workshop",
            ends_at=datetime(2026, 6, 8, 14, 45, tzinfo=UTC),
        ),
    ),
)

DETAILS = DetailsBlock(
    id="gegevens",
    facts=WORKSHOP,
    show=("when", "where", "route", "who", "led_by", "language", "price", "deadline", "places", "contact"),
    who={
        "nl": "leden, in het bijzonder campagnevoerders, aanjagers, belangenbehartigers en communicatiemedewerkers",
        "en": "members, in particular campaigners, mobilisers, lobbyists and communication staff",
    },
    led_by={
        "nl": "een schrijfdocent van buiten de coalitie",
        "en": "a writing coach from outside the coalition",
    },
)


def build_mailing(**changes: Any) -> Publication:
    """Answer the invitation to the workshop in Dutch and English; `changes` replace its parts."""
    publication = Publication(
        id="workshop-2026-uitnodiging",
        kind="mailing",
        series_id="mailings",
        number=0,
        period_starts_at=datetime(2026, 4, 20, 7, tzinfo=UTC),
        period_ends_at=datetime(2026, 5, 4, 7, tzinfo=UTC),
        send_at=datetime(2026, 5, 6, 9, 30, tzinfo=AMSTERDAM),
        audience_id="partners",
        languages=("nl", "en"),
        subject={
            "nl": "Uitnodiging: Verhalen die blijven hangen, 8 juni in Utrecht",
            "en": "Invitation: Stories that stick, 8 June in Utrecht",
        },
        preheader={
            "nl": "Een middag oefenen met een schrijfdocent; aanmelden kan tot en met 1 juni",
            "en": "An afternoon of practice with a writing coach; register by 1 June",
        },
        event_id="workshop-2026",
        mailing="invitation",
        sections=(
            Section(
                id="uitnodiging",
                kind="text",
                blocks=(
                    text_block(
                        "vraag",
                        "Waarom onthouden mensen het ene verhaal over bijen jaren, en het andere nog geen dag? Die middag "
                        "zoeken we het uit, met voorbeelden die werkten en voorbeelden die mislukten.",
                        "Why do people remember one story about bees for years, and another not even for a day? We find "
                        "out together, with examples that worked and examples that did not.",
                        role="lead",
                    ),
                    DETAILS,
                    ActionBlock(
                        id="knop",
                        link="https://coalitie.example.org/agenda/workshop",
                        label={"nl": "Meld u aan", "en": "Register"},
                        note={
                            "nl": "Aanmelden kan tot en met maandag 1 juni.",
                            "en": "Register by Monday 1 June.",
                        },
                    ),
                    PROGRAMME,
                ),
            ),
        ),
        closing={
            "nl": "Bouwt voort op de ledenvergadering van april. Lees wat daar besproken is: https://coalitie.example.org/alv",
            "en": "This builds on the members’ meeting in April. Read what was said there: https://coalitie.example.org/alv",
        },
    )
    return dataclasses.replace(publication, **changes)


def build_figures() -> tuple[Figure, ...]:
    """Answer the congress's figures, with earlier editions and a small one."""
    return (
        dataclasses.replace(
            figure("congres-2026.participants", 84, "deelnemers", "participants", 71),
            earlier=(("2024", 58), ("2025", 71)),
        ),
        figure("congres-2026.municipalities", 31, "gemeenten", "municipalities", 26),
        figure("congres-2026.presentations", 9, "praktijkverhalen", "stories from practice", 7),
    )


def build_breakdown() -> Breakdown:
    """Answer the congress's participants by type of organisation."""
    rows = (
        ("municipality", "gemeenten", "municipalities", 41),
        ("ngo", "maatschappelijke organisaties", "civil society organisations", 18),
        ("knowledge", "kennisinstellingen", "knowledge institutes", 11),
        ("company", "bedrijven", "companies", 8),
        ("other", "overig", "other", 6),
    )
    return Breakdown(
        id="congres-2026.by_type",
        title={"nl": "Deelnemers per soort organisatie", "en": "Participants by type of organisation"},
        unit={"nl": "deelnemers", "en": "participants"},
        rows=tuple(
            BreakdownRow(key=key, label={"nl": nl, "en": en}, value=value) for key, nl, en, value in rows
        ),
        merged_count=2,
        definition="by_type/1",
        source_id="deelnemers-2026",
        source_sha256="0" * 64,
        computed_at=datetime(2026, 5, 4, 7, tzinfo=UTC),
    )


def build_results(**changes: Any) -> Publication:
    """Answer the mailing with the congress's results, with figures and both kinds of charts."""
    values: dict[str, Any] = {
        "id": "congres-2026-resultaten",
        "mailing": "results",
        "event_id": "congres-2026",
        "responses": ("attended",),
        "subject": {
            "nl": "Resultaten: [[congres-2026.participants]] deelnemers op het congres",
            "en": "Results: [[congres-2026.participants]] participants at the congress",
        },
        "preheader": {
            "nl": "Wat groenbeheerders van elkaar leerden, in cijfers en met het hele verslag",
            "en": "What greenkeepers learned from each other, in figures and with the report",
        },
        "figures": build_figures(),
        "breakdowns": (build_breakdown(),),
        "closing": {},
        "sections": (
            Section(
                id="resultaten",
                kind="text",
                blocks=(
                    text_block(
                        "dank",
                        "Dank dat u er was. Met [[congres-2026.participants|about]] deelnemers was de derde editie de grootste tot nu toe.",
                        "Thank you for being there. With [[congres-2026.participants|about]] participants, the third edition was the largest so far.",
                        role="lead",
                    ),
                    FiguresBlock(
                        id="cijfers",
                        title={"nl": "Groen in de gemeente 2026", "en": "Green in the municipality 2026"},
                        figures=(
                            "congres-2026.participants",
                            "congres-2026.municipalities",
                            "congres-2026.presentations",
                        ),
                        text={"nl": "Op 12 februari in Utrecht.", "en": "On 12 February in Utrecht."},
                        link="https://coalitie.example.org/congres-2026/verslag",
                    ),
                    ChartBlock(
                        id="soort",
                        title={"nl": "Wie er waren", "en": "Who was there"},
                        breakdown="congres-2026.by_type",
                    ),
                    ChartBlock(
                        id="groei",
                        title={"nl": "Deelnemers per editie", "en": "Participants by edition"},
                        figure="congres-2026.participants",
                    ),
                    QuoteBlock(
                        id="citaat",
                        text={
                            "nl": "Ik neem het bestek van een buurgemeente mee naar huis. Dat scheelt ons een half jaar.",
                            "en": "I am taking a neighbour’s specifications home with me. That saves us half a year.",
                        },
                        speaker={"nl": "beleidsmedewerker groen", "en": "policy officer"},
                        member_id="wilgenrade",
                    ),
                ),
            ),
        ),
    }
    return build_mailing(**(values | changes))


def build_change(**changes: Any) -> Publication:
    """Answer the message that the workshop has moved to another day and place."""
    moved = dataclasses.replace(
        WORKSHOP,
        starts_at=datetime(2026, 6, 15, 12, tzinfo=UTC),
        ends_at=datetime(2026, 6, 15, 15, tzinfo=UTC),
        sequence=1,
    )
    values: dict[str, Any] = {
        "id": "workshop-2026-wijziging-1",
        "mailing": "change",
        "responses": ("registered",),
        "subject": {"nl": "Wijziging: de workshop is op 15 juni", "en": "Change: the workshop is on 15 June"},
        "preheader": {
            "nl": "De workshop verschuift een week; uw aanmelding blijft gewoon staan",
            "en": "The workshop moves by a week; your registration still stands",
        },
        "closing": {},
        "sections": (
            Section(
                id="wijziging",
                kind="text",
                blocks=(
                    ChangesBlock(
                        id="wat",
                        title={"nl": "Wat er verandert", "en": "What changes"},
                        lines=(
                            ChangeLine(
                                fact="when",
                                label={"nl": "Wanneer", "en": "When"},
                                before={
                                    "nl": "maandag 8 juni 2026, 14.00–17.00 uur",
                                    "en": "Monday 8 June 2026, 14:00–17:00",
                                },
                                after={
                                    "nl": "maandag 15 juni 2026, 14.00–17.00 uur",
                                    "en": "Monday 15 June 2026, 14:00–17:00",
                                },
                            ),
                        ),
                    ),
                    DetailsBlock(id="nu", facts=moved, show=("when", "where", "contact")),
                ),
            ),
        ),
    }
    return build_mailing(**(values | changes))
