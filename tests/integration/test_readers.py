"""Who gets a publication: sheets, press list and outbox together, on both stores."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stuifmail.errors import StuifmailError, UnknownPublication
from stuifmail.model.deliveries import Delivery, DeliveryState
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Approval, PublicationState
from stuifmail.newsroom.house import House
from stuifmail.newsroom.people.audiences import Readership, gather_readers
from stuifmail.newsroom.people.readers import describe_audience, describe_press_list
from stuifmail.newsroom.people.withdrawals import make_withdrawal_check
from stuifmail.review.approval import hash_audience
from stuifmail.store import deliveries as delivery_table
from stuifmail.store import publications as publication_table
from stuifmail.store import suppressions as suppression_table
from tests.newsrooms import copy_sample

pytestmark = pytest.mark.integration

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)
LATE = "W26-099,communicatie@veldenrode.example.org,Veldenrode,,NL,municipality,member,registered,,"
DUTCH, ENGLISH = "congres-2026-pers-2-nl", "congres-2026-pers-2-en"


@pytest.fixture
def house(store_url: str, tmp_path: Path) -> Iterator[House]:
    root = copy_sample(tmp_path / "room")
    opened = House.open(root, environment={"STUIFMAIL_DATABASE_URL": store_url})
    yield opened
    opened.store.close()


def publication(name: str, audience: str = "", **values: Any) -> Publication:
    made = Publication(
        id=name,
        kind="mailing",
        series_id="mailings",
        number=0,
        period_starts_at=NOW,
        period_ends_at=NOW,
        send_at=NOW,
        audience_id=audience,
        languages=("nl", "en"),
        subject={"nl": "Bericht", "en": "Message"},
        preheader={},
    )
    return replace(made, **values)


def release(language: str, **values: Any) -> Publication:
    audience = {"nl": "press-nl", "en": "press-international"}[language]
    values = {"kind": "release", "languages": (language,), "facts_id": "congres-2026-pers-2", **values}
    return publication(f"congres-2026-pers-2-{language}", audience, **values)


def reminder(*responses: str, **values: Any) -> Publication:
    return publication(
        "workshop-2026-herinnering",
        "communication-network",
        event_id="workshop-2026",
        responses=responses,
        **values,
    )


def gather(house: House, wanted: Publication) -> Readership:
    with house.store.begin() as connection:
        return gather_readers(house, connection, wanted)


def mailed(readership: Readership) -> set[str]:
    return {reader.address for reader in readership.readers if not reader.suppressed}


def reasons(readership: Readership) -> dict[str, str]:
    return {reader.address: reader.suppressed for reader in readership.readers if reader.suppressed}


def keep(house: House, kept: Publication, state: PublicationState = PublicationState.APPROVED) -> None:
    """Store a publication, approved with the readers it has now."""
    readership = gather(house, kept)
    approval = Approval(
        publication_id=kept.id,
        revision=1,
        role="hoofdredactie",
        approved_at=NOW,
        content_sha256="c" * 64,
        audience_sha256=hash_audience(readership.audience, readership.readers),
        findings_sha256="f" * 64,
    )
    with house.store.begin() as connection:
        publication_table.add_publication(connection, kept, author="stuifmail", at=NOW)
        publication_table.add_approval(connection, approval, readership.readers)
        publication_table.set_state(connection, kept.id, state)


def deliver(house: House, name: str, copies: Sequence[tuple[str, str, DeliveryState]]) -> None:
    """Put copies (address, edition, state) into a publication's outbox."""
    rows = [
        Delivery(
            id=f"{name}-{number}",
            publication_id=name,
            contact_id=f"wie-{number}",
            address=address,
            edition=edition,
            message_id=f"<{number}.{name}@coalition.example.org>",
            state=state,
        )
        for number, (address, edition, state) in enumerate(copies)
    ]
    with house.store.begin() as connection:
        delivery_table.insert_deliveries(connection, rows, at=NOW)


