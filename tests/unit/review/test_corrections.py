import pytest

from stuifmail.model.publications import Section, TextBlock
from stuifmail.review.corrections import check_correction
from tests.aftermath import make_letter

LABELS = {"nl": "Correctie", "en": "Correction"}
EUPHEMISMS = {"nl": ("update", "verduidelijking"), "en": ("update", "clarification")}
FIRST = TextBlock(id="correction", role="correction", text={"nl": "Er stond 17.", "en": "It said 17."})


def make_correction(*blocks, nl="Correctie: Nieuws", en="Correction: News"):
    return make_letter(
        kind="correction",
        corrects="x",
        subject={"nl": nl, "en": en},
        sections=(Section(id="c", kind="text", blocks=blocks or (FIRST,)),),
    )


def codes(publication):
    found = check_correction(publication, LABELS, EUPHEMISMS)
    return [(finding.code, finding.language) for finding in found]


def test_a_correction_that_is_called_one_and_says_so_first_is_all_right():
    assert codes(make_correction()) == []


@pytest.mark.parametrize("nl", ["Nieuws", "Update: Nieuws", "correctie: Nieuws", "Een Correctie: Nieuws", ""])
def test_a_subject_without_the_label_blocks(nl):
    assert ("correction-label", "nl") in codes(make_correction(nl=nl))


@pytest.mark.parametrize("en", ["Correction: update on news", "Correction: a Clarification"])
def test_a_word_that_glosses_over_the_error_is_told(en):
    assert codes(make_correction(en=en)) == [("correction-euphemism", "en")]
    assert codes(make_correction(en="Correction: updates")) == []


def test_what_was_wrong_comes_first_in_each_language():
    body = TextBlock(id="b", text={"nl": "Beste lezer", "en": "Dear reader"})
    assert codes(make_correction(body, FIRST)) == [("correction-first", "nl"), ("correction-first", "en")]
    dutch = TextBlock(id="c", role="correction", text={"nl": "Er stond 17.", "en": " "})
    assert codes(make_correction(dutch)) == [("correction-first", "en")]
