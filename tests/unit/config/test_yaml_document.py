from dataclasses import replace

import pytest

from stuifmail.config.models import NewsroomConfig
from stuifmail.config.validation import check_against
from stuifmail.config.yaml_document import key_of, read_yaml, validate
from stuifmail.errors import InvalidConfig, InvalidDraft
from stuifmail.model.publications import EventBlock, Publication, StoryBlock
from tests.builders import minimal_sources_yaml, place_of, read_cases


def problems_of(text: str) -> list[str]:
    return [str(problem) for problem in read_yaml(text, "f.yaml").problems]


def test_keys_and_values_know_their_line_and_column() -> None:
    document = read_yaml('a:\n  b: "x"\n  c:\n    - d: 1\n', "f.yaml")
    assert document.data == {"a": {"b": "x", "c": [{"d": 1}]}}
    assert document.locate(("a", "b")) == (2, 3)
    assert document.locate(("a", "b"), of_value=True) == (2, 6)
    assert document.locate(("a", "c", 0)) == (4, 7)
    assert document.locate(("a", "c", 0, "d"), of_value=True) == (4, 10)


def test_a_place_that_is_not_there_falls_back_to_the_nearest_parent() -> None:
    document = read_yaml("a:\n  b: 1\n", "f.yaml")
    assert document.locate(("a", "nothing", 3)) == (1, 1)
    assert document.locate(("a", "b", "c")) == (2, 3)
    assert document.locate(()) == (1, 1)


def test_paths_are_shown_with_dots_and_brackets() -> None:
    assert key_of(("sources", 3, "feed")) == "sources[3].feed"
    assert key_of(()) == ""


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("10:00", "10:00"),
        ("2026-05-04", "2026-05-04"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("12", 12),
        ("012", 12),
        ("0x1F", 31),
        ("1.5", 1.5),
        ("1e999", "1e999"),
        (".inf", ".inf"),
        ("~", None),
        ("", None),
        ('"12"', "12"),
        ("'true'", "true"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_scalars_are_read_as_yaml_1_2_reads_them(written: str, value: object) -> None:
    data = read_yaml(f"a: {written}\n", "f.yaml").data
    assert data == {"a": value}
    assert type(data["a"]) is type(value)


def test_a_yaml_1_1_directive_does_not_turn_norway_into_false() -> None:
    assert read_yaml("%YAML 1.1\n---\ncountry: NO\n", "f.yaml").data == {"country": "NO"}


def test_keys_are_always_text() -> None:
    assert read_yaml("no: a\n2026: b\ntrue: c\n", "f.yaml").data == {"no": "a", "2026": "b", "true": "c"}


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert read_yaml("\ufeffa: 1\n", "f.yaml").data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("", "f.yaml:1:1: the file is empty"),
        ("# only a remark\n", "f.yaml:1:1: the file is empty"),
        ("- a\n", "f.yaml:1:1: the file is a list"),
        ("just text", "f.yaml:1:1: the file is plain text"),
        ("a: 1\n\tb: 2\n", "f.yaml:2:1: a tab stands"),
        ("a: b: c\n", "f.yaml:1:5: a colon stands"),
        ("a: 1\nb: 'x\nc: 2\n", "f.yaml:2:4: a quotation mark is opened and never closed"),
        ("a: @x\n", "f.yaml:1:4: a text cannot start with @"),
        ("a: `x`\n", "f.yaml:1:4: a text cannot start with `"),
        ("a: *x\n", "f.yaml:1:4: a text cannot start with *"),
        ("a: [1,\nb: 2\n", "f.yaml:1:4: a list or group in brackets is not closed"),
        ('a: "\\q"\n', "f.yaml:1:6: \\q means nothing"),
        ("a: 'it's'\n", "f.yaml:1:8: a text goes on after its closing quotation mark"),
        ("a:\n  b: 1\n c: 2\n", "f.yaml:3:2: the line is indented"),
        ("a: - b\n", "f.yaml:1:4: a dash"),
        ("a: ? b\n", "f.yaml:1:4: a question mark"),
        ("a: [b, ,]\n", "f.yaml:1:8: , stands where a value is needed"),
        ("a: |\nfoo\n", "f.yaml:2:1: a line without a colon"),
        ("a: 1\n---\nb: 2\n", "f.yaml:2:1: a line with --- starts a second document"),
        ("b: 1\na: \x01\n", "f.yaml:2:4: an invisible control character (U+0001)"),
        ("[" * 5000, "f.yaml:1:1: is nested too deeply"),
    ],
)
def test_what_is_no_yaml_is_said_in_plain_words_at_its_place(text: str, beginning: str) -> None:
    (problem,) = problems_of(text)
    assert problem.startswith(beginning)
    with pytest.raises(InvalidDraft, match="one problem"):
        validate(Publication, read_yaml(text, "f.yaml"), error=InvalidDraft)


