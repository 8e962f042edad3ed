"""Whose news it is, in words."""

import re
from collections.abc import Sequence

from stuifmail.config.models import Member, NewsroomConfig
from stuifmail.model.texts import pick_text
from stuifmail.render.labels import Labels
from stuifmail.render.places import language_name
from stuifmail.render.typography import curl_quotes
from stuifmail.render.views import CreditView

#: So many members are named, the origin first; of more the rest is counted.
_NAMED = 5

#: What a company's name ends in by law, and no reader says aloud.
_LEGAL_FORM = re.compile(r"\s+(U\.A\.|B\.V\.|N\.V\.|e\.V\.|Ltd\.?|GmbH)$")


def build_credit(
    config: NewsroomConfig, members: Sequence[str], original: str, language: str, labels: Labels
) -> CreditView:
    """Answer the credit line of a block.

    One member stands with its kind: "Gemeente · Kornoeldam". Of several, the kind of the first
    would say something of all, and who brings the news need not be all who take part in it: so
    the line says whom the news comes from, and no more.

    Args:
        members: ids, the origin first; unknown ones are passed over.
        original: language of what is behind the link, "" when there is nothing.
        language: of the edition.
    """
    known = [member for each in members if (member := config.member(each))]
    foreign = bool(original) and original != language
    return CreditView(
        kind=_kind_name(config, known[0], language) if len(known) == 1 else "",
        brought=labels.news_from if len(known) > 1 else "",
        name=_names(config, known, labels),
        others=_others(len(known) - _NAMED, labels) if len(known) > _NAMED else "",
        tag=original.upper() if foreign else "",
        tag_title=labels.in_language.format(language=language_name(original, language)) if foreign else "",
    )


def short_name(config: NewsroomConfig, member: Member) -> str:
    """Answer the member's name as a reader would say it.

    The kind in front goes ("gemeente Wilgenrade": "Wilgenrade"), as a credit line says it already;
    so do a legal form at the end and quotation marks around all that is left.
    """
    name = curl_quotes(_LEGAL_FORM.sub("", _without_kind(config, member)))
    quoted = re.fullmatch("“([^“”]+)”", name)
    return quoted[1] if quoted else name


def _without_kind(config: NewsroomConfig, member: Member) -> str:
    term = next((term for term in config.vocabularies.member_kinds if term.id == member.kind), None)
    for kind in term.name.values() if term else ():
        if member.name.casefold().startswith(f"{kind.casefold()} "):
            return member.name[len(kind) + 1 :]
    return member.name


def count_words(count: int, labels: Labels) -> str:
    """Answer a count as running text writes it: in words as far as the language does so."""
    return labels.number_words[count] if 0 <= count < len(labels.number_words) else str(count)


def _names(config: NewsroomConfig, known: list[Member], labels: Labels) -> str:
    *names, last = [short_name(config, member) for member in known[:_NAMED]] or [""]
    if not names or len(known) > _NAMED:
        return ", ".join((*names, last))
    return labels.two_members.format(first=", ".join(names), second=last)


def _others(count: int, labels: Labels) -> str:
    return labels.one_other if count == 1 else labels.more_others.format(count=count_words(count, labels))


def _kind_name(config: NewsroomConfig, member: Member, language: str) -> str:
    kinds = config.vocabularies.member_kinds
    name = next((pick_text(term.name, language) for term in kinds if term.id == member.kind), "")
    return curl_quotes(name[:1].upper() + name[1:])
