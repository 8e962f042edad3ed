import email
import email.policy
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stuifmail.dispatch.messages import MessageBuilder
from stuifmail.dispatch.tokens import read_token
from stuifmail.errors import DispatchError, InvalidMessage
from stuifmail.model.publications import UNSUBSCRIBE_MARK
from tests.letters import NOW, SECRET, make_builder, make_deliveries, make_letterhead, make_rendering

CONTROLS = ["\r", "\n", "\r\n", "\0", "\u2028", "\u2029", "\x85", "\x1b", "\x7f", "\x92", "\ud800"]
HEADER_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=200) | st.text(
    st.sampled_from('aé=?_"\\,;<>@().: 蜂🐝'), max_size=120
)


def build(delivery=None, **changes):
    _, raw = make_builder(**changes).build(delivery or make_deliveries(2)[1])
    return raw


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def read_words(value):
    """As RFC 2047 has it; the newer parser of Python 3.11 puts spaces between encoded words."""
    return str(make_header(decode_header(value)))


def read_mailboxes(value):
    return [(collapse(read_words(name)), address) for name, address in getaddresses([value])]


def collapse(text):
    return " ".join(text.split())


def test_the_message_has_every_header_that_bulk_mail_needs():
    message = parse(build())
    token = message["List-Unsubscribe"].removeprefix("<https://news.example.org/unsubscribe/").rstrip(">")
    assert read_token(SECRET, token, list_id="nieuwsbrief.coalition.example.org") == "reader-1@example.org"
    assert dict(message.items()) | {"List-Unsubscribe": "", "Message-ID": "", "Content-Type": ""} == {
        "To": "Redactie 1 <reader-1@example.org>",
        "Message-ID": "",
        "List-Unsubscribe": "",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "From": "Coalitie Bloeiend Land <nieuws@example.org>",
        "Reply-To": "nieuws@example.org",
        "Subject": "Nieuwsbrief mei: bijeenkomst over bermen",
        "Date": "Wed, 06 May 2026 08:00:00 +0000",
        "List-Id": "Nieuwsbrief <nieuwsbrief.coalition.example.org>",
        "List-Help": "<mailto:nieuws@example.org>",
        "List-Archive": "<https://news.example.org/>",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
        "Content-Language": "nl",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }
    assert message["Message-ID"] == make_deliveries(2)[1].message_id


def test_the_text_comes_first_and_both_parts_arrive_as_they_were_written():
    message = parse(build())
    link = message["List-Unsubscribe"].strip("<>")
    text, html = message.iter_parts()
    rendering = make_rendering("nl")
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    for part, written in ((text, rendering.text), (html, rendering.html)):
        assert part.get_content().replace("\r\n", "\n") == written.replace(UNSUBSCRIBE_MARK, link)
    assert not message.defects + text.defects + html.defects


def test_the_link_is_escaped_in_html_and_not_in_text():
    text, html = parse(build(unsubscribe_url="https://news.example.org/u?a=1&b=2")).iter_parts()
    assert "/u?a=1&b=2/" in text.get_content()
    assert "/u?a=1&amp;b=2/" in html.get_content()


def test_each_reader_gets_the_edition_of_their_language():
    dutch, english = (parse(build(make_deliveries(2)[number])) for number in (1, 0))
    assert (dutch["Content-Language"], english["Content-Language"]) == ("nl", "en")
    assert english["From"] == "Flowering Land Coalition <nieuws@example.org>"


def test_two_readers_differ_in_name_message_id_and_link_only():
    one, two = (build(row) for row in make_deliveries(4)[::2])
    lines = [(a, b) for a, b in zip(one.split(b"\r\n"), two.split(b"\r\n"), strict=True) if a != b]
    body = one.index(b"\r\n\r\n")
    assert [line.partition(b":")[0] for line, _ in lines[:3]] == [b"To", b"Message-ID", b"List-Unsubscribe"]
    assert len(lines) == 3 + 2 * 2  # the link takes two lines in each part
    assert b"reader-" not in one[body:]


def test_building_a_copy_again_gives_the_same_bytes():
    assert build() == build()


def test_the_envelope_carries_the_sender():
    assert make_builder().build(make_deliveries()[0])[0] == "nieuws@example.org"


def test_without_https_no_one_click_is_promised():
    message = parse(build(unsubscribe_url="http://localhost:8000/u"))
    assert "List-Unsubscribe-Post" not in message
    assert message["List-Unsubscribe"].startswith("<http://localhost:8000/u/")


