"""Country names as people write them."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.figures.countries import resolve_country


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Estland", "EE"),
        ("Ierland", "IE"),
        ("Ivoorkust", "CI"),
        ("Bosnië en Herzegovina", "BA"),
        ("Bosnia and Herzegovina", "BA"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("  nederland ", "NL"),
        ("Wit-Rusland", "BY"),
        ("Eesti", "EE"),
        ("Norge", "NO"),
        ("Belgique", "BE"),
        ("Österreich", "AT"),
        ("Osterreich", "AT"),
        ("nl", "NL"),
        ("NLD", "NL"),
        ("U.K.", "GB"),
        ("European Union", "EU"),
        ("EU", "EU"),
    ],
)
def test_dutch_english_local_names_codes_and_aliases_are_known(text: str, code: str) -> None:
    assert resolve_country(text) == code


@pytest.mark.parametrize(
    "text", ["", " ", "-", "Atlantis", "XX", "ZZ", "Congo", "Korea", "UN", "n.a.", "#N/A"]
)
def test_what_is_no_country_or_more_than_one_is_not_guessed(text: str) -> None:
    assert resolve_country(text) is None


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_country_is_known_by_its_code_and_its_cldr_name(language: str) -> None:
    codes = ["NL", "EE", "NO", "KE", "EG", "FR", "SE", "DE", "GB", "US", "CW", "NA"]
    names = Locale(language).territories
    assert [resolve_country(str(names[code])) for code in codes] == codes
    assert [resolve_country(code.lower()) for code in codes] == codes


@given(st.text(max_size=20))
def test_any_text_gives_a_code_of_two_letters_or_none(text: str) -> None:
    code = resolve_country(text)
    assert code is None or (len(code) == 2 and code.isupper())
