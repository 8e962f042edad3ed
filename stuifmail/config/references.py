"""What one place of sources.yaml says against what another says.

It looks at the plain document, not at the models, so that a typing error in one place does
not hide what is wrong in another.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from stuifmail.config.contrast import contrast_of
from stuifmail.config.event_references import find_event_contradictions
from stuifmail.config.models import Colours, NewsroomConfig
from stuifmail.config.places import find, find_texts, text_at
from stuifmail.config.schedule import explain_rrule
from stuifmail.config.shapes import Spot, is_by_language, walk
from stuifmail.config.sheet_columns import BY_HOLDING, CONTACTS, PRESS, PROGRAMME, SURVEY, Column
from stuifmail.config.wording import show, suggest
from stuifmail.config.yaml_reading import Path, YamlDocument
from stuifmail.model.problems import Problem

Problems: TypeAlias = Iterator[Problem]

#: Lists whose members have ids, and what a member is called.
_LISTS: tuple[tuple[Path, str], ...] = (
    (("members", "*"), "member"),
    (("sources", "*"), "source"),
    (("review", "roles", "*"), "role"),
    (("vocabularies", "member_kinds", "*"), "kind of member"),
    (("vocabularies", "tiers", "*"), "tier"),
    (("vocabularies", "themes", "*"), "theme"),
    (("vocabularies", "domains", "*"), "domain"),
    (("vocabularies", "focus_points", "*"), "focus point"),
    (("audiences", "*"), "audience"),
    (("newsletters", "*"), "newsletter"),
    (("events", "*"), "event"),
    (("prospects", "*"), "prospect"),
    (("groups", "*"), "group"),
    (("moments", "*"), "moment"),
)
#: Which places refer to which list.
_REFERENCES: tuple[tuple[Path, Path], ...] = (
    (("members", "*", "kind"), ("vocabularies", "member_kinds", "*")),
    (("members", "*", "tier"), ("vocabularies", "tiers", "*")),
    (("sources", "*", "member"), ("members", "*")),
    (("audiences", "*", "tiers", "*"), ("vocabularies", "tiers", "*")),
    (("audiences", "*", "member_kinds", "*"), ("vocabularies", "member_kinds", "*")),
    (("audiences", "*", "members", "*"), ("members", "*")),
    (("audiences", "*", "themes", "*"), ("vocabularies", "themes", "*")),
    (("vocabularies", "focus_points", "*", "themes", "*"), ("vocabularies", "themes", "*")),
    (("members", "*", "earlier", "*", "tier"), ("vocabularies", "tiers", "*")),
    (("newsletters", "*", "audience"), ("audiences", "*")),
    (("newsletters", "*", "sections", "*", "sources", "*"), ("sources", "*")),
    (("newsletters", "*", "sections", "*", "events", "*"), ("events", "*")),
    (("events", "*", "part_of"), ("events", "*")),
    (("events", "*", "follows"), ("events", "*")),
    (("events", "*", "previous"), ("events", "*")),
    (("events", "*", "audience"), ("audiences", "*")),
    (("events", "*", "calendar", "source"), ("sources", "*")),
    (("events", "*", "parties", "*", "member"), ("members", "*")),
    (("events", "*", "quotes", "*", "member"), ("members", "*")),
    (("prospects", "*", "kind"), ("vocabularies", "member_kinds", "*")),
    (("prospects", "*", "event"), ("events", "*")),
    (("groups", "*", "audience"), ("audiences", "*")),
    (("groups", "*", "events", "*"), ("events", "*")),
    (("groups", "*", "members", "*", "member"), ("members", "*")),
    (("groups", "*", "members", "*", "themes", "*"), ("vocabularies", "themes", "*")),
    (("moments", "*", "audience"), ("audiences", "*")),
)
#: Text and the background it stands on.
_TEXT_PAIRS = (
    ("ink", "paper"),
    ("ink", "soft"),
    ("text", "paper"),
    ("text", "soft"),
    ("text", "ground"),
    ("accent_text", "paper"),
)
_LEAST_CONTRAST = 4.5
_ISSUE_STEPS = ("FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY")


def find_contradictions(document: YamlDocument) -> list[Problem]:
    """Answer where the document contradicts itself or cannot be meant so.

    Args:
        document: sources.yaml as `read_yaml` answered it; it may be wrong in parts.
    """
    if not document.is_readable:
        return []
    checks = (
        _find_doubles,
        _find_double_names,
        _find_dangling,
        _find_unknown_themes,
        _find_wrong_results,
        _find_wrong_press_audiences,
        _find_unknown_columns,
        _find_untranslated,
        _find_unusable_rules,
        _find_pale_text,
        _find_missing_powers,
        _find_unsafe_addresses,
        find_event_contradictions,
    )
    return list(chain.from_iterable(check(document) for check in checks))


def _find_doubles(document: YamlDocument) -> Problems:
    inside = [
        ((*path, key, "*"), noun)
        for outer, key, noun in (("newsletters", "sections", "section"), ("events", "quotes", "quote"))
        for path, _ in find(document.data, (outer, "*"))
    ]
    for pattern, noun in (*_LISTS, *inside):
        seen: dict[str, Path] = {}
        for path, value in find_texts(document.data, *pattern, "id"):
            if value in seen:
                line, _ = document.locate(seen[value])
                message = f'there are two {noun}s "{value}"'.replace("kind of members", "kinds of member")
                remedy = f"give one of them another id; the first is in line {line}"
                yield document.problem(path, message, remedy, of_value=True)
            seen.setdefault(value, path)


def _find_double_names(document: YamlDocument) -> Problems:
    seen: dict[str, int] = {}
    names = (("members", "*", "name"), ("members", "*", "aliases", "*"))
    found = chain.from_iterable(find_texts(document.data, *pattern) for pattern in names)
    for path, value in sorted(found, key=lambda pair: int(pair[0][1])):
        folded = " ".join(value.casefold().split())
        other = seen.setdefault(folded, int(path[1]))
        if other != path[1]:
            line, _ = document.locate(("members", other))
            message = f"{show(value)} means two members"
            remedy = f"keep the name with one of them; the other is in line {line}"
            yield document.problem(path, message, remedy, of_value=True)


def _find_dangling(document: YamlDocument) -> Problems:
    nouns = dict(_LISTS)
    for pattern, target in _REFERENCES:
        known = [value for _, value in find_texts(document.data, *target, "id")]
        for path, value in find_texts(document.data, *pattern):
            if value not in known:
                remedy = suggest(value, known, "there are")
                message = f'there is no {nouns[target]} "{value}"'
                yield document.problem(path, message, remedy, of_value=True)


def _find_unknown_themes(document: YamlDocument) -> Problems:
    """Yield weights that are given to a theme that is not there: here the keys refer to a list."""
    known = [value for _, value in find_texts(document.data, "vocabularies", "themes", "*", "id")]
    for path, weights in find(document.data, ("curation", "theme_weights")):
        for theme in weights if isinstance(weights, dict) else ():
            if theme not in known:
                remedy = suggest(str(theme), known, "there are")
                yield document.problem((*path, theme), f'there is no theme "{theme}"', remedy)


def _find_wrong_results(document: YamlDocument) -> Problems:
    """Yield results that name sources, as they once did, and events in sections that show none."""
    for path, kind in find_texts(document.data, "newsletters", "*", "sections", "*", "kind"):
        section = path[:-1]
        named = [value for _, value in find_texts(document.data, *section, "sources", "*")]
        if kind == "results" and named:
            of = {
                text_at(document.data, *place[:-1], "about")
                for place, value in find_texts(document.data, "sources", "*", "id")
                if value in named
            } - {""}
            remedy = f"say events: [{', '.join(sorted(of)) or 'the ids of events'}] in its place"
            yield document.problem((*section, "sources"), "results are of events, not of sources", remedy)
        elif kind != "results" and any(True for _ in find(document.data, (*section, "events", "*"))):
            message = f"a section of {kind} shows no results of events"
            yield document.problem((*section, "events"), message, "remove this, or say kind: results")


def _find_wrong_press_audiences(document: YamlDocument) -> Problems:
    """Yield languages of releases that go to an audience that is not there, or is none of desks."""
    audiences = {value: path[:-1] for path, value in find_texts(document.data, "audiences", "*", "id")}
    for path, given in find(document.data, ("press", "audiences")):
        for language, value in given.items() if isinstance(given, dict) else ():
            place = (*path, language)
            if value not in audiences:
                remedy = suggest(str(value), list(audiences), "there are")
                yield document.problem(place, f'there is no audience "{value}"', remedy, of_value=True)
            elif text_at(document.data, *audiences[value], "of") != "press":
                message = f'the audience "{value}" is no audience of desks'
                yield document.problem(place, message, "give that audience of: press", of_value=True)


def _find_unknown_columns(document: YamlDocument) -> Problems:
    yield from _check_columns(document, ("contacts", "columns"), CONTACTS)
    yield from _check_columns(document, ("press", "list", "columns"), PRESS)
    yield from _check_columns(document, ("curation", "survey", "columns"), SURVEY)
    for path, _ in find(document.data, ("events", "*", "programme", "columns")):
        yield from _check_columns(document, path, PROGRAMME)
    for path, columns in find(document.data, ("sources", "*", "columns")):
        if not columns:
            continue
        source = path[:-1]
        if text_at(document.data, *source, "kind") in ("feed", "calendar"):
            yield document.problem(path, "only a sheet has columns", "remove this, or say kind: sheet")
            continue
        holds = text_at(document.data, *source, "holds", default="news")
        yield from _check_columns(document, path, BY_HOLDING.get(holds, ()))


def _check_columns(document: YamlDocument, path: Path, columns: tuple[Column, ...]) -> Problems:
    names = [column.name for column in columns]
    for _, given in find(document.data, path):
        for name in given if names and isinstance(given, dict) else ():
            if name not in names:
                remedy = f"{suggest(name, names, 'our columns')} (our name first, then the sheet's)"
                yield document.problem((*path, name), "we have no such column", remedy)


def _find_untranslated(document: YamlDocument) -> Problems:
    languages = [value for _, value in find_texts(document.data, "organisation", "languages", "*")]
    for spot in walk(Spot(path=(), annotation=NewsroomConfig, value=document.data)):
        if spot.value and isinstance(spot.value, dict) and is_by_language(spot.annotation):
            missing = [code for code in languages if not spot.value.get(code)]
            if missing:
                message = f"is not there in {' and '.join(missing)}"
                remedy = f"add a line that starts with {missing[0]}: ; every edition needs it"
                yield document.problem(spot.path, message, remedy)


def _find_unusable_rules(document: YamlDocument) -> Problems:
    remedy = "write a rule of RFC 5545, such as FREQ=MONTHLY;BYDAY=1TU"
    issues = list(find_texts(document.data, "newsletters", "*", "schedule", "rrule"))
    updates = [each for each in find_texts(document.data, "press", "schedule") if each[1]]
    for path, rule in (*issues, *updates, *find_texts(document.data, "harvest", "schedule")):
        if trouble := explain_rrule(rule):
            yield document.problem(path, trouble, remedy, of_value=True)
        elif path[0] == "newsletters" and not any(step in rule.upper() for step in _ISSUE_STEPS):
            yield document.problem(path, "an issue goes out once a day at most", remedy, of_value=True)


def _find_pale_text(document: YamlDocument) -> Problems:
    given = dict(_find_colours(document))
    colours = Colours().model_dump() | given
    for text, ground in _TEXT_PAIRS:
        ratio = contrast_of(colours[text], colours[ground])
        if ratio < _LEAST_CONTRAST:
            key = text if text in given else ground
            message = (
                f"{text} ({colours[text]}) on {ground} ({colours[ground]}) has a contrast of {ratio:.1f}"
            )
            remedy = f"make one darker or the other lighter: {_LEAST_CONTRAST} is the least that can be read"
            yield document.problem(("organisation", "colours", key), message, remedy, of_value=True)


def _find_colours(document: YamlDocument) -> Iterator[tuple[str, str]]:
    for name in Colours.model_fields:
        value = text_at(document.data, "organisation", "colours", name)
        if len(value) == 7 and value[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in value[1:]):
            yield name, value


def _find_missing_powers(document: YamlDocument) -> Problems:
    powers = {value for _, value in find_texts(document.data, "review", "roles", "*", "may", "*")}
    for power in ("approve", "send"):
        if any(True for _ in find(document.data, ("review", "roles", "*"))) and power not in powers:
            remedy = f"add {power} to the may: of one of the roles"
            yield document.problem(("review", "roles"), f"no role may {power}", remedy)


def _find_unsafe_addresses(document: YamlDocument) -> Problems:
    path: Path = ("delivery", "unsubscribe_url")
    parts = _split(text_at(document.data, *path))
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1"):
        message = "one-click unsubscribing works over https only (RFC 8058)"
        yield document.problem(path, message, "write the address with https://", of_value=True)
    if _split(text_at(document.data, "store", "url")).password:
        remedy = "put the whole URL in the environment variable STUIFMAIL_DATABASE_URL and remove it here"
        yield document.problem(("store", "url"), "a password stands in the URL", remedy, of_value=True)


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")
