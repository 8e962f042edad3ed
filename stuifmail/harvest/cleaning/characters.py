"""Characters that nobody can see but that hide, reorder or break text."""

import re

_FLAG = "\U0001f3f4"  # the flags of England, Scotland and Wales are spelled in tag characters
# Controls; joiners, fillers and marks without width; what turns the reading direction; selectors
# of glyphs but the two for emoji; tag characters; and code points that are no characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b"
    "\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e0fff]"
)
_TAGS = re.compile(f"({_FLAG}[\U000e0020-\U000e007e]{{2,6}}\U000e007f)|[\U000e0020-\U000e007f]")
# Between letters of Persian or Hindi and within emoji the joiners mean something; beside ASCII never.
_JOINERS = re.compile(r"(?<=[\x00-\x7f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\x7f])|^[\u200c\u200d]+")
_TOO_MANY = re.compile(
    r"([\u200c\u200d\ufe0e\ufe0f])[\u200c\u200d\ufe0e\ufe0f]+|([\u0300-\u036f]{4})[\u0300-\u036f]+"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_ENDS = str.maketrans({"\x85": "\n", "\u2028": "\n", "\u2029": "\n\n", "\x0b": "\n", "\x0c": "\n"})
_RARE = re.compile(
    "[\x0b\x0c\x85\u200c\u200d\u2028\u2029\u0300-\u036f\ufe0e\ufe0f\ud800-\udfff\U000e0020-\U000e007f]"
)
_UNWANTED_OR_RARE = re.compile(f"{_UNWANTED.pattern}|{_RARE.pattern}")
#: What stands in nearly all texts, and needs no look.
_PLAIN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))


def drop_unwanted(text: str) -> str:
    """Answer the text without characters that only hide or reorder it; other line ends become newlines.

    What joins emoji and letters of other scripts stays; accents are stacked four high at most.
    Lone surrogates, which no database takes, become the sign for an unknown character.
    """
    # A look at the few other characters takes a tenth of the time of a search through them all.
    others = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    if not others:
        return text
    if text.isascii():
        return _UNWANTED.sub("", text.translate(_ENDS) if "\x0b" in text or "\x0c" in text else text)
    if not _UNWANTED_OR_RARE.search(others.decode("utf-8", "surrogatepass")):
        return text
    text = _UNWANTED.sub("", text)
    if not _RARE.search(text):
        return text
    text = _TAGS.sub(r"\1", text.translate(_ENDS))
    text = _TOO_MANY.sub(r"\1\2", _JOINERS.sub("", text))
    return _SURROGATES.sub("\ufffd", text)
