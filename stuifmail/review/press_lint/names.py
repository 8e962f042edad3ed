"""Who is told to be new, held against the ledger: a country that did not join is a false report. Pure."""

import re
from collections.abc import Iterable, Iterator

from stuifmail.model.number_words import number_words
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.model.sentences import split_sentences
from stuifmail.review.press_lint.material import (
    KnownName,
    LintMaterial,
    Passage,
    finding,
    holds_any,
    passages_of,
    read_words,
    words_in,
)

_CAPITALISED = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]+(?:\s+(?:[A-ZÀ-Þ&][\w’'-]*))*")


def check_names(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield names in sentences about joining of whom the ledger does not say that they joined.

    A quote is looked at, too: what somebody said wrongly is printed wrongly.
    """
    if material.missing:
        message = f"announced, but did not join: {', '.join(material.missing)}"
        remedy = "nothing, if the text leaves them out; ask them before a journalist does"
        yield finding("press-difference", "warning", "lead", "", message, remedy)
    if material.allowed_ids is None:
        return
    seen: set[tuple[str, str]] = set()
    for passage in passages_of(publication):
        for each in _check_passage(passage, material, material.allowed_ids):
            if (each.place, each.message) not in seen:
                seen.add((each.place, each.message))
                yield each


def _check_passage(passage: Passage, material: LintMaterial, allowed: frozenset[str]) -> Iterator[Finding]:
    joining = read_words().get(passage.language, {}).get("joining", ())
    names = material.names.get(passage.language, ())
    for sentence in split_sentences(passage.text):
        if not words_in(sentence, joining):
            continue
        bare = _without(sentence, _not_joining(material))
        for known in find_names(bare, names):
            if known.id not in allowed:
                yield _not_joined(passage, known, material)
        yield from _check_unknown(passage, bare, names, joining)


def _not_joined(passage: Passage, known: KnownName, material: LintMaterial) -> Finding:
    event = material.record.id if material.record else "this event"
    message = f"{known.spellings[0]} is named among the new, but the ledger does not have it join at {event}"
    remedy = "take it out; or correct members and prospects in sources.yaml, if the ledger is wrong"
    return finding("press-not-joined", "blocking", passage.place, passage.language, message, remedy)


def _check_unknown(
    passage: Passage, sentence: str, names: Iterable[KnownName], joining: Iterable[str]
) -> Iterator[Finding]:
    known = [spelling for name in names for spelling in name.spellings]
    rest = _without(sentence, known)
    skipped = {*read_words().get(passage.language, {}).get("no_names", ()), *number_words(passage.language)}
    for found in _CAPITALISED.finditer(rest):
        word = found[0].strip()
        if word.casefold() in skipped or (
            found.start() == 0 and not _is_listed(rest[found.end() :], joining)
        ):
            continue
        message = f"{word} stands in a sentence about joining, and nobody of that name is known"
        remedy = "correct the name, or leave it if it is something else"
        yield finding("press-unknown-name", "warning", passage.place, passage.language, message, remedy)


def _is_listed(rest: str, joining: Iterable[str]) -> bool:
    """Whether a sentence's first word goes on as a name does: with a comma, "and", or the verb."""
    verbs = "|".join(re.escape(word) for word in joining)
    return bool(re.match(rf"\s*(?:,|(?:en|and|has|have|heeft|hebben|{verbs})\b)", rest, re.IGNORECASE))


def find_names(text: str, names: Iterable[KnownName]) -> list[KnownName]:
    """Answer whose names stand in a text, the longest spelling first where one holds another."""
    spelled = {spelling: known for known in names for spelling in known.spellings}
    pattern = "|".join(re.escape(one) for one in sorted(spelled, key=len, reverse=True))
    if not pattern:
        return []
    found = re.findall(rf"(?<![\w-])(?:{pattern})(?![\w-])", text)
    return list({spelled[one].id: spelled[one] for one in found}.values())


def _not_joining(material: LintMaterial) -> Iterator[str]:
    """Names that stand in such sentences as a matter of course: our own, the event's, its place."""
    organisation = material.config.organisation
    yield organisation.short_name
    yield from organisation.name.values()
    yield from material.titles
    yield from material.places
    if material.record:
        yield from (part for part in material.record.facts.venue.line.split(", ") if part)


def _without(text: str, names: Iterable[str]) -> str:
    for name in sorted(filter(None, set(names)), key=len, reverse=True):
        if holds_any(text, [name]):
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", "…", text)
    return text
