"""What readers were last told of an event, and drafts that say otherwise than its record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from stuifmail.model.publications import Block, ChangesBlock, DetailsBlock, Publication
from stuifmail.model.records import EventFacts, EventRecord
from stuifmail.model.reviews import Dossier, Finding, PublicationState
from stuifmail.model.told import facts_in, find_changed_facts, number_facts, say_same
from stuifmail.newsroom.house import House
from stuifmail.newsroom.mailings.mailing_words import make_speakers, read_mailing_texts, say_changes
from stuifmail.newsroom.our_events.records import find_previous_report, list_records
from stuifmail.review.completeness import check_completeness
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection

#: Messages that say that something became other.
UPDATES = ("change", "cancellation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What readers were told of an event.

    Args:
        facts: as last told to all who were asked; None: nothing yet.
        highest: the highest SEQUENCE in anything that left the house.
        is_asked: readers were asked to answer, by a calendar part with METHOD REQUEST.
    """

    facts: EventFacts | None = None
    highest: int = 0
    is_asked: bool = False

    def number(self, now: EventFacts) -> EventFacts:
        """Answer the record's facts with the SEQUENCE under which they are told next."""
        return number_facts(now, self.facts, self.highest)

    def changes(self, now: EventFacts) -> tuple[str, ...]:
        """Answer which facts readers have to hear of anew."""
        return find_changed_facts(self.facts, now) if self.facts is not None else ()


def find_told(connection: Connection, event_id: str) -> Told:
    """Answer what readers were last told of an event: by what has left the house, or begun to.

    What only some of them got, such as a reminder, counts where nothing went to all.
    """
    dossiers = publication_table.list_dossiers(connection, event_id=event_id)
    left = [each for each in dossiers if _tells_facts(each) and has_left(connection, each)]
    left.sort(key=lambda each: each.sent_at or each.due_at or each.revision.publication.send_at)
    publications = [each.revision.publication for each in left]
    told = [(publication, facts) for publication in publications if (facts := facts_in(publication))]
    to_all = [facts for publication, facts in told if _goes_to_all(publication)]
    last = to_all or [facts for _, facts in told]
    return Told(
        facts=last[-1] if last else None,
        highest=max((facts.sequence for _, facts in told), default=0),
        is_asked=any(each.calendar and each.calendar.method == "REQUEST" for each in publications),
    )


def has_left(connection: Connection, dossier: Dossier) -> bool:
    """Answer whether a publication was sent, or its sending has begun."""
    return dossier.state == PublicationState.SENT or bool(
        delivery_table.count_deliveries(connection, dossier.id)
    )


def _tells_facts(dossier: Dossier) -> bool:
    return dossier.revision.publication.kind in ("mailing", "correction")


def _goes_to_all(publication: Publication) -> bool:
    return not publication.responses or publication.mailing in UPDATES


def bind_facts(house: House, connection: Connection, publication: Publication) -> Publication:
    """Answer the publication with its event's facts as the record says them now."""
    record = _find_record(house, connection, publication)
    if record is None or publication.kind != "mailing":
        return publication
    told = find_told(connection, record.id)
    facts = told.number(record.facts)

    def bind(block: Block) -> Block:
        if isinstance(block, DetailsBlock) and block.facts.event_id == record.id:
            return replace(block, facts=facts)
        if isinstance(block, ChangesBlock) and told.facts is not None:
            speakers = make_speakers(house, read_mailing_texts(house))
            return replace(block, lines=say_changes(told.changes(facts), told.facts, facts, speakers))
        return block

    calendar = replace(publication.calendar, facts=facts) if publication.calendar else None
    sections = (replace(one, blocks=tuple(map(bind, one.blocks))) for one in publication.sections)
    return replace(publication, sections=tuple(sections), calendar=calendar)


def _find_record(house: House, connection: Connection, publication: Publication) -> EventRecord | None:
    return list_records(house, connection).get(publication.event_id) if publication.event_id else None


def check_mailing(house: House, connection: Connection, publication: Publication) -> list[Finding]:
    """Answer the findings on a message around an event: old facts, and what the event still lacks."""
    if publication.kind != "mailing" or not publication.event_id:
        return []
    records = list_records(house, connection)
    record = records.get(publication.event_id)
    if record is None:
        return [_gone(publication)]
    told = find_told(connection, record.id)
    previous = find_previous_report(house, records, record)
    return [
        *_check_facts(publication, record, told),
        *_check_update(publication, record, told),
        *(check_completeness(record, previous) if publication.mailing == "invitation" else ()),
        *_check_group(publication, previous),
    ]


def _gone(publication: Publication) -> Finding:
    return Finding(
        code="event-gone",
        severity="blocking",
        place=publication.event_id,
        message="sources.yaml has no such event any more",
        remedy="put it back under events, or take this draft back",
    )


def _check_facts(publication: Publication, record: EventRecord, told: Told) -> Iterator[Finding]:
    now = told.number(record.facts)
    bound = [(block.id, block.facts) for block in publication.blocks() if isinstance(block, DetailsBlock)]
    calendar = publication.calendar
    if calendar is not None:
        bound.append(("", calendar.facts))
    for place, facts in bound:
        if not say_same(facts, now):
            names = ", ".join(find_changed_facts(facts, now)) or "details"
            yield _stale(place, f"the event's facts changed since ({names})")
    if calendar is not None and say_same(calendar.facts, now) and calendar.facts.sequence != now.sequence:
        yield _stale(
            "", "another message about this event went out since, or its calendar entry was saved anew"
        )


def _stale(place: str, message: str) -> Finding:
    return Finding(
        code="changed-facts",
        severity="blocking",
        place=place,
        message=message,
        remedy="open the draft and save it: it then takes those of the record",
    )


def _check_update(publication: Publication, record: EventRecord, told: Told) -> Iterator[Finding]:
    """An update whose reason is gone, or that is of the wrong kind."""
    if publication.mailing not in UPDATES:
        return
    if not told.changes(record.facts):
        yield Finding(
            code="nothing-changed",
            severity="blocking",
            place=record.id,
            message="readers have been told already what the record says now",
            remedy="take this draft back",
        )
    elif (publication.mailing == "cancellation") != (record.facts.status == "cancelled"):
        yield Finding(
            code="wrong-update",
            severity="blocking",
            place=record.id,
            message=f"the event is {record.facts.status}, which this message does not say",
            remedy="take this draft back and draft the message anew: stuifmail mailing --due",
        )


def _check_group(publication: Publication, previous: str) -> Iterator[Finding]:
    if publication.mailing == "group" and not previous:
        yield Finding(
            code="event-no-previous-report",
            severity="warning",
            place=publication.event_id,
            message="the meeting before this one has no report to link to",
            remedy="add its report_url in sources.yaml, or leave it so for a first meeting",
        )
