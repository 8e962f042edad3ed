"""Copies of a letter for looking at: light, dark and without pictures, all from this computer.

A copy shows what a reader sees, but calls nobody: pictures come from the newsroom's files,
any other picture is left out, and the unsubscribe link leads nowhere. Pure.
"""

import re
from collections.abc import Mapping

from stuifmail.model.publications import UNSUBSCRIBE_MARK

_DARK_FEATURE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)")
_LIGHT_FEATURE = re.compile(r"\(\s*prefers-color-scheme\s*:\s*light\s*\)")
_ALWAYS, _NEVER = "(min-width:0px)", "(max-width:0px)"
_SCHEME_META = re.compile(r"(<meta[^>]+name=\"(?:supported-)?color-schemes?\"[^>]+content=\")[^\"]*(\")")
_BLOCK_TAG = re.compile(
    r"<(?P<tag>[a-z][a-z0-9]*)(?P<rest>[^>]*?\sclass=\"(?:[^\"]*\s)?block-(?P<block>[\w.:-]+)[^>]*)>"
)
_SOURCE = re.compile(r"(<img\b[^>]*?\s)(src|srcset)=\"([^\"]*)\"")
_BACKGROUND = re.compile(r"(\bbackground=\")([^\"]*)(\")|(url\(\s*['\"]?)(https?:[^)'\"]*)(['\"]?\s*\))")

#: Shows where a link of the proof page leads to, and opens the letter's own links beside it.
_HEAD = (
    '<base target="_blank">'
    "<style>:target{outline:3px solid #e5a31b;outline-offset:2px;scroll-margin:32px}"
    "html{color-scheme:%s}</style>"
)


def make_copy(html: str, pictures: Mapping[str, str], *, dark: bool = False, bare: bool = False) -> str:
    """Answer a copy of the letter's HTML to look at.

    Args:
        html: as rendered.
        pictures: address in the copy by public address; a picture without one is left out.
        dark: force dark mode; light mode otherwise, whatever the computer is set to.
        bare: without any picture, as many mail programs show it at first.
    """
    shown = html.replace(UNSUBSCRIBE_MARK, "#")
    shown = _with_block_ids(_with_pictures(shown, {} if bare else pictures))
    shown = _DARK_FEATURE.sub(_ALWAYS if dark else _NEVER, shown)
    shown = _LIGHT_FEATURE.sub(_NEVER if dark else _ALWAYS, shown)
    scheme = "dark" if dark else "light"
    shown = _SCHEME_META.sub(rf"\g<1>{scheme}\g<2>", shown)
    return shown.replace("</head>", _HEAD % scheme + "</head>", 1)


def has_block(html: str, block_id: str) -> bool:
    """Answer whether the letter marks where this block stands."""
    return any(match["block"] == block_id for match in _BLOCK_TAG.finditer(html))


def _with_pictures(html: str, pictures: Mapping[str, str]) -> str:
    def local(match: re.Match[str]) -> str:
        address = match[3].replace("&amp;", "&")
        if match[2] == "src" and address in pictures:
            return f'{match[1]}src="{pictures[address]}"'
        return match[1]

    def background(match: re.Match[str]) -> str:
        before, address, after = (
            (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        )
        return f"{before}{pictures.get(address.replace('&amp;', '&'), '')}{after}"

    return _BACKGROUND.sub(background, _SOURCE.sub(local, html))


def _with_block_ids(html: str) -> str:
    """Give the first element of each block an id, so that the proof page can lead to it."""
    seen: set[str] = set()

    def identify(match: re.Match[str]) -> str:
        block = match["block"]
        if block in seen or " id=" in match["rest"]:
            return match[0]
        seen.add(block)
        return f'<{match["tag"]} id="block-{block}"{match["rest"]}>'

    return _BLOCK_TAG.sub(identify, html)
