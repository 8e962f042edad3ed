"""Phrases of a press release, filled in with facts; what is not known is left out. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from stuifmail.config.phrases import fill
from stuifmail.model.blocks import FIGURE_MARK
from stuifmail.model.figures import Figure
from stuifmail.model.marks import fill_marks

#: Before a metric: that of the edition before.
_PREVIOUS = "previous."
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What phrases are filled in with, in one language.

    Args:
        values: by blank; "" for what is not known.
        figures: every figure of the newsroom by id.
        event_id: whose figures `[[participants]]` names; previous_id: likewise behind `previous.`.
    """

    values: Mapping[str, str]
    figures: Mapping[str, Figure] = field(default_factory=dict)
    event_id: str = ""
    previous_id: str = ""


def say(phrase: str, facts: Facts) -> str:
    """Answer a phrase of several lines as running text, without the sentences that lack something.

    Returns:
        Paragraphs parted by empty lines; "" when nothing is left.
    """
    paragraphs = (
        " ".join(filter(None, (_say_line(line, facts) for line in paragraph.splitlines())))
        for paragraph in _PARAGRAPHS.split(phrase.strip())
    )
    return "\n\n".join(filter(None, paragraphs))


def say_first(phrase: str, facts: Facts, fits: Callable[[str], bool] = bool) -> str:
    """Answer the first line of a phrase that is known and fits, else the first that is known, else ""."""
    known = [said for line in phrase.splitlines() if (said := _say_line(line, facts))]
    plain = facts.figures.values()
    return next((said for said in known if fits(fill_marks(said, plain))), known[0] if known else "")


def enumerate_names(names: Sequence[str], conjunction: str) -> str:
    """Answer the names as in "a, b and c"; "" for none."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def capitalise(text: str) -> str:
    """Answer the text with its first letter as at the start of a sentence."""
    return text[:1].upper() + text[1:]


def _say_line(line: str, facts: Facts) -> str:
    marked = _bind_marks(line.strip(), facts)
    said = fill(marked, facts.values) if marked else ""
    return capitalise(said) if line.lstrip().startswith("{") else said


def _bind_marks(line: str, facts: Facts) -> str:
    """Answer the line with whole ids in its marks; "" when one of its figures may not be told."""
    wanted = [found[1] for found in FIGURE_MARK.finditer(line)]
    if not all(_may_be_told(name, facts) for name in wanted):
        return ""

    def bind(found: re.Match[str]) -> str:
        about = "" if found[2] is None else f"|{found[2]}"
        return f"[[{_whole_id(found[1], facts)}{about}]]"

    return FIGURE_MARK.sub(bind, line)


def _may_be_told(name: str, facts: Facts) -> bool:
    """Whether a figure is known and public; one of the edition before also has to be counted alike."""
    figure = facts.figures.get(_whole_id(name, facts))
    if figure is None or figure.internal:
        return False
    now = facts.figures.get(f"{facts.event_id}.{name.removeprefix(_PREVIOUS)}")
    return not name.startswith(_PREVIOUS) or now is None or now.previous is not None


def _whole_id(name: str, facts: Facts) -> str:
    if name.startswith(_PREVIOUS):
        return f"{facts.previous_id}.{name.removeprefix(_PREVIOUS)}"
    return name if "." in name else f"{facts.event_id}.{name}"
