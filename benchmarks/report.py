"""What every benchmark shares: alternating runs, medians with their spread, one table."""

import argparse
import gc
import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds of repeated runs of one thing.

    Args:
        runs_s: seconds of each run, at least one.
    """

    runs_s: tuple[float, ...]

    @property
    def median_s(self) -> float:
        """The middle run."""
        return statistics.median(self.runs_s)

    @property
    def spread(self) -> float:
        """Half the distance between the slowest and the fastest run, as a share of the median."""
        return (max(self.runs_s) - min(self.runs_s)) / 2 / self.median_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One figure, beside that of a peer measured in the same run.

    Args:
        name: stable id ("harvest.feeds").
        value: ours.
        unit: of both; more is better.
        peer: who was measured beside us, "" for nobody.
        peer_value: theirs.
        spread: of ours, as a share; for the reader of the table only.
    """

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    spread: float = 0.0

    @property
    def ratio(self) -> float | None:
        """Ours divided by theirs; None without a peer."""
        return self.value / self.peer_value if self.peer_value else None


def measure_alternately(rounds: int, *things: Callable[[], object]) -> list[Timing]:
    """Answer the timings of things run in turn, so that a busy moment hits all of them.

    Each round turns the order around. One round beforehand is not counted.

    Args:
        rounds: how often each thing is run.
        things: at least one.
    """
    runs: list[list[float]] = [[] for _ in things]
    for number in range(rounds + 1):
        places = range(len(things)) if number % 2 else range(len(things) - 1, -1, -1)
        for place in places:
            gc.collect()
            started = perf_counter()
            things[place]()
            if number:
                runs[place].append(perf_counter() - started)
    return [Timing(runs_s=tuple(each)) for each in runs]


def read_arguments(description: str, argv: Sequence[str] | None = None) -> argparse.Namespace:
    """Answer the options that every benchmark has: `quick` and `json`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="fewer rounds; ends within 50 seconds")
    parser.add_argument("--json", action="store_true", help="one JSON line a figure instead of a table")
    return parser.parse_args(argv)


def print_measurements(title: str, measurements: Sequence[Measurement], *, as_json: bool) -> None:
    """Print the figures as a table for people, or one JSON line each for scripts."""
    if as_json:
        for each in measurements:
            print(json.dumps(_to_data(each)))
        return
    table = Table(title=title, title_justify="left")
    for heading in ("figure", "value", "±", "unit", "peer", "peer's value", "ratio"):
        table.add_column(heading, justify="left" if heading in ("figure", "unit", "peer") else "right")
    for each in measurements:
        table.add_row(
            each.name,
            f"{each.value:,.1f}",
            f"{each.spread:.0%}",
            each.unit,
            each.peer or "–",
            "–" if each.peer_value is None else f"{each.peer_value:,.1f}",
            "–" if each.ratio is None else f"{each.ratio:.2f}",
        )
    console = Console()
    console.width = max(console.width, 100)  # also where there is no terminal
    console.print(table)


def _to_data(each: Measurement) -> dict[str, object]:
    return {
        "name": each.name,
        "value": round(each.value, 3),
        "unit": each.unit,
        "peer": each.peer or None,
        "peer_value": None if each.peer_value is None else round(each.peer_value, 3),
        "ratio": None if each.ratio is None else round(each.ratio, 3),
    }
