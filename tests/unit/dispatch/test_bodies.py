import quopri

from hypothesis import given
from hypothesis import strategies as st

from stuifmail.dispatch.bodies import encode_quoted, encode_slotted, fill_slots

texts = st.text(st.characters(codec="utf-8", exclude_characters="\r"))


def decode(encoded):
    return quopri.decodestring(encoded).decode().replace("\r\n", "\n")


@given(texts)
def test_any_text_survives_encoding(text):
    assert decode(encode_quoted(text)) == text


@given(texts, st.lists(texts, min_size=1, max_size=4))
def test_a_value_stands_in_each_slot(value, pieces):
    text = "@@mark@@".join(piece.replace("@", "") for piece in pieces)
    expected = (text if text.endswith("\n") else text + "\n").replace("@@mark@@", value)
    assert decode(fill_slots(encode_slotted(text, "@@mark@@"), value)) == expected


@given(texts, texts)
def test_no_line_is_longer_than_76_and_none_can_be_taken_for_a_command(before, value):
    encoded = fill_slots(encode_slotted(f"{before}@@mark@@{before}", "@@mark@@"), value)
    for line in encoded.split(b"\r\n"):
        assert len(line) <= 76
        assert not line.startswith((b".", b"From "))
        assert b"\n" not in line
        assert b"\r" not in line
        assert line.isascii()


def test_white_space_at_the_end_of_a_line_is_written_out():
    assert encode_quoted("a \nb\t\n ") == b"a=20\r\nb=09\r\n=20"
