"""A press release without a fault, and what it is held against, for tests that break one thing."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.config.models import NewsroomConfig, Press
from stuifmail.model.blocks import QuoteBlock, TextBlock
from stuifmail.model.figures import Figure
from stuifmail.model.publications import Embargo, Publication, ReleaseHead, Section
from stuifmail.model.records import EventFacts, EventRecord, Venue
from stuifmail.model.reviews import QuoteApproval
from stuifmail.review.press_lint import KnownName, LintMaterial
from stuifmail.review.quotes import hash_words
from tests.builders_publication import build_config

NAIROBI = ZoneInfo("Africa/Nairobi")
NOW = datetime(2025, 11, 19, 6, 0, tzinfo=UTC)
ABOUT = " ".join(["De coalitie verbindt landen en gemeenten die ruimte maken voor bestuivers."] * 5)
CONTACT = "Persvoorlichting: pers@coalitie.example.org. Telefoon: +31 30 555 0123."
LEAD = (
    "Estland, Noorwegen en de Europese Unie hebben op dinsdag 18 november 2025 in Nairobi de verklaring "
    "van de Coalitie voor Bestuivers & Partners ondertekend. De ondertekening was tijdens de bijeenkomst "
    "Sign-up Event. De coalitie telt nu [[members.total]] leden."
)
BODY = " ".join(["De leden delen hun ervaring in het land en in de stad."] * 8)
QUOTE = "Een handtekening kost tien seconden."


def figure(figure_id: str, value: int) -> Figure:
    """Answer a figure of the ledger."""
    return Figure(
        id=figure_id,
        value=value,
        unit={"nl": "leden", "en": "members"},
        definition="members_total/1",
        source_id="ledger",
        source_sha256="0" * 64,
        computed_at=NOW,
    )


def release(**changes: Any) -> Publication:
    """Answer the Dutch release about results, with other values in the place of its own."""
    made = Publication(
        id="nairobi-2025-pers-2-nl",
        kind="release",
        series_id="press",
        number=2,
        period_starts_at=datetime(2025, 11, 18, tzinfo=UTC),
        period_ends_at=NOW,
        send_at=datetime(2025, 11, 19, 8, 30, tzinfo=UTC),
        audience_id="press-nl",
        languages=("nl",),
        subject={"nl": "Estland, Noorwegen en Europese Unie treden toe tot coalitie voor bestuivers"},
        preheader={"nl": "Persbericht"},
        sections=sections(),
        figures=(figure("members.total", 37),),
        event_id="nairobi-2025",
        facts_id="nairobi-2025-pers-2",
        head=head(),
    )
    return dataclasses.replace(made, **changes)


def head(**changes: Any) -> ReleaseHead:
    """Answer its head."""
    made = ReleaseHead(
        form="nl",
        stage="results",
        place={"nl": "Nairobi"},
        dated_on=date(2025, 11, 19),
        boilerplate_version="2025-1",
    )
    return dataclasses.replace(made, **changes)


def sections(
    *,
    lead: str = LEAD,
    body: tuple[TextBlock | QuoteBlock, ...] | None = None,
    contact: str = CONTACT,
    about: str = ABOUT,
) -> tuple[Section, ...]:
    """Answer its sections, with other texts in the place of theirs."""
    blocks = (text("body-1"), quote(), text("body-2"), text("body-3")) if body is None else body
    notes = (TextBlock(id="contact", role="contact", text={"nl": contact}),) if contact else ()
    return (
        Section(id="lead", kind="text", blocks=(TextBlock(id="lead", role="lead", text={"nl": lead}),)),
        Section(id="body", kind="text", blocks=blocks),
        Section(id="notes", kind="notes", heading={"nl": "Noot voor de redactie"}, blocks=notes),
        Section(id="about", kind="notes", blocks=(TextBlock(id="about", role="about", text={"nl": about}),)),
    )


def text(block_id: str, words: str = BODY, **changes: Any) -> TextBlock:
    """Answer a paragraph of the body."""
    return TextBlock(id=block_id, text={"nl": words}, **changes)


def quote(block_id: str = "quote-tafel", words: str = QUOTE, speaker: str = "voorzitter") -> QuoteBlock:
    """Answer a quote; with the words of `QUOTE` it is consented to in `material`."""
    return QuoteBlock(id=block_id, text={"nl": words}, speaker={"nl": speaker} if speaker else {})


def consent(block_id: str = "quote-tafel", words: str = QUOTE) -> QuoteApproval:
    """Answer a consent to these words."""
    return QuoteApproval(
        publication_id="nairobi-2025-pers-2-nl",
        block_id=block_id,
        language="nl",
        text_sha256=hash_words(words),
        speaker="voorzitter",
        approved_on=date(2025, 11, 18),
        how="mail",
        actor="persvoorlichting",
        recorded_at=NOW,
    )


def material(**changes: Any) -> LintMaterial:
    """Answer what the release is held against: three joined, one who was announced did not."""
    made = LintMaterial(
        config=press_config(),
        record=EventRecord(id="nairobi-2025", facts=facts()),
        titles=("Sign-up Event",),
        places=("Nairobi", "Utrecht"),
        day_words=("18 november",),
        release_day=date(2025, 11, 19),
        names={
            "nl": (
                KnownName(id="estonia", spellings=("Estland", "Estonia")),
                KnownName(id="norway", spellings=("Noorwegen", "Norway")),
                KnownName(id="european-union", spellings=("Europese Unie", "EU")),
                KnownName(id="SE", spellings=("Zweden",)),
                KnownName(id="hedge", spellings=("Highland Hedge Club",)),
                KnownName(id="berm", spellings=("Stichting De Bonte Berm", "De Bonte Berm")),
            )
        },
        allowed_ids=frozenset(["estonia", "norway", "european-union"]),
        approvals=(consent(),),
        rendered={"nl": "PERSBERICHT\n\nTekst.\n\n– EINDE PERSBERICHT –\n\nNoot"},
        label={"nl": "PERSBERICHT"},
        end={"nl": "– EINDE PERSBERICHT –"},
    )
    return dataclasses.replace(made, **changes)


def facts() -> EventFacts:
    """Answer the event's facts."""
    return EventFacts(
        event_id="nairobi-2025",
        uid="sign-up-2025@coalition.example.org",
        title={"nl": "Sign-up Event", "en": "Sign-up Event"},
        kind="signing",
        starts_at=datetime(2025, 11, 18, 15, 0, tzinfo=NAIROBI),
        ends_at=datetime(2025, 11, 18, 18, 0, tzinfo=NAIROBI),
        time_zone="Africa/Nairobi",
        venue=Venue(name="Acacia Hall", city="Nairobi", country="KE"),
    )


def press_config() -> NewsroomConfig:
    """Answer a newsroom with a press office."""
    press = Press.model_validate(
        {
            "list": {"file": "press.csv"},
            "contact": "pers@coalitie.example.org",
            "phone": "+31 30 555 0123",
            "boilerplate": {"version": "2025-1", "text": {"nl": ABOUT}},
            "place": {"nl": "Utrecht", "en": "Utrecht"},
            "audiences": {"nl": "press-nl"},
        }
    )
    return build_config().model_copy(update={"press": press})


def embargo(**changes: Any) -> Embargo:
    """Answer an embargo that ends the day after sending."""
    made = Embargo(
        until=datetime(2025, 11, 20, 5, 0, tzinfo=UTC),
        time_zone="Africa/Nairobi",
        reason={"nl": "De leden horen het eerst."},
    )
    return dataclasses.replace(made, **changes)
