"""A publication or an event as ninjs 3.1: news for machines.

Properties that the standard does not know are refused by its schema, so nothing of our own is
added; what has no value is left out.

Source: IPTC ninjs 3.1 (specification/ninjs-schema_3.1.json in iptc/newsinjson).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from stuifmail.model.blocks import StoryBlock, link_of, title_of
from stuifmail.model.publications import Publication
from stuifmail.model.records import EventFacts
from stuifmail.model.texts import pick_text
from stuifmail.render.filters import in_zone
from stuifmail.render.ics import place_of
from stuifmail.render.machine import PieceContext, members_of, page_url
from stuifmail.render.reading import Paragraph, first_of, headline_of, html_of, read_out, text_of
from stuifmail.render.saying import Say

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
_GENRES = {
    "newsletter": "Newsletter",
    "mailing": "Notice",
    "release": "Press Release",
    "correction": "Correction",
    "kill": "Withdrawal",
}
_OCCURRENCE = "http://cv.iptc.org/newscodes/eventoccurstatus/"
#: Planned and certain; may occur; planned, then cancelled.
_EVENT_STATUSES = {"confirmed": "eos5", "tentative": "eos3", "postponed": "eos3", "cancelled": "eos6"}
_PLAIN = "text/plain"
_TAKEN_BACK = ("descriptions", "bodies", "edNote", "subjects", "organisations")


def make_ninjs(publication: Publication, language: str, say: Say, context: PieceContext) -> dict[str, Any]:
    """Answer one edition as a ninjs 3.1 object, ready to be written as JSON.

    Args:
        publication: the content.
        language: one of its languages.
        say: says its texts in that language.
        context: where it stands, and who sends it.
    """
    paragraphs = read_out(publication, say, language)
    piece = _head(publication, language, context)
    piece |= {
        "type": "composite" if publication.kind == "newsletter" else "text",
        "title": headline_of(publication, say),
        "slugline": publication.id,
        "headlines": _headlines(publication, say),
        "descriptions": _texts("lead", first_of(publication, say, language)),
        "bodies": _bodies(paragraphs),
        "genres": [{"name": _GENRES[publication.kind]}],
        "edNote": text_of(one for one in paragraphs if one.part == "note"),
        "subjects": [{"name": theme.name, "literal": theme.id} for theme in context.themes],
        "organisations": _organisations(publication, context),
        "associations": _associations(publication, say, context, language),
        "infoSources": [_source(context, language)],
    }
    if context.status == "canceled":  # what was taken back is known by its address, and says no more
        piece |= dict.fromkeys(_TAKEN_BACK)
    if context.event_name:
        piece["events"] = [_filled({"name": context.event_name, "uri": context.event_url})]
    return _filled(piece)


def _head(publication: Publication, language: str, context: PieceContext) -> dict[str, Any]:
    head, embargo = publication.head, publication.embargo
    return {
        "uri": page_url(context.public_url, publication.id, language),
        "standard": _STANDARD,
        "representationType": "full",
        "version": str(context.version),
        "firstCreated": _moment(context.created_at),
        "versionCreated": _moment(context.changed_at),
        "embargoedUntil": _moment(embargo.until) if embargo else "",
        "pubStatus": context.status,
        "urgency": context.press.urgency if context.press and publication.kind == "release" else None,
        "language": language,
        "located": pick_text(head.place, language) if head else "",
        "copyrightHolder": context.name(language),
    }


def _headlines(publication: Publication, say: Say) -> list[dict[str, str]]:
    subhead = say(publication.head.subhead) if publication.head else ""
    return [*_texts("main", headline_of(publication, say)), *_texts("sub", subhead)]


def _texts(role: str, text: str) -> list[dict[str, str]]:
    return [{"role": role, "contentType": _PLAIN, "value": text}] if text else []


def _bodies(paragraphs: tuple[Paragraph, ...]) -> list[dict[str, Any]]:
    """Answer the text twice, plain and as HTML, and the text about us apart: what editors cut first."""
    told = [one for one in paragraphs if one.part in ("lead", "body")]
    about = text_of(one for one in paragraphs if one.part == "about")
    plain, markup = text_of(told), html_of(told)
    found = [
        ("main", _PLAIN, plain, plain),
        ("main", "text/html", markup, plain),
        ("boilerplate", _PLAIN, about, about),
    ]
    return [
        {
            "role": role,
            "contentType": kind,
            "charCount": len(value),
            "wordCount": len(words.split()),
            "value": value,
        }
        for role, kind, value, words in found
        if value
    ]


def _organisations(publication: Publication, context: PieceContext) -> list[dict[str, str]]:
    known = (context.members.get(member_id) for member_id in members_of(publication))
    return [
        _filled({"name": member.name, "rel": "mentioned", "uri": member.url, "literal": member.id})
        for member in known
        if member
    ]


def _associations(
    publication: Publication, say: Say, context: PieceContext, language: str
) -> list[dict[str, Any]]:
    found = [
        {"name": f"translation-{code}", "rel": "translation", "uri": url, "language": code}
        for code, url in context.versions.items()
    ]
    if context.corrects_url:
        rel = "withdraws" if publication.kind == "kill" else "corrects"
        found.append({"name": "original", "rel": rel, "uri": context.corrects_url})
    if context.correction_url:
        found.append({"name": "correction", "rel": "correctedBy", "uri": context.correction_url})
    if publication.kind == "newsletter":
        found += _parts(publication, say, page_url(context.public_url, publication.id, language))
    return found


def _parts(publication: Publication, say: Say, url: str) -> Iterator[dict[str, Any]]:
    """Yield what an issue is made of; what leads nowhere is known by its place in the issue."""
    for block in publication.blocks():
        part = {
            "name": block.id,
            "rel": "hasPart",
            "uri": link_of(block) or f"{url}#{block.id}",
            "type": "event" if block.kind == "event" else "text",
            "headlines": _texts("main", say(title_of(block))),
            "descriptions": _texts("lead", say(getattr(block, "text", {}))),
        }
        if isinstance(block, StoryBlock):
            part["language"] = block.language
        yield _filled(part)


def _source(context: PieceContext, language: str) -> dict[str, Any]:
    organisation, press = context.organisation, context.press
    contact = [{"type": "email", "role": "press", "value": press.contact if press else organisation.email}]
    if press and press.phone:
        contact.append({"type": "phone", "role": "press", "value": press.phone})
    return {
        "name": context.name(language),
        "role": "publisher",
        "uri": organisation.website,
        "contactInfo": contact,
    }


def make_event_ninjs(
    facts: EventFacts, language: str, context: PieceContext, *, description: str = ""
) -> dict[str, Any]:
    """Answer an event as a ninjs 3.1 object of type event.

    Args:
        facts: what readers are told of it.
        language: of title and description.
        context: who holds it; its `version` is not looked at: the event's own sequence counts.
        description: plain text.
    """
    place = place_of(facts)
    return _filled(
        {
            "uri": facts.link or f"{context.public_url.rstrip('/')}/events/{facts.event_id}",
            "standard": _STANDARD,
            "type": "event",
            "representationType": "full",
            "version": str(facts.sequence + 1),
            "firstCreated": _moment(context.created_at),
            "versionCreated": _moment(context.changed_at),
            "pubStatus": "usable",
            "language": language,
            "title": pick_text(facts.title, language),
            "headlines": _texts("main", pick_text(facts.title, language)),
            "descriptions": _texts("main", description),
            "places": [{"name": place}] if place else [],
            "located": facts.venue.city,
            "eventDetails": _filled(
                {
                    "eventStatus": _OCCURRENCE + _EVENT_STATUSES[facts.status],
                    "dates": _event_dates(facts),
                    "organiser": {"name": context.name(language), "uri": context.organisation.website},
                }
            ),
            "altIds": [{"role": "iCalendar UID", "value": facts.uid}],
            "infoSources": [_source(context, language)],
        }
    )


def _event_dates(facts: EventFacts) -> dict[str, Any]:
    """Answer dates as exact as they are known: a day without a time, or a month, is truncated."""
    starts, ends = facts.starts_at, facts.ends_at
    if starts is None:
        return _filled({"expectedStartDate": _vague(facts)})
    if not isinstance(starts, datetime):
        last = ends - timedelta(days=1) if ends else starts  # the end is the first day after
        return {"expectedStartDate": starts.isoformat(), "expectedEndDate": last.isoformat()}
    is_sure = facts.status in ("confirmed", "cancelled")
    names = ("startDate", "endDate") if is_sure else ("expectedStartDate", "expectedEndDate")
    moments = (in_zone(one, facts.time_zone) for one in (starts, ends) if isinstance(one, datetime))
    return {name: _moment(moment) for name, moment in zip(names, moments, strict=False)}


def _vague(facts: EventFacts) -> str:
    span = facts.span
    if span is None or span.first is None:
        return ""
    if span.last is None or span.first.year != span.last.year:
        return f"{span.first.year:04}"
    if span.first.month != span.last.month:
        return f"{span.first.year:04}"
    return span.first.isoformat() if span.first == span.last else span.first.isoformat()[:7]


def _moment(moment: datetime) -> str:
    """Answer a moment in its own offset, as RFC 3339 has it."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}