def change(house: House, file: str, old: str, new: str) -> None:
    path = house.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_newsletter_goes_to_the_same_48_as_ever(house: House) -> None:
    found = gather(house, publication("nieuwsbrief-2026-05", "readers", kind="newsletter"))
    assert len(mailed(found)) == 48
    assert len(reasons(found)) == 6


def test_who_registered_is_the_sheet_and_who_did_not_answer_is_everybody_else_invited(house: House) -> None:
    registered = gather(house, reminder("registered"))
    silent = gather(house, reminder("no_answer"))
    invited = gather(house, reminder("invited"))
    assert len(mailed(registered)) == 17
    assert reasons(registered) == {
        "programmasecretaris@coalition.example.org": "is there as staff, not as a guest"
    }
    assert "milieueducatie@haverwoude.example.org" not in mailed(silent), "cancelled is an answer"
    assert not mailed(silent) & mailed(registered)
    assert mailed(silent) < mailed(invited)
    assert all(
        reader.basis.startswith("in the participants sheet of Workshop") for reader in registered.readers
    )


def test_one_more_registration_changes_what_was_approved(house: House) -> None:
    before = gather(house, reminder("no_answer"))
    change(
        house,
        "samples/sheets/workshop-2026.csv",
        "W26-001,",
        f"{LATE}\nW26-001,",
    )
    after = gather(house, reminder("no_answer"))
    assert mailed(before) - mailed(after) == {"communicatie@veldenrode.example.org"}
    assert hash_audience(before.audience, before.readers) != hash_audience(after.audience, after.readers)


def test_a_participants_sheet_that_is_gone_stops_the_mailing(house: House) -> None:
    (house.root / "samples/sheets/workshop-2026.csv").unlink()
    with pytest.raises(StuifmailError, match="participants sheet workshop-2026 cannot be read"):
        gather(house, reminder("registered"))


def test_municipalities_of_partners_are_found_by_the_ledger(house: House) -> None:
    change(
        house,
        "samples/contacts.csv",
        "nl,wilgenrade,partner,policy,newsletter;cop-municipalities",
        "nl,wilgenrade,,policy,newsletter;cop-municipalities",
    )
    found = mailed(gather(house, publication("cop", "cop-municipalities")))
    assert "beleidsmedewerker.groen@wilgenrade.example.org" in found
    assert "groen@meidoornveen.example.org" not in found, "a supporter"
    assert "griffie@klaverdrecht.example.org" not in found, "no member"
    assert "wijkbeheer@kornoeldam.example.org" in found, "service mail reaches who wants no newsletter"


def test_each_desk_gets_one_language_and_why_others_get_nothing_is_said(house: House) -> None:
    dutch, english = gather(house, release("nl")), gather(house, release("en"))
    assert len(mailed(dutch)) == 7
    assert len(mailed(english)) == 4
    assert not mailed(dutch) & mailed(english)
    assert reasons(dutch) == {
        "nieuws@radio-de-dijk.example.org": "the desk wants no releases",
        "info@veldkoerier.example.org": "no basis: nothing says why we may write to this desk",
    }
    trusted = {reader.address for reader in (*dutch.readers, *english.readers) if reader.is_trusted}
    assert len(trusted) == 4
    assert [problem.line for problem in dutch.problems] == [15]


@pytest.mark.parametrize("state", [PublicationState.APPROVED, PublicationState.QUEUED])
def test_a_desk_that_will_get_the_other_language_gets_none_of_this_one(
    house: House, state: PublicationState
) -> None:
    keep(house, release("nl"), state)
    change(
        house,
        "samples/press.csv",
        "p-01,natuurredactie@de-ochtendlijn.example.org,De Ochtendlijn,natuurredactie,NL,nl",
        "p-01,natuurredactie@de-ochtendlijn.example.org,De Ochtendlijn,natuurredactie,NL,en",
    )
    change(
        house,
        "samples/press.csv",
        "p-12,desk@green-desk.example.org,Green Desk,news desk",
        "p-12,desk@green-desk.example.org,DE OCHTENDLIJN,Binnenland",
    )
    why = reasons(gather(house, release("en")))
    told = f"gets this news in {DUTCH}, and no desk gets two languages"
    assert why["natuurredactie@de-ochtendlijn.example.org"] == told
    assert why["desk@green-desk.example.org"] == told, "the same desk under another address"


