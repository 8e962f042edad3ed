"""A newsroom and its rich May issue, for tests that render letters."""
# ruff: noqa: E501 - running copy is easier to read unbroken

import dataclasses
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.config.models import NewsroomConfig
from stuifmail.model.figures import Figure
from stuifmail.model.publications import (
    EventBlock,
    FiguresBlock,
    NoticeBlock,
    Picture,
    Publication,
    Section,
    StoryBlock,
)

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
IMAGES = "templates/newsletters/images"

_KINDS = {
    "gemeente": {"nl": "Gemeente", "en": "Municipality"},
    "stichting": {"nl": "Stichting", "en": "Foundation"},
    "kennis": {"nl": "Kennisinstelling", "en": "Knowledge institute"},
    "cooperatie": {"nl": "Coöperatie", "en": "Cooperative"},
    "bedrijf": {"nl": "Bedrijf", "en": "Company"},
}

_MEMBERS = (
    ("heerenwoude", "gemeente 's-Heerenwoude", "gemeente"),
    ("wilgenrade", "gemeente Wilgenrade aan de Vliet", "gemeente"),
    ("bonte-berm", "Stichting De Bonte Berm", "stichting"),
    ("zoem", "Kennisinstituut “Zoem”", "kennis"),
    ("gele-koolzaad", "Coöperatie Het Gele Koolzaad U.A.", "cooperatie"),
    ("weide-water", "Hogeschool Weide & Water", "kennis"),
    ("van-der-bij", "Van der Bij Hoveniers", "bedrijf"),
)


def build_config(**changes: Any) -> NewsroomConfig:
    """Answer a newsroom of a few members; `changes` replace parts of its organisation."""
    organisation = {
        "id": "cbp",
        "name": {"nl": "Coalitie voor Bestuivers & Partners", "en": "Coalition for Pollinators & Partners"},
        "short_name": "CBP",
        "email": "secretariaat@coalitie.example.org",
        "website": "https://coalitie.example.org/",
        "postal_address": ["Secretariaat CBP", "Voorbeeldlaan 18b", "3500 AA Utrecht"],
        "registration": "KvK 00000000",
        "privacy_url": "https://coalitie.example.org/privacy",
        "logo": {"file": f"{IMAGES}/logo.png", "alt": {"nl": "Beeldmerk", "en": "Mark"}},
        "languages": ["nl", "en"],
    }
    return NewsroomConfig.model_validate(
        {
            "organisation": organisation | changes,
            "review": {
                "roles": [
                    {
                        "id": "eindredactie",
                        "name": {"nl": "Eindredactie"},
                        "email": "red@coalitie.example.org",
                    }
                ]
            },
            "members": [
                {"id": i, "name": name, "kind": kind, "tier": "partner", "joined": "2020-01-01"}
                for i, name, kind in _MEMBERS
            ],
            "vocabularies": {
                "member_kinds": [{"id": kind, "name": name} for kind, name in _KINDS.items()],
                "tiers": [{"id": "partner", "name": {"nl": "Partner", "en": "Partner"}}],
            },
            "contacts": {"file": "contacts.csv"},
            "audiences": [_AUDIENCE],
            "newsletters": [_NEWSLETTER],
            "delivery": {
                "list_id": "nieuwsbrief.coalitie.example.org",
                "public_url": "https://nieuws.coalitie.example.org",
                "unsubscribe_url": "https://nieuws.coalitie.example.org/afmelden",
            },
        }
    )


_AUDIENCE = {
    "id": "partners",
    "name": {"nl": "Partners", "en": "Partners"},
    "why": {
        "nl": "U krijgt deze brief omdat u zich als partner op onze nieuwsbrief hebt geabonneerd.",
        "en": "You receive this letter because you subscribed to our newsletter as a partner.",
    },
}

