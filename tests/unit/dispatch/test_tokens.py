import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.dispatch.tokens import make_token, read_token

SECRET = b"0123456789abcdef"
LIST = "nieuwsbrief.example.org"
addresses = st.text(st.characters(codec="utf-8"), max_size=320)


@given(addresses)
def test_a_token_gives_its_address_back(address):
    token = make_token(SECRET, address=address, list_id=LIST)
    if len(token) <= 600:
        assert read_token(SECRET, token, list_id=LIST) == address


@given(addresses, st.data())
def test_no_single_changed_letter_passes(address, data):
    token = make_token(SECRET, address=address, list_id=LIST)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda letter: letter != token[at]))
    assert read_token(SECRET, token[:at] + other + token[at + 1 :], list_id=LIST) is None


@given(st.text(max_size=700))
def test_whatever_somebody_types_is_refused_without_an_error(token):
    assert read_token(SECRET, token, list_id=LIST) is None


@pytest.mark.parametrize("token", ["", "a" * 5_000_000, "AAAA", "=" * 40, "é" * 40])
def test_tokens_of_impossible_form_are_refused(token):
    assert read_token(SECRET, token, list_id=LIST) is None


def test_a_token_of_another_list_or_another_newsroom_is_refused():
    token = make_token(SECRET, address="a@example.org", list_id=LIST)
    assert read_token(SECRET, token, list_id="agenda.example.org") is None
    assert read_token(b"another secret of ours", token, list_id=LIST) is None


def test_a_token_does_not_show_the_address_and_fits_into_a_link():
    token = make_token(SECRET, address="voorlichting@example.org", list_id=LIST)
    assert len(token) < 80
    assert all(letter.isalnum() or letter in "-_" for letter in token)
    assert "voorlichting" not in token


def test_a_reader_has_the_same_link_in_every_issue():
    assert make_token(SECRET, address="a@example.org", list_id=LIST) == make_token(
        SECRET, address="a@example.org", list_id=LIST
    )


def test_a_secret_that_protects_nothing_is_refused():
    with pytest.raises(ValueError, match="at least 16"):
        make_token(b"short", address="a@example.org", list_id=LIST)
