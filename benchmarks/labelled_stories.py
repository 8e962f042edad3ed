"""The labelled stories: fictional pieces, corpus and samples, with what is the same news."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from stuifmail.config.yaml_reading import read_yaml_file
from stuifmail.harvest.formats.documents import parse_document
from stuifmail.model.items import Entry, Item, Provenance

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "stories"
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_MADE_UP = ("fixture-", "-example")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """Pieces with the news that each of them tells.

    Args:
        items: the pieces.
        story_of: by the id of a piece, what it tells; pieces of one story have the same.
        undecided: pairs of ids, sorted, that count neither way.
        aggregators: ids of sources that pass on news of others.
        cases: by the id of a piece, the kind of case.
    """

    items: tuple[Item, ...]
    story_of: Mapping[str, str]
    undecided: frozenset[tuple[str, str]] = frozenset()
    aggregators: frozenset[str] = frozenset()
    cases: Mapping[str, str]


def read_labelled(name: str) -> Labelled:
    """Answer the fictional pieces of one half: "tuning" or "held_out"."""
    data = _read(name)
    pieces = [(case["case"], piece) for case in data["cases"] for piece in case["items"]]
    sources = data["sources"]
    return Labelled(
        items=tuple(_to_item(piece, sources[piece["source"]]) for _, piece in pieces),
        story_of={piece["id"]: piece.get("story", piece["id"]) for _, piece in pieces},
        aggregators=frozenset(name for name, source in sources.items() if source.get("aggregator")),
        cases={piece["id"]: case for case, piece in pieces},
    )


def read_corpus(folder: Path) -> Labelled:
    """Answer all entries of the corpus of feeds, each file a source of a member of its own.

    Args:
        folder: the corpus, with its feeds in `feeds`.
    """
    data = _read("corpus")
    paths = sorted(path for path in (folder / "feeds").iterdir() if path.suffix in (".xml", ".json"))
    items = [
        item
        for path in paths
        if not any(sign in path.name for sign in _MADE_UP)
        for item in _read_feed(path, path.name, path.name)
    ]
    story_of = {item.id: item.id for item in items}
    for group in data["same"]:
        story_of |= dict.fromkeys(group, group[0])
    for names in data["captures"]:
        story_of |= _same_in_captures([item for item in items if item.source_id in names])
    return Labelled(
        items=tuple(items),
        story_of=story_of,
        undecided=frozenset(pair for group in data["undecided"] for pair in combinations(sorted(group), 2)),
        cases=dict.fromkeys(story_of, "corpus"),
    )


def read_samples(folder: Path) -> Labelled:
    """Answer the news of the sample newsroom's feeds.

    Args:
        folder: the samples, with their feeds in `feeds`.
    """
    items = []
    for path in sorted((folder / "feeds").iterdir()):
        if path.stem not in ("brakelveen", "nowhere"):
            items += _read_feed(path, path.stem, path.stem)
    ids = {f"{item.source_id} {_last_part(item.entry.link or '')}": item.id for item in items}
    story_of = {item.id: item.id for item in items}
    for group in _read("samples")["same"]:
        story_of |= {ids[name]: ids[group[0]] for name in group}
    return Labelled(
        items=tuple(items),
        story_of=story_of,
        aggregators=frozenset({"de-heg"}),
        cases=dict.fromkeys(story_of, "samples"),
    )


def _read(name: str) -> dict[str, Any]:
    document = read_yaml_file(FOLDER / f"{name}.yaml")
    assert not document.problems, document.problems
    found: dict[str, Any] = document.data
    return found


def _to_item(piece: Mapping[str, Any], source: Mapping[str, Any]) -> Item:
    dated = datetime.combine(date.fromisoformat(str(piece["on"])), time(8), tzinfo=UTC)
    text = "\n\n".join(part for part in (piece["text"], source.get("footer", "")) if part)
    language = source.get("language", "nl")
    return _make_item(
        piece["id"],
        piece["source"],
        source["member"],
        Entry(
            guid=piece["id"],
            title=piece["title"],
            link=piece["link"],
            published_at=dated,
            language=language,
            text=text,
            image_url=piece.get("image"),
            links=tuple(piece.get("links", ())),
            translations=tuple(piece.get("translations", {}).items()),
        ),
        language,
    )


def _read_feed(path: Path, source: str, member: str) -> list[Item]:
    document = parse_document(path.read_bytes(), url=f"https://{path.stem}.example.org/feed")
    return [
        # what has no date came with the document: all of one fetch at one moment
        _make_item(f"{source}:{number}", source, member, entry, (entry.language or "en")[:2])
        for number, entry in enumerate(document.entries, 1)
    ]


def _make_item(item_id: str, source: str, member: str, entry: Entry, language: str) -> Item:
    return Item(
        id=item_id,
        source_id=source,
        member_id=member,
        entry=entry,
        language=language,
        provenance=Provenance(source_id=source, url="feed", fetched_at=_BEGINNING, sha256="0" * 64),
        first_seen_at=_BEGINNING,
    )


def _same_in_captures(items: Sequence[Item]) -> dict[str, str]:
    first: dict[str, str] = {}
    return {
        item.id: first.setdefault(item.entry.guid or item.entry.link or item.id, item.id) for item in items
    }


def _last_part(link: str) -> str:
    return link.partition("?")[0].rstrip("/").rpartition("/")[2]


def make_many(count: int) -> list[Item]:
    """Answer so many generated pieces of 500 sources over two months, one in eight a re-post.

    Words and names are drawn with a fixed rule, so that every run measures the same pieces: common
    ones often, rare ones seldom, as in real texts.

    Args:
        count: of pieces.
    """
    state = 12_345
    items: list[Item] = []
    for number in range(count):
        words = []
        for place in range(110):
            state = (state * 1_103_515_245 + 12_345) % (1 << 31)
            word = _make_word(int(6000 * (state / (1 << 31)) ** 2))
            words.append(word.capitalize() if state % 17 == 0 else f"{word}." if place % 14 == 13 else word)
        text = items[number - 7].entry.text if number % 8 == 7 else " ".join(words)
        source = number % 500
        entry = Entry(
            guid=f"n{number}",
            title=" ".join(words[:7]).capitalize(),
            link=f"https://s{source}.example.org/{number}",
            published_at=_BEGINNING + timedelta(minutes=17 * number),
            text=text,
        )
        items.append(_make_item(f"n{number}", f"s{source}", f"m{source}", entry, "nl"))
    return items


def _make_word(number: int) -> str:
    syllables = (
        "ba",
        "ken",
        "do",
        "ling",
        "fi",
        "sen",
        "go",
        "ver",
        "ha",
        "mer",
        "ki",
        "ter",
        "lo",
        "rand",
        "mu",
    )
    word = ""
    while number or not word:
        number, place = divmod(number, len(syllables))
        word += syllables[place]
    return word + "en"


def pairs_of(groups: Mapping[str, str]) -> set[tuple[str, str]]:
    """Answer the sorted pairs of ids that have the same group."""
    members = defaultdict(list)
    for piece, group in groups.items():
        members[group].append(piece)
    return {pair for ids in members.values() for pair in combinations(sorted(ids), 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """How groups of pieces compare with the labels; shares from 0 to 1.

    Args:
        precision, recall: of pairs.
        bcubed_precision, bcubed_recall: averaged over pieces.
        wrong, missed: the pairs that are together and should not be, and the other way round.
    """

    precision: float
    recall: float
    bcubed_precision: float
    bcubed_recall: float
    wrong: tuple[tuple[str, str], ...]
    missed: tuple[tuple[str, str], ...]

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall of pairs."""
        return _mean(self.precision, self.recall)

    @property
    def bcubed_f1(self) -> float:
        """Harmonic mean of precision and recall over pieces."""
        return _mean(self.bcubed_precision, self.bcubed_recall)


def score_groups(part: Labelled, group_of: Mapping[str, str]) -> Scores:
    """Answer how groups compare with the labels; undecided pairs count neither way.

    Args:
        part: the pieces with their labels.
        group_of: by the id of each piece, its group.
    """
    found, right = (pairs_of(groups) - part.undecided for groups in (group_of, part.story_of))
    both, alone = Counter[str](), dict.fromkeys(part.story_of, 1)
    sizes = [Counter[str](alone), Counter[str](alone)]
    for size, pairs in zip((*sizes, both), (found, right, found & right), strict=True):
        size.update(piece for pair in pairs for piece in pair)
    pieces = list(part.story_of)
    return Scores(
        precision=len(found & right) / len(found) if found else 1.0,
        recall=len(found & right) / len(right) if right else 1.0,
        bcubed_precision=sum((both[piece] + 1) / sizes[0][piece] for piece in pieces) / len(pieces),
        bcubed_recall=sum((both[piece] + 1) / sizes[1][piece] for piece in pieces) / len(pieces),
        wrong=tuple(sorted(found - right)),
        missed=tuple(sorted(right - found)),
    )


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0
