"""Translations that somebody wrote apart from the draft."""

import pytest

from stuifmail.errors import InvalidDraft
from stuifmail.review.translations import add_translations
from tests.builders_messages import build_mailing
from tests.builders_releases import build_release

WORDS = """\
subject: {en: "Invitation: Stories that stay"}
blocks:
  vraag: {text: {en: Why do people remember one story and not another?}}
  knop: {label: {en: Sign up}, note: {en: Until Monday 1 June.}}
  gegevens: {who: {en: all members}, led_by: {en: a teacher of writing}}
"""


def blocks_of(publication):
    return {block.id: block for block in publication.blocks()}


def test_every_kind_of_words_of_a_message_can_be_translated():
    translated = add_translations(build_mailing(), WORDS, file="en.yaml")
    blocks = blocks_of(translated)
    assert translated.subject["en"] == "Invitation: Stories that stay"
    assert blocks["vraag"].text["en"].startswith("Why do people")
    assert blocks["knop"].label == {"nl": "Meld u aan", "en": "Sign up"}
    assert blocks["knop"].note["en"] == "Until Monday 1 June."
    assert blocks["gegevens"].who["en"] == "all members"
    assert blocks["gegevens"].led_by["en"] == "a teacher of writing"


def test_facts_stay_what_they_are_and_so_does_what_nobody_translated():
    before, after = build_mailing(), add_translations(build_mailing(), WORDS, file="en.yaml")
    assert blocks_of(after)["gegevens"].facts == blocks_of(before)["gegevens"].facts
    assert blocks_of(after)["programma"] == blocks_of(before)["programma"]


def test_the_function_of_a_speaker_can_be_translated():
    words = "blocks: {citaat: {speaker: {en: managing director}}}"
    assert blocks_of(add_translations(build_release(), words, file="en.yaml"))["citaat"].speaker == {
        "nl": "directeur",
        "en": "managing director",
    }


def test_a_block_that_the_draft_has_not_is_named_with_its_line():
    with pytest.raises(InvalidDraft, match=r"en\.yaml:2"):
        add_translations(build_mailing(), "blocks:\n  knopje: {label: {en: x}}\n", file="en.yaml")
