"""Which news goes into which issue: each piece into exactly one, whatever the timetable did."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from stuifmail.errors import InvalidTemplate, StuifmailError
from stuifmail.newsroom import Newsroom
from tests.builders import make_newsroom

MONTHLY = "FREQ=MONTHLY;BYDAY=1TU"
WORDS = "Wij hebben dit voorjaar veel gezaaid langs de weg en er komt van alles op."


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Office:
    """A small newsroom with one member's feed, in which time goes by."""

    def __init__(self, folder, root, *changes):
        self.folder = make_newsroom(folder, ("berm.xml", "berm.json"), *changes)
        row = "c-1,rol@lid.example.org,nl,newsletter,confirmed,2026-01-01,form v3"
        header = "id,email,language,lists,consent,consent_at,consent_source"
        (folder / "contacts.csv").write_text(f"{header}\n{row}\n")
        shutil.rmtree(folder / "templates")
        shutil.copytree(root / "templates", folder / "templates")
        self.entries = []

    def open(self, now):
        return Newsroom.open(self.folder, environment={}, now=at(now))

    def publish(self, *days, title="Nieuws van"):
        """The member publishes a piece on each of these moments."""
        self.entries += [
            {
                "id": f"{title}-{day}",
                "title": f"{title} {day}",
                "date_published": f"{at(day):%Y-%m-%dT%H:%M:%SZ}",
                "content_text": WORDS,
                "url": f"https://berm.example.org/{title}/{day}".replace(" ", "-"),
            }
            for day in days
        ]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Berm", "items": self.entries}
        (self.folder / "samples").mkdir(exist_ok=True)
        (self.folder / "samples/berm.json").write_text(json.dumps(feed))

    def draft(self, now, *, harvest=True, **named):
        with self.open(now) as newsroom:
            if harvest:
                newsroom.harvest()
            return newsroom.draft(**named)

    def titles(self, issue, now="2027-01-01"):
        with self.open(now) as newsroom:
            content = newsroom.describe_draft(issue)["content"]
        blocks = [block for section in content["sections"] for block in section["blocks"]]
        return sorted(block["title"]["nl"].removeprefix("Nieuws van ") for block in blocks)

    def send(self, issue, now):
        """Proof, approve and send it, in one role."""
        with self.open(now) as newsroom:
            newsroom.proof(issue)
            newsroom.approve(issue, role="eindredactie")
            newsroom.queue(issue, role="eindredactie")
        with self.open("2026-12-31") as newsroom:
            (report,) = newsroom.dispatch(issue)
        assert report.state == "sent", report.error


@pytest.fixture
def office(tmp_path, root):
    sections = (
        "heading: {nl: Leden, en: Members}}",
        "heading: {nl: Leden, en: Members}, limit: 20}\n    per_member: 20",
    )
    first_issue = ("first_issue: 2026-05", "first_issue: 2026-03")

    def make(rrule=MONTHLY, *changes):
        settings = (("rrule: FREQ=MONTHLY;BYDAY=1TU", f"rrule: {rrule}"), sections, first_issue)
        return Office(tmp_path / "office", root, *settings, *changes)

    return make


def test_news_between_two_drafts_belongs_to_the_second_and_only_there(office):
    letter = office()
    letter.publish("2026-04-20", "2026-04-28")
    letter.draft("2026-04-29")
    letter.send("nieuwsbrief-2026-05", "2026-04-30")
    letter.publish("2026-05-03", "2026-05-20")
    letter.draft("2026-05-27")
    assert letter.titles("nieuwsbrief-2026-05") == ["2026-04-20", "2026-04-28"]
    assert letter.titles("nieuwsbrief-2026-06") == ["2026-05-03", "2026-05-20"]


def test_an_early_draft_that_was_never_approved_leaves_all_its_news_to_the_next(office):
    letter = office()
    letter.publish("2026-04-08", "2026-04-12")
    assert letter.draft("2026-04-10T12:00").publication_id == "nieuwsbrief-2026-05"
    letter.publish("2026-04-25", "2026-05-08")
    assert not letter.draft("2026-05-01").created
    letter.draft("2026-05-27")  # nobody approved May's issue in time, so its news is told in June's
    assert letter.titles("nieuwsbrief-2026-05") == ["2026-04-08"]
    assert letter.titles("nieuwsbrief-2026-06") == ["2026-04-08", "2026-04-12", "2026-04-25", "2026-05-08"]


def test_an_early_draft_that_was_sent_keeps_its_news_and_the_rest_comes_next(office):
    letter = office()
    letter.publish("2026-04-08", "2026-04-12")
    letter.draft("2026-04-10T12:00")
    letter.send("nieuwsbrief-2026-05", "2026-04-13")
    letter.publish("2026-04-25", "2026-05-08")
    letter.draft("2026-05-27")
    assert letter.titles("nieuwsbrief-2026-05") == ["2026-04-08"]
    assert letter.titles("nieuwsbrief-2026-06") == ["2026-04-12", "2026-04-25", "2026-05-08"]


