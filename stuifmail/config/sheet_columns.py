"""The columns of the sheets that people fill in, by our names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    Args:
        name: our name; a sheet may call it otherwise, see `columns`.
        is_required: False when the sheet may do without it.
        description: what stands in it.
        aliases: headers by which it is known too, in Dutch and English, without `columns`.
    """

    name: str
    is_required: bool = False
    description: str
    aliases: tuple[str, ...] = ()


CONTACTS = (
    Column(name="id", description="stable id; a row without one is known by its address"),
    Column(name="email", is_required=True, description="the address"),
    Column(name="name", description="a role, shown in the To line"),
    Column(name="language", description="two-letter code of the edition that the reader gets"),
    Column(name="member", description="id of the member the reader belongs to"),
    Column(name="tier", description="one of vocabularies.tiers"),
    Column(name="functions", description="what the reader does there; several parted by ;"),
    Column(
        name="lists", is_required=True, description="what the reader is subscribed to; several parted by ;"
    ),
    Column(
        name="consent",
        is_required=True,
        description="confirmed: may get newsletters; service: only service mail; unknown or withdrawn: none",
    ),
    Column(name="consent_at", description="day of the consent, yyyy-mm-dd"),
    Column(name="consent_source", description="how it was given: form and version, meeting, import"),
    Column(name="bounced", description="true when the address is known to be dead"),
)

NEWS = (
    Column(
        name="id",
        description="stable id; a row without one is known by link, or by title and day",
        aliases=("nummer", "kenmerk"),
    ),
    Column(
        name="title",
        is_required=True,
        description="the headline",
        aliases=("titel", "kop", "headline", "onderwerp"),
    ),
    Column(
        name="published",
        description="day of the news or of its submission, yyyy-mm-dd",
        aliases=(
            "datum",
            "date",
            "ingediend op",
            "ingestuurd op",
            "handed in",
            "date handed in",
            "submitted",
        ),
    ),
    Column(
        name="updated", description="day of the last change", aliases=("gewijzigd", "gewijzigd op", "changed")
    ),
    Column(
        name="member",
        description="the member's name, alias or id",
        aliases=("lid", "organisatie", "organisation", "organization"),
    ),
    Column(
        name="kind",
        description="news, help_request, good_practice, toolbox …; empty: news",
        aliases=("soort", "type", "soort bericht"),
    ),
    Column(
        name="text",
        description="the text, with empty lines between paragraphs",
        aliases=("tekst", "bericht", "toelichting", "omschrijving", "description"),
    ),
    Column(
        name="link", description="where to read on", aliases=("url", "website", "webadres", "lees verder")
    ),
    Column(name="language", description="two-letter code of the text's language", aliases=("taal",)),
    Column(
        name="expires",
        description="last day on which it is worth showing, yyyy-mm-dd",
        aliases=("verloopt", "verloopt op", "geldig tot", "uiterlijk", "deadline", "valid until"),
    ),
    Column(
        name="image", description="address of a picture", aliases=("beeld", "foto", "afbeelding", "picture")
    ),
    Column(
        name="categories",
        description="subjects, parted by commas",
        aliases=("onderwerpen", "thema", "themas", "thema's", "themes", "subjects"),
    ),
)

SUBMISSIONS = (
    *(column for column in NEWS if column.name != "kind"),
    Column(
        name="kind",
        description="news, good_practice, lesson_learned, help_request, policy, research, event or "
        "toolbox, or the same in Dutch (nieuws, goed voorbeeld, geleerde les, hulpvraag, beleid, "
        "onderzoek, evenement); empty: news",
        aliases=("soort", "type", "soort bericht"),
    ),
    Column(
        name="question",
        description="of a help request: what is asked; it comes before the text",
        aliases=("vraag", "hulpvraag", "uw vraag"),
    ),
    Column(
        name="asker",
        description="who hands it in, as a role: who answers, reacts to them",
        aliases=("vrager", "contact", "contactrol", "rol", "role", "ingediend door", "handed in by"),
    ),
    Column(
        name="answered",
        description="yes once the question has its answer; it is not asked again",
        aliases=("beantwoord", "opgelost", "solved"),
    ),
    Column(
        name="toolbox",
        description="yes when it belongs in the toolbox, too; it gets the category toolbox",
        aliases=("naar toolbox", "in toolbox", "to toolbox"),
    ),
    Column(
        name="embargo",
        description="day or moment before which it may not come out",
        aliases=("embargo tot", "embargo until", "niet voor", "not before"),
    ),
)

EVENTS = (
    Column(name="id", description="stable id", aliases=("nummer", "kenmerk")),
    Column(
        name="title",
        is_required=True,
        description="what happens",
        aliases=("titel", "naam", "activiteit", "evenement", "event"),
    ),
    Column(
        name="starts",
        is_required=True,
        description="day, or day and time",
        aliases=("begin", "begint", "start", "van"),
    ),
    Column(name="ends", description="day, or day and time", aliases=("einde", "eindigt", "end", "tot")),
    Column(
        name="time_zone",
        description="IANA name; empty: the organisation's time zone",
        aliases=("tijdzone",),
    ),
    Column(name="place", description="where", aliases=("plaats", "locatie", "location", "waar")),
    Column(
        name="text",
        description="what it is about",
        aliases=("tekst", "omschrijving", "toelichting", "description"),
    ),
    Column(name="link", description="where to read on", aliases=("url", "website", "webadres", "aanmelden")),
    Column(name="status", description="tentative or cancelled; empty: it goes on"),
    Column(
        name="member",
        description="the member's name, alias or id",
        aliases=("lid", "organisatie", "organisation", "organization"),
    ),
)

