"""Press releases, corrections and embargoes, for tests that render them."""
# ruff: noqa: E501 - running copy is easier to read unbroken

from datetime import UTC, date, datetime
from typing import Any

from stuifmail.model.publications import (
    ChartBlock,
    Embargo,
    FiguresBlock,
    Publication,
    QuoteBlock,
    ReleaseHead,
    Section,
)
from tests.builders_messages import build_breakdown, build_figures, build_mailing, text_block
from tests.builders_publication import AMSTERDAM


def build_release(form: str = "nl", **changes: Any) -> Publication:
    """Answer the release on the congress's results.

    Args:
        form: "nl" for the Dutch one, "international" for the English one.
        changes: replace its parts.
    """
    language = "nl" if form == "nl" else "en"
    values: dict[str, Any] = {
        "id": f"congres-2026-pers-2-{language}",
        "kind": "release",
        "series_id": "press",
        "audience_id": "pers",
        "languages": (language,),
        "mailing": "",
        "event_id": "congres-2026",
        "facts_id": "congres-2026-pers-2",
        "subject": {
            "nl": "Coalitie voor Bestuivers ziet groei: [[congres-2026.municipalities]] gemeenten delen kennis over groen",
            "en": "Coalition for Pollinators grows: [[congres-2026.municipalities]] municipalities share what they know",
        },
        "preheader": {
            "nl": "[[congres-2026.participants]] deelnemers op het congres in Utrecht, tegen 71 een jaar eerder",
            "en": "[[congres-2026.participants]] participants at the congress in Utrecht, against 71 a year before",
        },
        "figures": build_figures(),
        "breakdowns": (build_breakdown(),),
        "closing": {},
        "head": ReleaseHead(
            form="nl" if form == "nl" else "international",
            stage="results",
            subhead={
                "nl": "Gefaseerd maaien en duidelijke bestekken blijken het vaakst te werken",
                "en": "Mowing in phases and clear specifications turn out to work most often",
            },
            place={"nl": "Utrecht", "en": "Utrecht"},
            dated_on=date(2026, 2, 13),
        ),
        "send_at": datetime(2026, 2, 13, 9, 30, tzinfo=AMSTERDAM),
        "sections": (
            Section(
                id="bericht",
                kind="text",
                blocks=(
                    text_block(
                        "lead",
                        "Groenbeheerders uit [[congres-2026.municipalities]] gemeenten hebben donderdag in Utrecht ervaringen uitgewisseld over bermen, bestekken en bewoners. Met [[congres-2026.participants|about]] deelnemers was het congres groter dan ooit.",
                        "Greenkeepers from [[congres-2026.municipalities]] municipalities met in Utrecht on Thursday to share what they know about verges, tendering and residents. With [[congres-2026.participants|about]] participants, the congress was larger than ever.",
                        role="lead",
                    ),
                    text_block(
                        "lichaam",
                        "De deelnemers bespraken [[congres-2026.presentations]] praktijkverhalen. Gemeenten die in fasen maaien, zien hun kosten dalen en het aantal soorten stijgen.",
                        "Participants discussed [[congres-2026.presentations]] stories from practice. Municipalities that mow in phases see costs fall and the number of species rise.",
                        title={"nl": "Minder maaien, meer soorten", "en": "Less mowing, more species"},
                    ),
                    QuoteBlock(
                        id="citaat",
                        text={
                            "nl": "“Een goed bestek is belangrijker dan een grote begroting.”",
                            "en": "“A good specification matters more than a large budget.”",
                        },
                        speaker={"nl": "directeur", "en": "director"},
                        organisation="Stichting De Bonte Berm",
                    ),
                    FiguresBlock(
                        id="cijfers",
                        title={"nl": "Het congres in cijfers", "en": "The congress in figures"},
                        figures=(
                            "congres-2026.participants",
                            "congres-2026.municipalities",
                            "congres-2026.presentations",
                        ),
                    ),
                    ChartBlock(id="soort", breakdown="congres-2026.by_type"),
                ),
            ),
            Section(
                id="noot",
                kind="notes",
                blocks=(
                    text_block(
                        "contact",
                        "Persvoorlichting: 030 000 00 00, op werkdagen van 9.00 tot 17.30 uur\npers@coalitie.example.org",
                        "Press office: +31 30 000 00 00, on working days from 09:00 to 17:30 CET\npers@coalitie.example.org",
                        role="contact",
                        title={"nl": "Contact", "en": "Contact"},
                    ),
                    text_block(
                        "over",
                        "De Coalitie voor Bestuivers & Partners brengt gemeenten, bedrijven en organisaties bij elkaar die ruimte maken voor bijen, hommels en vlinders.",
                        "The Coalition for Pollinators & Partners brings together municipalities, companies and organisations that make room for bees, bumblebees and butterflies.",
                        role="about",
                        title={"nl": "Over de coalitie", "en": "About the coalition"},
                    ),
                ),
            ),
        ),
    }
    return build_mailing(**(values | changes))


def build_embargo(**changes: Any) -> Embargo:
    """Answer an embargo until the signing in Nairobi."""
    values: dict[str, Any] = {
        "until": datetime(2025, 11, 18, 13, tzinfo=UTC),
        "time_zone": "Africa/Nairobi",
        "reason": {"nl": "de verklaring wordt dan pas getekend", "en": "the declaration is signed only then"},
    }
    return Embargo(**(values | changes))


def build_correction(**changes: Any) -> Publication:
    """Answer the correction of a figure in the results mailing."""
    values: dict[str, Any] = {
        "id": "congres-2026-resultaten-correctie-1",
        "kind": "correction",
        "mailing": "",
        "audience_id": "",
        "corrects": "congres-2026-resultaten",
        "subject": {
            "nl": "Correctie: 31 gemeenten op het congres, geen 36",
            "en": "Correction: 31 municipalities, not 36",
        },
        "preheader": {
            "nl": "In ons bericht van 14 februari stond een verkeerd aantal gemeenten",
            "en": "Our message of 14 February named a wrong number of municipalities",
        },
        "closing": {},
        "figures": build_figures(),
        "sections": (
            Section(
                id="correctie",
                kind="text",
                blocks=(
                    text_block(
                        "fout",
                        "In ons bericht van 14 februari stond dat 36 gemeenten meededen; het waren er [[congres-2026.municipalities]].",
                        "Our message of 14 February said that 36 municipalities took part; there were [[congres-2026.municipalities]].",
                        role="correction",
                    ),
                    text_block("spijt", "Onze excuses voor de vergissing.", "We apologise for the mistake."),
                ),
            ),
        ),
    }
    return build_mailing(**(values | changes))
