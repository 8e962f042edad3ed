"""The flows in Prefect itself: one server for all of these tests."""

import asyncio
import json
import mailbox
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
from prefect.server.schemas.schedules import IntervalSchedule, RRuleSchedule
from prefect.testing.utilities import prefect_test_harness

import flows.demo
from flows.dispatch import dispatch
from flows.event_mailing import event_mailing
from flows.harvest import harvest
from flows.newsletter import newsletter
from flows.press_release import press_release
from flows.report import report as report_flow
from flows.serve import make_deployments
from tests.newsrooms import copy_sample

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture(scope="module")
def harness() -> Iterator[None]:
    with prefect_test_harness(server_startup_timeout=120):
        yield


@pytest.fixture(scope="module")
def newsroom(harness: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_sample(tmp_path_factory.mktemp("newsroom"))


@pytest.fixture(scope="module")
def first_run(newsroom: Path) -> Path:
    flows.demo.run(str(newsroom))
    return newsroom


def read_artifact(key: str) -> Any:
    async def read() -> Any:
        async with get_client() as client:
            found = await client.read_artifacts(
                artifact_filter=ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
            )
            return max(found, key=lambda artifact: str(artifact.created)).data

    return asyncio.run(read())


def test_a_release_is_drafted_in_each_language_and_told_in_markdown(first_run: Path) -> None:
    reports = press_release(str(first_run), "nairobi-2025", "results")
    assert [(report.language, report.send_at is not None) for report in reports] == [
        ("nl", True),
        ("en", True),
    ]
    told = read_artifact("press-release")
    assert "## nairobi-2025-pers-2-nl" in told
    assert (first_run / "outputs" / "proofs" / "nairobi-2025-pers-2-en" / "index.html").exists()
    press_release(str(first_run), "nairobi-2025", "results")
    assert "was drafted before" in read_artifact("press-release")


def test_the_demonstration_takes_news_to_every_readers_mailbox(first_run: Path) -> None:
    messages = list(mailbox.Maildir(first_run / "outputs" / "mail"))
    issue = [message for message in messages if "<nieuwsbrief." in message["List-Id"]]
    assert len({(message["To"], message["Subject"]) for message in messages}) == len(messages)
    assert len({message["To"] for message in issue}) == len(issue) == 48
    assert (first_run / "outputs" / "proofs" / "nieuwsbrief-2026-05" / "index.html").exists()
    assert (first_run / "outputs" / "archive" / "nieuwsbrief-2026-05" / "manifest.json").exists()


def test_the_harvest_report_names_the_failing_source_its_cause_and_since_when(first_run: Path) -> None:
    report = read_artifact("harvest-report")
    assert "| brakelveen | there is no such file | 2026-05-04 |" in report


def test_the_harvest_table_has_a_row_for_every_source_failures_first(first_run: Path) -> None:
    rows = json.loads(read_artifact("harvest-sources"))
    assert len(rows) == 25
    assert [row["outcome"] for row in rows[:2]] == ["failed", "fetched"]


def test_the_health_report_names_what_fails_and_members_without_a_source(first_run: Path) -> None:
    report = read_artifact("harvest-health")
    assert "| brakelveen |" in report
    assert "Members without a source:" in report


def test_the_harvests_progress_ends_at_all_of_it(first_run: Path) -> None:
    assert read_artifact("harvest-progress") == 100.0


def test_the_drafts_report_tells_where_the_proof_lies_and_what_was_left_out(first_run: Path) -> None:
    report = read_artifact("newsletter-draft")
    assert "proofs/nieuwsbrief-2026-05/index.html" in report
    assert "embargo" in report


def test_the_dispatch_report_counts_copies_by_state(first_run: Path) -> None:
    assert "**nieuwsbrief-2026-05** is sent: 48 accepted, 6 suppressed" in read_artifact("dispatch-report")


def test_a_second_demonstration_finds_nothing_new_and_sends_nothing(
    first_run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted((first_run / "outputs" / "mail" / "new").iterdir())
    flows.demo.run(str(first_run))
    told = capsys.readouterr().out
    assert "0 new from 25 sources" in told
    assert "nothing new: nieuwsbrief-2026-05 is sent" in told
    assert "nothing now" in told
    assert sorted((first_run / "outputs" / "mail" / "new").iterdir()) == before


def test_the_timeline_shows_what_was_drafted_and_what_waits_for_a_date(harness: None, tmp_path: Path) -> None:
    newsroom = copy_sample(tmp_path / "mailings")
    reports = event_mailing(str(newsroom))
    assert "world-bee-day-2026-kernboodschap" in {
        report.publication_id for report in reports if report.created
    }
    assert (newsroom / "outputs" / "proofs" / "world-bee-day-2026-kernboodschap" / "index.html").exists()
    rows = json.loads(read_artifact("event-mailings"))
    assert {row["State"] for row in rows} >= {"drafted", "waits for a date"}


def test_the_months_report_is_told_in_words_and_as_a_table(first_run: Path) -> None:
    found = report_flow(str(first_run), period="2026-05", language="en")
    assert found["label"] in read_artifact("report")
    assert "Sent: 7 pieces, 170 copies accepted in all." in read_artifact("report")
    rows = json.loads(read_artifact("report-members"))
    assert {"member", "pieces", "last"} <= set(rows[0])


@pytest.mark.parametrize(
    "flow",
    [harvest, newsletter, event_mailing, press_release, dispatch, report_flow],
    ids=lambda flow: flow.name,
)
def test_every_parameter_of_a_flow_has_a_type_and_a_description(flow: Any) -> None:
    properties = flow.parameters.model_dump()["properties"]
    assert properties
    for name, form in properties.items():
        assert len(form.get("description", "")) > 20, name
        assert "type" in form or "anyOf" in form, name


def moments(schedule: RRuleSchedule | IntervalSchedule, start: datetime, count: int) -> list[datetime]:
    return asyncio.run(schedule.get_dates(count, start=start))


@pytest.mark.parametrize("day", [datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)])
def test_the_harvest_stays_at_half_past_six_across_a_clock_change(newsroom: Path, day: datetime) -> None:
    deployments = {deployment.flow_name: deployment for deployment in make_deployments(str(newsroom))}
    (planned,) = deployments["harvest"].schedules
    schedule = RRuleSchedule.model_validate(planned.schedule.model_dump())
    local = [moment.astimezone(AMSTERDAM) for moment in moments(schedule, day, 4)]
    assert [(moment.hour, moment.minute) for moment in local] == [(6, 30)] * 4
    assert len({moment.utcoffset() for moment in local}) == 2


@pytest.mark.parametrize("day", [datetime(2026, 3, 17, tzinfo=UTC), datetime(2026, 10, 13, tzinfo=UTC)])
def test_the_press_update_is_drafted_each_second_tuesday_across_a_clock_change(
    newsroom: Path, day: datetime
) -> None:
    deployments = {deployment.flow_name: deployment for deployment in make_deployments(str(newsroom))}
    update = deployments["press-release"]
    assert update.parameters == {"newsroom": str(newsroom), "stage": "update"}
    (planned,) = update.schedules
    schedule = RRuleSchedule.model_validate(planned.schedule.model_dump())
    local = [moment.astimezone(AMSTERDAM) for moment in moments(schedule, day, 3)]
    assert [(moment.weekday(), moment.hour, moment.minute) for moment in local] == [(1, 7, 45)] * 3
    assert {(later.date() - earlier.date()).days for earlier, later in pairwise(local)} == {14}
    assert len({moment.utcoffset() for moment in local}) == 2


def test_every_flow_is_served_under_a_name_of_its_own(newsroom: Path) -> None:
    names = [f"{each.flow_name}/{each.name}" for each in make_deployments(str(newsroom))]
    assert len(set(names)) == len(names)
    flows_served = {each.flow_name for each in make_deployments(str(newsroom))}
    assert flows_served == {
        *("harvest", "newsletter", "event-mailing", "press-release", "dispatch", "report"),
    }


def test_dispatch_looks_every_ten_minutes_and_drafting_waits_for_its_day(newsroom: Path) -> None:
    deployments = {deployment.flow_name: deployment for deployment in make_deployments(str(newsroom))}
    (planned,) = deployments["dispatch"].schedules
    assert planned.schedule.interval.total_seconds() == 600
    assert deployments["newsletter"].parameters["only_when_due"] is True
