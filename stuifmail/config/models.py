"""The models of sources.yaml. Their descriptions are the reference in docs/sources.md."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
Url = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
Text = Annotated[dict[Language, str], Field(min_length=1)]


def _check_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"there is no time zone {name!r}; say, for example, Europe/Amsterdam") from error
    return name


TimeZone = Annotated[str, AfterValidator(_check_zone)]


class Model(BaseModel):
    """Frozen; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Colours(Model):
    """Colours of everything that is sent, as #rrggbb. Text pairs must reach a contrast of 4.5."""

    ink: Colour = Field("#1f3a2a", description="headlines, buttons, dark bands")
    text: Colour = Field("#33352f", description="running text")
    accent: Colour = Field("#e5a31b", description="the one warm accent: marks and lines")
    accent_text: Colour = Field("#6b4e00", description="the accent where it is text on paper")
    paper: Colour = Field("#fffdf7", description="background of the letter")
    ground: Colour = Field("#efe9d9", description="background around the letter")
    soft: Colour = Field("#f5eed9", description="background of quiet bands, such as results")


class Picture(Model):
    """A picture of the newsroom."""

    file: str = Field(description="path of a PNG or JPEG, from the newsroom's folder")
    alt: Text = Field(description="what it shows, by language")


class Organisation(Model):
    """Who sends: shown in masthead and footer, and in the headers of each message."""

    id: Id
    name: Text = Field(description="full name, by language")
    short_name: str = Field(description="abbreviation or short name")
    email: str = Field(description="sender and reply address: a role mailbox")
    website: Url
    postal_address: tuple[str, ...] = Field(
        min_length=1, description="lines of the postal address, which the law wants in each mail"
    )
    registration: str = Field("", description="chamber of commerce number or the like, for the footer")
    privacy_url: Url | None = Field(None, description="the privacy statement")
    colours: Colours = Colours()
    logo: Picture | None = Field(None, description="small logo for the masthead")
    languages: tuple[Language, ...] = Field(min_length=1, description="editions, the first language first")
    time_zone: TimeZone = "Europe/Amsterdam"
    country: str = Field("NL", pattern="^[A-Z]{2}$", description="whose public holidays shift the schedule")


class Role(Model):
    """A role of the newsroom: who may do what. Roles, never people's names."""

    id: Id
    name: Text
    email: str
    may: tuple[Literal["edit", "approve", "send"], ...] = ("edit",)


class Review(Model):
    """Who reviews, and whether one pair of eyes may do."""

    roles: tuple[Role, ...] = Field(min_length=1)
    single_eye: bool = Field(
        False, description="let the last editor approve alone, if a reason is given; it is reported"
    )


class Member(Model):
    """One member of the coalition."""

    id: Id
    name: str
    aliases: tuple[str, ...] = Field((), description="other spellings that mean this member")
    kind: Id = Field(description="one of vocabularies.member_kinds")
    country: str = Field("NL", pattern="^[A-Z]{2}$", description="ISO 3166 code; EU for the European Union")
    tier: Id = Field(description="one of vocabularies.tiers")
    joined: date = Field(description="first day of membership")
    left: date | None = Field(None, description="first day without membership")
    website: Url | None = None
    contact: str | None = Field(None, description="role mailbox for questions about their source")

    @model_validator(mode="after")
    def _leave_after_joining(self) -> "Member":
        if self.left and self.left < self.joined:
            raise ValueError(f"left ({self.left}) is before joined ({self.joined})")
        return self


