"""One edition, parsed once for all checks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from stuifmail.model.publications import Rendering
from stuifmail.model.reviews import Finding, Severity

#: Marks a block in the HTML: the class `block-` and the block's id.
BLOCK_CLASS = re.compile(r"(?:^|\s)block-([\w.:-]+)")


@dataclass(frozen=True, slots=True)
class Letter:
    """What the checks look at.

    Args:
        root: of the HTML.
        hosts: host names from which pictures may come.
        subject_chars: longest subject that gets no remark.
    """

    rendering: Rendering
    root: HtmlElement
    hosts: frozenset[str]
    subject_chars: int

    def finding(
        self, code: str, severity: Severity, message: str, remedy: str, element: HtmlElement | None = None
    ) -> Finding:
        """Answer a finding on this edition, at the block that holds the element."""
        return Finding(
            code=code,
            severity=severity,
            place=block_of(element),
            language=self.rendering.language,
            message=message,
            remedy=remedy,
        )

    def elements(self, *tags: str) -> Iterator[HtmlElement]:
        """Yield the elements with these tags, in reading order."""
        yield from self.root.iter(*tags)


def block_of(element: HtmlElement | None) -> str:
    """Answer the id of the block that an element stands in, "" outside of all."""
    while element is not None:
        match = BLOCK_CLASS.search(element.get("class") or "")
        if match:
            return match[1]
        element = element.getparent()
    return ""
