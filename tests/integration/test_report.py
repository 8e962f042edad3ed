"""What a month came to, from what was sent: on both stores."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stuifmail.errors import StuifmailError
from stuifmail.model.deliveries import DeliveryState
from stuifmail.model.figures import Override
from stuifmail.model.publications import Section, StoryBlock
from stuifmail.model.reports import PeriodReport
from stuifmail.model.reviews import EmbargoRecord, PublicationState
from stuifmail.newsroom.house import House
from stuifmail.newsroom.report import make_report, name_last_month, read_period, write_report
from stuifmail.store import publications as publication_table
from stuifmail.store.embargoes import put_embargo
from stuifmail.store.figure_overrides import put_override
from tests.integration.test_readers import deliver, house, keep, publication, release

__all__ = ["house"]

pytestmark = pytest.mark.integration

SENT = datetime(2026, 5, 6, 8, tzinfo=UTC)
#: 31 May, 23:30 in Utrecht.
LATE = datetime(2026, 5, 31, 21, 30, tzinfo=UTC)


def send(house: House, name: str, at: datetime) -> None:
    with house.store.begin() as connection:
        publication_table.set_state(connection, name, PublicationState.SENT, sent_at=at)


def fill(house: House) -> PeriodReport:
    """Send a mailing to one of two readers, its correction, and a release in the month after."""
    story = StoryBlock(
        id="s1",
        item_id="i1",
        members=("zoem",),
        language="nl",
        title={"nl": "Eén protocol voor elke telling en waarneming"},
    )
    invitation = publication(
        "workshop-2026-uitnodiging",
        "communication-network",
        event_id="workshop-2026",
        purposes=("connect", "practical"),
        sections=(Section(id="text", kind="text", blocks=(story,)),),
    )
    keep(house, invitation)
    deliver(
        house,
        invitation.id,
        [
            ("a@lid.example.org", "nl", DeliveryState.ACCEPTED),
            ("b@lid.example.org", "nl", DeliveryState.SUPPRESSED),
        ],
    )
    correction = publication(
        "workshop-2026-correctie", kind="correction", corrects=invitation.id, purposes=("practical",)
    )
    keep(house, correction)
    keep(house, release("nl"))
    send(house, invitation.id, SENT)
    send(house, correction.id, LATE)
    send(house, "congres-2026-pers-2-nl", LATE + timedelta(hours=1))
    return make_report(house, "2026-05")


def test_a_month_is_what_was_sent_in_it_by_the_newsrooms_own_clock(house: House) -> None:
    report = fill(house)
    assert [piece.id for piece in report.pieces] == ["workshop-2026-uitnodiging", "workshop-2026-correctie"]
    assert [piece.id for piece in make_report(house, "2026-06").pieces] == ["congres-2026-pers-2-nl"]
    assert len(make_report(house, "2026").pieces) == len(make_report(house).pieces) == 3
    assert make_report(house, "2025").pieces == ()


def test_purposes_campaigns_copies_and_corrections_are_counted(house: House) -> None:
    report = fill(house)
    assert {purpose.id: purpose.count for purpose in report.purposes} == {
        "connect": 1,
        "inspire": 0,
        "practical": 2,
        "content": 0,
        "show": 0,
        "profile": 0,
    }
    assert [(campaign.id, campaign.count) for campaign in report.campaigns] == [("public-support", 1)]
    assert (report.accepted_count, report.suppressed_count, report.unstated_count) == (1, 1, 0)
    assert [(each.kind, each.of) for each in report.repairs] == [("correction", "workshop-2026-uitnodiging")]
    assert make_report(house, "2026-06").unstated_count == 1


def test_turns_and_gaps_come_from_all_that_was_sent_not_from_newsletters_only(house: House) -> None:
    report = fill(house)
    assert [member.id for member in report.members if member.count] == ["zoem"]
    assert "oudebeekum" not in {member.id for member in report.members}, "it left in January"
    assert {member.id: member.trouble for member in report.silent}["netherlands"] == "no_source"
    assert "count-together" not in {point.id for point in report.gaps}
    assert "every-school" in {point.id for point in report.gaps}


def test_what_was_done_otherwise_than_the_rules_say_is_told_with_its_reason(house: House) -> None:
    fill(house)
    override = Override(counted=84, actor="eindredactie", reason="twee gasten vergeten", made_at=SENT)
    embargo = EmbargoRecord(
        facts_id="congres-2026-pers-2",
        until_at=LATE,
        time_zone="Africa/Nairobi",
        reason="ondertekening",
        set_by="hoofdredactie",
        set_at=SENT,
        lifted_at=SENT,
        lifted_by="hoofdredactie",
        lift_reason="al bekend",
    )
    with house.store.begin() as connection:
        put_override(connection, "congres-2026.participants", 86, override)
        put_embargo(connection, embargo)
    report = make_report(house, "2026-05")
    assert [each.what for each in report.overrides] == ["congres-2026.participants: 84 → 86"]
    assert report.embargoes == (embargo,)
    assert make_report(house, "2026-04").overrides == ()
    text = write_report(house, report)
    assert "84 → 86, door eindredactie op 6 mei 2026: twee gasten vergeten" in text
    assert "tot 1 juni 2026, 0.30 uur (Africa/Nairobi)" in text
    assert "opgeheven door hoofdredactie: al bekend" in text


def test_the_report_is_written_in_dutch_and_english_and_falls_back_on_english(house: House) -> None:
    report = fill(house)
    dutch, english = write_report(house, report), write_report(house, report, "en")
    assert dutch.startswith("# Verslag 2026-05\n")
    assert "| 6 mei 2026 | bericht | Bericht | 1 | 1 |" in dutch
    assert "correctie van workshop-2026-uitnodiging" in dutch
    assert english.startswith("# Report 2026-05\n")
    assert "| 6 May 2026 | message | Message | 1 | 1 |" in english
    assert dutch.count("\n## ") == english.count("\n## ")
    assert write_report(house, report, "fr") == english


def test_an_empty_month_says_so(house: House) -> None:
    text = write_report(house, make_report(house, "2024-02"))
    assert "In deze periode is niets verstuurd." in text


def test_last_month_is_the_month_before_this_one(house: House) -> None:
    assert name_last_month(house) == "2026-04"


@pytest.mark.parametrize("label", ["26", "2026-13", "2026-5", "mei", "1999", "2026-05-01"])
def test_what_is_no_year_or_month_is_refused_with_an_example(label: str) -> None:
    with pytest.raises(StuifmailError, match="write 2026"):
        read_period(label)


def test_december_ends_with_the_year() -> None:
    assert read_period("2026-12") == (date(2026, 12, 1), date(2027, 1, 1))
    assert read_period("2024-02") == (date(2024, 2, 1), date(2024, 3, 1))
