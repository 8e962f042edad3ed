"""What sources.yaml says of our own events against what it says elsewhere."""

from pathlib import Path

import pytest

from stuifmail.config.check import find_problems
from stuifmail.config.load import load_config
from stuifmail.errors import InvalidConfig
from tests.builders import make_newsroom, minimal_sources_yaml, place_of

_TITLE = "title: {nl: Dag, en: Day}"


def with_events(*lines: str) -> tuple[str, str]:
    """The change that gives the minimal newsroom these events."""
    events = "".join(f"  - {{{line}, {_TITLE}, kind: workshop}}\n" for line in lines)
    return ("delivery:\n", f"events:\n{events}delivery:\n")


def problems_of(folder: Path, *changes: tuple[str, str]) -> list[str]:
    with pytest.raises(InvalidConfig) as raised:
        load_config(make_newsroom(folder, *changes))
    name = f"{folder / 'sources.yaml'}:"
    return [str(problem).removeprefix(name) for problem in raised.value.problems]


def only_problem(folder: Path, *changes: tuple[str, str]) -> str:
    (problem,) = problems_of(folder, *changes)
    return problem


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("part_of: fair", 'there is no event "fair"'),
        ("follows: fair", 'there is no event "fair"'),
        ("previous: fair", 'there is no event "fair"'),
        ("audience: everybody", 'there is no audience "everybody"'),
        ("calendar: {source: agenda, uid: a}", 'there is no source "agenda"'),
        ("parties: [{role: host, member: brem}]", 'there is no member "brem"'),
        (
            "quotes: [{id: a, text: {nl: Ja, en: Yes}, speaker: {nl: x, en: x}, member: brem}]",
            'there is no member "brem"',
        ),
    ],
)
def test_an_event_names_only_what_is_there(tmp_path: Path, line: str, message: str) -> None:
    change = with_events(f"id: day, {line}")
    problem = only_problem(tmp_path, change)
    value = message.split('"')[1]
    assert problem.startswith(place_of(minimal_sources_yaml(change), change[1], value))
    assert message in problem


def test_two_events_do_not_share_an_id(tmp_path: Path) -> None:
    assert 'there are two events "day"' in only_problem(tmp_path, with_events("id: day", "id: day"))


@pytest.mark.parametrize(
    ("key", "words"),
    [("part_of", "be a part of itself"), ("follows", "follow itself"), ("previous", "own previous edition")],
)
def test_a_circle_of_events_is_told_once_with_its_way_round(tmp_path: Path, key: str, words: str) -> None:
    change = with_events(f"id: a, {key}: b", f"id: b, {key}: c", f"id: c, {key}: a")
    problem = only_problem(tmp_path, change)
    assert words in problem
    assert "a -> b -> c -> a" in problem


def test_an_event_that_is_its_own_part_is_a_circle(tmp_path: Path) -> None:
    assert "a -> a" in only_problem(tmp_path, with_events("id: a, part_of: a"))


def test_a_part_outside_the_time_of_its_event_names_both(tmp_path: Path) -> None:
    change = with_events(
        "id: fair, starts: 2025-11-17, ends: 2025-11-21, time_zone: Africa/Nairobi",
        "id: signing, part_of: fair, starts: 2025-11-22 10:00",
    )
    problem = only_problem(tmp_path, change)
    assert '"signing" is not within the time of "fair"' in problem
    assert "fair is in line" in problem


def test_a_part_is_held_in_the_zone_of_the_event_around_it(tmp_path: Path) -> None:
    # 23:30 in Nairobi on the last day; by Amsterdam's clock it would be the day after.
    change = with_events(
        "id: fair, starts: 2025-11-17, ends: 2025-11-21, time_zone: Africa/Nairobi",
        "id: party, part_of: fair, starts: 2025-11-21 22:00, ends: 2025-11-21 23:30",
    )
    assert len(load_config(make_newsroom(tmp_path, change)).events) == 2


def test_an_hour_that_summer_time_leaves_out_is_refused_in_an_inherited_zone(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, with_events("id: night, starts: 2026-03-29 02:30"))
    assert "2026-03-29 02:30 does not exist in Europe/Amsterdam" in problem


def test_the_same_hour_exists_where_the_clock_stays(tmp_path: Path) -> None:
    change = with_events("id: night, starts: 2026-03-29 02:30, time_zone: Africa/Nairobi")
    assert load_config(make_newsroom(tmp_path, change)).events[0].time_zone == "Africa/Nairobi"


def test_a_zone_that_is_not_there_is_refused(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, with_events("id: night, time_zone: Africa/Utrecht"))
    assert 'there is no time zone "Africa/Utrecht"' in problem


def test_an_end_before_the_start_is_refused(tmp_path: Path) -> None:
    problem = only_problem(tmp_path, with_events("id: day, starts: 2026-06-08 14:00, ends: 2026-06-08 13:00"))
    assert "it ends (2026-06-08 13:00:00) before it starts" in problem


def test_a_feed_is_no_calendar(tmp_path: Path) -> None:
    change = with_events("id: day, calendar: {source: berm-news, uid: a}")
    assert 'the source "berm-news" holds no events' in only_problem(tmp_path, change)


def test_two_events_are_not_known_by_one_calendar_entry(tmp_path: Path) -> None:
    calendar = "- {id: agenda, kind: calendar, holds: events, file: agenda.ics}\ncontacts:"
    change = with_events(
        "id: a, calendar: {source: agenda, uid: x}", "id: b, calendar: {source: agenda, uid: x}"
    )
    problem = only_problem(tmp_path, change, ("contacts:", f"  {calendar}"))
    assert '"a" is known by the same calendar entry' in problem


