"""Looking before drafting: what the coming issue would be made of, and why."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest

from stuifmail.errors import InvalidSheet
from tests.chain import EDITOR, ISSUE, MONDAY, SENDING, Chain
from tests.commands import run_command

JUNE = SENDING + timedelta(days=20)


def rank(chain: Chain, now: datetime = MONDAY) -> dict[str, Any]:
    row: dict[str, Any] = chain.act("rank", now=now)
    return row


def stories_of(chain: Chain) -> list[str]:
    content = chain.act("describe_draft", ISSUE)["content"]
    blocks = [block for section in content["sections"] for block in section["blocks"]]
    return [block["item_id"] for block in blocks if block.get("item_id")]


def test_rank_names_what_draft_then_takes_and_stores_nothing(fresh: Chain) -> None:
    fresh.act("harvest")
    ranked = rank(fresh)
    assert ranked["publication_id"] == ISSUE
    assert fresh.act("list_drafts") == []
    fresh.act("draft")
    assert [one["item"] for one in ranked["candidates"] if one["section"]] == stories_of(fresh)
    assert rank(fresh) == ranked, "a draft that may yet be thrown away changes nothing"


def test_every_candidate_tells_points_that_add_up_and_what_it_lacked(drafted: Chain) -> None:
    candidates = rank(drafted)["candidates"]
    missed = [one for one in candidates if not one["section"]]
    assert len(missed) > 20
    for one in candidates:
        assert one["points"] == pytest.approx(sum(reason["points"] for reason in one["reasons"]))
        assert bool(one["reason"]) != bool(one["section"])
    assert re.fullmatch(
        r"geen plaats meer: 0,\d+ punt minder dan het laatste gekozen bericht", missed[0]["reason"]
    )
    lead = candidates[0]
    assert lead["why"].startswith("drie leden betrokken")
    assert "speerpunt 1 (Bloemen die op elkaar aansluiten)" in lead["why"]
    assert "bloemenlint" in lead["themes"][0]["words"]


def test_the_planted_fifteen_stand_in_the_may_issue_or_just_missed_it(drafted: Chain) -> None:
    candidates = rank(drafted)["candidates"]
    news = [one for one in candidates if one["section"] in ("lead", "members")]
    assert [one["members"][0] for one in news] == [
        "s-heerenwoude",
        "weide-en-water",
        "gele-koolzaad",
        "van-der-bij",
        "brakelveen",
        "zoem",
        "kornoeldam",
    ]
    assert news[5]["title"] == "Five springs of moth counts, free to reuse"


def test_the_survey_is_shown_with_file_day_and_answers_and_can_be_overruled(fresh: Chain) -> None:
    fresh.act("harvest")
    ranked = rank(fresh)
    assert ranked["survey"] | {"sha256": ""} == {
        "file": "samples/sheets/ledenenquete-2025.csv",
        "sha256": "",
        "taken": "2025-12-02",
        "answers_count": 22,
        "problems": [],
    }
    assert ranked["theme_weights"]["finance"] == {"weight": 1.32, "origin": "survey"}
    settings = fresh.folder / "sources.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "theme_weights: {}" in text
    settings.write_text(text.replace("theme_weights: {}", "theme_weights: {finance: 0.5}"), encoding="utf-8")
    ranked = rank(fresh)
    assert ranked["theme_weights"]["finance"] == {"weight": 0.5, "origin": "sources.yaml"}
    assert ranked["theme_weights"]["city"]["origin"] == "survey"


def test_a_survey_that_is_gone_is_named_with_a_remedy(fresh: Chain) -> None:
    fresh.act("harvest")
    (fresh.folder / "samples/sheets/ledenenquete-2025.csv").unlink()
    with pytest.raises(InvalidSheet, match="the survey cannot be opened") as refused:
        rank(fresh)
    assert refused.value.remedy.startswith("correct curation.survey.file")


def test_after_an_issue_was_sent_its_members_wait_and_others_have_their_turn(queued: Chain) -> None:
    queued.dispatch()
    candidates = rank(queued, JUNE)["candidates"]
    words = [reason["words"] for one in candidates for reason in one["reasons"]]
    assert "lid 20 dagen niet genoemd" in words
    assert any("kwam veel aan bod" in said for said in words)
    assert any(reason["part"] == "gap" for one in candidates for reason in one["reasons"])
    assert "s-heerenwoude" not in candidates[0]["members"]


def test_the_command_prints_a_table_for_people_and_says_where_weights_come_from(drafted: Chain) -> None:
    short = run_command("rank", "--newsroom", drafted.folder)
    assert short.code == 0, short.told
    assert "  [members]\n" in short.out
    assert "--all lists them" in short.out
    assert "samples/sheets/ledenenquete-2025.csv of 2025-12-02, 22 answers" in short.out
    whole = run_command("rank", "--all", "--newsroom", drafted.folder)
    assert len(whole.out) > 2 * len(short.out)
    shown = run_command("show", ISSUE, "--newsroom", drafted.folder)
    assert re.search(r"14\.\d points: drie leden betrokken", shown.out)


def test_an_editor_sees_no_points_in_the_draft_and_loses_none_by_editing(drafted: Chain) -> None:
    text, base = drafted.act("open_draft", ISSUE)
    assert "reasons" not in text
    drafted.act("save_draft", ISSUE, text.replace("Zes leden", "Zeven leden"), role=EDITOR, base=base)
    blocks = drafted.act("describe_draft", ISSUE)["content"]["sections"][0]["blocks"]
    assert [reason["part"] for reason in blocks[0]["reasons"]][:1] == ["members"]
    page = drafted.act("proof", ISSUE).page.read_text(encoding="utf-8")
    assert "<dt>4</dt><dd>lid nog niet eerder genoemd</dd>" in page
    assert "punten samen" in page
