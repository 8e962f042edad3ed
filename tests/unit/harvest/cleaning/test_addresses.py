"""Hidden addresses become candidates, and stay readable but unmailable."""

import pytest

from stuifmail.harvest.cleaning.addresses import reveal_in_text, spell, write_out
from stuifmail.harvest.cleaning.clean import clean_body


def encode(address: str, key: int = 0x42) -> str:
    """Answer an address as Cloudflare hides it."""
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


MARKUP = {
    "TYPO3's hidden span": 'info@<span style="display:none;">remove-this.</span>lid.example.org',
    "TYPO3's link": (
        '<a href="mailto:info@remove-this.lid.example.org">info@'
        '<span style="display:none;">remove-this.</span>lid.example.org</a>'
    ),
    "TYPO3's script": "<a href=\"javascript:linkTo_UnCryptMailto('nbjm')\">info(at)lid.example.org</a>",
    "Cloudflare's attribute": (
        f'<a href="/cdn-cgi/l/email-protection" class="__cf_email__" '
        f'data-cfemail="{encode("info@lid.example.org")}">[email&#160;protected]</a>'
    ),
    "Cloudflare's fragment": (
        f'<a href="/cdn-cgi/l/email-protection#{encode("info@LID.example.org", 7)}">mail ons</a>'
    ),
    "entities": "&#105;&#110;fo&#64;lid.example&#46;org",
    "entities in hexadecimal": "&#x69;nfo&#x40;lid.example.org",
    "letters in entities": "i&#110;fo@lid.example.org",
    "a link in entities": '<a href="&#109;ailto:&#105;nfo&#64;lid.example.org">mail ons</a>',
    "reversed": '<span style="unicode-bidi:bidi-override;direction:rtl">gro.elpmaxe.dil@ofni</span>',
    "round brackets": "info (at) lid.example.org",
    "square brackets": "info[at]lid.example.org",
    "dots too": "info [at] lid [punt] example (dot) org",
    "a monkey's tail": "info (apenstaart) lid.example.org",
    "words": "info at lid dot example dot org",
    "Dutch words": "info apenstaart lid punt example punt org",
    "space around": "info @ lid.example.org",
    "a word to remove": "info@remove-this.lid.example.org",
    "no spam": "info@nospam.lid.example.org",
}  # fmt: skip


@pytest.mark.parametrize("markup", MARKUP.values(), ids=MARKUP)
def test_a_hidden_address_is_a_candidate_and_cannot_be_mailed(markup: str) -> None:
    body = clean_body(f"<p>Mail naar {markup} voor de klaver.</p>", "https://lid.example.org/")
    assert body.address_candidates == ("info@lid.example.org",)
    assert "@" not in body.html + body.text
    assert "mailto" not in body.html
    assert body.text.endswith("voor de klaver.")


def test_an_open_address_stays_as_its_member_published_it() -> None:
    markup = '<p>Mail <a href="mailto:info@lid.example.org">info@lid.example.org</a></p>'
    body = clean_body(markup, None)
    assert (body.html, body.text, body.address_candidates) == (markup, "Mail info@lid.example.org", ())


@pytest.mark.parametrize(
    "text",
    [
        "Kom @ home op het plein",
        "Ons doel (at) 5.50 euro",
        "We meet at noon, then dot the map.",
        "Volg ons: @deberm en @debij",
        "naam (at) een",
    ],
)
def test_what_is_no_address_stays_as_it_is(text: str) -> None:
    revealed = reveal_in_text(text)
    assert (revealed.text, revealed.candidates) == (text, ())


def test_a_hidden_address_that_cannot_be_read_is_unmailable_too() -> None:
    revealed = reveal_in_text("Mail naam@remove-this.example")
    assert (revealed.text, revealed.candidates) == ("Mail naam (at) remove-this.example", ())


def test_several_addresses_far_apart_are_all_found_each_once() -> None:
    filling = "woord " * 300
    text = f"a@ lid.example.org {filling} b(at)lid.example.org {filling} a (at) lid.example.org"
    revealed = reveal_in_text(text)
    assert revealed.candidates == ("a@lid.example.org", "b@lid.example.org")
    assert revealed.text == (
        f"a (at) lid.example.org {filling} b (at) lid.example.org {filling} a (at) lid.example.org"
    )


def test_a_confirmed_address_is_written_out_and_others_are_not() -> None:
    text = f"Mail {spell('a@lid.example.org')} of {spell('b@lid.example.org')}."
    assert write_out(text, {"a@lid.example.org"}) == "Mail a@lid.example.org of b (at) lid.example.org."
    assert write_out(text, ()) == text