_NEWSLETTER = {
    "id": "nieuwsbrief",
    "name": {"nl": "Nieuwsbrief", "en": "Newsletter"},
    "audience": "partners",
    "schedule": {"rrule": "FREQ=MONTHLY;BYDAY=1TU"},
    "first_number": 47,
    "first_issue": "2026-05",
    "sections": [{"id": "lead", "kind": "lead"}],
    "submit_url": "https://coalitie.example.org/nieuws-insturen",
    "join_url": "https://coalitie.example.org/meedoen",
}


def picture(name: str, nl: str, en: str) -> Picture:
    """Answer one of the house's illustrations."""
    return Picture(file=f"{IMAGES}/{name}.png", alt={"nl": nl, "en": en})


def figure(figure_id: str, value: int, nl: str, en: str, previous: int | None = None) -> Figure:
    """Answer a figure of the congress, compared with 2025 when `previous` is given."""
    return Figure(
        id=figure_id,
        value=value,
        unit={"nl": nl, "en": en},
        definition="participants/1",
        source_id="deelnemers-2026",
        source_sha256="0" * 64,
        computed_at=datetime(2026, 5, 4, 7, tzinfo=UTC),
        previous=previous,
        previous_label="2025" if previous is not None else "",
    )


def build_publication(**changes: Any) -> Publication:
    """Answer the May issue in Dutch and English; `changes` replace its parts."""
    publication = Publication(
        id="nieuwsbrief-2026-05",
        series_id="nieuwsbrief",
        number=47,
        period_starts_at=datetime(2026, 4, 7, 8, tzinfo=UTC),
        period_ends_at=datetime(2026, 5, 4, 7, tzinfo=UTC),
        send_at=datetime(2026, 5, 6, 10, tzinfo=AMSTERDAM),
        audience_id="partners",
        languages=("nl", "en"),
        subject={
            "nl": "Zeven gemeenten zaaien één lint | Nieuwsbrief mei 2026",
            "en": "Seven towns sow one ribbon of flowers | Newsletter May 2026",
        },
        preheader={
            "nl": "Plus: kerkhoven als oase, open telgegevens en [[congres-2026.participants]] deelnemers in Utrecht",
            "en": "Also: churchyards as oases, open counts, and [[congres-2026.participants]] participants in Utrecht",
        },
        sections=(LEAD, STORIES, RESULTS, AGENDA, ASKS, WELCOME),
        closing={
            "nl": "De volgende brief verschijnt op dinsdag 2 juni. Kopij is welkom tot en met dinsdag 26 mei.",
            "en": "The next letter appears on Tuesday 2 June. Send us your news by Tuesday 26 May.",
        },
        figures=(
            figure("congres-2026.participants", 84, "deelnemers", "participants", 71),
            figure("congres-2026.organisations", 31, "gemeenten", "municipalities", 26),
            figure("congres-2026.cases", 9, "praktijkverhalen", "stories from practice"),
            figure("leden.partners", 125, "partners", "partners"),
        ),
    )
    return dataclasses.replace(publication, **changes)


LEAD = Section(
    id="lead",
    kind="lead",
    blocks=(
        StoryBlock(
            id="lint",
            members=("heerenwoude", "wilgenrade", "bonte-berm"),
            language="nl",
            title={
                "nl": "Zeven gemeenten zaaien samen één lint van bloemen",
                "en": "Seven municipalities sow one ribbon of flowers together",
            },
            text={
                "nl": "Wie dit voorjaar van ’s-Heerenwoude naar Wilgenrade fietst, rijdt 42 kilometer lang door "
                "hetzelfde mengsel van inheemse bloemen. Zeven gemeenten spraken af om hun bermen niet meer "
                "tegelijk te maaien, maar om de beurt. Zo staat er altijd ergens iets in bloei.\n\n"
                "Groenbeheerders houden bij wat het kost en wat het oplevert. Eind juni volgt de eerste "
                "telling, met hulp van honderd vrijwilligers.",
                "en": "Whoever cycles from ’s-Heerenwoude to Wilgenrade this spring rides 42 kilometres through the "
                "same mix of native flowers. Seven municipalities agreed to stop mowing their verges all at "
                "once, and to take turns instead. So something is always in bloom somewhere.\n\n"
                "Their greenkeepers write down what it costs and what it brings. A first count follows at "
                "the end of June, with the help of a hundred volunteers.",
            },
            link="https://heerenwoude.example.org/nieuws/lint",
            link_label={"nl": "Lees hoe zij het aanpakken", "en": "Read how they go about it"},
            picture=picture(
                "hero-spring",
                "Tekening: heuvels in bloei onder een lage zon, een pad met bloeiende randen en een bij",
                "Drawing: hills in bloom under a low sun, a path with flowering edges, and a bee",
            ),
        ),
    ),
)


