"""How sources and members are doing, with a ready-made note to each member that can help."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from stuifmail.config.models import Member
from stuifmail.errors import StuifmailError
from stuifmail.harvest.health import find_first_items, find_member_troubles, find_source_troubles
from stuifmail.model.health import HealthReport, Note, Trouble
from stuifmail.model.texts import pick_text
from stuifmail.newsroom.house import House
from stuifmail.render.notes import render_note
from stuifmail.render.templates import TemplateFolder
from stuifmail.store.activity import get_activities
from stuifmail.store.sources import get_states


def examine_health(house: House, member_id: str | None = None) -> HealthReport:
    """Answer what is the matter with which source and member, and since when; nothing is fetched.

    Args:
        house: the open newsroom.
        member_id: only this member and its sources; None for all.

    Raises:
        StuifmailError: there is no such member.
    """
    report = _examine_all(house)
    if member_id is None:
        return report
    if house.config.member(member_id) is None:
        raise StuifmailError(
            "there is no such member", place=member_id, remedy="its id stands in sources.yaml, under members"
        )
    return replace(
        report,
        sources_count=sum(source.member == member_id for source in house.config.sources),
        troubles=tuple(each for each in report.troubles if each.member_id == member_id),
        first_items=tuple(each for each in report.first_items if each.member_id == member_id),
        notes=tuple(each for each in report.notes if each.member_id == member_id),
    )


def _examine_all(house: House) -> HealthReport:
    now, config = house.clock(), house.config
    with house.store.begin() as connection:
        states = get_states(connection)
        activities = get_activities(connection, now)
    troubles = [
        trouble
        for source in config.sources
        for trouble in find_source_troubles(
            source, states.get(source.id), now=now, quiet_days=config.harvest.quiet_days
        )
    ]
    troubles += find_member_troubles(config, activities, troubles, now=now)
    return HealthReport(
        checked_at=now,
        sources_count=len(config.sources),
        troubles=tuple(troubles),
        first_items=find_first_items(config.members, activities, now=now),
        notes=tuple(_write_notes(house, troubles)),
    )


def _write_notes(house: House, troubles: Sequence[Trouble]) -> list[Note]:
    """Answer one note a member, in the order of sources.yaml, on all that it can mend."""
    templates = TemplateFolder(house.root / house.config.templates, house.config.templates)
    notes = []
    for member in house.config.members:
        concerned = [
            _without_our_files(house, each)
            for each in troubles
            if each.member_id == member.id and each.for_member
        ]
        if concerned:
            notes.append(_write_note(house, templates, member, concerned))
    return notes


def _without_our_files(house: House, trouble: Trouble) -> Trouble:
    """Answer a trouble with a place that means something to the member: no file of ours."""
    source = next((each for each in house.config.sources if each.id == trouble.source_id), None)
    return replace(trouble, place=source.base or "") if source and source.file else trouble


def _write_note(house: House, templates: TemplateFolder, member: Member, troubles: Sequence[Trouble]) -> Note:
    config = house.config
    language = member.language or config.organisation.languages[0]
    organisation = config.organisation
    context: dict[str, Any] = {
        "member": member.name,
        "troubles": troubles,
        "organisation": {
            "name": pick_text(organisation.name, language),
            "short_name": organisation.short_name,
            "email": organisation.email,
        },
        "user_agent": config.user_agent,
        "submit_url": next((letter.submit_url for letter in config.newsletters if letter.submit_url), None),
    }
    subject, text = render_note(templates, "source", language, context)
    return Note(member_id=member.id, to=member.contact or "", language=language, subject=subject, text=text)
