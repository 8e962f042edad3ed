"""What the proof page says of a mailing, release or correction besides its text. Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from stuifmail.model.texts import pick_text
from stuifmail.render.filters import clock, long_date
from stuifmail.render.proof_values import Proof


def describe_publication(proof: Proof, labels: Mapping[str, Any]) -> list[str]:
    """Answer in words what an editor has to know of it: embargo, calendar, readers, what it is part of.

    Args:
        labels: words of the page's language.
    """
    return list(_describe(proof, labels["about"]))


def _describe(proof: Proof, words: Mapping[str, Any]) -> Iterator[str]:
    publication, language = proof.publication, proof.language
    if publication.embargo is not None:
        embargo = publication.embargo
        yield words["embargo"].format(
            when=_moment(embargo.until, embargo.time_zone, language, words),
            zone=embargo.time_zone,
            reason=pick_text(embargo.reason, language),
        )
    if publication.calendar is not None:
        part = publication.calendar
        yield words["calendar"][part.method].format(title=pick_text(part.facts.title, language))
    if publication.responses:
        said = ", ".join(words["responses"][response] for response in publication.responses)
        yield words["only"].format(responses=said)
    if publication.kind == "release" and publication.facts_id:
        yield words["facts"].format(id=publication.facts_id)
    if publication.corrects:
        yield words["takes_back" if publication.kind == "kill" else "corrects"].format(
            id=publication.corrects
        )


def _moment(moment: datetime, zone: str, language: str, words: Mapping[str, Any]) -> str:
    local = moment.astimezone(ZoneInfo(zone))
    return str(words["moment"].format(day=long_date(local, language), clock=clock(local, language)))
