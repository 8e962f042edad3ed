"""A publication or an event as JSON-LD in the words of schema.org: for search engines, in web pages.

There is no type for press releases: one is a NewsArticle whose genre says so. Mail programs
ignore JSON-LD, so it is put into the page and not into the letter.

Source: schema.org 30.0.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from stuifmail.model.blocks import DetailsBlock, StoryBlock, link_of, title_of
from stuifmail.model.publications import Publication
from stuifmail.model.records import EventFacts, Venue
from stuifmail.model.texts import pick_text
from stuifmail.render.filters import in_zone, long_date
from stuifmail.render.machine import PieceContext, members_of, page_url
from stuifmail.render.reading import first_of, headline_of, read_out, text_of
from stuifmail.render.saying import Say

_SCHEMA = "https://schema.org"
_GENRES = {
    "release": "Press release",
    "correction": "Correction",
    "kill": "Withdrawal",
    "mailing": "Announcement",
}
#: What is not said again of a piece that was taken back.
_TAKEN_BACK = ("description", "alternativeHeadline", "articleBody", "wordCount", "about", "hasPart")
_ATTENDANCE = {"onsite": "Offline", "online": "Online", "mixed": "Mixed"}


def make_jsonld(publication: Publication, language: str, say: Say, context: PieceContext) -> dict[str, Any]:
    """Answer one edition as one JSON-LD object: PublicationIssue, NewsArticle or Article.

    Args:
        publication: the content.
        language: one of its languages.
        say: says its texts in that language.
        context: where it stands, and who sends it.
    """
    url = page_url(context.public_url, publication.id, language)
    piece: dict[str, Any] = {
        "@context": _SCHEMA,
        "@id": url,
        "url": url,
        "inLanguage": language,
        "description": first_of(publication, say, language),
        "datePublished": _moment(context.created_at),
        "dateModified": _moment(context.changed_at),
        "publisher": _organisation(context, language),
        "about": _about(publication, language, context),
        "workTranslation": [
            {"@type": "CreativeWork", "@id": address, "inLanguage": code}
            for code, address in context.versions.items()
        ],
        "correction": context.correction,
        "creativeWorkStatus": "Withdrawn" if context.status == "canceled" else "",
    }
    kind = _issue if publication.kind == "newsletter" else _article
    piece |= kind(publication, language, say, context)
    if context.status == "canceled":
        piece |= dict.fromkeys(_TAKEN_BACK)
    return _filled(piece)


def _issue(publication: Publication, language: str, say: Say, context: PieceContext) -> dict[str, Any]:
    url = page_url(context.public_url, publication.id, language)
    return {
        "@type": "PublicationIssue",
        "name": headline_of(publication, say),
        "issueNumber": publication.number,
        "isPartOf": {"@type": "Periodical", "name": context.name(language)},
        "hasPart": [
            _filled(
                {
                    "@type": "Event" if block.kind == "event" else "CreativeWork",
                    "name": say(title_of(block)),
                    "url": link_of(block) or f"{url}#{block.id}",
                    "inLanguage": block.language if isinstance(block, StoryBlock) else "",
                    "startDate": _day_or_moment(block.starts_at, block.time_zone)
                    if block.kind == "event"
                    else "",
                }
            )
            for block in publication.blocks()
        ],
    }


def _article(publication: Publication, language: str, say: Say, context: PieceContext) -> dict[str, Any]:
    told = [one for one in read_out(publication, say, language) if one.part in ("lead", "body")]
    body, head = text_of(told), publication.head
    return {
        "@type": "Article" if publication.kind == "mailing" else "NewsArticle",
        "headline": headline_of(publication, say),
        "alternativeHeadline": say(head.subhead) if head else "",
        "genre": _GENRES[publication.kind],
        "dateline": f"{pick_text(head.place, language)}, {long_date(head.dated_on, language)}"
        if head
        else "",
        "author": _organisation(context, language),
        "articleBody": body,
        "wordCount": len(body.split()),
        "isBasedOn": context.corrects_url,
    }


def _about(publication: Publication, language: str, context: PieceContext) -> list[dict[str, Any]]:
    facts = publication.calendar.facts if publication.calendar else None
    blocks = (block for block in publication.blocks() if isinstance(block, DetailsBlock))
    details = next(blocks, None)
    found: list[dict[str, Any]] = []
    if facts or details:
        audience = pick_text(details.who, language) if details else ""
        event = make_event_jsonld(
            facts or details.facts,  # type: ignore[union-attr]
            language,
            context,
            audience=audience,
        )
        found.append({name: value for name, value in event.items() if name != "@context"})
    elif context.event_name:
        found.append(_filled({"@type": "Event", "name": context.event_name, "url": context.event_url}))
    known = (context.members.get(member_id) for member_id in members_of(publication))
    found += [_filled({"@type": "Organization", "name": one.name, "url": one.url}) for one in known if one]
    return [*found, *({"@type": "Thing", "name": theme.name} for theme in context.themes)]


def make_event_jsonld(
    facts: EventFacts,
    language: str,
    context: PieceContext,
    *,
    description: str = "",
    audience: str = "",
    before: EventFacts | None = None,
    whole: EventFacts | None = None,
    parts: Iterable[EventFacts] = (),
) -> dict[str, Any]:
    """Answer an event as a JSON-LD object.

    Args:
        facts: what readers are told of it.
        language: of its texts.
        context: who holds it.
        description: plain text.
        audience: for whom.
        before: what readers were told before, where that was otherwise.
        whole: the event that it is a part of.
        parts: its own parts.
    """
    capacity = facts.registration.capacity
    return _filled(
        {
            "@context": _SCHEMA,
            "@type": "Event",
            "identifier": facts.uid,
            "name": pick_text(facts.title, language),
            "description": description,
            "url": facts.link,
            "startDate": _start(facts),
            "endDate": _end(facts),
            "previousStartDate": _start(before) if before and _start(before) != _start(facts) else "",
            "eventStatus": f"{_SCHEMA}/{_status(facts, before)}",
            "eventAttendanceMode": f"{_SCHEMA}/{_ATTENDANCE[facts.attendance]}EventAttendanceMode",
            "location": _locations(facts),
            "organizer": _organisation(context, language),
            "superEvent": _other(whole, language) if whole else None,
            "subEvent": [_other(part, language) for part in parts],
            "maximumAttendeeCapacity": capacity,
            "inLanguage": facts.language,
            "audience": {"@type": "Audience", "audienceType": audience} if audience else None,
        }
    )


def _status(facts: EventFacts, before: EventFacts | None) -> str:
    """Answer schema.org's word; it has none for what is planned but not certain."""
    if facts.status in ("cancelled", "postponed"):
        return "EventCancelled" if facts.status == "cancelled" else "EventPostponed"
    if before and _start(before) != _start(facts):
        return "EventRescheduled"
    if before and before.attendance != "online" and facts.attendance == "online":
        return "EventMovedOnline"
    return "EventScheduled"