@given(name=HEADER_TEXT, subject=HEADER_TEXT)
def test_any_name_and_subject_arrive_and_stay_ascii_and_short_on_the_wire(name, subject):
    builder = MessageBuilder(
        make_letterhead(from_name={"nl": name}, list_name={}), {"nl": make_rendering(subject=subject)}, SECRET
    )
    _, raw = builder.build(replace(make_deliveries(2)[1], name=name))
    assert raw.isascii()
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", raw)
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    head = raw.partition(b"\r\n\r\n")[0]
    assert all(line.strip() for line in head.split(b"\r\n"))
    message = email.message_from_bytes(raw)
    assert read_mailboxes(message["To"]) == [(collapse(name), "reader-1@example.org")]
    assert read_mailboxes(message["From"]) == [(collapse(name), "nieuws@example.org")]
    assert collapse(read_words(message["Subject"])) == collapse(subject)
    assert message.keys() == parse(build()).keys()


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("field", ["name", "address", "message_id"])
def test_a_control_character_in_a_readers_value_is_refused_by_name(field, control):
    row = make_deliveries()[0]
    row = replace(row, **{field: getattr(row, field) + control + "Bcc: x@example.org"})
    with pytest.raises(InvalidMessage, match="control character") as caught:
        make_builder().build(row)
    assert {"name": "name of c0", "address": "address of c0", "message_id": "Message-ID"}[
        field
    ] == caught.value.place
    assert caught.value.remedy


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("from_address", "sender"),
        ("from_name", "sender's name"),
        ("reply_to", "reply address"),
        ("list_id", "list_id"),
        ("list_name", "list name"),
        ("unsubscribe_url", "unsubscribe_url"),
        ("help_url", "List-Help"),
        ("archive_url", "List-Archive"),
    ],
)
def test_a_control_character_in_the_letterhead_is_refused_before_anything_is_built(field, place, control):
    good = getattr(make_letterhead(), field) or "nieuws@example.org"
    bad = (
        {key: text + control for key, text in good.items()}
        if isinstance(good, dict)
        else control.join((good, ""))
    )
    if field in ("from_address", "reply_to", "list_id"):
        bad = f"a{control}{good}"
    with pytest.raises(InvalidMessage) as caught:
        make_builder(**{field: bad})
    assert caught.value.place == place


@pytest.mark.parametrize("control", ["\0", "\x1b", "\x92", "\x85", "\ud800"])
@pytest.mark.parametrize("part", ["html", "text"])
def test_a_control_character_in_a_body_is_refused_before_anything_is_built(part, control):
    rendering = make_rendering(**{part: f"{UNSUBSCRIBE_MARK}{control}"})
    with pytest.raises(InvalidMessage, match="control character"):
        MessageBuilder(make_letterhead(), {"nl": rendering}, SECRET)


@pytest.mark.parametrize("part", ["html", "text"])
def test_an_edition_without_a_way_to_unsubscribe_is_refused(part):
    with pytest.raises(InvalidMessage, match="no unsubscribe link"):
        MessageBuilder(make_letterhead(), {"nl": make_rendering(**{part: "Dag"})}, SECRET)


def test_a_domain_with_accents_travels_as_punycode():
    row = replace(make_deliveries(2)[1], address="pers@bijén.example.org")
    assert parse(build(row))["To"].addresses[0].addr_spec == "pers@xn--bijn-dpa.example.org"


def test_accents_before_the_at_sign_are_refused_with_the_reason():
    with pytest.raises(InvalidMessage, match="outside ASCII before the @"):
        build(replace(make_deliveries(2)[1], address="persé@example.org"))


@pytest.mark.parametrize(
    "address",
    [
        "", "pers", "@example.org", "pers@", "a b@example.org", "a@b@example.org", "<a@example.org>",
        "a@example.org, b@example.org", '"a b"@example.org', "a..b@example.org", "a@exa_mple.org",
        ".a@example.org", "a@-example.org", f"{'a' * 65}@example.org", "a@straße.example.org",
        f"a@{'b' * 64}.example.org",
    ],
)  # fmt: skip
def test_what_is_no_single_address_is_refused(address):
    with pytest.raises(InvalidMessage) as caught:
        build(replace(make_deliveries(2)[1], address=address))
    assert caught.value.place == "address of c1"


def test_a_missing_edition_is_a_fault_of_ours_and_no_reader_is_blamed():
    with pytest.raises(DispatchError, match="no edition in 'fr'") as caught:
        build(replace(make_deliveries()[0], edition="fr"))
    assert not isinstance(caught.value, InvalidMessage)


def test_the_date_keeps_its_time_zone_and_needs_one():
    assert parse(build())["Date"].datetime == NOW
