from pathlib import Path

import pytest

from stuifmail.config.load import load_config
from stuifmail.errors import InvalidConfig, NewsroomNotFound
from tests.builders import make_newsroom, minimal_sources_yaml, place_of, read_cases


def problems_of(folder: Path, *changes: tuple[str, str]) -> list[str]:
    with pytest.raises(InvalidConfig) as raised:
        load_config(make_newsroom(folder, *changes))
    name = f"{folder / 'sources.yaml'}:"
    return [str(problem).removeprefix(name) for problem in raised.value.problems]


def test_a_valid_newsroom_is_loaded_whole(tmp_path: Path) -> None:
    config = load_config(make_newsroom(tmp_path))
    assert config.organisation.name == {"nl": "Coalitie", "en": "Coalition"}
    assert config.member("berm") is config.members[0]
    assert config.source("berm-news") is config.sources[0]
    assert config.newsletter("nieuwsbrief") is config.newsletters[0]
    assert config.audience("nobody") is None


def test_norway_is_a_country_and_not_a_no(tmp_path: Path) -> None:
    config = load_config(
        make_newsroom(tmp_path, ("tier: partner, joined", "country: NO, tier: partner, joined"))
    )
    assert config.members[0].country == "NO"


def test_a_folder_without_sources_yaml_is_no_newsroom(tmp_path: Path) -> None:
    with pytest.raises(NewsroomNotFound, match="stuifmail init") as raised:
        load_config(tmp_path)
    assert raised.value.place == str(tmp_path)


def test_a_folder_called_sources_yaml_is_no_newsroom(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").mkdir()
    with pytest.raises(NewsroomNotFound, match="cannot be opened"):
        load_config(tmp_path)


def test_bytes_that_are_no_utf_8_are_refused_at_their_place(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_bytes("a: 1\nb: café\n".encode("latin-1"))
    with pytest.raises(
        InvalidConfig, match=r"sources\.yaml:2:7: the file is not UTF-8 \(byte 0xe9\): save it"
    ):
        load_config(tmp_path)


def test_mistakes_of_every_sort_are_listed_together(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        ("country: NL", "country: nl"),
        ("member: berm,", "member: brem,"),
        ("id: partner, name", "id: partner, id: p, name"),
        ("audience: partners", "audience: partner"),
    )
    assert [problem.split(": ")[1] for problem in problems] == [
        "organisation.country",
        "vocabularies.tiers[0].id",
        "sources[0].member",
        "newsletters[0].audience",
    ]


@pytest.mark.parametrize("case", read_cases("config/contradictions.yaml"), ids=lambda case: case["says"][:60])
def test_each_contradiction_is_said_once_at_its_place(tmp_path: Path, case: dict[str, str]) -> None:
    change = (case["old"], case["new"])
    (problem,) = problems_of(tmp_path, change)
    place = place_of(minimal_sources_yaml(change), case["new"], case["at"])
    assert problem.startswith(f"{place}: {case['says']}")
    assert "hunter2" not in problem


def test_what_moved_from_a_participants_sheet_to_its_event_says_so(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, ("member: berm,", "member: berm, previous: x, report_url: y,"))
    assert [problem.split(": ", 2)[1:] for problem in problems] == [
        [
            "sources[0].previous",
            "this key is not known here: it stands with the event now: move previous to events:",
        ],
        [
            "sources[0].report_url",
            "this key is not known here: it stands with the event now: move report_url to events:",
        ],
    ]


def test_only_a_section_of_results_names_events(tmp_path: Path) -> None:
    events = "\nevents:\n  - {id: congres, kind: congress, title: {nl: Congres, en: Congress}}\nsources:\n"
    problems = problems_of(
        tmp_path, ("\nsources:\n", events), ("kind: stories,", "kind: stories, events: [congres],")
    )
    assert ["a section of stories shows no results of events" in problem for problem in problems] == [True]


def test_a_contradiction_is_found_in_a_file_with_other_mistakes(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path, ("member: berm,", "member: brem, knd: x,"), ("members:\n", "members:\n  - 5\n")
    )
    assert [problem.split(": ")[1] for problem in problems] == [
        "members[0]",
        "sources[0].member",
        "sources[0].knd",
    ]
