"""The page on sentences of press releases lists what can be filled in."""

import re
from pathlib import Path

from stuifmail.compose.releases import BLANKS


def test_the_page_lists_every_blank_with_its_meaning(root: Path) -> None:
    page = (root / "docs" / "press.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `\{(\w+)\}` \| (.+) \|$", page, re.MULTILINE))
    assert listed == dict(BLANKS)