def test_a_participants_sheet_is_about_an_event_once_there_are_events(tmp_path: Path) -> None:
    sheet = "  - {id: sheet, kind: sheet, holds: participants, file: a.csv, about: congres}\ncontacts:"
    assert load_config(make_newsroom(tmp_path / "a", ("contacts:", sheet))).events == ()
    problem = only_problem(tmp_path / "b", ("contacts:", sheet), with_events("id: congress"))
    assert 'there is no event "congres": did you mean "congress"?' in problem


def test_a_programme_has_no_columns_that_we_do_not_know(tmp_path: Path) -> None:
    change = with_events("id: day, programme: {file: a.csv, columns: {begins: van}}")
    assert "programme.columns.begins: we have no such column" in only_problem(tmp_path, change)


def test_an_earlier_membership_does_not_overlap_the_next(tmp_path: Path) -> None:
    change = (
        "joined: 2020-01-01}",
        "joined: 2020-01-01, earlier: [{tier: partner, joined: 2018-01-01, left: 2020-02-01}]}",
    )
    problem = only_problem(tmp_path, change)
    assert "members[0].earlier[0].left: it ended on 2020-02-01, after the next one began" in problem


def test_an_earlier_tier_is_one_of_the_tiers(tmp_path: Path) -> None:
    change = (
        "joined: 2020-01-01}",
        "joined: 2020-01-01, earlier: [{tier: friend, joined: 2018-01-01, left: 2020-01-01}]}",
    )
    assert 'there is no tier "friend"' in only_problem(tmp_path, change)


_PROSPECT = """\
prospects:
  - id: {id}
    name: Berm
    kind: ngo
    steps:
      - {{step: confirmed, on: 2019-12-01}}
      - {{step: signed, on: {day}}}
delivery:
"""


def doubts_of(folder: Path, prospect: str, day: str) -> list[str]:
    change = ("delivery:\n", _PROSPECT.format(id=prospect, day=day))
    root = make_newsroom(folder, change)
    assert load_config(root).prospects, "a doubt stops nothing"
    return [problem.message for problem in find_problems(root, {})]


def test_who_signed_is_a_member_since_that_day(tmp_path: Path) -> None:
    assert doubts_of(tmp_path / "a", "berm", "2020-01-01") == []
    assert doubts_of(tmp_path / "b", "heg", "2020-01-01") == ['"heg" signed on 2020-01-01, but is no member']
    assert doubts_of(tmp_path / "c", "berm", "2020-01-02") == [
        '"berm" signed on 2020-01-02, but did not join that day'
    ]


def test_a_prospect_and_a_group_name_only_what_is_there(tmp_path: Path) -> None:
    group = (
        "delivery:\n",
        (
            "groups:\n  - {id: cop, name: {nl: Groep, en: Group}, audience: all, events: [first], "
            "members: [{member: brem}]}\ndelivery:\n"
        ),
    )
    told = "\n".join(problems_of(tmp_path, group))
    for message in ('no audience "all"', 'no event "first"', 'no member "brem"'):
        assert message in told


def test_a_number_that_nobody_counts_is_named_with_what_is_counted(tmp_path: Path) -> None:
    stated = "figures: [{metric: deelnemers, value: 63, definition: participants/0, origin: report}]"
    problem = only_problem(tmp_path, with_events(f"id: a, {stated}"))
    assert 'metric: nothing is counted that is called "deelnemers"' in problem
    assert "participants, organisations, municipalities" in problem


def test_a_member_with_an_empty_list_of_earlier_memberships_is_in_order(tmp_path: Path) -> None:
    change = ("joined: 2020-01-01}", "joined: 2020-01-01, earlier: []}")
    (member,) = load_config(make_newsroom(tmp_path, change)).members
    assert member.earlier == ()


def test_a_kind_of_item_that_no_source_brings_is_named_with_those_that_are(tmp_path: Path) -> None:
    group = "groups:\n  - {id: cop, name: {nl: Groep, en: Group}, audience: partners, holds: [hulpvraag]}\n"
    problem = only_problem(tmp_path, ("delivery:\n", f"{group}delivery:\n"))
    assert 'there is no kind of item "hulpvraag"' in problem
    assert "help_request" in problem


@pytest.mark.parametrize("figure", ["members.partner", "nowhere.participants", "partners"])
def test_a_figure_of_a_moment_that_nothing_counts_is_named(tmp_path: Path, figure: str) -> None:
    moment = (
        "moments:\n  - {id: day, name: {nl: Dag, en: Day}, on: 2026-05-20, audience: partners, "
        f"figures: [members.partners, {figure}]}}\n"
    )
    problem = only_problem(tmp_path, ("delivery:\n", f"{moment}delivery:\n"))
    assert f'there is no figure "{figure}"' in problem
    assert "members.partners" in problem


def test_an_event_that_ends_and_never_starts_is_refused(tmp_path: Path) -> None:
    assert "it ends, but does not start" in only_problem(tmp_path, with_events("id: a, ends: 2026-06-08"))


def test_a_programme_whose_sheet_is_not_there_is_named(tmp_path: Path) -> None:
    event = with_events("id: a, starts: 2026-06-08, programme: {file: nergens.csv}")
    problems = find_problems(make_newsroom(tmp_path, event), {})
    assert [str(each) for each in problems if "there is no file nergens.csv" in each.message]