def test_doubled_keys_aliases_merges_and_tags_are_all_reported() -> None:
    text = "a: &x 1\nb: *x\na: 2\nc:\n  <<: 3\nd: !foo bar\n? [e]\n: 1\n"
    assert sorted(problem.split(": ")[0] + " " + problem.split(": ")[1] for problem in problems_of(text)) == [
        "f.yaml:1:4 b",
        "f.yaml:3:1 a",
        "f.yaml:5:3 c.<<",
        "f.yaml:6:4 d",
        "f.yaml:7:3 a list or a group cannot be a key",
    ]


def test_the_second_of_two_equal_keys_names_the_line_of_the_first() -> None:
    assert problems_of("a: 1\nb: 2\na: 3\n") == [
        "f.yaml:3:1: a: the key is there twice: remove one; the first is in line 1"
    ]


def test_values_are_taken_as_they_are_written() -> None:
    config = validate(NewsroomConfig, read_yaml(minimal_sources_yaml(("country: NL", "country: NO")), "f"))
    assert config.organisation.country == "NO"
    assert config.newsletters[0].schedule.time == "10:00"
    assert config.members[0].joined.isoformat() == "2020-01-01"


def errors_of(*changes: tuple[str, str]) -> list[str]:
    document = read_yaml(minimal_sources_yaml(*changes), "f.yaml")
    with pytest.raises(InvalidConfig) as raised:
        validate(NewsroomConfig, document, error=InvalidConfig)
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize("case", read_cases("config/mistakes.yaml"), ids=lambda case: case["says"][:60])
def test_each_mistake_is_said_once_in_plain_words_at_its_place(case: dict[str, str]) -> None:
    change = (case["old"], case["new"])
    (error,) = errors_of(change)
    place = place_of(minimal_sources_yaml(change), case["new"], case["at"])
    assert error.startswith(f"f.yaml:{place}: {case['says']}")


def test_all_problems_are_said_at_once_in_the_order_of_the_file() -> None:
    errors = errors_of(
        ("country: NL", "country: nl\n  country: NL"),
        ("short_name: CPP", "short_nam: CPP"),
        ("kind: stories", "kind: story"),
    )
    assert [error.split(": ")[:2] for error in errors] == [
        ["f.yaml:4:3", "organisation.short_nam"],
        ["f.yaml:9:12", "organisation.country"],
        ["f.yaml:10:3", "organisation.country"],
        ["f.yaml:39:29", "newsletters[0].sections[0].kind"],
    ]


def test_a_secret_is_refused_and_not_repeated() -> None:
    (error,) = errors_of(("delivery:\n", "delivery:\n  smtp: {password: hunter2}\n"))
    assert "environment variables" in error
    assert "hunter2" not in error


JARGON = ("Input should", "pydantic", "Value error", "Field required", "dict", "tuple", "NoneType")


@pytest.mark.parametrize("wrong", ["5", "true", "[1]", "{a: 1}", "", "1.5", '"x"', "2026-01-01", "[[]]"])
def test_no_message_speaks_the_language_of_the_libraries(wrong: str) -> None:
    text = minimal_sources_yaml()
    lines = [line for line in text.splitlines() if ": " in line and not line.strip().startswith("- {")]
    problems = []
    for line in lines:
        changed = text.replace(line, f"{line.split(': ')[0]}: {wrong}", 1)
        problems += check_against(NewsroomConfig, read_yaml(changed, "f.yaml"))[1]
    assert len(problems) > 8
    for problem in problems:
        assert not [word for word in JARGON if word in str(problem)], problem
        assert problem.remedy


DRAFT = """\
id: nieuwsbrief-2026-05
series_id: nieuwsbrief
number: 47
period_starts_at: 2026-04-07T00:00:00Z
period_ends_at: 2026-05-06T00:00:00Z
send_at: 2026-05-06T10:00:00+02:00
audience_id: partners
languages: [nl, en]
subject: {nl: Mei, en: May}
preheader: {nl: Nieuws, en: News}
sections:
  - id: mixed
    kind: stories
    blocks:
      - {kind: story, id: a, language: nl, title: {nl: T}, text: {nl: x}}
      - {kind: event, id: b, title: {nl: T}, starts_at: 2026-06-08, time_zone: Europe/Amsterdam}
"""


def draft_errors(old: str, new: str) -> list[str]:
    assert old in DRAFT
    document = read_yaml(DRAFT.replace(old, new, 1), "d.yaml")
    with pytest.raises(InvalidDraft) as raised:
        validate(Publication, document, error=InvalidDraft)
    return [str(problem) for problem in raised.value.problems]


def test_a_draft_becomes_a_publication_with_the_right_kinds_of_block() -> None:
    publication = validate(Publication, read_yaml(DRAFT, "d.yaml"))
    assert [type(block) for block in publication.blocks()] == [StoryBlock, EventBlock]
    assert replace(publication) == publication


@pytest.mark.parametrize("case", read_cases("config/draft_mistakes.yaml"), ids=lambda case: case["says"][:60])
def test_errors_in_a_block_are_said_once_and_for_the_kind_that_is_meant(case: dict[str, str]) -> None:
    (error,) = draft_errors(case["old"], case["new"])
    place = place_of(DRAFT.replace(case["old"], case["new"], 1), case["new"], case["at"])
    assert error.startswith(f"d.yaml:{place}: {case['says']}")