class Source(Model):
    """Where news, dates or results come from. Either `url` or `file`."""

    id: Id
    member: Id | None = Field(None, description="whose it is; empty for the secretariat's own")
    kind: Literal["feed", "calendar", "sheet"]
    holds: Literal["news", "events", "submissions", "toolbox", "participants"] = Field(
        "news", description="what is in it; only a sheet may hold submissions, toolbox or participants"
    )
    url: Url | None = Field(None, description="address to fetch")
    file: str | None = Field(None, description="path from the newsroom's folder")
    base: Url | None = Field(None, description="address that relative links in a file belong to")
    language: Language | None = Field(None, description="when the source does not say, or says it wrong")
    trust_language: bool = Field(True, description="false: use `language` whatever the feed says")
    columns: dict[str, str] = Field(
        default_factory=dict, description="our column name: the sheet's column name, where they differ"
    )
    about: Id | None = Field(None, description="participants: the event, such as congres-2026")
    label: str = Field("", description="participants: what this edition is called, such as 2026")
    previous: Id | None = Field(None, description="participants: the source of the previous edition")
    title: dict[Language, str] = Field(default_factory=dict, description="participants: the event's name")
    report_url: Url | None = Field(None, description="participants: link to the report")
    note: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> "Source":
        if (self.url is None) == (self.file is None):
            raise ValueError("needs either url or file, and not both")
        if self.holds in ("submissions", "toolbox", "participants") and self.kind != "sheet":
            raise ValueError(f"only a sheet can hold {self.holds}; this is a {self.kind}")
        if self.holds == "participants" and not self.about:
            raise ValueError("participants need `about`: the event they took part in")
        return self


class Theme(Model):
    """A theme with the words that betray it."""

    id: Id
    name: Text
    keywords: dict[Language, tuple[str, ...]] = Field(default_factory=dict)
    picture: Picture | None = Field(None, description="house illustration for a lead story on this theme")


class Term(Model):
    """A word of a closed list."""

    id: Id
    name: Text


class FocusPoint(Model):
    """A focus point of one year."""

    id: Id
    year: int = Field(ge=2000, le=2100)
    name: Text
    themes: tuple[Id, ...] = ()


