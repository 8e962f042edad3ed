"""Country names, as people write them, to ISO 3166 codes.

Source: Unicode CLDR through Babel for the names in Dutch, English and the countries' own
languages; country_aliases.json for what people write and CLDR does not know.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages

from stuifmail.model.names import fold_name

#: A member may be the European Union; it is never counted as a country.
EUROPEAN_UNION = "EU"

#: Two letters that CLDR names, but that are no country of ISO 3166-1.
_NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])


_ARTICLE = re.compile(r"^(?:the|de|het|l) (?=\w{3})")


def resolve_country(text: str) -> str | None:
    """Answer the ISO 3166 code ("EU" for the European Union), None when it is no country.

    Args:
        text: a code of two or three letters, or a name in Dutch, English or a language of the
            country itself; capitals, accents and dots make no difference.
    """
    name = _ARTICLE.sub("", fold_name(text))
    if not name or (name == "na" and "." in text):  # "n.a." is not Namibia
        return None
    return _common_names().get(name) or _local_names().get(name)


def name_country(code: str) -> dict[str, str]:
    """Answer the name of a country by its code, in Dutch and English; "" is a country not known."""
    if not code:
        return {"nl": "onbekend", "en": "unknown"}
    return {language: str(Locale(language).territories.get(code, code)) for language in ("nl", "en")}


@cache
def _common_names() -> dict[str, str]:
    """Codes by folded name: codes, Dutch and English names, our aliases (which win)."""
    names = {code.casefold(): code for code in _codes()}
    for old, new in get_global("territory_aliases").items():
        if len(old) == 3 and old.isalpha() and len(new) == 1 and new[0] in _codes():
            names.setdefault(old.casefold(), new[0])
    for language in ("nl", "en"):
        names |= {fold_name(name): code for code, name in _territories(language)}
    aliases = json.loads(files("stuifmail.figures").joinpath("country_aliases.json").read_text("utf-8"))
    return names | {fold_name(name): code for code, several in aliases.items() for name in several}


@cache
def _local_names() -> dict[str, str]:
    """Codes by folded name in the countries' own languages; loads a hundred languages."""
    found: dict[str, set[str]] = {}
    for code in _codes():
        for language in get_official_languages(code, regional=True, de_facto=True):
            for other, name in _territories(language):
                if other == code:
                    found.setdefault(fold_name(name), set()).add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1}


@cache
def _codes() -> frozenset[str]:
    codes = {code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()}
    return frozenset(codes - _NO_COUNTRIES)


@cache
def _territories(language: str) -> tuple[tuple[str, str], ...]:
    return tuple(_load_territories(language))


def _load_territories(language: str) -> Iterator[tuple[str, str]]:
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return  # a language without CLDR names
    yield from ((str(code), str(name)) for code, name in territories.items() if code in _codes())
