"""Numbers that somebody typed, held against the figures of the publication. Pure.

Figures in copy are marks, so that they always say what was counted. What is typed beside them can
go wrong: "85 deelnemers" where 84 were counted, "bijna 80" where it is more. Texts of members are
their own and are left alone, and so is a headline that repeats one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from stuifmail.model.blocks import FIGURE_MARK, Block, NoticeBlock, StoryBlock, texts_of
from stuifmail.model.figures import Figure
from stuifmail.model.hedges import HEDGE_WORDS, HedgeKind, hedge, is_fair
from stuifmail.model.number_words import number_words
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding

#: Between a number and what it counts there may be so many words: "bijna 50 enthousiaste deelnemers".
_WORDS_BETWEEN = 2
_WORD = r"[^\W\d_][\w'’-]*"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A number in a text.

    Args:
        words: as it stands there, hedge included.
        kind: of its hedge; None without one.
        is_typed_out: written in words.
        after: the text behind it, in the form that is compared.
    """

    words: str
    kind: HedgeKind | None
    value: int
    is_typed_out: bool
    after: str


def check_numbers(publication: Publication) -> list[Finding]:
    """Answer the findings on typed numbers and hedges, in reading order."""
    findings = []
    for place, language, text in _own_texts(publication):
        figures = [figure for figure in publication.figures if figure.unit.get(language)]
        findings += [
            finding
            for said in _find_numbers(text, language)
            if (finding := _judge(said, figures, place, language))
        ]
    return [*_check_marks(publication), *findings]


def _check_marks(publication: Publication) -> Iterator[Finding]:
    for place, language, text in _own_texts(publication):
        for found in FIGURE_MARK.finditer(text):
            if (found[2] or "").strip() not in ("", "about"):
                yield Finding(
                    code="unknown-figure",
                    severity="blocking",
                    place=place,
                    language=language,
                    message=f"{found[0]} asks for a form that we do not have",
                    remedy=f"write [[{found[1]}]] for the number, or [[{found[1]}|about]] for a round one",
                )


def _own_texts(publication: Publication) -> Iterator[tuple[str, str, str]]:
    """Yield place, language and text of what the secretariat says itself."""
    theirs = [
        words
        for block in publication.blocks()
        if _is_members_own(block)
        for name, text in texts_of(block)
        if name == "title"
        for words in text.values()
        if words
    ]
    for place, text in publication.loose_texts():
        for language, words in text.items():
            own = words
            for title in theirs:
                own = own.replace(title, " ")
            yield place, language, own
    for block in publication.blocks():
        if _is_members_own(block):
            continue
        for _, text in texts_of(block):
            yield from ((block.id, language, words) for language, words in text.items())


def _is_members_own(block: Block) -> bool:
    return isinstance(block, StoryBlock | NoticeBlock) and bool(block.item_id)


def _find_numbers(text: str, language: str) -> Iterator[_Said]:
    pattern = _pattern(language)
    if pattern is None:
        return
    plain = FIGURE_MARK.sub("¶", text).replace("’", "'").replace("\u00a0", " ")
    for found in pattern.finditer(plain):
        hedged = (found["hedge"] or "").casefold()
        digits, word = found["digits"], (found["word"] or "").casefold()
        if _YEAR.fullmatch(found[0]) and _BEFORE_YEAR.search(plain[: found.start()]):
            continue
        yield _Said(
            words=found[0],
            kind=HEDGE_WORDS[language].get(hedged) if hedged else None,
            value=int(re.sub(r"[.,\s]", "", digits)) if digits else number_words(language)[word],
            is_typed_out=not digits,
            after=plain[found.end() : found.end() + 120].casefold(),
        )


#: "In 2025 deelnemers geteld" tells when, not how many.
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_BEFORE_YEAR = re.compile(r"\b(?:in|sinds|vanaf|since|from)\s$", re.IGNORECASE)


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    hedges, words = HEDGE_WORDS.get(language), number_words(language)
    if not hedges:
        return None
    hedge_words = "|".join(re.escape(word) for word in sorted(hedges, key=len, reverse=True))
    numbers = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,-])(?:(?P<hedge>{hedge_words})\s+)?"
        rf"(?:(?P<digits>\d{{1,3}}(?:[.,\s]\d{{3}})+|\d+)(?![\w%]|[.,:/-]\d)|(?P<word>{numbers})(?![\w-]))",
        re.IGNORECASE,
    )


def _judge(said: _Said, figures: Sequence[Figure], place: str, language: str) -> Finding | None:
    counted = [figure for figure in figures if _counts(figure.unit[language], said)]
    if said.kind is None:
        return _judge_plain(said, counted, place, language)
    if any(is_fair(said.kind, said.value, value) for figure in counted for value in _values(figure)):
        return None
    if counted:
        figure = counted[0]
        message = f'"{said.words}" is not true of {figure.value} {figure.unit[language]}'
        remedy = f"write [[{figure.id}|about]], which says {hedge(figure.value, language)}"
        return _finding("hedge-untrue", "blocking", place, language, message, remedy)
    message = f'nobody can tell whether "{said.words}" is true: it is bound to no figure'
    remedy = "write [[figure id|about]] where there is a figure for it, or check it by hand"
    return _finding("hedge-unbound", "advice", place, language, message, remedy)


def _judge_plain(said: _Said, counted: Sequence[Figure], place: str, language: str) -> Finding | None:
    direct = [figure for figure in counted if _follows(figure.unit[language], said.after, 0)]
    if not direct or any(said.value in _values(figure) for figure in direct):
        return None
    figure = direct[0]
    message = f'"{said.words} {figure.unit[language]}" stands here, but {figure.id} is {figure.value}'
    remedy = f"write [[{figure.id}]], or say what else is meant"
    severity = "warning" if said.is_typed_out else "blocking"
    return _finding("typed-figure", severity, place, language, message, remedy)


def _values(figure: Figure) -> tuple[int, ...]:
    earlier = tuple(value for _, value in figure.earlier)
    return (figure.value, *earlier, *(() if figure.previous is None else (figure.previous,)))


def _counts(unit: str, said: _Said) -> bool:
    return any(_follows(unit, said.after, between) for between in range(_WORDS_BETWEEN + 1))


def _follows(unit: str, after: str, between: int) -> bool:
    """Answer whether the unit stands behind the number, with so many words in between."""
    words = re.match(rf"\s+(?:{_WORD}\s+){{{between}}}{re.escape(unit.casefold())}(?!\w)", after)
    return words is not None


def _finding(code: str, severity: str, place: str, language: str, message: str, remedy: str) -> Finding:
    return Finding(
        code=code,
        severity=severity,  # type: ignore[arg-type]
        place=place,
        language=language,
        message=message,
        remedy=remedy,
    )
