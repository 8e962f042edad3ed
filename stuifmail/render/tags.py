"""What MJML allows in this house: the table of tags, and what is refused although MJML has it."""

from collections.abc import Mapping

from stuifmail.render.tag_table import TAGS, ValueType

#: Attributes that every tag may have.
COMMON_ATTRIBUTES: Mapping[str, ValueType] = {"css-class": "text", "mj-class": "text"}

#: Tags that may hold plain text only.
TEXT_ONLY = frozenset({"mj-preview", "mj-style", "mj-title"})

#: Tags that may hold nothing at all.
EMPTY = frozenset({"mj-carousel-image", "mj-divider", "mj-image", "mj-spacer"})

#: MJML tags that templates may not use, and what to do instead.
REFUSED_TAGS: Mapping[str, str] = {
    "mj-include": 'use {% include "file.mjml" %}: MJML itself may not open files',
    "mj-font": "use fonts that readers have: a font link calls a third party from the reader's mail program",
    "mj-html-attributes": "write the attributes where they belong: this renderer does not know the tag",
    "mj-selector": "write the attributes where they belong: this renderer does not know the tag",
    "mj-html-attribute": "write the attributes where they belong: this renderer does not know the tag",
}

#: Attributes of MJML without effect in this renderer, and what to do instead.
IGNORED_ATTRIBUTES: Mapping[tuple[str, str], str] = {
    ("mj-wrapper", "gap"): "give the sections padding",
    ("mj-raw", "position"): "leave it out",
    ("mj-social-element", "icon-position"): "leave it out",
    ("mj-table", "role"): 'write the table in mj-raw or mj-text with role="presentation"',
    ("mj-image", "sizes"): "leave it out",
    ("mj-button", "title"): "say it in the button's text",
    ("mj-hero", "border-radius"): "round the picture itself",
    ("mj-hero", "container-background-color"): "use background-color",
    ("mj-hero", "mode"): "give the hero a height",
    ("mj-image", "border-top"): "use border",
    ("mj-image", "border-bottom"): "use border",
    ("mj-table", "font-weight"): "set it with style on the cells",
    ("mj-accordion-title", "font-weight"): "set it with style inside",
    ("mj-text", "background-color"): "use container-background-color",
    ("mj-section", "text-padding"): "use padding",
    ("mj-wrapper", "text-padding"): "use padding",
    ("mjml", "owa"): "leave it out",
}


def tags_that_may_hold(tag: str) -> tuple[str, ...]:
    """Answer the tags in which `tag` may stand, in alphabetical order."""
    return tuple(sorted(name for name, rule in TAGS.items() if tag in rule.children))
