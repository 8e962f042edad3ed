"""Who gets a publication, in which language, and why somebody does not."""

from dataclasses import replace
from datetime import date

import pytest

from stuifmail.config.models import Audience, Member
from stuifmail.config.network import Membership
from stuifmail.model.people import Contact
from stuifmail.people import select_readers
from stuifmail.people.audience import complete_contact

NOBODY: dict[str, str] = {}


def contact(name: str = "a", **more: object) -> Contact:
    made = Contact(
        id=name,
        address=f"{name}@example.org",
        language="nl",
        lists=("nieuwsbrief",),
        tier="partner",
        consent="confirmed",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def audience(**rules: object) -> Audience:
    text = {"nl": "Lezers", "en": "Readers"}
    return Audience(id="lezers", name=text, why=text, **rules)  # type: ignore[arg-type]


def suppressed(one: Contact, purpose: str = "newsletter", on_list: dict[str, str] = NOBODY) -> str:
    (reader,) = select_readers([one], audience(purpose=purpose), languages=("nl", "en"), suppressions=on_list)
    return reader.suppressed


def test_a_candidate_matches_every_rule_that_is_given() -> None:
    rules = audience(lists=("nieuwsbrief", "pers"), tiers=("partner",), functions=("lobbyist",))
    people = [
        contact("ja", functions=("lobbyist", "director")),
        contact("geen-functie"),
        contact("andere-lijst", functions=("lobbyist",), lists=("werkgroep",)),
        contact("andere-soort", functions=("lobbyist",), tier="supporter"),
        contact("hoofdletters", functions=("Lobbyist",), lists=("Pers",)),
    ]
    readers = select_readers(people, rules, languages=("nl",), suppressions=NOBODY)
    assert [reader.contact_id for reader in readers] == ["ja", "hoofdletters"]


def test_an_audience_without_rules_is_everybody_in_the_order_of_the_sheet() -> None:
    people = [contact(name) for name in ("c", "a", "b")]
    readers = select_readers(people, audience(), languages=("nl",), suppressions=NOBODY)
    assert [reader.address for reader in readers] == ["c@example.org", "a@example.org", "b@example.org"]
    assert all(reader.suppressed == "" for reader in readers)


@pytest.mark.parametrize(
    ("language", "languages", "edition"),
    [
        ("en", ("nl", "en"), "en"),
        ("nl", ("nl", "en"), "nl"),
        ("fr", ("nl", "en"), "en"),
        ("fr", ("nl", "de"), "nl"),
        ("en", ("nl",), "nl"),
    ],
)
def test_a_reader_gets_the_edition_that_reads_best(
    language: str, languages: tuple[str, ...], edition: str
) -> None:
    (reader,) = select_readers(
        [contact(language=language)], audience(), languages=languages, suppressions=NOBODY
    )
    assert reader.edition == edition


def test_only_confirmed_consent_gets_a_newsletter() -> None:
    assert suppressed(contact()) == ""
    assert (
        suppressed(contact(consent="service")) == "consented to service mail only, and this is a newsletter"
    )
    assert suppressed(contact(consent="unknown")) == "consent is unknown"
    assert suppressed(contact(consent="withdrawn")) == "consent was withdrawn"


def test_service_mail_reaches_service_consent_too_but_no_other() -> None:
    assert suppressed(contact(consent="service"), "service") == ""
    assert suppressed(contact(consent="unknown"), "service") == "consent is unknown"
    assert suppressed(contact(consent="withdrawn"), "service") == "consent was withdrawn"


def test_bounced_and_suppressed_addresses_get_nothing_and_the_reason_is_told() -> None:
    assert "bounced" in suppressed(contact(bounced=True), "service")
    listed = {"a@example.org": "complained on 2 May 2026"}
    assert suppressed(contact(), on_list=listed) == "on the suppression list: complained on 2 May 2026"


def test_withdrawal_is_named_before_anything_else() -> None:
    listed = {"a@example.org": "x"}
    assert suppressed(contact(consent="withdrawn", bounced=True), on_list=listed) == "consent was withdrawn"


LEDGER = {
    "wilgenrade": Member(
        id="wilgenrade", name="Wilgenrade", kind="municipality", tier="partner", joined=date(2024, 1, 1)
    ),
    "gieter": Member(
        id="gieter",
        name="De Gieter",
        kind="company",
        tier="supporter",
        joined=date(2022, 1, 1),
        left=date(2025, 7, 1),
    ),
    "zoem": Member(
        id="zoem",
        name="Zoem",
        kind="institute",
        tier="partner",
        joined=date(2026, 6, 1),
        earlier=(Membership(tier="supporter", joined=date(2024, 1, 1), left=date(2026, 6, 1)),),
    ),
}


@pytest.mark.parametrize(
    ("member", "own_tier", "found"),
    [
        ("wilgenrade", "", ("partner", "municipality")),
        ("wilgenrade", "supporter", ("supporter", "municipality")),
        ("gieter", "", ("", "")),
        ("zoem", "", ("supporter", "institute")),
        ("niemand", "", ("", "")),
        ("", "partner", ("partner", "")),
    ],
)
def test_the_ledger_of_the_day_gives_kind_and_missing_tier(
    member: str, own_tier: str, found: tuple[str, str]
) -> None:
    known = complete_contact(contact(member_id=member, tier=own_tier), LEDGER, date(2026, 5, 4))
    assert (known.tier, known.member_kind) == found


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ({"member_kinds": ("municipality",)}, {"a", "b"}),
        ({"members": ("wilgenrade",)}, {"a"}),
        ({"languages": ("en",)}, {"b"}),
        ({"member_kinds": ("municipality",), "tiers": ("partner",)}, {"a"}),
    ],
)
def test_members_their_kinds_and_languages_choose_contacts(
    rules: dict[str, object], wanted: set[str]
) -> None:
    people = [
        contact("a", member_id="wilgenrade", member_kind="municipality"),
        contact("b", member_id="haverwoude", member_kind="municipality", tier="supporter", language="en"),
        contact("c", member_id="zoem", member_kind="institute"),
        contact("d"),
    ]
    readers = select_readers(people, audience(**rules), languages=("nl", "en"), suppressions=NOBODY)
    assert {reader.contact_id for reader in readers} == wanted
