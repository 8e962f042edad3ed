"""Short leads taken from longer texts, whole sentences only. Pure."""

import re

from stuifmail.model.sentences import split_sentences

__all__ = ["split_sentences", "take_lead"]

_EXCERPT_MARK = re.compile(r"\s*(\[\s*(…|\.\.\.)\s*\]|…|\.\.\.)\s*$")


def take_lead(text: str, *, words_min: int, words_max: int) -> str:
    """Answer the first sentences of a text, together between two numbers of words.

    Args:
        text: plain text, paragraphs parted by empty lines.
        words_min: sentences are added until there are this many words.
        words_max: a sentence that would pass this many is left out, unless it is the first,
            which is then cut at a word with an ellipsis.

    Returns:
        One paragraph; "" for an empty text.
    """
    cleaned = _EXCERPT_MARK.sub("", text.strip())
    flowing = " ".join(paragraph for paragraph in map(_join_lines, cleaned.split("\n\n")) if paragraph)
    lead: list[str] = []
    for sentence in split_sentences(flowing):
        words = sentence.split()
        if lead and len(lead) + len(words) > words_max:
            break
        lead += words
        if len(lead) >= words_min:
            break
    if len(lead) > words_max:
        return " ".join(lead[:words_max]).rstrip(",;:–- ") + " …"
    return " ".join(lead)


def _join_lines(paragraph: str) -> str:
    """One line; a heading or list line without an end mark gets one, so that it reads on."""
    joined = " ".join(paragraph.split()).removeprefix("- ").removeprefix("• ")
    return joined if not joined or joined[-1] in ".!?…:;\"'”’)" else f"{joined}."
