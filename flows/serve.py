"""Serve all flows on the schedules of sources.yaml: `python -m flows.serve`.

One process stays, makes runs when they are due, and can be asked for one by hand in
Prefect's pages. It needs a server: `prefect server start`, and PREFECT_API_URL.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Interval, RRule, Schedule

from flows.dispatch import dispatch
from flows.event_mailing import event_mailing
from flows.harvest import harvest
from flows.newsletter import newsletter
from flows.press_release import press_release
from flows.report import report
from stuifmail import Newsroom


def make_schedule(rrule: str, time_zone: str) -> Schedule:
    """Answer a schedule in civil time: 06:30 stays 06:30 across both clock changes."""
    return RRule(f"DTSTART:20260101T000000\nRRULE:{rrule}", timezone=time_zone)


def _deploy(
    flow: Flow[..., Any], name: str, parameters: dict[str, Any], schedule: Schedule
) -> RunnerDeployment:
    """`to_deployment` answers a coroutine too, by its type; called from here it never does."""
    return cast(RunnerDeployment, flow.to_deployment(name=name, parameters=parameters, schedule=schedule))


def make_deployments(newsroom: str) -> list[RunnerDeployment]:
    """Answer the newsroom's deployments: what is fetched, drafted, sent and told on which schedule.

    Drafting is asked for every morning and starts by itself on the planned day, so that
    a machine that was off on that day catches up on the next.
    """
    with Newsroom.open(newsroom) as opened:
        config = opened.config
    own, zone = config.organisation.id, config.organisation.time_zone
    at_home = {"newsroom": newsroom}
    return [
        _deploy(harvest, own, at_home, make_schedule(config.harvest.schedule, zone)),
        *(
            _deploy(
                newsletter,
                f"{own}-{series.id}",
                {**at_home, "newsletter": series.id, "only_when_due": True},
                make_schedule("FREQ=DAILY;BYHOUR=7;BYMINUTE=0;BYSECOND=0", series.schedule.time_zone),
            )
            for series in config.newsletters
        ),
        _deploy(
            event_mailing, own, at_home, make_schedule("FREQ=DAILY;BYHOUR=7;BYMINUTE=15;BYSECOND=0", zone)
        ),
        *_deploy_updates(config.press.schedule if config.press else "", own, newsroom, zone),
        _deploy(
            dispatch, own, at_home, Interval(timedelta(minutes=config.delivery.every_minutes), timezone=zone)
        ),
        _deploy(
            report,
            own,
            at_home,
            make_schedule("FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=7;BYMINUTE=30;BYSECOND=0", zone),
        ),
    ]


def _deploy_updates(rule: str, own: str, newsroom: str, zone: str) -> list[RunnerDeployment]:
    """Answer the regular updates to the press, none where the newsroom wants none."""
    if not rule:
        return []
    parameters = {"newsroom": newsroom, "stage": "update"}
    return [_deploy(press_release, f"{own}-update", parameters, make_schedule(rule, zone))]


if __name__ == "__main__":
    serve(*make_deployments(str(Path(os.environ.get("STUIFMAIL_NEWSROOM", ".")).resolve())))
