"""The candidates of the coming issue with their points, before anything is drafted."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from stuifmail.config.codec import to_data
from stuifmail.curate.select import LeftOut, Selection
from stuifmail.curate.themes import Match
from stuifmail.model.items import Item
from stuifmail.model.selections import Reason
from stuifmail.newsroom.house import House
from stuifmail.newsroom.issues.calendar import next_issue
from stuifmail.newsroom.issues.choosing import Choice, choose_stories
from stuifmail.newsroom.issues.drafting import choose_newsletter

Row = dict[str, Any]


def rank_issue(house: House, newsletter_id: str | None = None) -> Row:
    """Answer what the next issue would be made of now, and why; nothing is stored or changed.

    An issue that was drafted before is weighed anew, without regard to that draft.

    Args:
        newsletter_id: which newsletter; may be left out where there is only one.

    Returns:
        The chosen stories in the order of the letter, then those that missed a place, the best
        first; and what may not be in the issue.

    Raises:
        StuifmailError: there is no such newsletter.
        InvalidSheet: the members' survey cannot be read.
    """
    newsletter = choose_newsletter(house, newsletter_id)
    planned = next_issue(newsletter, house.config.organisation.country, house.clock())
    with house.store.begin() as connection:
        choice = choose_stories(house, newsletter, planned, connection)
    selection = choice.selection
    return {
        "publication_id": planned.id,
        "send_at": planned.send_at.isoformat(),
        "candidates": [*_chosen(selection), *(_missed(left, selection) for left in selection.waiting)],
        "left_out": [
            {"item": left.item.id, "title": left.item.entry.title, "reason": left.reason}
            for left in selection.left_out
        ],
        "theme_weights": _weights(house, choice),
        "survey": _survey(choice),
    }


def _chosen(selection: Selection) -> Iterator[Row]:
    for section, picks in selection.picks.items():
        for pick in picks:
            row = _row(pick.item, pick.credits, pick.reasons, selection)
            yield {**row, "section": section, "points": pick.points, "why": pick.why, "reason": ""}


def _missed(left: LeftOut, selection: Selection) -> Row:
    row = _row(left.item, left.credits, left.reasons, selection)
    return {**row, "section": "", "points": left.points, "why": left.why, "reason": left.reason}


def _row(item: Item, members: Sequence[str], reasons: Sequence[Reason], selection: Selection) -> Row:
    subjects = selection.subjects[item.id]
    return {
        "item": item.id,
        "title": item.entry.title,
        "members": list(members),
        "reasons": [to_data(reason) for reason in reasons],
        "themes": _matches(subjects.themes),
        "domains": _matches(subjects.domains),
    }


def _matches(matches: Sequence[Match]) -> list[Row]:
    return [{"id": match.id, "weight": match.weight, "words": list(match.words)} for match in matches]


def _weights(house: House, choice: Choice) -> Mapping[str, Row]:
    """Each theme's weight and who gave it."""
    own = house.config.curation.theme_weights
    surveyed = choice.survey.weights if choice.survey else {}
    return {
        theme.id: {
            "weight": own.get(theme.id, surveyed.get(theme.id, 1.0)),
            "origin": "sources.yaml" if theme.id in own else "survey" if theme.id in surveyed else "default",
        }
        for theme in house.config.vocabularies.themes
    }


def _survey(choice: Choice) -> Row | None:
    survey = choice.survey
    if survey is None:
        return None
    return {
        "file": survey.file,
        "sha256": survey.sha256,
        "taken": survey.taken,
        "answers_count": survey.answers_count,
        "problems": list(survey.problems),
    }
