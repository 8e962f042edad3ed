"""The quality gate on content: what is missing or doubtful, before anything is rendered. Pure.

Nothing here looks at the clock: dates are held against the planned moment of sending, so
that the same content gives the same findings on every day.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from stuifmail.config.codec import to_data
from stuifmail.config.models import NewsroomConfig
from stuifmail.model.blocks import link_of, title_of
from stuifmail.model.figures import Figure
from stuifmail.model.people import Reader
from stuifmail.model.problems import Problem
from stuifmail.model.publications import UNSUBSCRIBE_MARK, EventBlock, Publication, StoryBlock
from stuifmail.model.reviews import Dossier, Finding, PublicationState


def check_content(
    publication: Publication, config: NewsroomConfig, figures: Mapping[str, Figure]
) -> list[Finding]:
    """Answer the findings on a publication's content, in reading order.

    Args:
        figures: every figure of the newsroom by id, as the records say now.
    """
    return [
        *_check_marks(publication),
        *_check_subject(publication),
        *_check_emptiness(publication),
        *_check_translations(publication),
        *_check_links(publication),
        *_check_dates(publication, config.organisation.time_zone),
        *_check_members(publication, config),
        *_check_figures(publication, figures),
    ]


def check_audience(
    readers: Sequence[Reader], problems: Sequence[Problem], publication: Publication
) -> list[Finding]:
    """Answer the findings on who would get it: nobody at all, or rows that cannot be used."""
    findings = [
        Finding(
            code="contact-unusable",
            severity="warning",
            place=f"{problem.file}:{problem.line}",
            message=problem.message,
            remedy=problem.remedy,
        )
        for problem in problems
    ]
    if not any(not reader.suppressed for reader in readers):
        findings.append(
            Finding(
                code="no-readers",
                severity="blocking",
                place=publication.audience_id,
                message="nobody would get this: the audience has no reader who may get mail",
                remedy="look at the audience's rule in sources.yaml and at consent in the contacts sheet",
            )
        )
    return findings


def check_parted(parted_count: int, publication: Publication) -> list[Finding]:
    """Answer the finding on readers of the first version whom a correction can no longer reach."""
    if not parted_count:
        return []
    who = "1 reader" if parted_count == 1 else f"{parted_count} readers"
    return [
        Finding(
            code="correction-unreachable",
            severity="advice",
            place=publication.corrects,
            message=f"{who} of {publication.corrects} may no longer be written to, and will not see this",
            remedy="nothing: who withdrew is left alone; the corrected page tells them",
        )
    ]


def check_repeats(publication: Publication, issues: Iterable[Dossier]) -> list[Finding]:
    """Answer the findings on news that readers have had in another issue, or will have before this one.

    Args:
        issues: all issues of the series, this one too.
    """
    told = {
        item_id: issue.id
        for issue in issues
        if issue.id != publication.id and _comes_first(issue, publication)
        for block in issue.revision.publication.blocks()
        if (item_id := getattr(block, "item_id", ""))
    }
    return [
        Finding(
            code="told-before",
            severity="warning",
            place=block.id,
            message=f"this news is in {told[item_id]} too",
            remedy="take it out, or leave it in if readers should see it again",
        )
        for block in publication.blocks()
        if (item_id := getattr(block, "item_id", "")) in told
    ]


def check_addresses(hidden: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Answer the findings on addresses that a member hides from robots and no editor looked at.

    Args:
        hidden: by block, the addresses as we read them.
    """
    return [
        Finding(
            code="hidden-address",
            severity="warning",
            place=block_id,
            message=f"an address stands here as its member hides it: {', '.join(addresses)}",
            remedy="write it as readers need it, or confirm it for new drafts: stuifmail addresses",
        )
        for block_id, addresses in hidden.items()
    ]


def _comes_first(issue: Dossier, publication: Publication) -> bool:
    if issue.state in (PublicationState.APPROVED, PublicationState.QUEUED):
        return issue.revision.publication.send_at < publication.send_at
    return issue.state == PublicationState.SENT


def _check_marks(publication: Publication) -> Iterator[Finding]:
    """A reader's own link belongs in the footer, which the template makes; nowhere else."""
    if UNSUBSCRIBE_MARK in json.dumps(to_data(publication), ensure_ascii=False):
        places = [block.id for block in publication.blocks() if UNSUBSCRIBE_MARK in str(to_data(block))]
        yield Finding(
            code="reserved-mark",
            severity="blocking",
            place=places[0] if places else "",
            message=f"{UNSUBSCRIBE_MARK} stands in a text: it would give away the reader's own link",
            remedy="take it out; the footer has the link already",
        )


