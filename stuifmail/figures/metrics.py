"""What we count, in which words, and by which version of the rule.

Two figures may only be compared when their definitions are the same; whoever changes how
something is counted gives its definition the next number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One thing that is counted.

    Args:
        name: last part of the figure's id.
        definition: id and version of the counting rule.
        one: unit for 1, by language.
        many: unit for every other number, by language.
        meaning: the rule in words, by language.
    """

    name: str
    definition: str
    one: LocalText
    many: LocalText
    meaning: LocalText

    def unit(self, value: int) -> LocalText:
        """Answer the unit that goes with this number."""
        return dict(self.one if value == 1 else self.many)


def _metric(
    name: str, one: tuple[str, str], many: tuple[str, str], meaning: tuple[str, str], version: int = 1
) -> Metric:
    nl_en = [dict(zip(("nl", "en"), pair, strict=True)) for pair in (one, many, meaning)]
    return Metric(name=name, definition=f"{name}/{version}", one=nl_en[0], many=nl_en[1], meaning=nl_en[2])


#: Results of an event, by name.
EVENT_METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        _metric(
            "participants",
            ("deelnemer", "participant"),
            ("deelnemers", "participants"),
            (
                "mensen die er waren, ook online; elk één keer, zonder pers en eigen medewerkers",
                "people who attended, online too; each once, without press and staff",
            ),
        ),
        _metric(
            "organisations",
            ("organisatie", "organisation"),
            ("organisaties", "organisations"),
            (
                "verschillende organisaties waar de deelnemers vandaan kwamen",
                "different organisations that the participants came from",
            ),
        ),
        _metric(
            "municipalities",
            ("gemeente", "municipality"),
            ("gemeenten", "municipalities"),
            (
                "verschillende gemeenten waar de deelnemers vandaan kwamen",
                "different municipalities that the participants came from",
            ),
        ),
        _metric(
            "member_organisations",
            ("aangesloten organisatie", "member organisation"),
            ("aangesloten organisaties", "member organisations"),
            (
                "organisaties die op die dag lid waren en van wie er iemand was",
                "organisations that were members on that day and of whom somebody attended",
            ),
            version=2,
        ),
        _metric(
            "active_members",
            ("lid", "member"),
            ("leden", "members"),
            (
                "leden op de dag zelf: waar de aangesloten organisaties een deel van zijn",
                "members on the day itself, of which the member organisations are a part",
            ),
        ),
        _metric(
            "countries",
            ("land", "country"),
            ("landen", "countries"),
            (
                "verschillende landen waar de deelnemers vandaan kwamen; de Europese Unie is geen land",
                "different countries that the participants came from; the European Union is no country",
            ),
        ),
        _metric(
            "member_countries",
            ("lidland", "member country"),
            ("lidlanden", "member countries"),
            (
                "verschillende landen van deelnemers die voor een lid kwamen; de Europese Unie is geen land",
                "different countries of participants who came for a member; the European Union is no country",
            ),
        ),
        _metric(
            "participants_onsite",
            ("deelnemer ter plaatse", "participant on site"),
            ("deelnemers ter plaatse", "participants on site"),
            ("deelnemers die er in de zaal bij waren", "participants who were there in the room"),
        ),
        _metric(
            "participants_online",
            ("deelnemer online", "participant online"),
            ("deelnemers online", "participants online"),
            ("deelnemers die er online bij waren", "participants who were there online"),
        ),
        _metric(
            "registered",
            ("aanmelding", "registration"),
            ("aanmeldingen", "registrations"),
            (
                "mensen die zich aanmeldden en niet afmeldden, zonder pers en eigen medewerkers",
                "people who registered and did not cancel, without press and staff",
            ),
        ),
        _metric(
            "show_rate",
            ("procent opkomst", "percent of those registered"),
            ("procent opkomst", "percent of those registered"),
            (
                "deelnemers op de honderd aanmeldingen; alleen voor eigen gebruik",
                "participants for each hundred registrations; for the secretariat only",
            ),
        ),
        _metric(
            "presentations",
            ("presentatie", "presentation"),
            ("presentaties", "presentations"),
            (
                "presentaties in het programma die gehouden zijn",
                "presentations of the programme that were given",
            ),
        ),
        _metric(
            "new_members",
            ("nieuw lid", "new member"),
            ("nieuwe leden", "new members"),
            (
                "wie volgens het ledenregister tijdens de bijeenkomst lid werd, of kort daarna",
                "who, by the ledger, joined during the event or shortly after it",
            ),
        ),
        _metric(
            "announced",
            ("aangekondigd lid", "announced member"),
            ("aangekondigde leden", "announced members"),
            (
                "wie een dag tevoren had toegezegd lid te worden",
                "who had promised the day before to join",
            ),
        ),
    )
}

#: The membership on one day, by name.
MEMBER_METRICS: Mapping[str, Metric] = {
    metric.name: metric
    for metric in (
        _metric(
            "total",
            ("lid", "member"),
            ("leden", "members"),
            ("leden op die dag, van welke soort ook", "members on that day, of whatever tier"),
        ),
        _metric(
            "countries",
            ("land", "country"),
            ("landen", "countries"),
            (
                "verschillende landen van de leden; de Europese Unie is een lid, maar geen land",
                "different countries of the members; the European Union is a member, but no country",
            ),
        ),
        _metric(
            "joined",
            ("nieuw lid", "new member"),
            ("nieuwe leden", "new members"),
            (
                "wie in die tijd lid werd; wie van soort wisselde, was het al",
                "who joined in that time; who changed tier was a member already",
            ),
        ),
        _metric(
            "left",
            ("vertrokken lid", "member that left"),
            ("vertrokken leden", "members that left"),
            ("wie in die tijd ophield lid te zijn", "who stopped being a member in that time"),
        ),
        _metric(
            "net",
            ("lid erbij, per saldo", "member more, on balance"),
            ("leden erbij, per saldo", "members more, on balance"),
            ("nieuwe leden min vertrokken leden", "new members less members that left"),
        ),
    )
}

#: What breakdowns of the participants are called.
BREAKDOWNS: Mapping[str, LocalText] = {
    "by_country": {"nl": "Deelnemers per land", "en": "Participants by country"},
    "by_type": {"nl": "Deelnemers per soort organisatie", "en": "Participants by type of organisation"},
    "by_role": {"nl": "Deelnemers per rol", "en": "Participants by role"},
}
