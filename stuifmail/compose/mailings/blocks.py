"""The blocks of a message around an event, part by part. Pure."""

from collections.abc import Callable, Mapping

from stuifmail.compose.leads import take_lead
from stuifmail.compose.mailings.material import MailingMaterial
from stuifmail.compose.mailings.pairs import Pair
from stuifmail.compose.marks import still_link, still_marks
from stuifmail.config.mailing_kinds import Part
from stuifmail.model.blocks import (
    ActionBlock,
    Block,
    ChangesBlock,
    ChartBlock,
    DetailsBlock,
    FiguresBlock,
    NoticeBlock,
    ProgrammeBlock,
    QuoteBlock,
    StoryBlock,
    TextBlock,
)
from stuifmail.model.records import EventRecord, Party
from stuifmail.model.selections import Pick
from stuifmail.model.texts import LocalText

#: With fewer parts, or fewer editions before this one, a picture says no more than a number.
_ROWS_LEAST, _EDITIONS_LEAST = 3, 2


def make_blocks(part: Part, material: MailingMaterial) -> tuple[Block, ...]:
    """Answer the blocks of one part, none where there is nothing to say."""
    return _MAKERS[part](material)


def _text(material: MailingMaterial) -> tuple[Block, ...]:
    lead = material.say_line("lead")
    heading, text = material.say_line("heading"), material.say("text")
    blocks = [
        TextBlock(id="lead", role="lead", title=heading, text=lead) if lead else None,
        TextBlock(id="text", title={} if lead else heading, text=text) if text else None,
    ]
    return tuple(block for block in blocks if block is not None)


def _changes(material: MailingMaterial) -> tuple[Block, ...]:
    if not material.changes:
        return ()
    return (ChangesBlock(id="changes", title=material.say_part("changes"), lines=material.changes),)


def _details(material: MailingMaterial) -> tuple[Block, ...]:
    facts, record = material.facts, material.record
    if facts is None or record is None:
        return ()
    hidden = {"when"} if facts.status == "postponed" else set()
    show = tuple(name for name in material.kind.show if name not in hidden)
    who = _who(material, record) if "who" in show else {}
    led_by = _led_by(material, record) if "led_by" in show else {}
    return (DetailsBlock(id="details", facts=facts, show=show, who=who, led_by=led_by),)


def _who(material: MailingMaterial, record: EventRecord) -> LocalText:
    functions: dict[str, str] = {}
    for language in material.languages:
        named = [each[language] for each in record.priority_functions if each.get(language)]
        functions[language] = material.enumerate(named).get(language, "")
    return material.say_part("who", functions=functions)


def _led_by(material: MailingMaterial, record: EventRecord) -> LocalText:
    leaders = [party for party in record.parties if party.role in ("facilitator", "chair")]
    said: dict[str, str] = {}
    for language in material.languages:
        told = [_say_party(party, language, material.names) for party in leaders]
        said[language] = material.enumerate([each for each in told if each]).get(language, "")
    return {language: text for language, text in said.items() if text}


def _say_party(party: Party, language: str, names: Mapping[str, str]) -> str:
    name = names.get(party.member_id, "") or party.name
    return ", ".join(part for part in (party.function.get(language, ""), name) if part)


def _previous_report(material: MailingMaterial) -> tuple[Block, ...]:
    if not material.previous_report:
        return ()
    return (
        NoticeBlock(
            id="previous-report",
            title=material.say_part("previous_report"),
            text=material.say_part("previous_report_text"),
            link=material.previous_report,
            link_label=material.say_part("previous_report_link"),
        ),
    )


def _programme(material: MailingMaterial) -> tuple[Block, ...]:
    record, facts = material.record, material.facts
    if record is None or facts is None or not record.programme:
        return ()
    title = material.say_part("programme")
    return (ProgrammeBlock(id="programme", title=title, rows=record.programme, time_zone=facts.time_zone),)


def _figures(material: MailingMaterial) -> tuple[Block, ...]:
    if not material.shown:
        return ()
    return (FiguresBlock(id="figures", title=material.say_part("figures"), figures=material.shown),)


def _chart(material: MailingMaterial) -> tuple[Block, ...]:
    """One picture, where it says more: over editions, else by country, else by kind of member."""
    about = material.record.id if material.record else ""
    counted = material.figures.get(f"{about}.participants")
    if counted is not None and len(counted.earlier) >= _EDITIONS_LEAST:
        return (ChartBlock(id="chart", title=material.say_part("growth"), figure=counted.id),)
    for name in (f"{about}.by_country", f"{about}.by_type"):
        found = material.breakdowns.get(name)
        if found is not None and len(found.rows) >= _ROWS_LEAST:
            return (ChartBlock(id="chart", title=dict(found.title), breakdown=found.id),)
    return ()


def _welcome(material: MailingMaterial) -> tuple[Block, ...]:
    if not material.joined:
        return ()
    first = material.languages[0]
    missing = material.say_part("welcome_why", missing=material.missing)
    return (
        NoticeBlock(
            id="welcome",
            tone="welcome",
            title=material.say_part("welcome", names=material.joined),
            figure="members.partners" if "members.partners" in material.figures else "",
            why=missing.get(first, ""),
        ),
    )


