"""How a web version differs from the mail: no notes to editors, marked when it was corrected. Pure."""

import re
from dataclasses import dataclass
from html import escape

_BODY = re.compile(r"(<body\b[^>]*>)(.*)(</body>)", re.DOTALL | re.IGNORECASE)
#: The templates put these around what is for desks only.
_NOTES = re.compile(r"<!-- notes -->.*?<!-- /notes -->", re.DOTALL)
_STYLE = (
    "box-sizing:border-box;width:calc(100% - 32px);max-width:600px;margin:24px auto;padding:22px 28px;"
    "background:#ffffff;color:#1b1b1b;border-left:5px solid #8c1d18;font:16px/1.6 Arial,Helvetica,sans-serif"
)
#: The letter's colours for dark screens are for all links; this one stands on white.
_LINK = "color:#8c1d18 !important"
_LABEL = "color:#8c1d18;font:22px/1.3 Georgia,'Times New Roman',serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a page says of itself, above all else.

    Args:
        label: "Correctie".
        text: what was wrong and what is right, or that it was taken back; paragraphs parted by
            empty lines.
        link: where more is told, "" for nowhere; link_label: the words of that link.
        replaces: the page's own text goes, only the mark stays.
    """

    label: str
    text: str
    link: str = ""
    link_label: str = ""
    replaces: bool = False


def leave_out_notes(html: str) -> str:
    """Answer a page without the notes to editors, which are in the mail and not for publication."""
    return _NOTES.sub("", html)


def mark_page(html: str, mark: Mark) -> str:
    """Answer a page with a mark at its top, or in the place of its text."""
    found = _BODY.search(html)
    if found is None:
        return _box(mark) if mark.replaces else _box(mark) + html
    inner = "" if mark.replaces else found[2]
    return f"{html[: found.start()]}{found[1]}\n{_box(mark)}{inner}{found[3]}{html[found.end() :]}"


def _box(mark: Mark) -> str:
    paragraphs = "".join(
        f'<p style="margin:4px 0 0">{escape(paragraph)}</p>' for paragraph in mark.text.split("\n\n")
    )
    link = (
        f'<p style="margin:8px 0 0"><a style="{_LINK}" href="{escape(mark.link)}">'
        f"{escape(mark.link_label)}</a></p>"
        if mark.link
        else ""
    )
    label = f'<strong style="{_LABEL}">{escape(mark.label)}</strong>'
    return f'<div role="note" style="{_STYLE}">{label}{paragraphs}{link}</div>\n'
