"""The content gate: what an editor must mend, and what an editor should know."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from stuifmail.model.people import Reader
from stuifmail.model.publications import EventBlock, Publication, StoryBlock
from stuifmail.model.reviews import Dossier, Finding, PublicationState, Revision
from stuifmail.review.checks import check_audience, check_content, check_repeats
from tests.builders_publication import build_config, build_publication

CONFIG = build_config()
ISSUE = build_publication()
FIGURES = {figure.id: figure for figure in ISSUE.figures}


def with_block(block: object) -> Publication:
    section = ISSUE.sections[0]
    return replace(ISSUE, sections=(replace(section, blocks=(block,)), *ISSUE.sections[1:]))


def first_story() -> StoryBlock:
    return next(block for block in ISSUE.blocks() if isinstance(block, StoryBlock))


def find(publication: Publication, code: str) -> list[Finding]:
    return [f for f in check_content(publication, CONFIG, FIGURES) if f.code == code]


def test_the_may_issue_has_nothing_that_blocks() -> None:
    assert [f for f in check_content(ISSUE, CONFIG, FIGURES) if f.severity == "blocking"] == []


def test_a_missing_subject_blocks_the_edition_that_lacks_it() -> None:
    (finding,) = find(replace(ISSUE, subject={"nl": "Nieuws"}), "missing-subject")
    assert (finding.severity, finding.language) == ("blocking", "en")


def test_an_empty_issue_blocks() -> None:
    assert find(replace(ISSUE, sections=()), "empty")[0].severity == "blocking"


def test_a_title_in_one_language_only_is_advice_at_its_block() -> None:
    block = replace(first_story(), id="alleen", title={"nl": "Alleen Nederlands"})
    (finding,) = [f for f in find(with_block(block), "missing-translation") if f.place == "alleen"]
    assert finding.severity == "advice"
    assert "[NL]" in finding.message


def test_a_link_that_is_no_web_address_blocks() -> None:
    assert find(with_block(replace(first_story(), link="javascript:alert(1)")), "bad-link")


def test_an_event_that_is_over_before_sending_blocks() -> None:
    past = EventBlock(id="oud", title={"nl": "Oud"}, starts_at=date(2026, 5, 1), time_zone="Europe/Amsterdam")
    assert find(with_block(past), "past-event")[0].place == "oud"


def test_somebody_who_is_not_a_member_is_named() -> None:
    assert find(with_block(replace(first_story(), members=("wie-is-dit",))), "not-a-member")


def test_a_number_that_no_longer_agrees_with_its_record_blocks() -> None:
    name, figure = next(iter(FIGURES.items()))
    newer = FIGURES | {name: replace(figure, value=figure.value + 1)}
    findings = [f for f in check_content(ISSUE, CONFIG, newer) if f.code == "changed-figure"]
    assert findings
    assert str(figure.value + 1) in findings[0].message


def test_an_audience_of_nobody_blocks() -> None:
    silent = [Reader(contact_id="a", address="a@x.example.org", edition="nl", suppressed="bounced")]
    assert check_audience(silent, [], ISSUE)[0].code == "no-readers"
    assert check_audience([replace(silent[0], suppressed="")], [], ISSUE) == []


def issue(state: PublicationState, days: int, name: str = "nieuwsbrief-2026-04") -> Dossier:
    """Another issue with the same news, planned so many days later."""
    other = build_publication()
    other = replace(other, id=name, send_at=other.send_at + timedelta(days=days))
    revision = Revision(
        publication=other, number=1, author="stuifmail", saved_at=other.send_at, content_sha256="c" * 64
    )
    return Dossier(id=name, state=state, revision=revision)


@pytest.mark.parametrize(
    ("state", "days", "is_told"),
    [
        (PublicationState.SENT, -28, True),
        (PublicationState.SENT, 28, True),
        (PublicationState.QUEUED, -28, True),
        (PublicationState.APPROVED, -28, True),
        (PublicationState.QUEUED, 28, False),
        (PublicationState.PROOFED, -28, False),
        (PublicationState.DRAFT, -28, False),
    ],
)
def test_news_that_readers_had_or_will_have_before_is_a_warning(
    state: PublicationState, days: int, is_told: bool
) -> None:
    story = replace(first_story(), item_id="an item")
    news, other = with_block(story), issue(state, days)
    told = replace(
        other,
        revision=replace(
            other.revision, publication=replace(news, id=other.id, send_at=other.revision.publication.send_at)
        ),
    )
    findings = check_repeats(news, [told, issue(PublicationState.SENT, 0, news.id)])
    assert [(found.code, found.severity, found.place) for found in findings] == (
        [("told-before", "warning", story.id)] if is_told else []
    )


def test_the_mark_of_the_readers_own_link_blocks_in_any_text() -> None:
    block = replace(first_story(), id="lek", text={"nl": "Klik @@unsubscribe_url@@"})
    (finding,) = find(with_block(block), "reserved-mark")
    assert (finding.severity, finding.place) == ("blocking", "lek")
    subject = replace(ISSUE, subject={"nl": "@@unsubscribe_url@@", "en": "x"})
    assert find(subject, "reserved-mark")[0].severity == "blocking"
