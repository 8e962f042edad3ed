"""Leads: whole sentences, of the right length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.compose.leads import split_sentences, take_lead


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Eén zin. En nog een.", ["Eén zin.", "En nog een."]),
        (
            "Wij werken m.b.t. Bermen samen. Dat gaat goed.",
            ["Wij werken m.b.t. Bermen samen.", "Dat gaat goed."],
        ),
        ("Op 25 maart jl. Is geteld. Klaar.", ["Op 25 maart jl. Is geteld.", "Klaar."]),
        ("Zie nr. 12 op blz. 3. Daarna verder.", ["Zie nr. 12 op blz. 3. Daarna verder."]),
        ("‘Het bloeit!’ Zegt zij. Mooi.", ["‘Het bloeit!’", "Zegt zij.", "Mooi."]),
        ("Om 14.00 uur begint het. Kom ook.", ["Om 14.00 uur begint het.", "Kom ook."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_dutch_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


def test_a_lead_takes_whole_sentences_until_it_is_long_enough() -> None:
    text = "Een twee drie vier. Vijf zes zeven acht. Negen tien elf twaalf."
    assert take_lead(text, words_min=5, words_max=9) == "Een twee drie vier. Vijf zes zeven acht."


def test_a_first_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    text = " ".join(f"woord{n}" for n in range(100)) + "."
    lead = take_lead(text, words_min=25, words_max=60)
    assert lead.endswith("woord59 …")
    assert len(lead.split()) == 61


def test_the_mark_of_an_excerpt_is_dropped() -> None:
    assert (
        take_lead("Het gaat goed met de berm. […]", words_min=3, words_max=20) == "Het gaat goed met de berm."
    )


def test_a_heading_glued_above_the_text_reads_as_a_sentence() -> None:
    text = "Nieuwe bloemen\n\nLangs de weg bloeit het."
    assert take_lead(text, words_min=6, words_max=20) == "Nieuwe bloemen. Langs de weg bloeit het."


@given(st.text(max_size=400), st.integers(1, 30), st.integers(0, 40))
def test_a_lead_is_never_longer_than_asked(text: str, words_min: int, more: int) -> None:
    lead = take_lead(text, words_min=words_min, words_max=words_min + more)
    assert len(lead.removesuffix("…").split()) <= words_min + more
