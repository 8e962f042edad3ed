"""The models of sources.yaml. Their descriptions are the reference in docs/sources.md."""

from pydantic import AwareDatetime, Field

from stuifmail.config.curation import Curation, Domain, Fairness, Survey, Weights
from stuifmail.config.events import Group, Mailings, Message, MomentOfYear, OwnEvent, Prospect
from stuifmail.config.infrastructure import Archive, Delivery, Smtp, Store
from stuifmail.config.letters import Audience, Contacts, Newsletter, Schedule, Section
from stuifmail.config.network import (
    FocusPoint,
    Harvest,
    Member,
    PageSelectors,
    Source,
    Term,
    Theme,
    Vocabularies,
)
from stuifmail.config.organisation import Colours, Organisation, Picture, Review, Role
from stuifmail.config.press import Press
from stuifmail.config.values import (
    Colour,
    Country,
    Email,
    Id,
    Language,
    ListId,
    Model,
    Text,
    TimeZone,
    Url,
)

__all__ = [
    "Archive",
    "Audience",
    "Colour",
    "Colours",
    "Contacts",
    "Country",
    "Curation",
    "Delivery",
    "Domain",
    "Email",
    "Fairness",
    "FocusPoint",
    "Group",
    "Harvest",
    "Id",
    "Language",
    "ListId",
    "Mailings",
    "Member",
    "Message",
    "Model",
    "MomentOfYear",
    "Newsletter",
    "NewsroomConfig",
    "Organisation",
    "OwnEvent",
    "PageSelectors",
    "Picture",
    "Press",
    "Prospect",
    "Review",
    "Role",
    "Schedule",
    "Section",
    "Smtp",
    "Source",
    "Store",
    "Survey",
    "Term",
    "Text",
    "Theme",
    "TimeZone",
    "Url",
    "Vocabularies",
    "Weights",
]


class NewsroomConfig(Model):
    """A whole newsroom."""

    organisation: Organisation = Field(description="who sends")
    clock: AwareDatetime | None = Field(
        None, description="a fixed moment instead of now: for samples and demonstrations only"
    )
    review: Review = Field(description="who reviews")
    members: tuple[Member, ...] = Field((), description="the members of the coalition")
    sources: tuple[Source, ...] = Field((), description="what is harvested")
    vocabularies: Vocabularies = Field(description="closed lists")
    contacts: Contacts = Field(description="everybody who may get mail")
    audiences: tuple[Audience, ...] = Field(min_length=1, description="who may get what")
    newsletters: tuple[Newsletter, ...] = Field(min_length=1, description="what is sent, and when")
    events: tuple[OwnEvent, ...] = Field((), description="our own events")
    prospects: tuple[Prospect, ...] = Field((), description="organisations that may join")
    groups: tuple[Group, ...] = Field((), description="communities of practice and working groups")
    moments: tuple[MomentOfYear, ...] = Field(
        (), description="days on which the network speaks with one voice"
    )
    mailings: Mailings = Field(Mailings(), description="messages around events")
    press: Press | None = Field(None, description="press releases; empty: this newsroom makes none")
    harvest: Harvest = Field(Harvest(), description="how sources are fetched")
    curation: Curation = Field(Curation(), description="how stories are weighed for an issue")
    delivery: Delivery = Field(description="how mail leaves the house")
    archive: Archive = Field(Archive(), description="where sent publications are kept")
    store: Store = Field(Store(), description="the database")
    templates: str = Field("templates", description="folder of the templates")
    outputs: str = Field("outputs", description="folder of everything that is made")

    @property
    def user_agent(self) -> str:
        """Who we say we are when we fetch, with whom to ask about it."""
        ours = f"stuifmail (+{self.organisation.website}; {self.organisation.email})"
        return self.harvest.user_agent or ours

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

    def event(self, event_id: str) -> OwnEvent | None:
        """Answer our own event with this id, None when there is none."""
        return next((event for event in self.events if event.id == event_id), None)

    def group(self, group_id: str) -> Group | None:
        """Answer the group with this id, None when there is none."""
        return next((group for group in self.groups if group.id == group_id), None)
