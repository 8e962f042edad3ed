"""How well pieces of news are told apart and together, and how fast: `python -m benchmarks.stories`.

Measured on the labelled stories in tests/data/stories (its README says how they were made), on the
corpus of feeds where it is (STUIFMAIL_CORPUS, or beside the project) and on the sample newsroom.
Pairs: of the pairs put together the share that is right (precision), of the right pairs the share
found (recall). B-cubed: the same averaged over pieces, so that pieces without a twin count too.

Two peers get the same pieces in the same run:

- former: equal titles of three words and more, or equal links, as this project did before.
- jaccard: shared runs of three words of title and text, joined in chains, as near-duplicate finders
  do. Its threshold is the one that does best on the tuning half.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from time import process_time

from benchmarks.labelled_stories import Labelled, Scores, make_many, read_corpus, read_labelled, read_samples
from benchmarks.labelled_stories import score_groups as score
from benchmarks.report import Measurement, print_measurements, read_arguments
from stuifmail.curate.stories import canonical_link, gather_stories
from stuifmail.model.items import Item
from stuifmail.model.names import fold_name

_ROOT = Path(__file__).resolve().parent.parent
_PIECES = 5_000

Grouping = Callable[[Sequence[Item]], Mapping[str, str]]


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = read_arguments(__doc__ or "", argv)
    parts = {name: read_labelled(name) for name in ("tuning", "held_out", "fresh")}
    parts["samples"] = read_samples(_ROOT / "samples")
    corpus = Path(os.environ.get("STUIFMAIL_CORPUS", _ROOT.parent / "shared" / "corpus"))
    if corpus.is_dir():
        parts["corpus"] = read_corpus(corpus)
    threshold = find_threshold(parts["tuning"])
    measurements = [each for name, part in parts.items() for each in measure_part(name, part, threshold)]
    measurements.append(measure_speed(1 if options.quick else 3))
    sizes = ", ".join(f"{name} {len(part.items)}" for name, part in parts.items())
    title = f"Stories (pieces: {sizes}; jaccard from {threshold:.2f})"
    print_measurements(title, measurements, as_json=options.json)


def measure_part(name: str, part: Labelled, threshold: float) -> Iterator[Measurement]:
    """Yield precision, recall and F1 of pairs, and F1 of B-cubed, beside each peer."""
    ours = score(part, group_by_story(part.items, part.aggregators))
    peers = {
        "former": score(part, group_by_marks(part.items)),
        "jaccard": score(part, group_by_jaccard(part.items, threshold)),
    }
    for figure in ("precision", "recall", "f1", "bcubed_precision", "bcubed_recall", "bcubed_f1"):
        for peer, theirs in peers.items():
            yield Measurement(
                name=f"stories.{name}.{figure}",
                value=100 * _figure(ours, figure),
                unit="%",
                peer=peer,
                peer_value=100 * _figure(theirs, figure),
            )


def measure_speed(rounds: int) -> Measurement:
    """Answer how many generated pieces are gathered in a second of processor time; the best round."""
    items, best_s = make_many(_PIECES), float("inf")
    for _ in range(rounds):
        started = process_time()
        gather_stories(items)
        best_s = min(best_s, process_time() - started)
    return Measurement(name="stories.speed", value=_PIECES / best_s, unit="items/s")


def _figure(scores: Scores, name: str) -> float:
    value: float = getattr(scores, name)
    return value


def group_by_story(items: Sequence[Item], aggregators: frozenset[str] = frozenset()) -> dict[str, str]:
    """Answer by the id of a piece the id of the piece that tells its story."""
    return {
        item.id: story.item.id
        for story in gather_stories(items, aggregators=aggregators)
        for item in (story.item, *story.others)
    }


def group_by_marks(items: Sequence[Item]) -> dict[str, str]:
    """Group pieces with an equal title of three words and more, or an equal link."""
    marks = defaultdict(list)
    for item in items:
        title = fold_name(item.entry.title)
        if len(title.split()) >= 3:
            marks[f"title {title}"].append(item.id)
        if link := canonical_link(item.entry.link or ""):
            marks[f"link {link}"].append(item.id)
    return _join(items, ((ids[0], other) for ids in marks.values() for other in ids[1:]))


def group_by_jaccard(items: Sequence[Item], threshold: float) -> dict[str, str]:
    """Group pieces of whose runs of three words at least this share is shared."""
    runs = [_runs_of(f"{item.entry.title} {item.entry.text}") for item in items]
    places = defaultdict(list)
    for place, found in enumerate(runs):
        for run in found:
            places[run].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for found_at in places.values():
        if len(found_at) <= 50:  # a footer of hundreds of pieces would make this take hours
            shared.update((a, b) for n, b in enumerate(found_at) for a in found_at[:n])
    return _join(
        items,
        (
            (items[a].id, items[b].id)
            for (a, b), count in shared.items()
            if count >= threshold * (len(runs[a]) + len(runs[b]) - count)
        ),
    )


def find_threshold(part: Labelled) -> float:
    """Answer the threshold with which the Jaccard peer does best."""
    choices = [number / 20 for number in range(1, 20)]
    return max(choices, key=lambda choice: score(part, group_by_jaccard(part.items, choice)).f1)


def _runs_of(text: str) -> set[tuple[str, ...]]:
    words = fold_name(text).split()
    return set(zip(words, words[1:], words[2:], strict=False))


def _join(items: Sequence[Item], pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    """Answer the groups that these pairs chain together."""
    first = {item.id: item.id for item in items}

    def find(piece: str) -> str:
        while first[piece] != piece:
            first[piece] = first[first[piece]]
            piece = first[piece]
        return piece

    for one, other in pairs:
        first[find(one)] = find(other)
    return {piece: find(piece) for piece in first}


if __name__ == "__main__":
    main()
