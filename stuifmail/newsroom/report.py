"""What a month or year came to, looked up in what was sent."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, get_args
from zoneinfo import ZoneInfo

from stuifmail.config.codec import to_data
from stuifmail.curate.history import read_log
from stuifmail.curate.period import Attention, measure_attention
from stuifmail.errors import StuifmailError
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.marks import fill_texts
from stuifmail.model.publications import Publication, Purpose
from stuifmail.model.reports import Count, Deviation, PeriodReport, Piece, Repair
from stuifmail.model.reviews import Dossier
from stuifmail.newsroom.harvests.health import examine_health
from stuifmail.newsroom.house import House
from stuifmail.newsroom.issues.choosing import list_passers_on
from stuifmail.render.reports import render_report
from stuifmail.render.templates import TemplateFolder
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store.database import Connection
from stuifmail.store.figure_overrides import OwnNumber
from stuifmail.store.period import list_embargoes, list_own_numbers

#: What may be the matter with a member's sources when nothing comes from it.
_MUTING = ("no_source", "failing", "retired", "empty", "never", "silent", "quiet")


def make_report(house: House, period: str = "") -> PeriodReport:
    """Answer what a period came to.

    Args:
        period: "2026" or "2026-05"; empty: the present year.

    Raises:
        StuifmailError: that is no year or month.
    """
    now, zone = house.clock(), ZoneInfo(house.config.organisation.time_zone)
    label = period or f"{now.astimezone(zone).year}"
    first, after = read_period(label)
    start, end = (datetime.combine(day, time(), zone).astimezone(UTC) for day in (first, after))
    troubles = _list_troubles(house)
    with house.store.begin() as connection:
        dossiers = publication_table.list_dossiers(connection)
        sent = sorted(
            (each for each in dossiers if each.sent_at is not None and start <= each.sent_at < end),
            key=lambda each: (each.sent_at, each.id),
        )
        pieces = tuple(_describe_piece(house, connection, dossier) for dossier in sent)
        overrides = list_own_numbers(connection, start, end)
        embargoes = list_embargoes(connection, start, end)
    last = after - timedelta(days=1)
    attention = _measure(house, sent, dossiers, last, troubles)
    return PeriodReport(
        label=label,
        starts_on=first,
        ends_on=last,
        made_at=now,
        pieces=pieces,
        purposes=_count_purposes(pieces),
        unstated_count=sum(not piece.purposes for piece in pieces),
        campaigns=_count_campaigns(pieces),
        **{each.name: getattr(attention, each.name) for each in fields(attention)},
        single_eyes=_list_single_eyes(sent),
        overrides=tuple(map(_describe_override, overrides)),
        repairs=_list_repairs(sent, dossiers, start, end),
        embargoes=tuple(embargoes),
    )


def _measure(
    house: House, sent: Sequence[Dossier], ever: Sequence[Dossier], on: date, troubles: Mapping[str, str]
) -> Attention:
    return measure_attention(
        [each.revision.publication for each in sent],
        last=_find_last(house, [each for each in ever if each.sent_at is not None]),
        members=house.config.members,
        vocabularies=house.config.vocabularies,
        on=on,
        troubles=troubles,
        passers_on=list_passers_on(house.config),
    )


def _describe_override(own: OwnNumber) -> Deviation:
    return Deviation(
        what=f"{own.figure_id}: {own.override.counted} → {own.value}",
        actor=own.override.actor,
        reason=own.override.reason,
        at=own.override.made_at,
    )


def read_period(label: str) -> tuple[date, date]:
    """Answer the first day of "2026" or "2026-05", and the first day after it.

    Raises:
        StuifmailError: that is no year or month.
    """
    found = re.fullmatch(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?", label)
    if found is None:
        raise StuifmailError(
            f"{label!r} is no year or month", place="report", remedy="write 2026, or 2026-05 for a month"
        )
    year, month = int(found[1]), found[2]
    if month is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    first = date(year, int(month), 1)
    return first, (first + timedelta(days=31)).replace(day=1)


def name_last_month(house: House) -> str:
    """Answer the month before the present one in the newsroom's zone: "2026-04"."""
    today = house.clock().astimezone(ZoneInfo(house.config.organisation.time_zone)).date()
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def write_report(house: House, report: PeriodReport, language: str = "") -> str:
    """Answer a report as Markdown, from the templates of templates/reports.

    Raises:
        InvalidTemplate: the template is missing or wrong.
    """
    config = house.config
    chosen = language or config.organisation.languages[0]
    folder = TemplateFolder(house.root / config.templates, config.templates)
    kinds = {kind.id: kind.name for kind in config.vocabularies.member_kinds}
    roles = {role.id: role.name for role in config.review.roles}
    return render_report(
        folder, report, chosen, time_zone=config.organisation.time_zone, kinds=kinds, roles=roles
    )


