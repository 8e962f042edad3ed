"""Messages around the sample newsroom's events."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from stuifmail.config.codec import from_data
from stuifmail.config.mailing_kinds import KINDS
from stuifmail.errors import InvalidDocument, StuifmailError, UnknownEvent
from stuifmail.model.blocks import (
    ActionBlock,
    Block,
    ChartBlock,
    DetailsBlock,
    FiguresBlock,
    NoticeBlock,
    ProgrammeBlock,
    QuoteBlock,
    StoryBlock,
    TextBlock,
)
from stuifmail.model.publications import Publication
from tests.chain import MONDAY, Chain

pytestmark = pytest.mark.integration

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
BEFORE = [kind for kind in KINDS.values() if kind.days is not None and not kind.keep_days]
AFTER = [kind for kind in KINDS.values() if kind.keep_days]


def draft(chain: Chain, about: str, kind: str) -> Publication:
    report = chain.act("draft_mailing", about, kind)
    return read(chain, report.publication_id)


def read(chain: Chain, publication: str) -> Publication:
    found: Publication = from_data(Publication, chain.act("describe_draft", publication)["content"])
    return found


def first(publication: Publication, kind: type[Block]) -> Block:
    return next(block for block in publication.blocks() if isinstance(block, kind))


def test_on_4_may_five_messages_are_due_and_each_is_drafted_once(drafted: Chain) -> None:
    reports = drafted.act("draft_due_mailings")
    assert [report.publication_id for report in reports if report.created] == [
        "symposium-2026-save-the-date",
        "cop-gemeenten-2026-1-verslag",
        "workshop-2026-uitnodiging",
        "cop-gemeenten-2026-2-uitnodiging",
        "world-bee-day-2026-kernboodschap",
    ]
    assert drafted.act("draft_due_mailings") == []
    assert drafted.act("draft_mailing", "workshop-2026", "invitation").created is False


def test_drafting_sends_nothing_and_leaves_edits_alone(drafted: Chain) -> None:
    drafted.act("draft_due_mailings")
    name = "workshop-2026-uitnodiging"
    text, base = drafted.act("open_draft", name)
    drafted.act("save_draft", name, text.replace("Graag", "Heel graag"), role="eindredactie", base=base)
    before = read(drafted, name)
    drafted.act("draft_due_mailings", now=MONDAY + timedelta(days=1))
    assert read(drafted, name) == before
    assert drafted.mails() == []


@pytest.mark.parametrize("kind", BEFORE, ids=lambda kind: kind.id)
def test_every_message_before_an_event_is_whole_in_both_languages(drafted: Chain, kind: object) -> None:
    name = getattr(kind, "id", "")
    about = {"moment_brief": "world-bee-day-2026", "group": "cop-gemeenten-2026-2"}.get(name, "workshop-2026")
    publication = draft(drafted, about, name)
    _require_whole(publication)
    report = drafted.act("proof", publication.id).report
    assert [str(finding) for finding in report.blocking if finding.code != "no-readers"] == []


@pytest.mark.parametrize("kind", AFTER, ids=lambda kind: kind.id)
def test_every_message_after_an_event_is_whole_in_both_languages(drafted: Chain, kind: object) -> None:
    publication = draft(drafted, "congres-2026", getattr(kind, "id", ""))
    _require_whole(publication)
    assert drafted.act("proof", publication.id).report.blocking == ()


def _require_whole(publication: Publication) -> None:
    assert publication.languages == ("nl", "en")
    for language in publication.languages:
        for text in (publication.subject, publication.preheader):
            assert text[language]
            assert "{" not in text[language]
        assert len(publication.subject[language]) <= 60
        texts = [block.text[language] for block in publication.blocks() if isinstance(block, TextBlock)]
        assert texts
        assert not any("{" in text for text in texts)


def test_an_invitation_tells_when_where_for_whom_and_links_to_the_last_report(drafted: Chain) -> None:
    invitation = draft(drafted, "workshop-2026", "invitation")
    details = first(invitation, DetailsBlock)
    assert isinstance(details, DetailsBlock)
    assert details.who["nl"].endswith(
        "campagnevoerders, mobilisatoren, lobbyisten en communicatiemedewerkers"
    )
    assert details.led_by["en"] == "writing teacher, Schrijfwerkplaats De Komma"
    notice, action = first(invitation, NoticeBlock), first(invitation, ActionBlock)
    assert getattr(notice, "link", "").endswith("/verslag-2026")
    assert isinstance(action, ActionBlock)
    assert action.note["nl"] == "Aanmelden kan tot en met maandag 1 juni 2026."
    assert invitation.audience_id == "communication-network"


def test_readers_are_asked_to_answer_only_where_sources_yaml_says_so(drafted: Chain) -> None:
    drafted.change("sources.yaml", "\nmoments:\n", "\nmailings: {calendar_method: REQUEST}\n\nmoments:\n")
    invitation = draft(drafted, "workshop-2026", "invitation")
    tentative = draft(drafted, "symposium-2026", "save-the-date")
    assert invitation.calendar is not None
    assert invitation.calendar.method == "REQUEST"
    assert tentative.calendar is not None
    assert tentative.calendar.method == "PUBLISH"
    assert tentative.calendar.facts.status == "tentative"


def test_a_date_that_is_not_sure_is_told_as_such(drafted: Chain) -> None:
    publication = draft(drafted, "symposium-2026", "save_the_date")
    texts = " ".join(b.text["nl"] for b in publication.blocks() if isinstance(b, TextBlock))
    assert "De datum staat nog niet vast" in texts
    rows = drafted.act("list_timeline", "symposium-2026")
    assert {row.state for row in rows} == {"drafted", "waits for a date"}
    assert all(row.why == "the date is not sure yet" for row in rows if row.state != "drafted")


def test_the_results_show_figures_a_chart_a_quote_and_the_report(drafted: Chain) -> None:
    results = draft(drafted, "congres-2026", "results")
    figures = first(results, FiguresBlock)
    assert isinstance(figures, FiguresBlock)
    bound = {figure.id: figure for figure in results.figures}
    assert [bound[name].value for name in figures.figures] == [84, 31, 43]
    assert (bound["congres-2026.participants"].previous, bound["congres-2026.municipalities"].previous) == (
        71,
        26,
    )
    assert getattr(first(results, ChartBlock), "breakdown", "") == "congres-2026.by_type"
    assert isinstance(first(results, QuoteBlock), QuoteBlock)
    assert getattr(first(results, ActionBlock), "link", "").endswith("verslag-2026")


def test_who_came_and_who_did_not_get_one_message_each_and_not_the_same(drafted: Chain) -> None:
    came, absent = (draft(drafted, "congres-2026", kind) for kind in ("results", "results_absent"))
    assert (came.responses, absent.responses) == (("attended",), ("no_show",))
    assert came.subject != absent.subject


def test_the_report_needs_no_message_of_its_own_once_the_results_linked_to_it(drafted: Chain) -> None:
    drafted.act("draft_mailing", "cop-gemeenten-2026-1", "report")  # nothing linked to it before
    draft(drafted, "congres-2026", "results")
    rows = drafted.act("list_timeline", "congres-2026", now=datetime(2026, 2, 27, 9, tzinfo=AMSTERDAM))
    (report,) = (row for row in rows if row.kind == "report")
    assert (report.state, report.why) == ("skipped", "the results link to the report")


def test_the_results_of_the_signing_welcome_who_joined_and_tell_the_editor_who_did_not(
    drafted: Chain,
) -> None:
    results = draft(drafted, "nairobi-2025", "results")
    welcome = next(b for b in results.blocks() if isinstance(b, NoticeBlock) and b.tone == "welcome")
    assert welcome.title["nl"] == "Welkom aan Estland, de Europese Unie en Noorwegen"
    assert "Highland Hedge Club" in welcome.why
    values = {figure.id: figure.value for figure in results.figures}
    assert values["nairobi-2025.new_members"] == 3
    assert values["nairobi-2025.member_countries"] == 17
    assert values["nairobi-2025.presentations"] == 5


def test_a_group_is_asked_what_is_open_and_shown_who_can_help_whom(drafted: Chain) -> None:
    mail = draft(drafted, "cop-gemeenten-2026-2", "group")
    asks = [block for block in mail.blocks() if isinstance(block, NoticeBlock) and block.tone == "ask"]
    assert len(asks) == 3
    assert not any("balenpers" in str(block) for block in asks)  # out of date since 25 April
    assert any(
        "persvoorlichting@wilgenrade.example.org" in block.text["nl"] for block in asks if "nl" in block.text
    )
    pairs = next(b for b in mail.blocks() if isinstance(b, TextBlock) and b.id == "pairs")
    assert (
        "Gemeente Veldenrode begint; Gemeente Wilgenrade aan de Vliet heeft het al gedaan" in pairs.text["nl"]
    )
    assert pairs.why
    assert mail.audience_id == "cop-municipalities"


def test_a_question_comes_once_to_the_same_group(drafted: Chain) -> None:
    draft(drafted, "cop-gemeenten-2026-2", "group")
    again = draft(drafted, "cop-gemeenten-2026-1", "group")
    assert not any(isinstance(block, NoticeBlock) and block.tone == "ask" for block in again.blocks())


def test_a_reading_list_is_on_the_events_themes(drafted: Chain) -> None:
    mail = draft(drafted, "workshop-2026", "content_update")
    assert 0 < sum(isinstance(block, StoryBlock) for block in mail.blocks()) <= 4


def test_a_programme_stands_in_the_events_own_zone(drafted: Chain) -> None:
    block = first(draft(drafted, "nairobi-2025", "programme"), ProgrammeBlock)
    assert isinstance(block, ProgrammeBlock)
    assert block.time_zone == "Africa/Nairobi"
    assert block.rows


def test_an_invitation_is_checked_for_what_the_event_still_lacks(drafted: Chain) -> None:
    drafted.change("sources.yaml", "      closes_on: 2026-06-01\n", "")
    draft(drafted, "workshop-2026", "invitation")
    found = drafted.act("proof", "workshop-2026-uitnodiging").report.findings
    assert "event-no-deadline" in {finding.code for finding in found}


def test_replies_go_to_the_events_own_contact(drafted: Chain) -> None:
    from stuifmail.newsroom.outgoing.letterhead import describe_letterhead

    invitation = draft(drafted, "workshop-2026", "invitation")
    with drafted.open() as newsroom:
        head = describe_letterhead(newsroom._house, invitation)
    assert head["reply_to"] == "programmasecretaris@coalition.example.org"
    assert head["list_id"] == "mailings.coalition.example.org"


def test_what_a_message_cannot_do_without_is_named(drafted: Chain) -> None:
    with pytest.raises(StuifmailError, match="there is no report yet"):
        drafted.act("draft_mailing", "workshop-2026", "report")
    with pytest.raises(StuifmailError, match="nobody is invited"):
        drafted.act("draft_mailing", "congres-2024", "invitation")
    with pytest.raises(StuifmailError, match="there is no such message"):
        drafted.act("draft_mailing", "workshop-2026", "postcard")
    with pytest.raises(UnknownEvent, match="workshop-2026"):
        drafted.act("draft_mailing", "workshop-2027", "invitation")


def test_a_reminder_that_was_missed_is_reported_and_not_drafted(drafted: Chain) -> None:
    drafted.change("sources.yaml", "closes_on: 2026-06-01", "closes_on: 2026-05-26")
    late = datetime(2026, 5, 27, 9, tzinfo=AMSTERDAM)
    reports = drafted.act("draft_due_mailings", now=late)
    (report,) = [each for each in reports if each.publication_id == "workshop-2026-herinnering"]
    assert (report.created, report.state) == (False, "")
    assert report.why == "registration closes on 2026-05-26, and it would leave on 2026-05-28"
    assert "workshop-2026-herinnering" not in {row["id"] for row in drafted.act("list_drafts", now=late)}
    with pytest.raises(StuifmailError, match="registration closes on"):
        drafted.act("draft_mailing", "workshop-2026", "last_reminder", now=late)


def test_a_sentence_that_editors_took_out_is_named_with_file_and_line(drafted: Chain) -> None:
    path: Path = drafted.folder / "templates" / "mailings" / "texts.nl.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("  preheader: De uitnodiging met alle", "  voorproefje: De uitnodiging met alle")
    )
    with pytest.raises(InvalidDocument, match=r"templates/mailings/texts\.nl\.yaml:\d+:\d+: save_the_date"):
        drafted.act("draft_mailing", "workshop-2026", "invitation")