def story(
    story_id: str, member: str, language: str, title: dict[str, str], text: dict[str, str]
) -> StoryBlock:
    """Answer a story with a link at its member's."""
    return StoryBlock(
        id=story_id,
        members=(member,),
        language=language,
        title=title,
        text=text,
        link=f"https://{member}.example.org/nieuws/{story_id}",
    )


STORIES = Section(
    id="leden",
    kind="stories",
    heading={"nl": "Van de leden", "en": "From the members"},
    blocks=(
        story(
            "kerkhoven",
            "bonte-berm",
            "nl",
            {
                "nl": "Kerkhoven blijken oases voor wilde bijen",
                "en": "Churchyards turn out to be oases for wild bees",
            },
            {
                "nl": "Op twaalf begraafplaatsen telden vrijwilligers 61 soorten wilde bijen. Het geheim: oude muren, "
                "late maaibeurten en rust. Het beheerplan is er voor wie het wil overnemen.",
                "en": "Volunteers counted 61 species of wild bees in twelve churchyards. The secret: old walls, late "
                "mowing and quiet. The management plan is there for whoever wants to use it.",
            },
        ),
        story(
            "hoverflies",
            "zoem",
            "en",
            {"en": "Five years of hoverfly counts are now open data"},
            {
                "en": "Counts from 212 sites can be downloaded and used again, with the method and the known gaps "
                "described next to them. The institute asks users to report what they find."
            },
        ),
        story(
            "akkerranden",
            "gele-koolzaad",
            "nl",
            {"nl": "Akkerranden die zichzelf terugverdienen", "en": "Field margins that earn their keep"},
            {
                "nl": "Telers rekenden na drie seizoenen de kosten en de baten door. Minder bladluis bleek meer waard "
                "dan gedacht. Het rekenblad staat in de toolbox.",
                "en": "After three seasons, growers worked out costs and returns. Fewer aphids turned out to be worth "
                "more than expected. Their spreadsheet is in the toolbox.",
            },
        ),
        story(
            "bijenhotels",
            "wilgenrade",
            "nl",
            {
                "nl": "Wat níet werkte: bijenhotels zonder bloemen",
                "en": "What did not work: bee hotels without flowers",
            },
            {
                "nl": "Drie jaar lang stonden er hotels op plekken waar niets bloeit. Een eerlijk verslag, met vijf "
                "lessen voor collega’s.",
                "en": "For three years the hotels stood where nothing blooms. An honest report, with five lessons for "
                "colleagues.",
            },
        ),
    ),
)

RESULTS = Section(
    id="resultaten",
    kind="results",
    blocks=(
        FiguresBlock(
            id="congres",
            title={
                "nl": "Groen in de gemeente: de derde editie",
                "en": "Green in the municipality: the third edition",
            },
            figures=("congres-2026.participants", "congres-2026.organisations", "congres-2026.cases"),
            text={
                "nl": "Op 12 februari wisselden groenbeheerders in Utrecht ervaringen uit over maaien, aanbesteden en "
                "uitleggen.",
                "en": "On 12 February, greenkeepers met in Utrecht to share what they know about mowing, tendering and "
                "explaining.",
            },
            link="https://coalitie.example.org/congres-2026/verslag",
            link_label={
                "nl": "Lees het verslag, met alle presentaties",
                "en": "Read the report, with all slides",
            },
        ),
    ),
)

