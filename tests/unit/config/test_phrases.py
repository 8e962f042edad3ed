"""Sentences in editors' files."""

from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from stuifmail.config.phrases import blanks_in, fill, fill_first, fill_lines, read_phrases
from stuifmail.errors import InvalidDocument, InvalidTemplate


class Invitation(BaseModel):
    model_config = ConfigDict(extra="forbid")

    subject: str
    text: str


class Phrases(BaseModel):
    model_config = ConfigDict(extra="forbid")

    invitation: Invitation


def _write(folder: Path, text: str) -> Path:
    (folder / "mailings").mkdir(parents=True, exist_ok=True)
    (folder / "mailings" / "texts.nl.yaml").write_text(text, encoding="utf-8")
    return folder


def _read(folder: Path, language: str = "nl") -> Phrases:
    return read_phrases(Phrases, folder, "mailings/texts", language, blanks={"title", "day"})


def test_phrases_of_a_language_are_read(tmp_path: Path) -> None:
    folder = _write(tmp_path, 'invitation:\n  subject: "{title}: {day}"\n  text: Kom.\n')
    assert _read(folder).invitation.subject == "{title}: {day}"


def test_a_missing_phrase_is_named_with_file_and_line(tmp_path: Path) -> None:
    folder = _write(tmp_path, "# kop\ninvitation:\n  subject: Kom\n")
    with pytest.raises(InvalidDocument, match=r"templates/mailings/texts\.nl\.yaml:2:1: invitation\.text"):
        _read(folder)


def test_an_unknown_blank_is_named_with_its_line_and_the_likely_one(tmp_path: Path) -> None:
    folder = _write(tmp_path, 'invitation:\n  subject: "{titel}"\n  text: Kom\n')
    with pytest.raises(InvalidDocument, match=r'texts\.nl\.yaml:2:12.*did you mean "title"'):
        _read(folder)


def test_a_language_without_phrases_is_told_which_file_to_make(tmp_path: Path) -> None:
    with pytest.raises(InvalidTemplate, match=r"templates/mailings/texts\.fr\.yaml"):
        _read(_write(tmp_path, ""), "fr")


def test_a_file_in_another_encoding_is_named_with_its_line(tmp_path: Path) -> None:
    folder = _write(tmp_path, "")
    (folder / "mailings" / "texts.nl.yaml").write_bytes(b"invitation:\n  text: caf\xe9\n")
    with pytest.raises(InvalidTemplate, match=r"texts\.nl\.yaml:2"):
        _read(folder)


def test_a_line_with_an_empty_blank_is_left_out() -> None:
    phrase = "Kom op {day}.\nEr zijn {places} plaatsen.\n\nVragen? Mail {contact}.\n"
    assert fill_lines(phrase, {"day": "8 juni", "contact": ""}) == "Kom op 8 juni."
    full = {"day": "8 juni", "places": "40", "contact": "a@example.org"}
    assert fill_lines(phrase, full) == "Kom op 8 juni. Er zijn 40 plaatsen.\n\nVragen? Mail a@example.org."


def test_the_first_line_that_can_be_filled_in_counts() -> None:
    phrase = "{title}: {day}\n{title}\nUitnodiging"
    assert fill_first(phrase, {"title": "Zoem"}) == "Zoem"
    assert fill_first(phrase, {}) == "Uitnodiging"


def test_what_is_filled_in_is_no_phrase_itself() -> None:
    assert fill("{title}", {"title": "Het {day} van ‘morgen’: [[a]]"}) == "Het {day} van ‘morgen’: [[a]]"


def test_figures_in_a_phrase_can_be_called_after_the_event() -> None:
    assert fill("[[{event}.participants|about]] mensen", {"event": "congres-2026"}) == (
        "[[congres-2026.participants|about]] mensen"
    )
    assert blanks_in("[[{event}.participants]] {a}") == ("event", "a")