PARTICIPANTS = (
    Column(name="registration_id", is_required=True, description="one per registration; doubles count once"),
    Column(name="email", is_required=True, description="the participant's address; compared, never mailed"),
    Column(name="organisation", is_required=True, description="where the participant works"),
    Column(name="member_id", description="id of the member, when it is one"),
    Column(
        name="country",
        is_required=True,
        description="ISO 3166 code or name, in Dutch, English or the country's language; EU for the Union",
    ),
    Column(name="org_type", is_required=True, description="municipality, business, knowledge institute …"),
    Column(
        name="role",
        is_required=True,
        description="member, prospect, partner, speaker, press or staff, or the same in Dutch",
    ),
    Column(
        name="status",
        is_required=True,
        description="registered, attended, no_show or cancelled, or the same in Dutch (aangemeld, "
        "aanwezig or ingecheckt, afwezig, afgemeld)",
    ),
    Column(name="mode", description="onsite or online, or in de zaal, op locatie, digitaal"),
    Column(
        name="language", description="two-letter code: in which the participant gets mail about the event"
    ),
    Column(
        name="checked_in_at",
        description="when the participant came in; only held against status, which counts",
    ),
)

PRESS = (
    Column(
        name="id",
        description="stable id; a row without one is known by its address",
        aliases=("nummer", "kenmerk"),
    ),
    Column(
        name="email",
        is_required=True,
        description="the desk's address",
        aliases=("e-mail", "e-mailadres", "mailadres", "adres"),
    ),
    Column(
        name="outlet",
        is_required=True,
        description="the medium",
        aliases=("medium", "titel", "krant", "omroep", "media"),
    ),
    Column(
        name="desk",
        description="the desk by its role, never a person: natuurredactie, environment desk",
        aliases=("redactie", "functie"),
    ),
    Column(name="country", description="ISO 3166 code", aliases=("land",)),
    Column(
        name="language",
        is_required=True,
        description="two-letter code: in which the desk gets releases, one and never both",
        aliases=("taal",),
    ),
    Column(
        name="themes",
        description="ids of themes that the desk wants, parted by ;; empty: all",
        aliases=("thema", "themas", "thema's", "onderwerpen"),
    ),
    Column(
        name="kind",
        description="daily, trade, regional, agency, broadcast, online or other",
        aliases=("soort", "type"),
    ),
    Column(
        name="trusted",
        description="yes when the desk keeps embargoes: only then it may read before one ends",
        aliases=("vertrouwd", "embargo"),
    ),
    Column(
        name="opted_out",
        description="yes when the desk wants no releases",
        aliases=("afgemeld", "wil geen berichten"),
    ),
    Column(
        name="basis",
        description="why we may write to it: where the address was published; without it, it gets nothing",
        aliases=("grondslag", "bron"),
    ),
    Column(
        name="last_contact",
        description="day of the last contact, yyyy-mm-dd; after 24 months the row is due for a look",
        aliases=("laatste contact",),
    ),
)

PROGRAMME = (
    Column(
        name="starts",
        description="time in the event's own zone, hh:mm",
        aliases=("van", "begin", "start", "tijd", "time", "from"),
    ),
    Column(name="ends", description="likewise", aliases=("tot", "einde", "eind", "end", "until", "to")),
    Column(
        name="day",
        description="day, where the event lasts several: yyyy-mm-dd",
        aliases=("dag", "datum", "date"),
    ),
    Column(
        name="kind",
        description="presentation, discussion, workshop, signing, break or other",
        aliases=("soort", "vorm", "type", "onderdeel"),
    ),
    Column(
        name="title",
        description="what it is called, in the event's language",
        aliases=("titel", "onderwerp", "subject"),
    ),
    Column(name="title_nl", description="likewise, in Dutch", aliases=("titel nl", "titel (nl)")),
    Column(name="title_en", description="likewise, in English", aliases=("titel en", "title (en)")),
    Column(
        name="speaker",
        description="the speaker's function, never a name, in the event's language",
        aliases=("spreker", "functie", "function"),
    ),
    Column(name="speaker_nl", description="likewise, in Dutch", aliases=("spreker nl", "spreker (nl)")),
    Column(name="speaker_en", description="likewise, in English", aliases=("spreker en", "speaker (en)")),
    Column(
        name="organisation",
        description="where the speaker comes from",
        aliases=("organisatie", "organization"),
    ),
    Column(name="member", description="the member's id, name or alias", aliases=("lid", "lidnummer")),
    Column(
        name="delivered",
        description="afterwards: yes when it took place, no when it did not; empty: not known yet",
        aliases=("doorgegaan", "gehouden", "gegeven", "held"),
    ),
)

SURVEY = (
    Column(
        name="theme", description="name or id of a theme; with `weight`, or with `rank` of one respondent"
    ),
    Column(name="weight", description="how much it weighs, from 0; the average of all themes becomes 1"),
    Column(name="rank", description="the respondent's order of preference, from 1"),
    Column(name="first", description="one row for each respondent: the theme of first choice"),
    Column(name="second", description="the theme of second choice"),
    Column(name="third", description="the theme of third choice"),
)

#: The columns by what a source holds.
BY_HOLDING = {
    "news": NEWS,
    "submissions": SUBMISSIONS,
    "toolbox": NEWS,
    "events": EVENTS,
    "participants": PARTICIPANTS,
}
