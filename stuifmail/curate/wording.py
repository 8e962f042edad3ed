"""What curation tells the editor, in the newsroom's first language."""

from collections.abc import Mapping

_DUTCH: Mapping[str, str] = {
    "never_featured": "lid nog niet eerder genoemd",
    "featured_day": "lid 1 dag geleden nog genoemd",
    "unseen_days": "lid {count} dagen niet genoemd",
    "focus": "speerpunt {number} ({name})",
    "gap_none": "dit jaar nog niet aan bod",
    "gap_one": "dit jaar pas één keer aan bod",
    "gap": "dit jaar pas {count} keer aan bod",
    "theme": "thema {name}",
    "theme_weight": " (gewicht {weight})",
    "touches": "raakt aan {name}",
    "members": "{count} leden betrokken, het eerst {name}",
    "names_one": "noemt een ander lid",
    "names": "noemt {count} andere leden",
    "newcomer": "nieuw lid",
    "good_practice": "een goed voorbeeld",
    "lesson_learned": "een geleerde les",
    "results": "met cijfers",
    "deadline": "er is een termijn",
    "policy": "over beleid",
    "behind": "{name} kwam weinig aan bod: {got} van de laatste berichten, {fair} zou eerlijk zijn",
    "ahead": "{name} kwam veel aan bod: {got} van de laatste berichten, {fair} zou eerlijk zijn",
    "today": "van vandaag",
    "one_day": "1 dag oud",
    "days_old": "{count} dagen oud",
    "second": "al {count} van dit lid in deze uitgave",
    "no_title": "geen titel",
    "undated": "geen datum, dus geen nieuws",
    "future": "gedateerd in de toekomst ({day})",
    "expired": "verlopen op {day}",
    "answered": "de vraag is beantwoord",
    "embargo": "onder embargo, want er staat: {words}",
    "sent": "stond al in een eerdere uitgave",
    "sent_by": "stond al in een eerdere uitgave bij {name}",
    "killed": "door een redacteur geschrapt",
    "removed": "door het lid verwijderd",
    "left": "het lid is geen lid meer",
    "no_member": "de bron hoort bij geen lid",
    "per_member": "dit lid heeft al {count} berichten in deze uitgave",
    "words_share": "dit lid zou meer dan {share} van de woorden hebben",
    "full": "geen plaats meer",
    "full_points": "geen plaats meer: {points} punt minder dan het laatste gekozen bericht",
    "full_repeat": "geen plaats meer: {points} punt minder dan het laatste gekozen bericht,"
    " nu het lid er al {count} heeft",
    "full_equal": "geen plaats meer: evenveel punten als het laatste gekozen bericht, maar dat had voorrang",
    "full_newcomer": "geen plaats meer: een plaats ging naar een nieuw lid, met {points} punt minder",
    "full_kind": "geen plaats meer: een plaats ging naar een ander soort lid, met {points} punt minder",
    "turn_newcomer": "eerste bericht van een nieuw lid, dus zeker van een plaats",
    "turn_kind": "nodig voor berichten van {count} soorten leden",
    "short_section": "de rubriek vervalt: {count} van ten minste {least} berichten",
    "no_section": "geen rubriek voor berichten van de soort {name}",
    "starts_today": "vandaag",
    "starts_tomorrow": "morgen",
    "starts_in": "over {count} dagen",
    "tentative": "onder voorbehoud",
    "open_date": "{text}, nog te bevestigen",
    "one_more_date": "en nog 1 datum",
    "more_dates": "en nog {count} data",
    "calendars": "staat in {count} kalenders",
    "conflict": "let op: de bron zegt nu iets anders dan u ({fields})",
    "field_summary": "titel",
    "field_location": "plaats",
    "field_starts_at": "begin",
    "field_ends_at": "einde",
    "field_status": "status",
    "field_url": "link",
    "field_description": "toelichting",
}

