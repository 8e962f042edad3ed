"""The smallest things that templates see: words, links and pictures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text and the language it is in.

    Args:
        is_foreign: its language is not the edition's, so it is marked for screen readers.
    """

    text: str
    language: str
    is_foreign: bool = False

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """A link: where to, and what it says."""

    href: str
    label: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """A picture: its public address, what it shows, and whom to thank ("" for nobody)."""

    src: str
    alt: Words
    credit: str = ""


#: Where nothing is said.
NO_WORDS = Words(text="", language="")
