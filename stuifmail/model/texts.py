"""Text in several languages."""

from collections.abc import Mapping
from typing import TypeAlias

#: The same text by language code ("nl", "en"). A missing language is not yet translated.
LocalText: TypeAlias = Mapping[str, str]


def pick_text(text: LocalText, language: str) -> str:
    """Answer the text in `language`, else in the first language it has, else "".

    Args:
        text: the text by language.
        language: the language wished for.
    """
    return text.get(language) or next((value for value in text.values() if value), "")


def pick_language(text: LocalText, language: str) -> str:
    """Answer the language that `pick_text` takes; `language` itself for an empty text."""
    if text.get(language):
        return language
    return next((code for code, value in text.items() if value), language)
