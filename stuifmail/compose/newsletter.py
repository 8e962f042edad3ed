"""Composing an issue of a newsletter from what was selected. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stuifmail.compose.leads import take_lead
from stuifmail.compose.marks import still_link, still_marks
from stuifmail.config.models import Newsletter, NewsroomConfig, Section
from stuifmail.model.figures import Figure
from stuifmail.model.publications import (
    Block,
    EventBlock,
    FiguresBlock,
    NoticeBlock,
    Picture,
    Publication,
    StoryBlock,
)
from stuifmail.model.publications import Section as PublicationSection
from stuifmail.model.records import EventRecord
from stuifmail.model.selections import EventPick, Pick
from stuifmail.model.texts import LocalText

SUBJECT_LIMIT = 60
PREHEADER_LIMIT = 90
#: So many stories below the lead get their theme's picture: two rows of two.
PICTURES_LIMIT = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMaterial:
    """All that goes into one issue.

    Args:
        picks: selected stories by section id, in order.
        events: the agenda, in order.
        figures: figures by id, membership counts included.
        records: our own events by id, for their results.
        joined: names of the members who joined in the period.
        phrases: by language, the sentences that drafts are made of: "joined" with {names},
            "joined_why" with {count}, "conjunction", "more_inside", "one_more_date", and
            "more_dates" with {count}.
        month: by language, "mei 2026".
    """

    issue_id: str
    number: int
    period: tuple[datetime, datetime]
    send_at: datetime
    picks: Mapping[str, Sequence[Pick]]
    events: Sequence[EventPick]
    figures: Mapping[str, Figure]
    records: Mapping[str, EventRecord] = field(default_factory=dict)
    joined: Sequence[str] = ()
    phrases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    month: LocalText = field(default_factory=dict)


def compose_newsletter(
    newsletter: Newsletter, config: NewsroomConfig, material: IssueMaterial
) -> Publication:
    """Answer the draft of one issue; sections that stay under their minimum are left out."""
    sections = tuple(
        section
        for section in (_compose_section(plan, newsletter, config, material) for plan in newsletter.sections)
        if section is not None
    )
    used = {name for section in sections for block in section.blocks for name in _figure_ids(block)}
    return Publication(
        id=material.issue_id,
        series_id=newsletter.id,
        number=material.number,
        period_starts_at=material.period[0],
        period_ends_at=material.period[1],
        send_at=material.send_at,
        audience_id=newsletter.audience,
        purposes=newsletter.purposes,
        languages=config.organisation.languages,
        subject=_subjects(sections, newsletter, config, material),
        preheader=_preheaders(sections, config, material),
        intro=dict(newsletter.intro),
        sections=sections,
        closing=dict(newsletter.closing),
        figures=tuple(figure for name, figure in material.figures.items() if name in used),
    )


def _figure_ids(block: Block) -> tuple[str, ...]:
    if isinstance(block, FiguresBlock):
        return block.figures
    return (block.figure,) if isinstance(block, NoticeBlock) and block.figure else ()


def _compose_section(
    plan: Section, newsletter: Newsletter, config: NewsroomConfig, material: IssueMaterial
) -> PublicationSection | None:
    blocks: tuple[Block, ...]
    match plan.kind:
        case "lead":
            blocks = tuple(_lead(pick, newsletter, config) for pick in material.picks.get(plan.id, ())[:1])
        case "stories":
            pictures = _theme_pictures(newsletter, config, material)
            blocks = tuple(
                _story(pick, picture=pictures.get(pick.item.id)) for pick in material.picks.get(plan.id, ())
            )
        case "asks":
            blocks = tuple(_ask(pick) for pick in material.picks.get(plan.id, ()))
        case "agenda":
            blocks = tuple(_event(pick, config, material.phrases) for pick in material.events)
        case "results":
            blocks = tuple(_results(plan, material))
        case "welcome":
            blocks = tuple(_welcome(newsletter, config, material))
    if len(blocks) < max(plan.minimum, 1):
        return None
    return PublicationSection(
        id=plan.id, kind=plan.kind, heading=dict(plan.heading), blocks=blocks[: plan.limit]
    )


def _story(pick: Pick, words: tuple[int, int] = (25, 60), picture: Picture | None = None) -> StoryBlock:
    item = pick.item
    return StoryBlock(
        id=f"item-{item.id[:8]}",
        item_id=item.id,
        members=pick.credits,
        language=item.language,
        title={item.language: still_marks(item.entry.title)},
        text={item.language: still_marks(take_lead(item.entry.text, words_min=words[0], words_max=words[1]))},
        link=still_link(item.entry.link),
        picture=picture,
        why=pick.why,
        reasons=pick.reasons,
        also=pick.also,
    )


def _lead(pick: Pick, newsletter: Newsletter, config: NewsroomConfig) -> StoryBlock:
    hero = newsletter.hero
    picture = _theme_picture(pick, config) or (Picture(file=hero.file, alt=dict(hero.alt)) if hero else None)
    return _story(pick, (60, 110), picture)


def _theme_picture(pick: Pick, config: NewsroomConfig) -> Picture | None:
    theme = next((theme for theme in config.vocabularies.themes if theme.id == pick.theme), None)
    chosen = theme.picture if theme else None
    return Picture(file=chosen.file, alt=dict(chosen.alt)) if chosen else None


def _theme_pictures(
    newsletter: Newsletter, config: NewsroomConfig, material: IssueMaterial
) -> dict[str, Picture]:
    """Answer the pictures of the stories below the lead, by item; no picture comes twice in an issue."""
    found: dict[str, Picture] = {}
    used: set[str] = set()
    for plan in newsletter.sections:
        for pick in material.picks.get(plan.id, ()) if plan.kind in ("lead", "stories") else ():
            picture = _theme_picture(pick, config)
            if picture is None or picture.file in used or len(found) == PICTURES_LIMIT:
                continue
            used.add(picture.file)
            if plan.kind == "stories":
                found[pick.item.id] = picture
    return found


def _ask(pick: Pick) -> NoticeBlock:
    item = pick.item
    return NoticeBlock(
        id=f"item-{item.id[:8]}",
        tone="ask",
        item_id=item.id,
        members=pick.credits,
        title={item.language: still_marks(item.entry.title)},
        text={item.language: still_marks(take_lead(item.entry.text, words_min=20, words_max=60))},
        link=still_link(item.entry.link),
        why=pick.why,
        reasons=pick.reasons,
        also=pick.also,
    )


def _event(pick: EventPick, config: NewsroomConfig, phrases: Mapping[str, Mapping[str, str]]) -> EventBlock:
    event, entry = pick.event, pick.event.entry
    starts_at = pick.starts_at if pick.starts_at is not None else entry.starts_at
    if starts_at is None:
        raise ValueError(f"event {event.id} was picked for the agenda without a start")
    language = config.organisation.languages[0]
    return EventBlock(
        id=f"event-{event.id[:8]}",
        event_id=event.id,
        members=(event.member_id,) if event.member_id else (),
        title={language: still_marks(entry.summary)},
        starts_at=starts_at,
        ends_at=pick.ends_at if pick.starts_at is not None else entry.ends_at,
        span=pick.span,
        time_zone=entry.time_zone or config.organisation.time_zone,
        place=still_marks(entry.location),
        link=still_link(entry.url),
        tentative=entry.status == "tentative",
        note=_more_dates(pick.more_count, config, phrases),
        why=pick.why,
    )


def _more_dates(
    count: int, config: NewsroomConfig, phrases: Mapping[str, Mapping[str, str]]
) -> dict[str, str]:
    """Answer by language how many dates follow the one that is shown."""
    if not count:
        return {}
    name = "one_more_date" if count == 1 else "more_dates"
    return {
        language: phrases[language][name].format(count=count) for language in config.organisation.languages
    }


def _results(plan: Section, material: IssueMaterial) -> Sequence[FiguresBlock]:
    blocks = []
    for record in (material.records[event_id] for event_id in plan.events if event_id in material.records):
        ids = (f"{record.id}.{metric}" for metric in plan.metrics)
        found = tuple(
            name for name in ids if name in material.figures and not material.figures[name].internal
        )
        if not found:
            continue
        blocks.append(
            FiguresBlock(
                id=f"results-{record.id}",
                title=dict(record.facts.title),
                figures=found,
                text=dict(record.summary),
                link=record.report_url or None,
                why=record.id,
            )
        )
    return blocks


def _welcome(
    newsletter: Newsletter, config: NewsroomConfig, material: IssueMaterial
) -> Sequence[NoticeBlock]:
    if not material.joined:
        return ()
    languages = config.organisation.languages
    titles = {
        language: material.phrases[language]["joined"].format(
            names=_enumerate(material.joined, material.phrases[language]["conjunction"])
        )
        for language in languages
    }
    return [
        NoticeBlock(
            id="welcome",
            tone="welcome",
            title=titles,
            link=newsletter.join_url,
            figure="members.partners" if "members.partners" in material.figures else "",
            why=material.phrases[languages[0]]["joined_why"].format(count=len(material.joined)),
        )
    ]


def _enumerate(names: Sequence[str], conjunction: str) -> str:
    """Join as in "a, b and c", with the conjunction of a language."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {conjunction} {names[-1]}"


