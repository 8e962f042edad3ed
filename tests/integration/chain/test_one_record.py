"""One results record becomes the results mailing, the press release and the newsletter's section."""

import re

import openpyxl
import pytest

from tests.chain import ISSUE, Chain, copy_newsroom

SHEET = "samples/sheets/congres-2026.xlsx"
PIECES = {
    "newsletter": (ISSUE, "text", "nl"),
    "results mailing": ("congres-2026-resultaten", "text", "nl"),
    "results mailing in English": ("congres-2026-resultaten", "text", "en"),
    "press release": ("congres-2026-pers-2-nl", "text", "nl"),
    "press release in English": ("congres-2026-pers-2-en", "text", "en"),
    "ninjs": ("congres-2026-pers-2-en", "ninjs", "en"),
    "JSON-LD": ("congres-2026-pers-2-nl", "jsonld", "nl"),
}
SIGNED = {"nl": "nairobi-2025-pers-2-nl", "en": "nairobi-2025-pers-2-en"}


def make_pieces(chain) -> dict[str, str]:
    with chain.open() as newsroom:
        newsroom.harvest()
        newsroom.draft()
        newsroom.draft_mailing("congres-2026", "results")
        newsroom.press("congres-2026", "results")
        newsroom.press("nairobi-2025", "results")
        subjects = "\n".join(subject for row in newsroom.list_drafts() for subject in row["subject"].values())
        wanted = PIECES | {piece: (piece, "text", language) for language, piece in SIGNED.items()}
        return {
            name: newsroom.export(piece, form=form, language=language).content.decode()
            for name, (piece, form, language) in wanted.items()
        } | {"subjects": subjects}


def numbers_before(text: str, *units: str) -> set[int]:
    """Which numbers stand directly before one of these words."""
    return {int(number) for number in re.findall(rf"(\d+)\s+(?:{'|'.join(units)})", text)}


@pytest.fixture(scope="module")
def before(root, tmp_path_factory):
    return make_pieces(Chain(copy_newsroom(root, tmp_path_factory.mktemp("before") / "newsroom")))


@pytest.fixture(scope="module")
def after(root, tmp_path_factory):
    """The same when one cell of the sheet says that somebody did come."""
    chain = Chain(copy_newsroom(root, tmp_path_factory.mktemp("after") / "newsroom"))
    book = openpyxl.load_workbook(chain.folder / SHEET)
    sheet = book.active
    (row,) = [cells for cells in sheet.iter_rows() if cells[0].value == "G26-093"]
    assert (row[2].value, row[7].value) == ("Gemeente Morgenrade", "no_show")
    row[7].value = "attended"
    book.save(chain.folder / SHEET)
    return make_pieces(chain)


PEOPLE, TOWNS = ("deelnemers", "participants"), ("gemeenten", "municipalities")


@pytest.mark.parametrize("name", PIECES)
def test_every_piece_tells_the_figures_of_the_sheet(before, name):
    assert 84 in numbers_before(before[name], *PEOPLE)
    assert 31 in numbers_before(before[name], *TOWNS)


@pytest.mark.parametrize("name", PIECES)
def test_one_changed_cell_of_the_sheet_changes_every_piece(after, name):
    assert 85 in numbers_before(after[name], *PEOPLE)
    assert 84 not in numbers_before(after[name], *PEOPLE)
    assert 32 in numbers_before(after[name], *TOWNS)
    assert 31 not in numbers_before(after[name], *TOWNS)


def test_who_signed_in_nairobi_is_told_in_dutch(before):
    text = " ".join(before[SIGNED["nl"]].split())
    assert "Estland, Europese Unie en Noorwegen treden toe tot" in text
    assert 3 in numbers_before(text, "leden")
    assert 17 in numbers_before(text, "landen")
    assert 5 in numbers_before(text, "presentaties")


def test_who_signed_in_nairobi_is_told_in_english(before):
    text = " ".join(before[SIGNED["en"]].split())
    assert "Estonia" in text
    assert "Norway" in text
    assert 3 in numbers_before(text, "members", "new members")
    assert 17 in numbers_before(text, "countries", "member countries")
    assert 5 in numbers_before(text, "presentations")


@pytest.mark.parametrize("language", SIGNED)
def test_who_was_announced_and_did_not_sign_is_in_no_release(before, language):
    assert "Highland Hedge Club" not in before[SIGNED[language]]


def test_lists_show_subjects_with_their_numbers(before, after):
    assert "trekt 84 deelnemers uit 31 gemeenten" in before["subjects"]
    assert "trekt 85 deelnemers uit 32 gemeenten" in after["subjects"]
    assert "[[" not in before["subjects"]
