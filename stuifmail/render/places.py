"""What countries and languages are called in running text."""

from babel.core import Locale

from stuifmail.render.filters import locale_of

#: Countries that stand with an article in English sentences.
_WITH_ARTICLE = frozenset(
    {"AE", "BS", "CD", "CF", "CZ", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "US"}
)


def country_in_text(code: str, language: str, *, in_sentence: bool = True) -> str:
    """Answer what a country is called: "Nederland", "the Netherlands"; the code where nobody knows.

    Args:
        code: ISO 3166 code.
        language: two-letter code.
        in_sentence: with the article that the language wants there.
    """
    locale: Locale = locale_of(language)
    name = str(locale.territories.get(code, code))
    return f"the {name}" if in_sentence and language == "en" and code in _WITH_ARTICLE else name


def language_name(code: str, language: str) -> str:
    """Answer what a language is called in another: "Engels"; the code where nobody knows."""
    locale: Locale = locale_of(language)
    return str(locale.languages.get(code, code))