def test_an_issue_that_was_never_drafted_leaves_its_news_to_the_next(office):
    letter = office()
    letter.publish("2026-03-20")
    letter.draft("2026-03-30")
    letter.send("nieuwsbrief-2026-04", "2026-03-31")
    letter.publish("2026-04-20", "2026-05-20")
    assert letter.draft("2026-05-27").publication_id == "nieuwsbrief-2026-06"
    assert letter.titles("nieuwsbrief-2026-06") == ["2026-04-20", "2026-05-20"]


def test_news_that_was_fetched_after_its_issue_was_drafted_comes_in_the_next(office):
    letter = office()
    letter.publish("2026-04-20")
    letter.draft("2026-04-29")
    letter.send("nieuwsbrief-2026-05", "2026-04-30")
    letter.publish("2026-04-25", "2026-02-01")  # the member's server was down until now
    letter.draft("2026-05-27")
    assert letter.titles("nieuwsbrief-2026-06") == ["2026-04-25"]


def test_a_forgotten_issue_that_goes_out_after_all_warns_of_news_told_since(office):
    letter = office()
    letter.publish("2026-04-20")
    letter.draft("2026-04-29")
    letter.publish("2026-05-20")
    letter.draft("2026-05-27")
    assert letter.titles("nieuwsbrief-2026-06") == ["2026-04-20", "2026-05-20"]
    letter.send("nieuwsbrief-2026-06", "2026-05-28")
    with letter.open("2026-06-03") as newsroom:
        findings = newsroom.proof("nieuwsbrief-2026-05").report.findings
    (told,) = [finding for finding in findings if finding.code == "told-before"]
    assert "nieuwsbrief-2026-06" in told.message


def test_drafting_again_never_undoes_an_edit(office):
    letter = office()
    letter.publish("2026-04-20")
    letter.draft("2026-04-29")
    with letter.open("2026-04-29") as newsroom:
        text, base = newsroom.open_draft("nieuwsbrief-2026-05")
        edited = text.replace("Nieuws van 2026-04-20", "Mijn kop")
        newsroom.save_draft("nieuwsbrief-2026-05", edited, role="eindredactie", base=base)
    letter.publish("2026-04-21")
    again = letter.draft("2026-04-30")
    assert (again.created, again.state) == (False, "draft")
    assert letter.titles("nieuwsbrief-2026-05") == ["Mijn kop"]


def test_when_only_what_is_due_is_wanted_nothing_is_drafted_before_its_day(office):
    letter = office()
    letter.publish("2026-04-20")
    report = letter.draft("2026-04-29T21:00", only_when_due=True)  # sent on the 6th, drafted six days before
    assert (report.created, report.state, f"{report.waits_until}") == (False, "planned", "2026-04-30")
    assert letter.draft("2026-04-29T22:30", only_when_due=True).created  # it is the 30th in Amsterdam
    assert not letter.draft("2026-05-01", only_when_due=True).created


def test_each_week_has_its_own_issue(office):
    letter = office("FREQ=WEEKLY;BYDAY=TH")
    letter.publish("2026-05-04", "2026-05-11")
    first = letter.draft("2026-05-06")
    letter.send(first.publication_id, "2026-05-06T12:00")
    second = letter.draft("2026-05-13")
    assert [first.publication_id, second.publication_id] == [
        "nieuwsbrief-2026-05-07",
        "nieuwsbrief-2026-05-14",
    ]
    assert letter.titles(second.publication_id) == ["2026-05-11"]


def test_an_issue_that_a_holiday_moves_into_the_next_month_keeps_its_name_and_news(office):
    letter = office("FREQ=MONTHLY;BYMONTHDAY=-1")  # 31 May 2026 is a Sunday: sent on 1 June
    letter.publish("2026-05-20")
    report = letter.draft("2026-05-31T12:00")
    assert report.publication_id == "nieuwsbrief-2026-05"
    assert f"{report.send_at:%Y-%m-%d}" == "2026-06-01"
    with letter.open("2026-05-31") as newsroom:
        assert "mei 2026" in newsroom.describe_draft(report.publication_id)["content"]["subject"]["nl"]
    letter.send(report.publication_id, "2026-05-31T13:00")
    letter.publish("2026-06-10")
    assert letter.draft("2026-06-25").publication_id == "nieuwsbrief-2026-06"
    assert letter.titles("nieuwsbrief-2026-06") == ["2026-06-10"]


