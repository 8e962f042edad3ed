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


def _metric(name: str, one: tuple[str, str], many: tuple[str, str], meaning: tuple[str, str]) -> Metric:
    nl_en = [dict(zip(("nl", "en"), pair, strict=True)) for pair in (one, many, meaning)]
    return Metric(name=name, definition=f"{name}/1", one=nl_en[0], many=nl_en[1], meaning=nl_en[2])


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
            ("leden van wie er iemand was", "members of whom somebody attended"),
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