_ENGLISH: Mapping[str, str] = {
    "never_featured": "member not featured before",
    "featured_day": "member featured 1 day ago",
    "unseen_days": "member not featured for {count} days",
    "focus": "focus point {number} ({name})",
    "gap_none": "not covered yet this year",
    "gap_one": "covered only once this year",
    "gap": "covered only {count} times this year",
    "theme": "theme {name}",
    "theme_weight": " (weight {weight})",
    "touches": "touches on {name}",
    "members": "{count} members involved, {name} first",
    "names_one": "names another member",
    "names": "names {count} other members",
    "newcomer": "new member",
    "good_practice": "a good practice",
    "lesson_learned": "a lesson learned",
    "results": "with figures",
    "deadline": "there is a deadline",
    "policy": "about policy",
    "behind": "{name} had little of the last pieces: {got}, where {fair} would be fair",
    "ahead": "{name} had much of the last pieces: {got}, where {fair} would be fair",
    "today": "from today",
    "one_day": "1 day old",
    "days_old": "{count} days old",
    "second": "already {count} of this member in this issue",
    "no_title": "no title",
    "undated": "no date, so no news",
    "future": "dated in the future ({day})",
    "expired": "expired on {day}",
    "answered": "the question was answered",
    "embargo": "under embargo, for it says: {words}",
    "sent": "was in an earlier issue",
    "sent_by": "was in an earlier issue, from {name}",
    "killed": "struck out by an editor",
    "removed": "removed by the member",
    "left": "the member has left",
    "no_member": "the source belongs to no member",
    "per_member": "this member has {count} pieces in this issue already",
    "words_share": "this member would have more than {share} of the words",
    "full": "no room left",
    "full_points": "no room left: {points} points less than the last one chosen",
    "full_repeat": "no room left: {points} points less than the last one chosen,"
    " now that the member has {count} already",
    "full_equal": "no room left: as many points as the last one chosen, but that one came first",
    "full_newcomer": "no room left: a place went to a new member, with {points} points less",
    "full_kind": "no room left: a place went to another kind of member, with {points} points less",
    "turn_newcomer": "first piece of a new member, so sure of a place",
    "turn_kind": "needed for news from {count} kinds of members",
    "short_section": "the section is left out: {count} of at least {least} pieces",
    "no_section": "no section for pieces of the kind {name}",
    "starts_today": "today",
    "starts_tomorrow": "tomorrow",
    "starts_in": "in {count} days",
    "tentative": "to be confirmed",
    "open_date": "{text}, to be confirmed",
    "one_more_date": "and 1 more date",
    "more_dates": "and {count} more dates",
    "calendars": "stands in {count} calendars",
    "conflict": "mind: by now the source says otherwise than you ({fields})",
    "field_summary": "title",
    "field_location": "place",
    "field_starts_at": "start",
    "field_ends_at": "end",
    "field_status": "status",
    "field_url": "link",
    "field_description": "description",
}

WORDINGS: Mapping[str, Mapping[str, str]] = {"nl": _DUTCH, "en": _ENGLISH}


def say(language: str, key: str, **values: object) -> str:
    """Answer a remark in this language; in English where we do not have the language."""
    return WORDINGS.get(language, _ENGLISH)[key].format(**values)


_NUMBERS: Mapping[str, str] = {
    "nl": "een twee drie vier vijf zes zeven acht negen tien elf twaalf",
    "en": "one two three four five six seven eight nine ten eleven twelve",
}


def count_in_words(language: str, count: int) -> str:
    """Answer the number in words up to twelve, in figures above."""
    words = _NUMBERS.get(language, _NUMBERS["en"]).split()
    return words[count - 1] if 1 <= count <= len(words) else str(count)


def say_number(language: str, value: float) -> str:
    """Answer a number with one decimal, or two where one would show nothing."""
    text = f"{value:.1f}" if abs(value) >= 0.1 or not value else f"{value:.2f}"
    return text.replace(".", ",") if language == "nl" else text