def test_without_any_news_the_draft_says_so_and_cannot_be_approved(office):
    letter = office()
    letter.publish("2026-01-01")
    report = letter.draft("2026-04-29")
    assert (report.created, report.stories_count) == (True, 0)
    with letter.open("2026-04-29") as newsroom:
        proof = newsroom.proof(report.publication_id)
        blocking = [finding.message for finding in proof.report.blocking]
        assert blocking == ["there is nothing in this issue"]
        with pytest.raises(StuifmailError, match="there is nothing in this issue"):
            newsroom.approve(report.publication_id, role="eindredactie")


def test_a_schedule_that_has_ended_is_told_with_its_newsletter(office):
    letter = office("FREQ=MONTHLY;BYDAY=1TU;COUNT=2")
    letter.publish("2026-04-20")
    with pytest.raises(StuifmailError, match="newsletter nieuwsbrief: its schedule names no day after"):
        letter.draft("2026-05-20")


@pytest.mark.parametrize("languages", ["[en]", "[nl]", "[en, nl]"])
def test_a_newsroom_of_any_of_our_languages_gets_its_letter(office, languages):
    letter = office(MONTHLY, ("languages: [nl, en]", f"languages: {languages}"))
    letter.publish("2026-04-20")
    report = letter.draft("2026-04-29")
    with letter.open("2026-04-29") as newsroom:
        content = newsroom.describe_draft(report.publication_id)["content"]
        page = newsroom.proof(report.publication_id).page
    wanted = languages.strip("[]").split(", ")
    assert (content["languages"], sorted(content["subject"])) == (wanted, sorted(wanted))
    assert page.is_file()
    letter.send(report.publication_id, "2026-04-29")


@pytest.fixture
def in_three_languages(office):
    letter = office(MONTHLY, ("languages: [nl, en]", "languages: [nl, en, fr]"))
    settings = letter.folder / "sources.yaml"
    settings.write_text(re.sub(r"en: ([^,}]+)}", r"en: \1, fr: \1}", settings.read_text()))
    letter.publish("2026-04-20")
    return letter


def test_a_language_without_a_catalogue_is_told_with_the_file_to_make(in_three_languages):
    with pytest.raises(
        InvalidTemplate, match=r"templates/labels/fr\.yaml: there are no labels .* copy labels"
    ):
        in_three_languages.draft("2026-04-29")
    with in_three_languages.open("2026-04-29") as newsroom:
        assert newsroom.list_drafts() == []


def test_a_third_language_is_one_catalogue_file(in_three_languages):
    labels = in_three_languages.folder / "templates/labels"
    shutil.copy(labels / "en.yaml", labels / "fr.yaml")
    issue = in_three_languages.draft("2026-04-29").publication_id
    in_three_languages.send(issue, "2026-04-29")
    assert (in_three_languages.folder / f"outputs/site/{issue}/fr/index.html").is_file()


def test_drafting_asks_the_database_as_often_for_many_items_as_for_few(office):
    letter = office()
    letter.publish(*[f"2026-04-{day:02}" for day in range(10, 13)])
    few = count_statements(letter, "2026-04-29")
    many_days = [f"{at('2026-05-01') + timedelta(hours=hour):%Y-%m-%dT%H:00}" for hour in range(500)]
    letter.publish(*many_days, title="Ander nieuws van")
    assert count_statements(letter, "2026-05-27") <= few + 2


def count_statements(letter, now):
    with letter.open(now) as newsroom:
        newsroom.harvest()
        statements = []
        event.listen(
            newsroom._house.store.engine, "before_cursor_execute", lambda *call: statements.append(call[2])
        )
        assert newsroom.draft().created
    return len(statements)


def test_a_hidden_address_is_printed_only_once_an_editor_confirmed_it(office):
    letter = office()
    letter.publish("2026-04-20")
    letter.entries[0]["content_text"] = f"Mail naar rol [at] lid [punt] example.org. {WORDS}"
    letter.publish()
    letter.draft("2026-04-29")
    with letter.open("2026-04-29") as newsroom:
        content = newsroom.describe_draft("nieuwsbrief-2026-05")["content"]
        findings = newsroom.proof("nieuwsbrief-2026-05").report.findings
        newsroom.decide_address("rol@lid.example.org", role="eindredactie", is_confirmed=True)
    assert "Mail naar rol (at) lid.example.org." in json.dumps(content)
    (told,) = [finding for finding in findings if finding.code == "hidden-address"]
    assert "rol@lid.example.org" in told.message
    letter.publish("2026-05-20")
    letter.entries[1]["content_text"] = letter.entries[0]["content_text"].replace("Mail", "Schrijf")
    letter.publish()
    letter.draft("2026-05-27")
    with letter.open("2026-05-28") as newsroom:
        content = newsroom.describe_draft("nieuwsbrief-2026-06")["content"]
        findings = newsroom.proof("nieuwsbrief-2026-06").report.findings
    assert "Schrijf naar rol@lid.example.org." in json.dumps(content)
    assert "hidden-address" not in [finding.code for finding in findings]