AGENDA = Section(
    id="agenda",
    kind="agenda",
    heading={"nl": "Agenda", "en": "Agenda"},
    blocks=(
        EventBlock(
            id="symposium",
            title={"nl": "Symposium over groenblauwe diensten", "en": "Symposium on green and blue services"},
            starts_at=date(2026, 5, 29),
            time_zone="Europe/Amsterdam",
            tentative=True,
            note={"nl": "tijd en plaats volgen", "en": "time and place will follow"},
        ),
        EventBlock(
            id="workshop",
            title={"nl": "Workshop voor communicatiemedewerkers", "en": "Workshop for communication staff"},
            starts_at=datetime(2026, 6, 8, 12, tzinfo=UTC),
            ends_at=datetime(2026, 6, 8, 15, tzinfo=UTC),
            time_zone="Europe/Amsterdam",
            place="Voorbeeldlaan 18b, Utrecht",
            link="https://coalitie.example.org/agenda/workshop",
            note={"nl": "nog 23 plaatsen", "en": "23 places left"},
        ),
        EventBlock(
            id="zomerweek",
            members=("weide-water",),
            title={"nl": "Zomerweek: tellen in het veld", "en": "Summer school: counting in the field"},
            starts_at=date(2026, 7, 6),
            ends_at=date(2026, 7, 11),
            time_zone="Europe/Amsterdam",
            place="Hogeschool Weide & Water",
            link="https://weide-water.example.org/zomerweek",
        ),
        EventBlock(
            id="nairobi",
            title={
                "nl": "Ledenberaad bij de World Nature Meeting",
                "en": "Members’ meeting at the World Nature Meeting",
            },
            starts_at=datetime(2026, 7, 22, 6, tzinfo=UTC),
            ends_at=datetime(2026, 7, 22, 7, 30, tzinfo=UTC),
            time_zone="Africa/Nairobi",
            place="Nairobi, en online",
            link="https://coalitie.example.org/agenda/nairobi",
        ),
    ),
)

ASKS = Section(
    id="gevraagd",
    kind="asks",
    heading={"nl": "Gevraagd in het netwerk", "en": "Asked in the network"},
    blocks=(
        NoticeBlock(
            id="bestek",
            tone="ask",
            members=("wilgenrade",),
            title={
                "nl": "Wie heeft een bestek voor gefaseerd maaien dat aannemers begrijpen?",
                "en": "Who has specifications for mowing in phases that contractors understand?",
            },
            text={
                "nl": "Wilgenrade besteedt in juni opnieuw aan en zoekt voorbeelden, liefst vóór 1 juni.",
                "en": "Wilgenrade tenders again in June and looks for examples, preferably before 1 June.",
            },
            link="https://coalitie.example.org/vragen/bestek",
            link_label={"nl": "Help Wilgenrade verder", "en": "Help Wilgenrade"},
        ),
    ),
)

WELCOME = Section(
    id="welkom",
    kind="welcome",
    heading={"nl": "Welkom", "en": "Welcome"},
    blocks=(
        NoticeBlock(
            id="nieuw",
            tone="welcome",
            members=("van-der-bij", "weide-water"),
            title={
                "nl": "Twee nieuwe partners: Van der Bij Hoveniers en Hogeschool Weide & Water",
                "en": "Two new partners: Van der Bij Hoveniers and Hogeschool Weide & Water",
            },
            text={
                "nl": "Zij tekenden in april de verklaring. Daarmee telt de coalitie nu [[leden.partners]] partners.",
                "en": "They signed the declaration in April, which brings the coalition to [[leden.partners]] partners.",
            },
            link="https://coalitie.example.org/leden",
            link_label={"nl": "Maak kennis", "en": "Get to know them"},
            figure="leden.partners",
        ),
    ),
)


def project_root() -> Path:
    """Answer the project's folder, where the templates and pictures are."""
    return Path(__file__).resolve().parent.parent