def _titles(sections: Sequence[PublicationSection], language: str) -> list[str]:
    stories = (block for section in sections for block in section.blocks if isinstance(block, StoryBlock))
    return [block.title[language] for block in stories if block.title.get(language)]


def _subjects(
    sections: Sequence[PublicationSection],
    newsletter: Newsletter,
    config: NewsroomConfig,
    material: IssueMaterial,
) -> dict[str, str]:
    return {
        language: _subject(
            next(iter(_titles(sections[:1], language)), ""),
            f"{newsletter.name.get(language, newsletter.id)} {material.month.get(language, '')}".strip(),
        )
        for language in config.organisation.languages
    }


def _subject(lead: str, name: str) -> str:
    """The news first, the name behind it where it fits."""
    if not lead:
        return name
    whole = f"{lead} | {name}"
    return whole if len(whole) <= SUBJECT_LIMIT else lead


def _preheaders(
    sections: Sequence[PublicationSection], config: NewsroomConfig, material: IssueMaterial
) -> dict[str, str]:
    return {
        language: _preheader(_titles(sections, language), material.phrases[language]["more_inside"])
        for language in config.organisation.languages
    }


def _preheader(titles: Sequence[str], otherwise: str) -> str:
    """The stories after the lead, as many as fit whole."""
    line = ""
    for title in titles[1:]:
        longer = f"{line} · {title}" if line else title
        if len(longer) > PREHEADER_LIMIT:
            break
        line = longer
    return line or otherwise
