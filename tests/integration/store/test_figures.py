"""Figures in the store, on SQLite and on PostgreSQL."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from stuifmail.model.figures import Figure
from stuifmail.store.database import Store
from stuifmail.store.figures import get_figures, list_figures, put_figures

NOW = datetime(2026, 5, 4, 7, tzinfo=UTC)


def figure(name: str, value: int = 84) -> Figure:
    return Figure(
        id=name,
        value=value,
        unit={"nl": "deelnemers", "en": "participants"},
        definition="participants/1",
        source_id="deelnemers-2026",
        source_sha256="ab" * 32,
        computed_at=NOW,
        previous=71,
        previous_label="2025",
    )


def test_a_figure_comes_back_whole(store: Store) -> None:
    with store.begin() as connection:
        assert put_figures(connection, [figure("a.b")]) == (1, 0)
    with store.begin() as connection:
        assert get_figures(connection, ["a.b"]) == (figure("a.b"),)


def test_computing_a_figure_again_changes_nothing(store: Store) -> None:
    later = replace(figure("a.b"), computed_at=NOW + timedelta(days=1))
    with store.begin() as connection:
        put_figures(connection, [figure("a.b")])
        assert put_figures(connection, [later]) == (0, 0)
        assert get_figures(connection, ["a.b"])[0].computed_at == NOW


def test_another_value_is_a_change_and_keeps_its_own_time(store: Store) -> None:
    later = replace(figure("a.b", 85), computed_at=NOW + timedelta(days=1))
    with store.begin() as connection:
        put_figures(connection, [figure("a.b")])
        assert put_figures(connection, [later, figure("a.c")]) == (1, 1)
        assert get_figures(connection, ["a.b"]) == (later,)


def test_figures_come_in_the_order_asked_for_and_unknown_ones_are_left_out(store: Store) -> None:
    with store.begin() as connection:
        put_figures(connection, [figure("a"), figure("b"), figure("c")])
        assert [one.id for one in get_figures(connection, ["c", "x", "a"])] == ["c", "a"]
        assert get_figures(connection, []) == ()
        assert [one.id for one in list_figures(connection)] == ["a", "b", "c"]
