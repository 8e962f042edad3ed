"""Figures as editors look at them, and their own numbers in the place of what was counted."""

from collections.abc import Mapping

from stuifmail.config.codec import to_data
from stuifmail.errors import StuifmailError
from stuifmail.figures.compare import growth_percent, metric_of, say_growth
from stuifmail.figures.metrics import EVENT_METRICS
from stuifmail.model.figures import Figure, Override
from stuifmail.newsroom.house import House
from stuifmail.newsroom.listing import Row
from stuifmail.newsroom.numbers.figures import Drift, list_drifts, list_figures_on
from stuifmail.review.moves import require_role
from stuifmail.store import figure_overrides as override_table


def list_figure_rows(house: House, event_id: str = "") -> list[Row]:
    """Answer the figures as they are now, by id; only those of one event, where one is named.

    Raises:
        StuifmailError: that event has no figures.
    """
    now = house.clock()
    with house.store.begin() as connection:
        figures = list_figures_on(house, connection, now)
        drifts = list_drifts(house, connection, now)
    rows = [
        _row(house, figure, figures, drifts.get(name))
        for name, figure in sorted(figures.items())
        if not event_id or name.rpartition(".")[0] == event_id
    ]
    if event_id and not rows:
        known = ", ".join(sorted({name.rpartition(".")[0] for name in figures}))
        raise StuifmailError(
            "there are no figures of this", place=event_id, remedy=f"harvest its sheet; there are: {known}"
        )
    return rows


def override_figure(house: House, figure_id: str, value: int, *, role: str, reason: str) -> Row:
    """Put an editor's own number in the place of what was counted, and answer the figure's row.

    Raises:
        StuifmailError: there is no such figure, or no reason; or the number is below zero.
        NotAllowed: the role may not edit.
    """
    require_role(house.config.review, role, "edit")
    if not reason.strip():
        raise StuifmailError("why is it another number?", place=figure_id, remedy="add --reason")
    if value < 0:
        raise StuifmailError("nothing is counted below zero", place=figure_id, remedy="correct the number")
    now = house.clock()
    with house.store.begin() as connection:
        figure = _find(list_figures_on(house, connection, now), figure_id)
        drift = list_drifts(house, connection, now).get(figure_id)
        counted = figure.value if figure.override is None else figure.override.counted
        if drift and drift.now is not None:
            counted = drift.now
        own = Override(counted=counted, actor=role, reason=reason.strip(), made_at=now)
        override_table.put_override(connection, figure_id, value, own)
    return _row_of(house, figure_id)


def end_override(house: House, figure_id: str, *, role: str) -> Row:
    """Let what was counted count again, and answer the figure's row.

    Raises:
        StuifmailError: there is no such figure, or no editor's number of it.
        NotAllowed: the role may not edit.
    """
    require_role(house.config.review, role, "edit")
    with house.store.begin() as connection:
        _find(list_figures_on(house, connection, house.clock()), figure_id)
        if not override_table.end_override(connection, figure_id, actor=role, at=house.clock()):
            raise StuifmailError(
                "it is as it was counted", place=figure_id, remedy="there is nothing to take back"
            )
    return _row_of(house, figure_id)


def _find(figures: Mapping[str, Figure], figure_id: str) -> Figure:
    if figure_id not in figures:
        raise StuifmailError(
            "there is no such figure", place=figure_id, remedy="see them with: stuifmail figures"
        )
    return figures[figure_id]


def _row_of(house: House, figure_id: str) -> Row:
    rows = list_figure_rows(house, figure_id.rpartition(".")[0])
    return next(row for row in rows if row["id"] == figure_id)


def _row(house: House, figure: Figure, figures: Mapping[str, Figure], drift: Drift | None) -> Row:
    event = house.config.event(figure.id.rpartition(".")[0])
    metric = EVENT_METRICS.get(metric_of(figure)) if event else None
    return {
        "id": figure.id,
        "value": figure.value,
        "unit": dict(figure.unit),
        "previous": figure.previous,
        "previous_label": figure.previous_label,
        "growth": say_growth(figure, "en"),
        "growth_percent": growth_percent(figure),
        "definition": figure.definition,
        "meaning": dict(metric.meaning) if metric else {},
        "source_id": figure.source_id,
        "source_sha256": figure.source_sha256,
        "computed_at": figure.computed_at.isoformat(),
        "internal": figure.internal,
        "override": to_data(figure.override) if figure.override else None,
        "problems": _problems(figure, figures, drift),
    }


def _problems(figure: Figure, figures: Mapping[str, Figure], drift: Drift | None) -> list[str]:
    problems = []
    if drift is not None:
        now = "not counted any more" if drift.now is None else f"counted as {drift.now} now"
        problems.append(f"an editor's number over {drift.then}; it is {now}")
    event_id, _, metric = figure.id.rpartition(".")
    whole = figures.get(f"{event_id}.active_members")
    if metric == "member_organisations" and whole and figure.value > whole.value:
        problems.append(f"more than the {whole.value} members of that day")
    return problems
