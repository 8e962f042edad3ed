"""Press releases of the sample newsroom: their content, word for word, and when they are made."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from stuifmail import Newsroom
from stuifmail.config.codec import from_data
from stuifmail.errors import StuifmailError, UnknownEvent, WrongState
from stuifmail.model.marks import fill_marks
from stuifmail.model.publications import Publication
from tests.commands import CHIEF, EDITOR, Room

pytestmark = pytest.mark.integration

GOLDEN = Path(__file__).parents[2] / "data" / "releases"
REASONS = ("--reason", "nl=x", "--reason", "en=x")
SAID = ("--speaker", "a", "--how", "b")
BEFORE = datetime(2025, 11, 10, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))
MORNING_AFTER = datetime(2025, 11, 19, 7, tzinfo=ZoneInfo("Europe/Amsterdam"))


def read(newsroom: Newsroom, publication_id: str) -> Publication:
    return from_data(Publication, newsroom.describe_draft(publication_id)["content"])


def lay_out(publication: Publication) -> str:
    """The content as plain lines, figures in the place of their marks; what is not sent in brackets."""
    (language,) = publication.languages
    assert publication.head is not None
    lines = [
        f"{publication.subject[language]}",
        f"[{publication.head.stage}, {publication.head.form}, {publication.audience_id}]",
        publication.head.subhead.get(language, "-"),
        f"{publication.head.place[language]}, {publication.head.dated_on}; {publication.send_at.isoformat()}",
    ]
    for section in publication.sections:
        lines += ["", f"== {section.id} ({section.kind}) {section.heading.get(language, '')}".rstrip()]
        for block in section.blocks:
            said = ", ".join(filter(None, (getattr(block, "speaker", {}).get(language), block.why)))
            title = getattr(block, "title", {}).get(language, "")
            lines.append(f"- {block.id}: {title}".rstrip(": ") + (f" [{said}]" if said else ""))
            lines.append(getattr(block, "text", {}).get(language, ""))
    return fill_marks("\n".join(lines) + "\n", publication.figures)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("event", "stage", "number", "now"),
    [
        ("nairobi-2025", "announcement", 1, BEFORE),
        ("nairobi-2025", "results", 2, MORNING_AFTER),
        ("congres-2026", "results", 2, None),
    ],
)
def test_a_release_says_what_the_records_say_word_for_word(
    room: Room, event: str, stage: Any, number: int, now: datetime | None, language: str
) -> None:
    with Newsroom.open(room.root, now=now) as newsroom:
        newsroom.press(event, stage)
        publication_id = f"{event}-pers-{number}-{language}"
        written = lay_out(read(newsroom, publication_id))
    assert written == (GOLDEN / f"{publication_id}.txt").read_text(encoding="utf-8")


def test_the_draft_of_results_passes_all_that_blocks_and_desks_would_get_it(room: Room) -> None:
    with Newsroom.open(room.root) as newsroom:
        for report in newsroom.press("nairobi-2025", "results"):
            found = newsroom.proof(report.publication_id).report
            assert found.blocking == ()
            assert found.readers_count > 0
            told = [each for each in found.findings if each.code == "press-difference"]
            assert [each.message for each in told] == ["announced, but did not join: Highland Hedge Club"]
            assert not any(
                "Highland" in str(block.text) for block in _texts(read(newsroom, report.publication_id))
            )


def _texts(publication: Publication) -> list[Any]:
    return [block for block in publication.blocks() if hasattr(block, "text")]


def test_a_release_is_drafted_exactly_once_and_never_undoes_an_edit(room: Room) -> None:
    first = room.done("press", "nairobi-2025", "--stage", "results", "--json").json
    assert [(row["publication_id"], row["created"]) for row in first] == [
        ("nairobi-2025-pers-2-nl", True),
        ("nairobi-2025-pers-2-en", True),
    ]
    again = room.done("press", "nairobi-2025", "--stage", "results", "--json").json
    assert [row["created"] for row in again] == [False, False]


def test_the_versions_name_each_other(room: Room) -> None:
    room.done("press", "nairobi-2025", "--stage", "results")
    assert (
        "other language versions: nairobi-2025-pers-2-en" in room.done("show", "nairobi-2025-pers-2-nl").out
    )


def test_both_leave_on_a_day_on_which_people_work_in_both_countries(room: Room) -> None:
    with Newsroom.open(room.root) as newsroom:
        sent = {report.language: report.send_at for report in newsroom.press("congres-2026", "results")}
    # the day itself is a bank holiday in Britain, the next one Liberation Day in the Netherlands
    assert {language: moment.isoformat() for language, moment in sent.items() if moment} == {
        "nl": "2026-05-06T09:30:00+02:00",
        "en": "2026-05-06T09:00:00+01:00",
    }


def test_what_has_begun_cannot_be_announced_and_what_is_to_come_has_no_results(room: Room) -> None:
    with Newsroom.open(room.root) as newsroom:
        with pytest.raises(StuifmailError, match="can no longer be announced"):
            newsroom.press("nairobi-2025", "announcement")
        with pytest.raises(StuifmailError, match="has no results yet"):
            newsroom.press("workshop-2026", "results")
        with pytest.raises(StuifmailError, match="told of what is certain"):
            newsroom.press("symposium-2026", "announcement")
        with pytest.raises(UnknownEvent, match="no such event of ours"):
            newsroom.press("nairobi-2052", "results")
        assert newsroom.list_drafts() == []


def test_a_newsroom_without_press_says_what_to_add(room: Room) -> None:
    room.change("\npress:\n", "\npres:\n")
    assert room.run("press", "nairobi-2025", "--stage", "results").code != 0


def test_an_update_tells_what_weighs_enough_and_may_find_nothing(room: Room) -> None:
    told = room.done("press", "--stage", "update", "--json").json
    assert [row["publication_id"] for row in told] == ["pers-2026-1-nl", "pers-2026-1-en"]
    room.change("  urgency: 5\n", "  urgency: 5\n  update_points: 1000\n")
    # the open update stays the one that is being made
    assert [row["created"] for row in room.done("press", "--stage", "update", "--json").json] == [
        False,
        False,
    ]


def test_an_update_without_news_makes_no_draft_and_says_so(room: Room) -> None:
    room.change("  urgency: 5\n", "  urgency: 5\n  update_points: 1000\n")
    ran = room.done("press", "--stage", "update")
    assert ran.out.count("no release: nothing newsworthy") == 2
    assert room.done("drafts", "--json").json == []


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (("--embargo", "2026-06-10 00:01"), "together"),
        (("--embargo", "2026-06-10 00:01", "--zone", "Europe/Amsterdam"), "together"),
        (
            (
                "--embargo",
                "2026-06-10 00:01",
                "--zone",
                "Europe/Utrecht",
                "--reason",
                "nl=x",
                "--reason",
                "en=x",
            ),
            "no time zone",
        ),
        (
            (
                "--embargo",
                "2026-03-29 02:30",
                "--zone",
                "Europe/Amsterdam",
                "--reason",
                "nl=x",
                "--reason",
                "en=x",
            ),
            "never shows",
        ),
        (
            (
                "--embargo",
                "2026-05-01 00:01",
                "--zone",
                "Europe/Amsterdam",
                "--reason",
                "nl=x",
                "--reason",
                "en=x",
            ),
            "has passed",
        ),
        (
            ("--embargo", "2026-06-10 00:01", "--zone", "Europe/Amsterdam", "--reason", "nl=De leden eerst."),
            "no reason in en",
        ),
    ],
)
def test_an_embargo_that_is_not_whole_drafts_nothing(room: Room, options: tuple[str, ...], part: str) -> None:
    ran = room.run("press", "congres-2026", "--stage", "results", *options)
    assert ran.code != 0
    assert part in ran.told
    assert room.done("drafts", "--json").json == []


def test_a_whole_embargo_is_in_both_versions_and_cannot_be_given_again(room: Room) -> None:
    options = ["--embargo", "2026-05-12 00:01", "--zone", "Europe/Amsterdam"]
    options += ["--reason", "nl=De leden horen het eerst.", "--reason", "en=Members hear it first."]
    room.done("press", "congres-2026", "--stage", "results", *options)
    with Newsroom.open(room.root) as newsroom:
        for language in ("nl", "en"):
            publication = read(newsroom, f"congres-2026-pers-2-{language}")
            assert publication.embargo is not None
            assert publication.head is not None
            assert publication.head.dated_on.isoformat() == "2026-05-12"
            assert "embargo-unrecorded" not in {
                each.code for each in newsroom.proof(publication.id).report.findings
            }
    ran = room.run("press", "congres-2026", "--stage", "results", *options)
    assert ran.code == 1
    assert "its embargo is set on the draft" in ran.told


def test_a_press_release_needs_a_second_person_whatever_the_newsroom_allows(room: Room) -> None:
    room.change("  single_eye: false", "  single_eye: true")
    room.done("press", "congres-2026", "--stage", "results")
    name = "congres-2026-pers-2-en"
    draft = room.done("show", name, "--yaml").out
    file = room.root / "draft.yaml"
    file.write_text(draft.replace("From the", "Out of the").replace("Images", "Pictures"), encoding="utf-8")
    room.done("edit", name, "--file", file, "--as", CHIEF)
    room.done("proof", name)
    refused = room.run("approve", name, "--as", CHIEF, "--single-eye", "nobody else is in")
    assert refused.code == 1
    assert "always needs a second person" in refused.told
    room.done("approve", name, "--as", "programmasecretaris")


def test_a_word_in_a_quote_needs_a_new_consent_before_approval(room: Room) -> None:
    name = "congres-2026-pers-2-nl"
    room.done("press", "congres-2026", "--stage", "results")
    assert {row["state"] for row in room.done("quotes", name, "--json").json} == {"approved"}
    draft = room.done("show", name, "--yaml").out
    file = room.root / "draft.yaml"
    file.write_text(draft.replace("Het nieuwe zegt", "Het nieuwe bestek zegt"), encoding="utf-8")
    room.done("edit", name, "--file", file, "--as", EDITOR)
    assert "quote-unapproved" in room.done("proof", name, "--json").out
    assert "have not" not in room.run("approve", name, "--as", CHIEF).out
    assert room.run("approve", name, "--as", CHIEF).code == 1
    rows = {row["id"]: row for row in room.done("quotes", name, "--json").json}
    assert rows["quote-bestek"]["state"] == "changed"
    assert rows["quote-bewoners"]["state"] == "approved"
    given = ["--speaker", "teamleider groen", "--how", "mail van 4 mei", "--on", "2026-05-04", "--as", EDITOR]
    room.done("quotes", name, "--approve", "quote-bestek", *given)
    assert "quote-unapproved" not in room.done("proof", name, "--json").out
    room.done("approve", name, "--as", CHIEF)


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (("--approve", "quote-x", *SAID, "--as", EDITOR), "no such quote"),
        (("--approve", "quote-bestek", "--as", EDITOR), "who agreed, and how do we know"),
        (("--approve", "quote-bestek", *SAID), "who notes this"),
        (("--speaker", "a"), "which quote"),
        (
            (
                "--approve",
                "quote-bestek",
                "--speaker",
                "a",
                "--how",
                "b",
                "--on",
                "2027-01-01",
                "--as",
                EDITOR,
            ),
            "still to come",
        ),
        (
            ("--approve", "quote-bestek", *SAID, "--on", "mei", "--as", EDITOR),
            "no day",
        ),
    ],
)
def test_a_consent_that_says_too_little_is_refused(room: Room, options: tuple[str, ...], part: str) -> None:
    room.done("press", "congres-2026", "--stage", "results")
    ran = room.run("quotes", "congres-2026-pers-2-nl", *options)
    assert ran.code != 0
    assert part in ran.told


def test_a_quote_without_consent_in_the_settings_has_none_in_the_draft(room: Room) -> None:
    room.change("        approved_on: 2026-02-13\n", "")
    room.done("press", "congres-2026", "--stage", "results")
    rows = {row["id"]: row["state"] for row in room.done("quotes", "congres-2026-pers-2-en", "--json").json}
    assert rows == {"quote-bestek": "open", "quote-bewoners": "approved"}
    assert "next: ask, then:" in room.done("quotes", "congres-2026-pers-2-en").out


def test_a_false_newcomer_stops_approval(room: Room) -> None:
    room.done("press", "nairobi-2025", "--stage", "results")
    name = "nairobi-2025-pers-2-nl"
    file = room.root / "draft.yaml"
    draft = room.done("show", name, "--yaml").out
    file.write_text(draft.replace("en Noorwegen treden toe", "en Zweden treden toe"), encoding="utf-8")
    room.done("edit", name, "--file", file, "--as", EDITOR)
    found = room.done("proof", name, "--json").json["report"]["findings"]
    (wrong,) = [each for each in found if each["code"] == "press-not-joined"]
    assert (wrong["severity"], wrong["place"]) == ("blocking", "subject")
    assert wrong["message"].startswith("Zweden is named among the new")


def test_a_changed_release_is_told_to_differ_from_its_sister(room: Room) -> None:
    room.done("press", "congres-2026", "--stage", "results")
    with Newsroom.open(room.root) as newsroom:
        text, revision = newsroom.open_draft("congres-2026-pers-2-en")
        start = text.index("      - kind: quote")
        end = text.index("      - kind: text", start)
        newsroom.save_draft("congres-2026-pers-2-en", text[:start] + text[end:], role=EDITOR, base=revision)
        found = newsroom.proof("congres-2026-pers-2-nl").report.findings
    assert "congres-2026-pers-2-en differs: 2 quote(s) here and 1 there" in [each.message for each in found]


def test_a_release_can_be_had_as_a_short_post(room: Room) -> None:
    room.done("press", "congres-2026", "--stage", "results")
    post = room.done("export", "congres-2026-pers-2-en", "--form", "post").out
    assert post == (
        "Congress Green in the municipality draws 84 participants from 31 municipalities "
        "https://nieuws.coalition.example.org/congres-2026-pers-2-en/en/\n"
    )


def test_an_embargo_on_an_existing_draft_is_refused_by_the_library(room: Room) -> None:
    from stuifmail.model.publications import Embargo

    embargo = Embargo(
        until=datetime(2026, 5, 12, 0, 1, tzinfo=ZoneInfo("Europe/Amsterdam")),
        time_zone="Europe/Amsterdam",
        reason={"nl": "Leden eerst.", "en": "Members first."},
    )
    with Newsroom.open(room.root) as newsroom:
        newsroom.press("congres-2026", "results")
        with pytest.raises(WrongState, match="its embargo is set on the draft"):
            newsroom.press("congres-2026", "results", embargo=embargo)
