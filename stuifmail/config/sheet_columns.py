"""The columns of the sheets that people fill in, by our names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet.

    Args:
        name: our name; a sheet may call it otherwise, see `columns`.
        is_required: False when the sheet may do without it.
        description: what stands in it.
    """

    name: str
    is_required: bool = False
    description: str


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
    Column(name="id", description="stable id; a row without one is known by link, or by title and day"),
    Column(name="title", is_required=True, description="the headline"),
    Column(name="published", description="day of the news or of its submission, yyyy-mm-dd"),
    Column(name="updated", description="day of the last change"),
    Column(name="member", description="the member's name, alias or id"),
    Column(name="kind", description="news, help_request, good_practice, toolbox …; empty: news"),
    Column(name="text", description="the text, with empty lines between paragraphs"),
    Column(name="link", description="where to read on"),
    Column(name="language", description="two-letter code of the text's language"),
    Column(name="expires", description="last day on which it is worth showing, yyyy-mm-dd"),
    Column(name="image", description="address of a picture"),
    Column(name="categories", description="subjects, parted by commas"),
)

EVENTS = (
    Column(name="id", description="stable id"),
    Column(name="title", is_required=True, description="what happens"),
    Column(name="starts", is_required=True, description="day, or day and time"),
    Column(name="ends", description="day, or day and time"),
    Column(name="time_zone", description="IANA name; empty: the organisation's time zone"),
    Column(name="place", description="where"),
    Column(name="text", description="what it is about"),
    Column(name="link", description="where to read on"),
    Column(name="status", description="tentative or cancelled; empty: it goes on"),
    Column(name="member", description="the member's name, alias or id"),
)

PARTICIPANTS = (
    Column(name="registration_id", is_required=True, description="one per registration; doubles count once"),
    Column(name="email", is_required=True, description="the participant's address; compared, never mailed"),
    Column(name="organisation", is_required=True, description="where the participant works"),
    Column(name="member_id", description="id of the member, when it is one"),
    Column(name="country", is_required=True, description="ISO 3166 code; EU for the European Union"),
    Column(name="org_type", is_required=True, description="municipality, business, knowledge institute …"),
    Column(name="role", is_required=True, description="member, prospect, partner, speaker, press or staff"),
    Column(name="status", is_required=True, description="registered, attended, no_show or cancelled"),
    Column(name="mode", description="onsite or online; not counted yet"),
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
    "submissions": NEWS,
    "toolbox": NEWS,
    "events": EVENTS,
    "participants": PARTICIPANTS,
}
