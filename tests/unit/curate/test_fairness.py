"""Whose turn it is, by what stood in the issues so far."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stuifmail.config.models import Domain, FocusPoint, Member, Term, Theme, Vocabularies
from stuifmail.curate.fairness import Shares
from stuifmail.curate.history import read_log
from stuifmail.model.publications import EventBlock, NoticeBlock, Publication, Section, StoryBlock
from stuifmail.model.selections import FeatureLog

TODAY = date(2026, 5, 4)
SENT = datetime(2026, 4, 7, 8, tzinfo=UTC)
VOCABULARIES = Vocabularies(
    member_kinds=(Term(id="ngo", name={"nl": "organisatie"}), Term(id="bedrijf", name={"nl": "bedrijf"})),
    tiers=(Term(id="partner", name={"nl": "partner"}),),
    themes=(Theme(id="bermen", name={"nl": "Bermen"}, keywords={"nl": ("berm",)}),),
    domains=(
        Domain(id="water", name={"nl": "water"}, keywords={"nl": ("dijk",)}),
        Domain(id="land", name={"nl": "land"}, keywords={"nl": ("akker",)}),
    ),
    focus_points=(
        FocusPoint(id="meer-berm", year=2026, name={"nl": "Meer berm"}, themes=("bermen",)),
        FocusPoint(id="oud", year=2025, name={"nl": "Oud"}, themes=("bermen",)),
    ),
)


def member(name: str, kind: str = "ngo", joined: date = date(2020, 1, 1), **more: object) -> Member:
    return Member(id=name, name=name.title(), kind=kind, tier="partner", joined=joined, **more)  # type: ignore[arg-type]


MEMBERS = (
    member("a"),
    member("b"),
    member("c", "bedrijf", country="BE"),
    member("nieuw", joined=date(2026, 4, 14)),
    member("weg", left=date(2026, 1, 1)),
)


def story(number: int, *members: str, title: str = "Berm langs de dijk") -> StoryBlock:
    return StoryBlock(
        id=f"s{number}", item_id=f"i{number}", members=members, language="nl", title={"nl": title}
    )


def issue(number: int, *blocks: StoryBlock | NoticeBlock | EventBlock) -> Publication:
    send_at = SENT - timedelta(days=28 * number)
    return Publication(
        id=f"nieuwsbrief-{number}",
        kind="newsletter",
        series_id="nieuwsbrief",
        number=number,
        period_starts_at=send_at - timedelta(days=28),
        period_ends_at=send_at,
        send_at=send_at,
        audience_id="lezers",
        languages=("nl",),
        subject={"nl": "Nieuws"},
        preheader={"nl": "Nieuws"},
        sections=(Section(id="leden", kind="stories", blocks=blocks),),
    )


def log_of(*issues: Publication, back: int = 6, passers_on: frozenset[str] = frozenset()) -> FeatureLog:
    return read_log(
        issues,
        members=MEMBERS,
        vocabularies=VOCABULARIES,
        year=2026,
        issues_back=back,
        passers_on=passers_on,
    )


def shares_of(log: FeatureLog) -> Shares:
    return Shares(
        MEMBERS, VOCABULARIES.member_kinds, VOCABULARIES.domains, log, today=TODAY, newcomer_days=120
    )


def test_the_log_counts_pieces_by_member_kind_country_domain_and_focus_point() -> None:
    log = log_of(issue(0, story(1, "a", "c"), story(2, "a", title="Akker zonder naam")))
    assert log == FeatureLog(
        last={"a": SENT, "c": SENT},
        pieces_count=2,
        members={"a": 2, "c": 1},
        kinds={"ngo": 2, "bedrijf": 1},
        countries={"NL": 2, "BE": 1},
        domains={"water": 1, "land": 1},
        year_pieces_count=2,
        focus_points={"meer-berm": 1},
    )


def test_shares_are_of_the_newest_issues_and_focus_points_of_the_whole_year() -> None:
    issues = [issue(number, story(number, "ab"[number % 2])) for number in range(6)]
    log = log_of(*reversed(issues), back=2)
    assert (log.pieces_count, log.members) == (2, {"a": 1, "b": 1})
    # 7 April, 10 March, 10 February and 13 January; the two before were last year
    assert (log.year_pieces_count, log.focus_points) == (4, {"meer-berm": 4})
    assert log.last == {"a": SENT, "b": SENT - timedelta(days=28)}


def test_questions_count_as_pieces_and_events_only_as_being_featured() -> None:
    ask = NoticeBlock(id="n", tone="ask", item_id="i", members=("b",), title={"nl": "Wie helpt?"})
    welcome = NoticeBlock(id="w", tone="welcome", title={"nl": "Welkom"})
    day = EventBlock(id="e", members=("c",), title={"nl": "Dag"}, starts_at=TODAY, time_zone="UTC")
    log = log_of(issue(0, ask, welcome, day))
    assert (log.pieces_count, log.members) == (1, {"b": 1})
    assert set(log.last) == {"b", "c"}


def test_who_only_passes_on_news_of_others_is_never_featured_by_it() -> None:
    log = log_of(issue(0, story(1, "a", "b")), passers_on=frozenset("b"))
    assert (set(log.last), log.members) == ({"a"}, {"a": 1})


def test_new_members_wait_for_their_first_piece_until_it_came() -> None:
    shares = shares_of(FeatureLog())
    assert shares.is_new("nieuw")
    assert shares.waits_for_first("nieuw")
    assert not shares.is_new("a")
    assert not shares_of(FeatureLog(last={"nieuw": SENT})).waits_for_first("nieuw")


def test_who_had_more_than_their_share_is_ahead_and_who_had_nothing_is_wholly_behind() -> None:
    shares = shares_of(log_of(issue(0, story(1, "a"), story(2, "a"), story(3, "b"), story(4, "b"))))
    mine, kind, country, domain = shares.weigh(["c"], "land")
    assert [one.share for one in (mine, kind, country, domain)] == [1, 1, 1, 1]
    assert (kind.got, kind.fair) == (0, 0.25)  # one of the four who are members now
    mine, kind, country, domain = shares.weigh(["a"], "water")
    assert (mine.got, mine.fair, mine.share) == (0.5, 0.25, -0.5)
    assert kind.share == pytest.approx(-0.25)
    assert (domain.got, domain.fair, domain.share) == (1, 0.5, -0.5)


def test_without_any_issue_nobody_is_ahead_or_behind() -> None:
    assert list(shares_of(FeatureLog()).weigh(["a"], "water")) == []
    assert list(shares_of(log_of(issue(0, story(1, "a")))).weigh([], None)) == []