def _check_subject(publication: Publication) -> Iterator[Finding]:
    for language in publication.languages:
        if not publication.subject.get(language):
            yield Finding(
                code="missing-subject",
                severity="blocking",
                language=language,
                message=f"the {language} edition has no subject",
                remedy=f"add subject.{language}",
            )


def _check_emptiness(publication: Publication) -> Iterator[Finding]:
    stories = sum(isinstance(block, StoryBlock) for block in publication.blocks())
    if not any(True for _ in publication.blocks()):
        yield Finding(
            code="empty",
            severity="blocking",
            message="there is nothing in this issue",
            remedy="add a block, or skip this issue",
        )
    elif publication.kind == "newsletter" and stories < 3:
        yield Finding(
            code="thin",
            severity="warning",
            message=f"only {stories} piece(s) of member news",
            remedy="ask members for news, or let the issue wait",
        )


def _check_translations(publication: Publication) -> Iterator[Finding]:
    for block in publication.blocks():
        for language in publication.languages:
            title = title_of(block)
            if not title or title.get(language):
                continue
            original = next(iter(title), "")
            yield Finding(
                code="missing-translation",
                severity="advice",
                place=block.id,
                language=language,
                message=f"no title in {language}: that edition shows it with the label [{original.upper()}]",
                remedy=f"add title.{language} and text.{language}, or leave it so",
            )


def _check_links(publication: Publication) -> Iterator[Finding]:
    for block in publication.blocks():
        link = link_of(block)
        if link and not re.match(r"https?://[^\s/]+\.[^\s/]+", link):
            yield Finding(
                code="bad-link",
                severity="blocking",
                place=block.id,
                message=f"{link!r} is not a web address",
                remedy="write it in full: https://…",
            )
        if not link and isinstance(block, StoryBlock):
            yield Finding(
                code="no-link",
                severity="warning",
                place=block.id,
                message="readers cannot read on: the story has no link",
                remedy="add link",
            )


def _check_dates(publication: Publication, zone: str) -> Iterator[Finding]:
    sending_day = _day_of(publication.send_at, zone)
    for block in publication.blocks():
        if isinstance(block, EventBlock) and _last_chance(block) < sending_day:
            yield Finding(
                code="past-event",
                severity="blocking",
                place=block.id,
                message="the event is over before the issue is sent",
                remedy="take it out of the agenda",
            )


def _last_chance(block: EventBlock) -> date:
    """Answer the last day on which the event may begin."""
    if block.span is None:
        return _day_of(block.starts_at, block.time_zone)
    return block.span.last or date.max


def _day_of(when: datetime | date, zone: str) -> date:
    return when.astimezone(ZoneInfo(zone)).date() if isinstance(when, datetime) else when


def _check_members(publication: Publication, config: NewsroomConfig) -> Iterator[Finding]:
    sending_day = _day_of(publication.send_at, config.organisation.time_zone)
    for block in publication.blocks():
        for member_id in block.members if hasattr(block, "members") else ():
            member = config.member(member_id)
            if member is None or (member.left and member.left <= sending_day):
                yield Finding(
                    code="not-a-member",
                    severity="blocking" if member is None else "warning",
                    place=block.id,
                    message=f"{member.name if member else member_id} is not a member on the day of sending",
                    remedy="correct the block's members, or take it out",
                )


def _check_figures(publication: Publication, figures: Mapping[str, Figure]) -> Iterator[Finding]:
    bound = {figure.id: figure for figure in publication.figures}
    for place, name in publication.figure_uses():
        if name not in bound:
            yield Finding(
                code="unknown-figure",
                severity="blocking",
                place=place,
                message=f"there is no figure {name}",
                remedy="harvest the sheet it comes from, or take it out",
            )
        elif name not in figures or _worth(figures[name]) != _worth(bound[name]):
            now = figures[name].value if name in figures else "gone"
            yield Finding(
                code="changed-figure",
                severity="blocking",
                place=place,
                message=f"{name} is {bound[name].value} here, but its record says {now}",
                remedy="open the draft and save it: it then takes the number of the record",
            )


def _worth(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.definition, figure.previous
