"""Comparing names as people do: capitals, accents, quotes and dots make no difference."""

import re
import unicodedata

_APART = re.compile(r"[^\w]+")
_DROPPED = re.compile(r"[.'’‘`\u00b4]")


def fold_name(text: str) -> str:
    """Answer a name in the form that is compared: "Coöperatie U.A." gives "cooperatie ua"."""
    plain = text.replace("&", " and ").casefold()
    if not plain.isascii():  # most names are: a large sheet has a million cells
        plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    words = _APART.sub(" ", _DROPPED.sub("", plain)).replace("_", " ").split()
    return " ".join("en" if word == "and" else word for word in words)