class Vocabularies(Model):
    """Closed lists."""

    member_kinds: tuple[Term, ...] = Field(min_length=1)
    tiers: tuple[Term, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = ()
    domains: tuple[Term, ...] = ()
    focus_points: tuple[FocusPoint, ...] = ()


class Contacts(Model):
    """The sheet with everybody who may get mail. Columns: docs/sources.md."""

    file: str = Field(description="CSV or XLSX, path from the newsroom's folder")
    columns: dict[str, str] = Field(default_factory=dict, description="our column: the sheet's column")


class Audience(Model):
    """Who may get a publication. A contact must match every rule that is given."""

    id: Id
    name: Text
    purpose: Literal["newsletter", "service"] = Field(
        "newsletter", description="newsletter needs confirmed consent; service also reaches members without"
    )
    lists: tuple[str, ...] = Field((), description="on at least one of these lists")
    tiers: tuple[Id, ...] = Field((), description="of one of these tiers")
    functions: tuple[str, ...] = Field((), description="with one of these functions")
    why: Text = Field(description="why you get this: the sentence in the footer")


class Section(Model):
    """A part of the newsletter, in the order of the letter."""

    id: Id
    kind: Literal["lead", "stories", "agenda", "results", "asks", "welcome"]
    heading: dict[Language, str] = Field(default_factory=dict)
    limit: int = Field(6, ge=1, le=20, description="most blocks")
    minimum: int = Field(0, ge=0, le=20, description="with fewer blocks the section is left out")
    holds: tuple[str, ...] = Field((), description="only items of these kinds (help_request, toolbox, …)")
    sources: tuple[Id, ...] = Field((), description="only from these sources; results: the participants sheets")
    metrics: tuple[str, ...] = Field(
        ("participants", "organisations"), description="results: which figures, in this order"
    )
    days: int = Field(90, ge=1, le=400, description="agenda: how many days ahead")


class Schedule(Model):
    """When an issue is sent: an iCalendar RRULE in a time zone, shifted off holidays."""

    rrule: str = Field(description="RFC 5545, such as FREQ=MONTHLY;BYDAY=1TU")
    time: str = Field("10:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="civil time, hh:mm")
    time_zone: TimeZone = "Europe/Amsterdam"
    shift: Literal["after", "before", "none"] = Field(
        "after", description="where to go when the day is a weekend day or a public holiday"
    )
    draft_days: int = Field(6, ge=0, le=60, description="how many days before sending it is drafted")


class Newsletter(Model):
    """A series of issues."""

    id: Id
    name: Text
    audience: Id
    schedule: Schedule
    first_number: int = Field(1, ge=1, description="number of the issue named in first_issue")
    first_issue: str = Field(pattern=r"^\d{4}-\d{2}$", description="year and month of that issue")
    sections: tuple[Section, ...] = Field(min_length=1)
    intro: dict[Language, str] = Field(default_factory=dict, description="standing introduction, editable")
    closing: dict[Language, str] = Field(default_factory=dict, description="last words: copy deadline, call")
    submit_url: Url | None = Field(None, description="where members hand in news")
    join_url: Url | None = Field(None, description="where others can join")
    hero: Picture | None = Field(None, description="picture for a lead story without its own")
    per_member: int = Field(2, ge=1, le=20, description="most items per member in one issue")
    template: str = Field("newsletters/newsletter", description="template without its ending")


class Harvest(Model):
    """How sources are fetched."""

    schedule: str = Field("FREQ=DAILY;BYHOUR=6;BYMINUTE=30", description="RRULE of the harvest")
    timeout_s: float = Field(20.0, gt=0, le=300, description="longest time for one source, in all")
    max_bytes: int = Field(10_000_000, gt=0, description="largest document, also after unpacking")
    max_connections: int = Field(20, gt=0, le=200)
    user_agent: str = Field("", description="empty: stuifmail with the organisation's address")


class Smtp(Model):
    """The relay. User name and password: STUIFMAIL_SMTP_USER and STUIFMAIL_SMTP_PASSWORD."""

    host: str = "localhost"
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    timeout_s: float = Field(30.0, gt=0, le=600)


class Delivery(Model):
    """How mail leaves the house."""

    transport: Literal["maildir", "smtp"] = "maildir"
    maildir: str = Field("outputs/mail", description="folder of the local mailbox")
    smtp: Smtp = Smtp()
    from_name: dict[Language, str] = Field(default_factory=dict, description="empty: the organisation's name")
    from_address: str | None = Field(None, description="empty: the organisation's address")
    list_id: str = Field(description="stable List-Id, such as nieuwsbrief.coalition.example.org")
    public_url: Url = Field(description="where outputs/site is published: web version, pictures")
    unsubscribe_url: Url = Field(description="one-click unsubscribe address; the reader's token is added")
    max_attempts: int = Field(5, ge=1, le=50, description="tries after 'not now' answers")


class Archive(Model):
    """Where sent publications are kept whole."""

    storage: Literal["local", "s3"] = "local"
    folder: str = Field("outputs/archive", description="local: folder from the newsroom's folder")
    bucket: str | None = Field(None, description="s3: name of the bucket")
    prefix: str = Field("", description="s3: put before each key")
    region: str | None = None
    endpoint: Url | None = Field(None, description="s3: address of a compatible server; empty for AWS")

    @model_validator(mode="after")
    def _bucket_for_s3(self) -> "Archive":
        if self.storage == "s3" and not self.bucket:
            raise ValueError("storage s3 needs a bucket")
        return self


class Store(Model):
    """The database. A URL with a password belongs in STUIFMAIL_DATABASE_URL instead."""

    url: str = Field("sqlite:///outputs/state/stuifmail.db", description="SQLAlchemy URL")


class NewsroomConfig(Model):
    """A whole newsroom."""

    organisation: Organisation
    clock: AwareDatetime | None = Field(
        None, description="a fixed moment instead of now: for samples and demonstrations only"
    )
    review: Review
    members: tuple[Member, ...] = ()
    sources: tuple[Source, ...] = ()
    vocabularies: Vocabularies
    contacts: Contacts
    audiences: tuple[Audience, ...] = Field(min_length=1)
    newsletters: tuple[Newsletter, ...] = Field(min_length=1)
    harvest: Harvest = Harvest()
    delivery: Delivery
    archive: Archive = Archive()
    store: Store = Store()
    templates: str = Field("templates", description="folder of the templates")
    outputs: str = Field("outputs", description="folder of everything that is made")

    def member(self, member_id: str) -> Member | None:
        """Answer the member with this id, None when there is none."""
        return next((m for m in self.members if m.id == member_id), None)

    def source(self, source_id: str) -> Source | None:
        """Answer the source with this id, None when there is none."""
        return next((s for s in self.sources if s.id == source_id), None)

    def newsletter(self, newsletter_id: str) -> Newsletter | None:
        """Answer the newsletter with this id, None when there is none."""
        return next((n for n in self.newsletters if n.id == newsletter_id), None)

    def audience(self, audience_id: str) -> Audience | None:
        """Answer the audience with this id, None when there is none."""
        return next((a for a in self.audiences if a.id == audience_id), None)
