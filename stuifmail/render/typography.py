"""Quotation marks and apostrophes as a printed page has them. Pure."""

import re

#: Addresses keep every sign they have.
_ADDRESS = re.compile(r"\S*://\S+")
#: In order: after a letter or mark it closes or stands for a letter; so it does in 's, 't and 'n;
#: what is left opens.
_RULES = (
    (re.compile(r"(?<=[\w.,;:!?…)\]])'|'(?=[stnkm]\b)"), "\N{RIGHT SINGLE QUOTATION MARK}"),
    (re.compile(r"'(?=\S)"), "\N{LEFT SINGLE QUOTATION MARK}"),
    (re.compile(r"(?<![\w.,;:!?…)\]’])\"(?=\S)"), "\N{LEFT DOUBLE QUOTATION MARK}"),
    (re.compile(r"\""), "\N{RIGHT DOUBLE QUOTATION MARK}"),
)


def curl_quotes(text: str) -> str:
    """Answer the text with curved quotation marks and apostrophes instead of a typewriter's.

    Args:
        text: plain text in Dutch or English; what holds "://" stays as it is.
    """
    parts: list[str] = []
    start = 0
    for match in _ADDRESS.finditer(text):
        parts += [_curl(text[start : match.start()]), match[0]]
        start = match.end()
    return "".join([*parts, _curl(text[start:])])


def _curl(text: str) -> str:
    for pattern, sign in _RULES:
        text = pattern.sub(sign, text)
    return text
