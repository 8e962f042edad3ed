"""What curation tells the editor, in the newsroom's first language."""

from collections.abc import Mapping

_DUTCH: Mapping[str, str] = {
    "never_featured": "nog niet eerder genoemd",
    "featured_day": "1 dag geleden nog genoemd",
    "unseen_days": "{count} dagen niet genoemd",
    "focus": "speerpunt: {name}",
    "theme": "thema: {name}",
    "members": "gebracht door {count} leden",
    "today": "van vandaag",
    "one_day": "1 dag oud",
    "days_old": "{count} dagen oud",
    "second": "al {count} van dit lid in deze uitgave",
    "no_title": "geen titel",
    "undated": "geen datum, dus geen nieuws",
    "future": "gedateerd in de toekomst ({day})",
    "expired": "verlopen op {day}",
    "embargo": "onder embargo, want er staat: {words}",
    "sent": "stond al in een eerdere uitgave",
    "killed": "door een redacteur geschrapt",
    "removed": "door het lid verwijderd",
    "left": "het lid is geen lid meer",
    "no_member": "de bron hoort bij geen lid",
    "per_member": "dit lid heeft al {count} berichten in deze uitgave",
    "full": "geen plaats meer",
    "no_section": "geen rubriek voor berichten van de soort {name}",
    "starts_today": "vandaag",
    "starts_tomorrow": "morgen",
    "starts_in": "over {count} dagen",
    "tentative": "onder voorbehoud",
    "calendars": "staat in {count} kalenders",
}

_ENGLISH: Mapping[str, str] = {
    "never_featured": "not featured before",
    "featured_day": "featured 1 day ago",
    "unseen_days": "not featured for {count} days",
    "focus": "focus point: {name}",
    "theme": "theme: {name}",
    "members": "brought by {count} members",
    "today": "from today",
    "one_day": "1 day old",
    "days_old": "{count} days old",
    "second": "already {count} of this member in this issue",
    "no_title": "no title",
    "undated": "no date, so no news",
    "future": "dated in the future ({day})",
    "expired": "expired on {day}",
    "embargo": "under embargo, for it says: {words}",
    "sent": "was in an earlier issue",
    "killed": "struck out by an editor",
    "removed": "removed by the member",
    "left": "the member has left",
    "no_member": "the source belongs to no member",
    "per_member": "this member has {count} pieces in this issue already",
    "full": "no room left",
    "no_section": "no section for pieces of the kind {name}",
    "starts_today": "today",
    "starts_tomorrow": "tomorrow",
    "starts_in": "in {count} days",
    "tentative": "to be confirmed",
    "calendars": "stands in {count} calendars",
}

WORDINGS: Mapping[str, Mapping[str, str]] = {"nl": _DUTCH, "en": _ENGLISH}


def say(language: str, key: str, **values: object) -> str:
    """Answer a remark in this language; in English where we do not have the language."""
    return WORDINGS.get(language, _ENGLISH)[key].format(**values)