def test_a_draft_in_the_other_language_keeps_nobody_from_this_one(house: House) -> None:
    keep(house, release("nl"), PublicationState.DRAFT)
    change(house, "samples/press.csv", "natuurredactie,NL,nl", "natuurredactie,NL,en")
    assert "natuurredactie@de-ochtendlijn.example.org" in mailed(gather(house, release("en")))


def test_news_on_other_facts_is_no_second_language(house: House) -> None:
    keep(house, release("nl"))
    change(house, "samples/press.csv", "natuurredactie,NL,nl", "natuurredactie,NL,en")
    other = release("en", facts_id="congres-2026-pers-3")
    assert "natuurredactie@de-ochtendlijn.example.org" in mailed(gather(house, other))


def test_a_copy_in_the_outbox_counts_whatever_became_of_the_release(house: House) -> None:
    keep(house, release("nl"), PublicationState.HELD)
    deliver(
        house,
        DUTCH,
        [
            ("environment@meridian-wire.example.org", "nl", DeliveryState.ACCEPTED),
            ("desk@green-desk.example.org", "nl", DeliveryState.SUPPRESSED),
        ],
    )
    why = reasons(gather(house, release("en")))
    assert set(why) == {"environment@meridian-wire.example.org"}


def test_a_correction_goes_to_exactly_those_who_got_it_or_may_have(house: House) -> None:
    keep(house, publication("uitnodiging", "communication-network"), PublicationState.SENT)
    deliver(
        house,
        "uitnodiging",
        [
            ("aangenomen@lid.example.org", "en", DeliveryState.ACCEPTED),
            ("onzeker@lid.example.org", "nl", DeliveryState.UNCERTAIN),
            ("halverwege@lid.example.org", "nl", DeliveryState.ATTEMPTING),
            ("geweigerd@lid.example.org", "nl", DeliveryState.REJECTED),
            ("onderdrukt@lid.example.org", "nl", DeliveryState.SUPPRESSED),
            ("gepland@lid.example.org", "nl", DeliveryState.PLANNED),
        ],
    )
    found = gather(house, publication("correctie", kind="correction", corrects="uitnodiging"))
    assert {reader.address: reader.edition for reader in found.readers} == {
        "aangenomen@lid.example.org": "en",
        "onzeker@lid.example.org": "nl",
        "halverwege@lid.example.org": "nl",
    }
    assert found.audience.id == "communication-network"
    assert (found.parted_count, reasons(found)) == (0, {})


def test_who_withdrew_since_gets_no_correction_and_is_counted(house: House) -> None:
    keep(house, publication("uitnodiging", "readers"), PublicationState.SENT)
    accepted = [
        ("beleid@brakelveen.example.org", "nl", DeliveryState.ACCEPTED),
        ("klacht@lid.example.org", "nl", DeliveryState.ACCEPTED),
        ("gebleven@lid.example.org", "nl", DeliveryState.ACCEPTED),
    ]
    deliver(house, "uitnodiging", accepted)
    with house.store.begin() as connection:
        suppression_table.add_suppression(connection, "klacht@lid.example.org", reason="complaint", since=NOW)
    found = gather(house, publication("correctie", kind="kill", corrects="uitnodiging"))
    assert mailed(found) == {"gebleven@lid.example.org"}
    assert reasons(found)["beleid@brakelveen.example.org"] == "consent was withdrawn"
    assert found.parted_count == 2


