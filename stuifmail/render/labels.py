"""The words of the templates, one catalogue file per language."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from stuifmail.config.yaml_document import read_yaml, validate
from stuifmail.errors import InvalidTemplate

_STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageNames:
    """What messages around an event are called, over their headline."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    save_the_date: str
    invitation: str
    call_for_input: str
    practical_update: str
    practical_update_2: str
    content_update: str
    programme: str
    reminder: str
    last_reminder: str
    thank_you: str
    results: str
    results_absent: str
    report: str
    group: str
    moment_brief: str
    change: str
    cancellation: str
    correction: str
    kill: str

    def of(self, kind: str) -> str:
        """Answer what a kind of message is called, "" for one that has no name."""
        return getattr(self, kind, "") if kind in self.__slots__ else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLabels:
    """What the facts of an event are called, and the words that say them."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    when: str
    where: str
    route: str
    who: str
    led_by: str
    language: str
    price: str
    deadline: str
    places: str
    contact: str
    day_unknown: str
    postponed: str
    cancelled: str
    online: str
    also_online: str
    clock_in: str
    places_left: str
    places_all: str
    places_none: str
    time: str
    part: str
    was: str
    becomes: str
    add_to_calendar: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PressLabels:
    """The fixed words of a press release."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    label: str
    immediate: str
    embargo: str
    reason: str
    dateline: str
    end: str
    notes: str
    sent_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLabels:
    """How a chart is described to who does not see it."""

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    bars: str
    editions: str
    row: str
    now: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Every label of one language; braces mark what is filled in.

    Args:
        direction: of the script.
        read_in_this_language: invites readers of another edition to this one.
        number_words: the numbers from nought on that running text writes as words.
        messages: what a message around an event is called, by its kind; also a correction and a
            notice that takes something back.
        facts: what the facts of an event are called, in front of them.
        press: the fixed words of a press release.
        chart: how a chart is described to who does not see it.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _STRICT

    direction: Literal["ltr", "rtl"]
    read_online: str
    read_in_this_language: str
    issue: str
    in_language: str
    news_from: str
    two_members: str
    one_other: str
    more_others: str
    number_words: tuple[str, ...]
    lead_link: str
    story_link: str
    figures_link: str
    ask_link: str
    welcome_link: str
    notice_link: str
    submit_link: str
    join_link: str
    previous: str
    clock: str
    clock_range: str
    day_range: str
    at_clock: str
    time_in: str
    tentative: str
    year_open: str
    choice: str
    by_day: str
    from_day: str
    beginning: str
    middle: str
    end: str
    picture_credit: str
    unsubscribe: str
    privacy: str
    no_tracking: str
    joined: str
    joined_why: str
    conjunction: str
    more_inside: str
    one_more_date: str
    more_dates: str
    messages: MessageNames
    facts: FactLabels
    press: PressLabels
    chart: ChartLabels
    quote: str
    speaker: str
    growth: str
    growth_in_percent: str
    as_many: str
    first_edition: str
    more_by: str
    less_by: str
    why_registered: str
    why_attended: str
    why_correction: str


def read_labels(folder: Path, language: str, shown_as: str = "templates") -> Labels:
    """Answer the labels of a language.

    Args:
        folder: the folder of the templates; catalogues are in its `labels`.
        language: two-letter code.
        shown_as: how the folder is called in messages.

    Raises:
        InvalidTemplate: there is no catalogue for this language.
        InvalidDocument: the catalogue has problems; all are listed with their lines.
    """
    name = f"{shown_as}/labels/{language}.yaml"
    try:
        text = (folder / "labels" / f"{language}.yaml").read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InvalidTemplate(
            f"byte {error.object[error.start]:#04x} is not UTF-8",
            place=f"{name}:{line}",
            remedy="save the file as UTF-8 in your editor",
        ) from error
    except OSError as error:
        raise InvalidTemplate(
            f"there are no labels for language {language!r}",
            place=name,
            remedy="copy labels/en.yaml to this file and translate it, or take the language out",
        ) from error
    return validate(Labels, read_yaml(text, name))
