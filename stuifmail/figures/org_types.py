"""What kinds of organisations people come from, and what sheets call them."""

from collections.abc import Mapping
from dataclasses import dataclass

from stuifmail.model.names import fold_name
from stuifmail.model.texts import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class OrgType:
    """One kind of organisation.

    Args:
        label: by language, as a heading of a row: plural.
        words: what sheets say, besides the key.
    """

    key: str
    label: LocalText
    words: tuple[str, ...]


def _type(key: str, dutch: str, english: str, *words: str) -> OrgType:
    return OrgType(key=key, label={"nl": dutch, "en": english}, words=(key, dutch, english, *words))


_TYPES = (
    _type("municipality", "gemeenten", "municipalities", "gemeente"),
    _type("province", "provincies", "provinces", "provincie"),
    _type("water-authority", "waterschappen", "water authorities", "waterschap"),
    _type("government", "overheden", "government bodies", "overheid", "rijksoverheid", "ministerie"),
    _type("country", "landen", "countries", "land", "delegation", "delegatie"),
    _type("union", "unies van landen", "unions of countries", "unie", "unie van landen"),
    _type(
        "ngo",
        "maatschappelijke organisaties",
        "civil society organisations",
        "maatschappelijke organisatie",
        "stichting",
        "vereniging",
        "stichting of vereniging",
        "foundation",
        "association",
        "non-profit",
    ),
    _type("company", "bedrijven", "companies", "bedrijf", "business", "onderneming"),
    _type(
        "knowledge-institute",
        "kennisinstituten",
        "knowledge institutes",
        "kennisinstituut",
        "knowledge institute",
        "university",
        "universiteit",
        "hogeschool",
        "onderwijs",
    ),
    _type("farmers-group", "telersgroepen", "farmers' groups", "telersgroep", "farmers' group", "coöperatie"),
)
_BY_WORD: Mapping[str, OrgType] = {fold_name(word): each for each in _TYPES for word in each.words}


def find_type(text: str) -> OrgType:
    """Answer the kind of organisation that a sheet means; a word that nobody knows is its own kind."""
    folded = fold_name(text)
    words = {"nl": text.strip(), "en": text.strip()}
    return _BY_WORD.get(folded) or OrgType(key=folded, label=words, words=())
