"""Head, headline, embargo and lead of a press release. Pure."""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from stuifmail.model.blocks import TextBlock
from stuifmail.model.marks import fill_marks
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.review.press_lint.material import (
    LintMaterial,
    finding,
    holds_any,
    read_words,
    text_blocks,
    words_in,
)

_HEADLINE = (40, 90)
_SUBHEAD_LIMIT = 160
_LEAD_WORDS = (30, 60)
_OLD_DAYS = 14


def check_embargo(publication: Publication) -> Iterator[Finding]:
    """Yield what an embargo lacks: a zone, a reason in this language, a time after its sending."""
    embargo = publication.embargo
    if embargo is None:
        return
    remedy = "set it anew with stuifmail embargo, or take it out"
    try:
        ZoneInfo(embargo.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = f'the embargo is announced in "{embargo.time_zone}", which is no time zone'
        yield finding("press-embargo", "blocking", "embargo", "", message, remedy)
    for language in publication.languages:
        if not embargo.reason.get(language, "").strip():
            message = "the embargo has no reason; desks keep none without"
            yield finding("press-embargo", "blocking", "embargo", language, message, remedy)
    if embargo.until <= publication.send_at:
        message = f"the embargo ends ({embargo.until:%Y-%m-%d %H:%M}) before the release is sent"
        yield finding("press-embargo", "blocking", "embargo", "", message, remedy)


def check_head(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield what is wrong with place and day above the text, and with the day of sending."""
    head = publication.head
    if head is None:
        message = "the release has no head: no form, place or day"
        yield finding("press-head", "blocking", "head", "", message, "take an earlier revision, or add head")
        return
    for language in publication.languages:
        place = head.place.get(language, "").strip()
        if not place:
            message = "the dateline names no place"
            yield finding(
                "press-dateline", "blocking", "head", language, message, f"add head.place.{language}"
            )
        elif material.places and place not in material.places:
            message = f"{place} is neither the place of the news nor of the sender"
            remedy = f"write one of {', '.join(material.places)}"
            yield finding("press-dateline", "warning", "head", language, message, remedy)
        if len(_plain(publication, head.subhead.get(language, ""))) > _SUBHEAD_LIMIT:
            message = f"the subhead is longer than {_SUBHEAD_LIMIT} characters"
            yield finding(
                "press-subhead", "warning", "head.subhead", language, message, "say it in one sentence"
            )
    yield from _check_days(publication, material)


def _check_days(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    day, head = material.release_day, publication.head
    if day is None or head is None:
        return
    if head.dated_on != day:
        message = f"the dateline says {head.dated_on}, but it is released on {day}"
        yield finding("press-dateline", "warning", "head", "", message, f"write head.dated_on: {day}")
    if material.is_quiet_day:
        message = f"{day:%A} {day} is a weekend day or a holiday where its desks are"
        remedy = "choose another moment (send_at, or stuifmail send --at), or leave it so on purpose"
        yield finding("press-quiet-day", "warning", "send_at", "", message, remedy)
    starts_at = material.record.facts.starts_at if material.record else None
    if starts_at is not None and head.stage == "results":
        age = (day - (starts_at.date() if hasattr(starts_at, "date") else starts_at)).days
        if age > _OLD_DAYS:
            message = f"the event was {age} days before the release: old news for a desk"
            yield finding(
                "press-old-news", "advice", "head", "", message, "ask whether it is still worth a release"
            )


def check_headline(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield what a desk would not take in the headline, which is the mail's subject, too."""
    for language in publication.languages:
        text = _plain(publication, publication.subject.get(language, "")).strip()
        if text:  # a missing one is a finding of every publication
            for message, remedy in _headline_faults(text, language, material):
                yield finding("press-headline", "warning", "subject", language, message, remedy)


def _headline_faults(text: str, language: str, material: LintMaterial) -> Iterator[tuple[str, str]]:
    if not _HEADLINE[0] <= len(text) <= _HEADLINE[1]:
        yield f"the headline has {len(text)} characters", f"make it {_HEADLINE[0]} to {_HEADLINE[1]} long"
    if "?" in text:
        yield "the headline asks a question", "say what the news is"
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word.lower() != word]
    if sum(word.isupper() and len(word) > 3 for word in words) > 1 or text.isupper():
        yield "the headline shouts in capitals", "write it as a sentence"
    if words_in(text, read_words().get(language, {}).get("labels", ())):
        yield "the headline says that this is a press release", "the label says so; the headline is the news"
    if not re.search(r"\d", text) and not holds_any(text, _organisations(language, material)):
        yield "the headline names no organisation and no number", "say who does what"


def _organisations(language: str, material: LintMaterial) -> Iterator[str]:
    organisation = material.config.organisation
    yield organisation.short_name
    yield from organisation.name.values()
    yield from (spelling for known in material.names.get(language, ()) for spelling in known.spellings)


def check_lead(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield what the first paragraph lacks: who, what, where and when, in 30 to 60 words."""
    leads = [b for b in text_blocks(publication) if isinstance(b, TextBlock) and b.role == "lead"]
    for language in publication.languages:
        text = _plain(publication, " ".join(block.text.get(language, "") for block in leads)).strip()
        if not text:
            message = "the release has no lead: the paragraph that says who, what, where and when"
            yield finding(
                "press-lead", "blocking", "lead", language, message, "write it in a block with role lead"
            )
            continue
        place, count = leads[0].id, len(text.split())
        if not _LEAD_WORDS[0] <= count <= _LEAD_WORDS[1]:
            message = f"the lead has {count} words"
            remedy = f"make it {_LEAD_WORDS[0]} to {_LEAD_WORDS[1]} words long"
            yield finding("press-lead", "warning", place, language, message, remedy)
        for question in _unanswered(text, language, material):
            message = f"the lead does not say {question}"
            remedy = "say it in the first paragraph, as the event's record has it"
            yield finding("press-lead-facts", "warning", place, language, message, remedy)


def _unanswered(text: str, language: str, material: LintMaterial) -> Iterator[str]:
    if not holds_any(text, _organisations(language, material)):
        yield "who"
    if material.titles and not holds_any(text, material.titles):
        yield f"what ({material.titles[0]})"
    if material.places and not holds_any(text, material.places):
        yield f"where ({material.places[0]})"
    if material.day_words and not holds_any(text, material.day_words):
        yield f"when ({material.day_words[0]})"


def _plain(publication: Publication, text: str) -> str:
    return fill_marks(text, publication.figures)
