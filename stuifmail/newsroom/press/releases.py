"""From an event's record, figures and ledger to the drafts of a press release, one per language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from stuifmail.compose.releases import BLANKS, Facts, ReleaseMaterial, ReleaseTexts, compose_release
from stuifmail.compose.releases.wording import say
from stuifmail.config.models import Press
from stuifmail.config.phrases import read_phrases
from stuifmail.errors import StuifmailError, WrongState
from stuifmail.model.publications import Embargo, Publication
from stuifmail.model.records import EventRecord, Realisation
from stuifmail.model.reviews import PublicationState
from stuifmail.newsroom.house import House
from stuifmail.newsroom.numbers.figures import list_figures_on
from stuifmail.newsroom.our_events.ledger import realise
from stuifmail.newsroom.our_events.records import days_of, get_record, list_records
from stuifmail.newsroom.outgoing.embargoes import set_embargo
from stuifmail.newsroom.press.press_updates import NewsForPress, gather_news
from stuifmail.newsroom.press.quotes import record_given_approvals
from stuifmail.newsroom.press.release_fields import FieldSources, make_fields, name_members
from stuifmail.newsroom.press.release_moments import find_hours, plan_releases
from stuifmail.render.labels import read_labels
from stuifmail.review.acts import AUTOMATON, record_draft
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection
from stuifmail.store.locks import hold_lock

Stage = Literal["announcement", "results", "update"]
STAGES: tuple[Stage, ...] = ("announcement", "results", "update")

#: An event has one announcement and one results release; so they are called -pers-1 and -pers-2.
_NUMBERS: dict[str, int] = {"announcement": 1, "results": 2}
_OVER = (PublicationState.SENT, PublicationState.KILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReport:
    """What drafting one language version came to.

    Args:
        publication_id: "" when there is nothing to tell.
        created: False when it had been drafted before, or there is nothing to tell.
        send_at: None when there is nothing to tell.
        why: why there is no release; who was announced and did not join.
    """

    publication_id: str
    language: str
    created: bool
    send_at: datetime | None
    state: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """What a release is about: an event, or news of members."""

    facts_id: str
    number: int
    stage: Stage
    record: EventRecord | None = None
    above: EventRecord | None = None
    parts: Sequence[EventRecord] = ()
    realisation: Realisation | None = None
    news: NewsForPress | None = None

    @property
    def days(self) -> tuple[date, date] | None:
        return days_of(self.record.facts) if self.record else None


def draft_release(
    house: House,
    event_id: str | None,
    stage: Stage,
    *,
    embargo: Embargo | None = None,
    send_at: datetime | None = None,
) -> tuple[ReleaseReport, ...]:
    """Draft a press release in each language of press.audiences, unless it has been drafted before.

    Args:
        event_id: one of our own events; None for an update, which tells members' news.
        embargo: whole, in all languages; mostly none.
        send_at: another moment than the hours of press.hours give, aware.

    Returns:
        A report for each language; an update without anything newsworthy makes no draft and says so.

    Raises:
        StuifmailError: sources.yaml has no press, or the stage does not go with the event.
        UnknownEvent: there is no such event.
        EmbargoRefused: the embargo is not whole, or has ended.
        WrongState: an embargo was given for a release that is drafted already.
        Busy: another run drafts.
    """
    press = require_press(house)
    with hold_lock(house.store, "draft"), house.store.begin() as connection:
        subject = _find_subject(house, connection, event_id, stage, press)
        drafter = _Drafter(house, connection, press, subject, embargo, send_at)
        reports = tuple(drafter.draft(language) for language in press.audiences)
        drafter.seal()
    return reports


def require_press(house: House) -> Press:
    """Answer the settings of press releases.

    Raises:
        StuifmailError: there are none.
    """
    if house.config.press is None:
        raise StuifmailError(
            "this newsroom makes no press releases",
            place="sources.yaml",
            remedy="add press: with its list, contact, boilerplate, place and audiences (docs/sources.md)",
        )
    return house.config.press


def read_release_texts(house: House, language: str) -> ReleaseTexts:
    """Answer the editors' sentences of one language.

    Raises:
        InvalidTemplate, InvalidDocument: there are none, or they have problems.
    """
    folder = house.root / house.config.templates
    return read_phrases(
        ReleaseTexts, folder, "releases/texts", language, blanks=BLANKS, shown_as=house.config.templates
    )


def _find_subject(
    house: House, connection: Connection, event_id: str | None, stage: Stage, press: Press
) -> _Subject:
    if stage == "update":
        return _find_update(house, connection, event_id, press)
    if event_id is None:
        raise StuifmailError(
            f"which event is the {stage} about?",
            place="press",
            remedy="name one of events: in sources.yaml; only an update goes without",
        )
    record = get_record(house, connection, event_id)
    _require_stage(record, stage, house.clock())
    records = list_records(house, connection)
    return _Subject(
        facts_id=f"{record.id}-pers-{_NUMBERS[stage]}",
        number=_NUMBERS[stage],
        stage=stage,
        record=record,
        above=records.get(record.part_of),
        parts=tuple(records[part] for part in record.parts if part in records),
        realisation=realise(house, record),
    )


def _require_stage(record: EventRecord, stage: Stage, now: datetime) -> None:
    """Do nothing when the event has a date on the right side of now.

    Raises:
        StuifmailError: it has no date yet, has begun, or is not over.
    """
    days = days_of(record.facts) if record.facts.starts_at is not None else None
    if days is None or record.facts.status in ("tentative", "cancelled", "postponed"):
        why = "it has no certain date yet" if days is None else f"it is {record.facts.status}"
        raise StuifmailError(
            f"the press is told of what is certain, and {why}",
            place=record.id,
            remedy="complete or confirm the event in sources.yaml first",
        )
    today = now.astimezone(ZoneInfo(record.facts.time_zone)).date()
    if stage == "announcement" and today > days[0]:
        raise StuifmailError(
            "the event has begun, so it can no longer be announced",
            place=record.id,
            remedy=f"tell what came of it: stuifmail press {record.id} --stage results",
        )
    if stage == "results" and today < days[1]:
        raise StuifmailError(
            "the event is not over, so it has no results yet",
            place=record.id,
            remedy=f"announce it: stuifmail press {record.id} --stage announcement",
        )


def _find_update(house: House, connection: Connection, event_id: str | None, press: Press) -> _Subject:
    if event_id is not None:
        raise StuifmailError(
            "an update tells members' news and is about no event",
            place=event_id,
            remedy="leave the event out, or take --stage announcement or --stage results",
        )
    open_id, number = _open_update(house, connection)
    return _Subject(
        facts_id=open_id,
        number=number,
        stage="update",
        news=gather_news(house, connection, press.update_points),
    )


def _open_update(house: House, connection: Connection) -> tuple[str, int]:
    """Answer id and number of the update that is being made, else of the next one of this year."""
    year = house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).year
    prefix = f"pers-{year}-"
    found: dict[int, bool] = {}
    for dossier in publication_table.list_dossiers(connection, series_id="press"):
        facts_id = dossier.revision.publication.facts_id
        if facts_id.startswith(prefix):
            number = dossier.revision.publication.number
            found[number] = found.get(number, False) or dossier.state not in _OVER
    still_open = [number for number, is_open in found.items() if is_open]
    number = max(still_open) if still_open else max(found, default=0) + 1
    return f"{prefix}{number}", number


class _Drafter:
    """Drafts the language versions of one release in one transaction."""

    def __init__(
        self,
        house: House,
        connection: Connection,
        press: Press,
        subject: _Subject,
        embargo: Embargo | None,
        send_at: datetime | None,
    ) -> None:
        self._house, self._connection, self._press = house, connection, press
        self._subject, self._embargo, self._send_at = subject, embargo, send_at
        self._figures = list_figures_on(house, connection, house.clock())
        hours = [find_hours(house.config, press, language) for language in press.audiences]
        moments = plan_releases(subject.stage, subject.days, hours, house.clock())
        self._planned = dict(zip(press.audiences, moments, strict=True))
        self._made: list[Publication] = []

    def draft(self, language: str) -> ReleaseReport:
        """Draft one version, unless it was drafted before or there is nothing to tell in it."""
        publication_id = f"{self._subject.facts_id}-{language}"
        existing = publication_table.find_dossier(self._connection, publication_id)
        if existing is not None:
            self._refuse_late_embargo(publication_id)
            return ReleaseReport(
                publication_id=publication_id,
                language=language,
                created=False,
                send_at=existing.revision.publication.send_at,
                state=existing.state,
            )
        if (news := self._subject.news) is not None and not news.stories.get(language):
            return self._say_nothing(language, news)
        publication, why = self._compose(language)
        record_draft(self._connection, publication, at=self._house.clock())
        record_given_approvals(self._house, self._connection, publication, self._subject.record)
        self._made.append(publication)
        return ReleaseReport(
            publication_id=publication_id,
            language=language,
            created=True,
            send_at=publication.send_at,
            state=PublicationState.DRAFT,
            why=why,
        )

    def seal(self) -> None:
        """Record the embargo of what was drafted; it locks page, feeds and other publications."""
        if self._embargo is not None and self._made:
            set_embargo(self._house, self._connection, self._made, role=AUTOMATON)

    def _refuse_late_embargo(self, publication_id: str) -> None:
        if self._embargo is not None:
            raise WrongState(
                "it has been drafted before, so its embargo is set on the draft",
                place=publication_id,
                remedy=f"stuifmail embargo {self._subject.facts_id} --until … --zone … --as ROLE",
            )

    def _say_nothing(self, language: str, news: NewsForPress) -> ReleaseReport:
        threshold = self._press.update_points
        best = f"the best story weighs {news.best_points:.1f}" if news.best_points else "there are no stories"
        if news.best_points >= threshold:
            best = "what weighs enough is in another language, or the press was told of it"
        return ReleaseReport(
            publication_id="",
            language=language,
            created=False,
            send_at=None,
            state="none",
            why=f"nothing newsworthy in {language}: {best}; press.update_points asks for {threshold:g}",
        )

    def _compose(self, language: str) -> tuple[Publication, str]:
        house, press, subject = self._house, self._press, self._subject
        send_at = self._send_at or self._planned[language]
        dated_on = self._dated_on(send_at, find_hours(house.config, press, language).time_zone)
        texts = read_release_texts(house, language)
        facts = self._facts(texts, language, dated_on)
        difference = self._difference(texts, facts)
        form = press.forms.get(language, "nl" if language == "nl" else "international")
        material = ReleaseMaterial(
            facts_id=subject.facts_id,
            number=subject.number,
            stage=subject.stage,
            form=form,
            language=language,
            texts=texts,
            facts=facts,
            record=subject.record,
            place={language: facts.values["city"]},
            dated_on=dated_on,
            period=self._period(),
            send_at=send_at,
            embargo=self._embargo,
            stories=subject.news.stories[language] if subject.news else (),
            difference=difference,
        )
        return compose_release(material, press), difference

    def _dated_on(self, send_at: datetime, zone: str) -> date:
        """The day of release: that on which the embargo ends, where there is one."""
        if self._embargo is not None:
            return self._embargo.until.astimezone(ZoneInfo(self._embargo.time_zone)).date()
        return send_at.astimezone(ZoneInfo(zone)).date()

    def _facts(self, texts: ReleaseTexts, language: str, dated_on: date) -> Facts:
        house, subject, record = self._house, self._subject, self._subject.record
        labels = read_labels(house.root / house.config.templates, language, house.config.templates)
        given = FieldSources(
            config=house.config,
            press=self._press,
            texts=texts,
            language=language,
            number_words=labels.number_words,
            dated_on=dated_on,
            record=record,
            above=subject.above,
            parts=subject.parts,
            realisation=subject.realisation,
            figures=self._figures,
        )
        values = make_fields(given) | dict(self._news_fields(given))
        return Facts(
            values=values,
            figures=self._figures,
            event_id=record.id if record else "",
            previous_id=record.previous if record else "",
        )

    def _news_fields(self, given: FieldSources) -> Iterator[tuple[str, str]]:
        if (news := self._subject.news) is not None:
            yield from name_members(given, news.members[given.language], news.since).items()
            yield "story", news.stories[given.language][0].title

    def _difference(self, texts: ReleaseTexts, facts: Facts) -> str:
        found = self._subject.realisation
        if self._subject.stage != "results" or found is None or not found.missing:
            return ""
        return say(texts.difference, facts)

    def _period(self) -> tuple[datetime, datetime]:
        now, news, days = self._house.clock(), self._subject.news, self._subject.days
        if news is not None:
            return news.since, now
        start = datetime.combine(days[0], datetime.min.time(), now.tzinfo) if days else now
        return min(start, now), now