def _quotes(material: MailingMaterial) -> tuple[Block, ...]:
    """The first quote that its speaker agreed to; one is enough for a message."""
    quotes = material.record.quotes if material.record else ()
    agreed = [quote for quote in quotes if quote.approved_on is not None]
    return tuple(
        QuoteBlock(
            id=f"quote-{quote.id}",
            text=dict(quote.text),
            speaker=dict(quote.speaker),
            organisation=quote.organisation,
            member_id=quote.member_id,
            why=quote.approved_how,
        )
        for quote in agreed[:1]
    )


def _pairs(material: MailingMaterial) -> tuple[Block, ...]:
    if not material.pairs:
        return ()
    said = [material.say_part("pairs_text"), *(_say_pair(pair, material) for pair in material.pairs)]
    text = {
        language: "\n\n".join(filter(None, (each.get(language, "") for each in said)))
        for language in material.languages
    }
    why = material.say_part("pairs_why").get(material.languages[0], "")
    return (TextBlock(id="pairs", title=material.say_part("pairs"), text=text, why=why),)


def _say_pair(pair: Pair, material: MailingMaterial) -> LocalText:
    starter, frontrunner = (
        dict.fromkeys(material.languages, material.names.get(member, member))
        for member in (pair.starter, pair.frontrunner)
    )
    themes: dict[str, str] = {}
    for language in material.languages:
        named = [material.themes.get(theme, {}).get(language, "") for theme in pair.themes]
        themes[language] = material.enumerate([f"'{name}'" for name in named if name]).get(language, "")
    name = "pair_themes" if any(themes.values()) else "pair"
    return material.say_part(name, starter=starter, frontrunner=frontrunner, themes=themes)


def _asks(material: MailingMaterial) -> tuple[Block, ...]:
    return tuple(_ask(pick, material) for pick in material.asks)


def _ask(pick: Pick, material: MailingMaterial) -> NoticeBlock:
    """A question from the network; answers go to who asks, and not to us."""
    item = pick.item
    asker = material.names.get(item.member_id, "") or still_marks(item.entry.asker)
    answer = material.say_part(
        "ask_answer",
        asker=dict.fromkeys(material.languages, asker),
        asker_contact=dict.fromkeys(material.languages, material.contacts.get(item.member_id, "")),
    )
    question = still_marks(take_lead(item.entry.text, words_min=20, words_max=60))
    own = answer.get(item.language, next(iter(answer.values()), ""))
    return NoticeBlock(
        id=f"item-{item.id[:8]}",
        tone="ask",
        item_id=item.id,
        members=pick.credits,
        title={item.language: still_marks(item.entry.title)},
        text={item.language: "\n\n".join(filter(None, (question, own)))},
        link=still_link(item.entry.link),
        why=pick.why,
        reasons=pick.reasons,
        also=pick.also,
    )


def _reading(material: MailingMaterial) -> tuple[Block, ...]:
    return tuple(_story(pick) for pick in material.reading)


def _story(pick: Pick) -> StoryBlock:
    item = pick.item
    return StoryBlock(
        id=f"item-{item.id[:8]}",
        item_id=item.id,
        members=pick.credits,
        language=item.language,
        title={item.language: still_marks(item.entry.title)},
        text={item.language: still_marks(take_lead(item.entry.text, words_min=20, words_max=45))},
        link=still_link(item.entry.link),
        why=pick.why,
        reasons=pick.reasons,
        also=pick.also,
    )


def _register(material: MailingMaterial) -> tuple[Block, ...]:
    return _action(material, material.facts.registration.url if material.facts else "")


def _submit(material: MailingMaterial) -> tuple[Block, ...]:
    return _action(material, material.submit_url)


def _report(material: MailingMaterial) -> tuple[Block, ...]:
    return _action(material, material.record.report_url if material.record else "")


def _action(material: MailingMaterial, link: str) -> tuple[Block, ...]:
    label = material.say_line("action")
    if not link or not label:
        return ()
    return (ActionBlock(id="action", link=link, label=label, note=material.say("action_note")),)


def _contacts(material: MailingMaterial) -> tuple[Block, ...]:
    text = material.say_part("contacts_text")
    return (TextBlock(id="contacts", title=material.say_part("contacts"), text=text),) if text else ()


_MAKERS: Mapping[Part, Callable[[MailingMaterial], tuple[Block, ...]]] = {
    "text": _text,
    "changes": _changes,
    "details": _details,
    "previous_report": _previous_report,
    "programme": _programme,
    "figures": _figures,
    "chart": _chart,
    "welcome": _welcome,
    "quotes": _quotes,
    "pairs": _pairs,
    "asks": _asks,
    "reading": _reading,
    "register": _register,
    "submit": _submit,
    "report": _report,
    "contacts": _contacts,
}