def _start(facts: EventFacts) -> str:
    if facts.starts_at is None:
        span = facts.span
        return span.first.isoformat() if span and span.first and span.first == span.last else ""
    return _day_or_moment(facts.starts_at, facts.time_zone)


def _end(facts: EventFacts) -> str:
    if facts.ends_at is None:
        return ""
    if isinstance(facts.ends_at, datetime):
        return _day_or_moment(facts.ends_at, facts.time_zone)
    return (facts.ends_at - timedelta(days=1)).isoformat()  # ours is the first day after


def _locations(facts: EventFacts) -> Any:
    venue, found = facts.venue, []
    if facts.attendance != "online" and venue.line:
        found.append(_place(venue))
    if venue.online_url or facts.attendance == "online":
        found.append(_filled({"@type": "VirtualLocation", "url": venue.online_url or facts.link}))
    return found[0] if len(found) == 1 else found


def _place(venue: Venue) -> dict[str, Any]:
    address = _filled(
        {
            "@type": "PostalAddress",
            "streetAddress": f"{venue.street} {venue.number}".strip(),
            "postalCode": venue.postcode,
            "addressLocality": venue.city,
            "addressCountry": venue.country,
        }
    )
    return {"@type": "Place", "name": venue.name or venue.line, "address": address}


def _other(facts: EventFacts, language: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Event",
            "identifier": facts.uid,
            "name": pick_text(facts.title, language),
            "url": facts.link,
            "startDate": _start(facts),
            "location": _locations(facts),
        }
    )


def _organisation(context: PieceContext, language: str) -> dict[str, Any]:
    organisation = context.organisation
    return {
        "@type": "Organization",
        "name": context.name(language),
        "url": organisation.website,
        "email": organisation.email,
    }


def write_script(data: Mapping[str, Any]) -> str:
    """Answer the object as a script element; nothing in it can end the element or begin a comment."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def embed_jsonld(html: str, data: Mapping[str, Any]) -> str:
    """Answer the page with the object in its head; a page without a head is answered as it is."""
    before, head, after = html.partition("</head>")
    return f"{before}{write_script(data)}{head}{after}" if head else html


def _day_or_moment(moment: Any, zone: str) -> str:
    if isinstance(moment, datetime):
        return _moment(in_zone(moment, zone))
    text: str = moment.isoformat()
    return text


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}
