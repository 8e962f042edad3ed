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
    """Answer the newsroom's deployments: harvest, one draft a newsletter, event mailings, dispatch.

    Drafting is asked for every morning and starts by itself on the planned day, so that
    a machine that was off on that day catches up on the next.
    """
    with Newsroom.open(newsroom) as opened:
        config = opened.config
    zone = config.organisation.time_zone
    drafts = [
        _deploy(
            newsletter,
            name=f"{config.organisation.id}-{series.id}",
            parameters={"newsroom": newsroom, "newsletter": series.id, "only_when_due": True},
            schedule=make_schedule("FREQ=DAILY;BYHOUR=7;BYMINUTE=0;BYSECOND=0", series.schedule.time_zone),
        )
        for series in config.newsletters
    ]
    return [
        _deploy(
            harvest,
            name=config.organisation.id,
            parameters={"newsroom": newsroom},
            schedule=make_schedule(config.harvest.schedule, zone),
        ),
        *drafts,
        _deploy(
            event_mailing,
            name=config.organisation.id,
            parameters={"newsroom": newsroom},
            schedule=make_schedule("FREQ=DAILY;BYHOUR=7;BYMINUTE=15;BYSECOND=0", zone),
        ),
        _deploy(
            dispatch,
            name=config.organisation.id,
            parameters={"newsroom": newsroom},
            schedule=Interval(timedelta(minutes=config.delivery.every_minutes), timezone=zone),
        ),
        _deploy(
            report,
            name=config.organisation.id,
            parameters={"newsroom": newsroom},
            schedule=make_schedule("FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=7;BYMINUTE=30;BYSECOND=0", zone),
        ),
    ]


if __name__ == "__main__":
    serve(*make_deployments(str(Path(os.environ.get("STUIFMAIL_NEWSROOM", ".")).resolve())))