def describe_report(report: PeriodReport) -> dict[str, Any]:
    """Answer a report for scripts, with what follows from it."""
    return {
        **to_data(report),
        "accepted_count": report.accepted_count,
        "suppressed_count": report.suppressed_count,
        "gaps": [point.id for point in report.gaps],
        "silent": [member.id for member in report.silent],
    }


def _describe_piece(house: House, connection: Connection, dossier: Dossier) -> Piece:
    publication = dossier.revision.publication
    counts = delivery_table.count_deliveries(connection, dossier.id)
    if dossier.sent_at is None:
        raise ValueError(f"{dossier.id} was never sent")
    return Piece(
        id=dossier.id,
        kind=publication.kind,
        title=fill_texts(publication.subject, publication.figures),
        sent_at=dossier.sent_at,
        purposes=publication.purposes,
        campaign=_campaign_of(house, publication),
        accepted_count=counts.get(DeliveryState.ACCEPTED, 0),
        suppressed_count=counts.get(DeliveryState.SUPPRESSED, 0),
    )


def _campaign_of(house: House, publication: Publication) -> str:
    event = house.config.event(publication.event_id)
    return (event.campaign or "") if event else ""


def _count_purposes(pieces: Sequence[Piece]) -> tuple[Count, ...]:
    counts = Counter(purpose for piece in pieces for purpose in piece.purposes)
    return tuple(Count(id=name, name={}, count=counts[name]) for name in get_args(Purpose))


def _count_campaigns(pieces: Sequence[Piece]) -> tuple[Count, ...]:
    counts = Counter(piece.campaign for piece in pieces if piece.campaign)
    return tuple(Count(id=name, name={}, count=count) for name, count in counts.most_common())


def _list_single_eyes(sent: Sequence[Dossier]) -> tuple[Deviation, ...]:
    return tuple(
        Deviation(
            what=dossier.id,
            actor=dossier.approval.role,
            reason=dossier.approval.single_eye_reason,
            at=dossier.approval.approved_at,
        )
        for dossier in sent
        if dossier.approval is not None and dossier.approval.single_eye_reason
    )


def _list_repairs(
    sent: Sequence[Dossier], dossiers: Sequence[Dossier], start: datetime, end: datetime
) -> tuple[Repair, ...]:
    """Corrections and kill notices that went out, and what was taken back without a notice."""
    reasons = {dossier.id: dossier.kill_reason for dossier in dossiers}
    notices = [
        Repair(
            id=dossier.id,
            kind=publication.kind,
            of=publication.corrects,
            at=dossier.sent_at,
            reason=reasons.get(publication.corrects, "") if publication.kind == "kill" else "",
        )
        for dossier in sent
        if (publication := dossier.revision.publication).corrects and dossier.sent_at is not None
    ]
    told = {repair.of for repair in notices if repair.kind == "kill"}
    silent = [
        Repair(id=dossier.id, kind="kill", of=dossier.id, at=dossier.killed_at, reason=dossier.kill_reason)
        for dossier in dossiers
        if dossier.killed_at is not None and start <= dossier.killed_at < end and dossier.id not in told
    ]
    return tuple(sorted([*notices, *silent], key=lambda repair: (repair.at, repair.id)))


def _find_last(house: House, sent: Sequence[Dossier]) -> dict[str, datetime]:
    log = read_log(
        [dossier.revision.publication for dossier in sent],
        members=house.config.members,
        vocabularies=house.config.vocabularies,
        year=house.clock().year,
        issues_back=0,
        passers_on=list_passers_on(house.config),
    )
    return dict(log.last)


def _list_troubles(house: House) -> dict[str, str]:
    """By member, the first thing that is the matter with its sources now."""
    found: dict[str, str] = {}
    for trouble in examine_health(house).troubles:
        if trouble.member_id and trouble.kind in _MUTING:
            found.setdefault(trouble.member_id, trouble.kind)
    return found