def test_a_correction_of_a_release_knows_which_desks_were_trusted(house: House) -> None:
    keep(house, release("en"), PublicationState.SENT)
    deliver(
        house,
        ENGLISH,
        [
            ("environment@meridian-wire.example.org", "en", DeliveryState.ACCEPTED),
            ("medioambiente@la-pradera.example.org", "en", DeliveryState.ACCEPTED),
        ],
    )
    change(
        house,
        "samples/press.csv",
        "p-13,medioambiente@la-pradera.example.org",
        "p-13,nieuw@la-pradera.example.org",
    )
    found = gather(house, release("en", id="kill", kind="kill", audience_id="", corrects=ENGLISH))
    assert {reader.address: reader.is_trusted for reader in found.readers} == {
        "environment@meridian-wire.example.org": True,
        "medioambiente@la-pradera.example.org": False,
    }
    assert reasons(found) == {}, "a desk that left the list is still owed the correction"


def copy_for(name: str, address: str, contact_id: str = "") -> Delivery:
    return Delivery(
        id="x",
        publication_id=name,
        contact_id=contact_id or "onbekend",
        address=address,
        edition="nl",
        message_id="<x@coalition.example.org>",
    )


def test_a_desk_that_opts_out_in_the_middle_of_a_run_gets_no_copy(house: House) -> None:
    keep(house, release("nl"), PublicationState.QUEUED)
    change(
        house, "samples/press.csv", "regional,,,adres in het colofon van de krant", "regional,,yes,colofon"
    )
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, DUTCH)
    check = make_withdrawal_check(house, dossier)
    assert check(copy_for(DUTCH, "regio@weekblad-wilgenbode.example.org")) == "the desk wants no releases"
    assert check(copy_for(DUTCH, "verhuisd@krant.example.org", "p-05")) == "the desk wants no releases"
    assert check(copy_for(DUTCH, "redactie@persdienst-laagland.example.org", "p-03")) == ""
    with house.store.begin() as connection:
        suppression_table.add_suppression(
            connection, "redactie@persdienst-laagland.example.org", reason="hard bounce", since=NOW
        )
    told = check(copy_for(DUTCH, "redactie@persdienst-laagland.example.org", "p-03"))
    assert told == "on the suppression list: hard bounce"


def test_who_registers_in_the_middle_of_a_run_is_not_reminded(house: House) -> None:
    wanted = reminder("no_answer")
    keep(house, wanted, PublicationState.QUEUED)
    change(
        house,
        "samples/sheets/workshop-2026.csv",
        "W26-001,",
        f"{LATE}\nW26-001,",
    )
    with house.store.begin() as connection:
        dossier = publication_table.get_dossier(connection, wanted.id)
    check = make_withdrawal_check(house, dossier)
    assert check(copy_for(wanted.id, "communicatie@veldenrode.example.org", "c-006")) == "left the audience"
    assert check(copy_for(wanted.id, "voorlichting@weg-uit-het-blad.example.org")) == ""


def test_the_press_list_tells_what_is_due_for_a_look(house: House) -> None:
    found = describe_press_list(house)
    assert len(found["desks"]) == 14
    assert {desk["id"] for desk in found["desks"] if desk["is_due"]} == {"p-06", "p-09"}
    assert {desk["id"] for desk in found["desks"] if desk["is_trusted"]} == {"p-01", "p-03", "p-10", "p-11"}
    assert {desk["id"]: desk["audiences"] for desk in found["desks"]}["p-14"] == []


def test_an_audience_can_be_looked_at_before_anything_is_drafted(house: House) -> None:
    found = describe_audience(house, "press-international")
    assert (found["readers_count"], found["editions"]) == (4, {"en": 4})
    assert describe_audience(house, "readers")["suppressed_count"] == 6


def test_a_publication_is_looked_at_by_its_id_and_an_unknown_name_is_told(house: House) -> None:
    keep(house, release("nl"), PublicationState.DRAFT)
    assert describe_audience(house, DUTCH)["publication"] == DUTCH
    with pytest.raises(UnknownPublication):
        describe_audience(house, "niemand")
