"""The tags of MJML, where each may stand, and the attributes each may have.

Taken from MJML 4's documentation and its validator's behaviour, less what the renderer in
use here does not do: an attribute that has no effect would pass in silence otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

#: The type of an attribute's value: "text", "colour", "integer", "boolean", a choice
#: ("left|center|right"), or a size: its units, then how many at most ("px,% x4").
ValueType: TypeAlias = str

_ALIGN = "left|center|right"
_VERTICAL = "top|middle|bottom"
_SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One MJML tag.

    Args:
        children: the tags that may stand directly in it.
        attributes: type of each attribute.
        holds_html: its content is HTML or plain text, not MJML.
        required: attributes that may not be missing, with what to write.
    """

    children: frozenset[str] = frozenset()
    attributes: Mapping[str, ValueType]
    holds_html: bool = False
    required: Mapping[str, str]


def _types(*groups: Mapping[str, ValueType], **singles: ValueType) -> dict[str, ValueType]:
    """Join groups and single attributes; an underscore stands for a hyphen."""
    joined: dict[str, ValueType] = {}
    for group in groups:
        joined.update(group)
    joined.update({name.replace("_", "-"): kind for name, kind in singles.items()})
    return joined


def _sides(name: str, kind: ValueType, whole: ValueType) -> dict[str, ValueType]:
    return {name: whole, **{f"{name}-{side}": kind for side in _SIDES}}


_PADDING = _sides("padding", "px,%", "px,% x4")
_BORDER = _sides("border", "text", "text")
_CONTAINER = {"container-background-color": "colour"}
_FONT = _types(color="colour", font_family="text", font_size="px", font_weight="text")
_LINES = {"line-height": "px,%,"}
_SPACING = {"letter-spacing": "-px,em"}
_LINK = _types(href="text", rel="text", target="text")
_BACKGROUND = _types(
    background_color="colour",
    background_url="text",
    background_repeat="repeat|no-repeat",
    background_size="text",
    background_position="text",
    background_position_x="text",
    background_position_y="text",
)
_ICONS = _types(
    icon_align=_VERTICAL,
    icon_width="px,%",
    icon_height="px,%",
    icon_wrapped_url="text",
    icon_wrapped_alt="text",
    icon_unwrapped_url="text",
    icon_unwrapped_alt="text",
    icon_position="left|right",
)
_SECTION = _types(
    _BACKGROUND,
    _BORDER,
    _PADDING,
    border_radius="px,% x4",
    direction="ltr|rtl",
    full_width="full-width|false|",
    text_align=_ALIGN,
    text_padding="px,% x4",
)
_CONTENT = (
    "mj-accordion mj-button mj-carousel mj-divider mj-image mj-navbar "
    "mj-raw mj-social mj-spacer mj-table mj-text"
)
_HEAD = "mj-attributes mj-breakpoint mj-preview mj-raw mj-style mj-title"


def _tag(
    children: str,
    attributes: Mapping[str, ValueType],
    *,
    holds_html: bool = False,
    required: Mapping[str, str] | None = None,
) -> Tag:
    return Tag(
        children=frozenset(children.split()),
        attributes=attributes,
        holds_html=holds_html,
        required=required or {},
    )


def _leaf(attributes: Mapping[str, ValueType], **required: str) -> Tag:
    named = {name.replace("_", "-"): remedy for name, remedy in required.items()}
    return _tag("", attributes, holds_html=True, required=named)


_ALT = 'write alt="what the picture shows", or alt="" when it only decorates'
_SRC = "write src with the picture's address"
_HREF = "write href with the address it leads to"

_STRUCTURE: dict[str, Tag] = {
    "mjml": _tag(
        "mj-body mj-head",
        _types(lang="text", dir="ltr|rtl|auto"),
        required={
            "lang": 'write lang="{{ language }}": screen readers choose their voice by it',
            "dir": 'write dir="ltr", or "rtl" for languages from right to left',
        },
    ),
    "mj-head": _tag(_HEAD, {}),
    "mj-body": _tag(
        "mj-hero mj-raw mj-section mj-wrapper", _types(background_color="colour", width="px", id="text")
    ),
    "mj-attributes": _tag("", {}),
    "mj-breakpoint": _tag("", {"width": "px"}),
    "mj-preview": _leaf({}),
    "mj-style": _leaf({"inline": "inline"}),
    "mj-title": _leaf({}),
    "mj-raw": _leaf({}),
    "mj-wrapper": _tag("mj-hero mj-raw mj-section", _SECTION),
    "mj-section": _tag("mj-column mj-group mj-raw", _SECTION),
    "mj-group": _tag(
        "mj-column mj-raw",
        _types(background_color="colour", direction="ltr|rtl", vertical_align=_VERTICAL, width="px,%"),
    ),
    "mj-column": _tag(
        _CONTENT,
        _types(
            _BORDER,
            _PADDING,
            _sides("inner-border", "text", "text"),
            background_color="colour",
            border_radius="px,% x4",
            direction="ltr|rtl",
            inner_background_color="colour",
            inner_border_radius="px,% x4",
            vertical_align=_VERTICAL,
            width="px,%",
        ),
    ),
    "mj-hero": _tag(
        _CONTENT,
        _types(
            _PADDING,
            _CONTAINER,
            _sides("inner-padding", "px,%", "px,% x4"),
            background_color="colour",
            background_height="px,%",
            background_position="text",
            background_url="text",
            background_width="px,%",
            border_radius="text",
            height="px,%",
            inner_background_color="colour",
            mode="fixed-height",
            vertical_align=_VERTICAL,
        ),
    ),
}

_CONTENTS: dict[str, Tag] = {
    "mj-text": _leaf(
        _types(
            _PADDING,
            _CONTAINER,
            _FONT,
            _LINES,
            _SPACING,
            align="left|right|center|justify",
            font_style="text",
            height="px,%",
            text_decoration="text",
            text_transform="text",
        )
    ),
    "mj-button": _leaf(
        _types(
            _PADDING,
            _CONTAINER,
            _BORDER,
            _FONT,
            _LINES,
            _SPACING,
            _LINK,
            align=_ALIGN,
            background_color="colour",
            border_radius="text",
            font_style="text",
            height="px,%",
            inner_padding="px,% x4",
            name="text",
            text_align=_ALIGN,
            text_decoration="text",
            text_transform="text",
            vertical_align=_VERTICAL,
            width="px,%",
        ),
        href=_HREF,
    ),
    "mj-image": _leaf(
        _types(
            _PADDING,
            _CONTAINER,
            _BORDER,
            _LINK,
            align=_ALIGN,
            alt="text",
            border_radius="px,% x4",
            fluid_on_mobile="boolean",
            font_size="px",
            height="px,auto",
            max_height="px,%",
            name="text",
            src="text",
            srcset="text",
            title="text",
            usemap="text",
            width="px",
        ),
        alt=_ALT,
        src=_SRC,
    ),
    "mj-divider": _leaf(
        _types(
            _PADDING,
            _CONTAINER,
            align=_ALIGN,
            border_color="colour",
            border_style="text",
            border_width="px",
            width="px,%",
        )
    ),
    "mj-spacer": _leaf(_types(_PADDING, _CONTAINER, height="px,%")),
    "mj-table": _leaf(
        _types(
            _PADDING,
            _CONTAINER,
            _FONT,
            _LINES,
            align=_ALIGN,
            border="text",
            cellpadding="integer",
            cellspacing="integer",
            table_layout="auto|fixed|initial|inherit",
            width="px,%,auto",
        )
    ),
}

_WIDGETS: dict[str, Tag] = {
    "mj-social": _tag(
        "mj-raw mj-social-element",
        _types(
            _PADDING,
            _CONTAINER,
            _FONT,
            _LINES,
            align=_ALIGN,
            border_radius="px,%",
            font_style="text",
            icon_height="px,%",
            icon_padding="px,% x4",
            icon_size="px,%",
            inner_padding="px,% x4",
            mode="horizontal|vertical",
            text_decoration="text",
            text_padding="px,% x4",
        ),
    ),
    "mj-social-element": _leaf(
        _types(
            _PADDING,
            _FONT,
            _LINES,
            _LINK,
            align=_ALIGN,
            alt="text",
            background_color="colour",
            border_radius="px",
            font_style="text",
            icon_height="px,%",
            icon_padding="px,% x4",
            icon_size="px,%",
            name="text",
            src="text",
            text_decoration="text",
            text_padding="px,% x4",
            title="text",
            vertical_align=_VERTICAL,
        ),
        alt=_ALT,
        src="write src: without it the icon comes from a third party's server",
    ),
    "mj-navbar": _tag(
        "mj-navbar-link mj-raw",
        _types(
            _PADDING,
            _sides("ico-padding", "px,%", "px,% x4"),
            align=_ALIGN,
            base_url="text",
            hamburger="text",
            ico_align=_ALIGN,
            ico_close="text",
            ico_color="colour",
            ico_font_family="text",
            ico_font_size="px,%",
            ico_line_height="px,%,",
            ico_open="text",
            ico_text_decoration="text",
            ico_text_transform="text",
        ),
    ),
    "mj-navbar-link": _leaf(
        _types(
            _PADDING,
            _FONT,
            _LINES,
            _SPACING,
            _LINK,
            font_style="text",
            name="text",
            text_decoration="text",
            text_transform="text",
        ),
        href=_HREF,
    ),
    "mj-accordion": _tag(
        "mj-accordion-element mj-raw",
        _types(_PADDING, _CONTAINER, _ICONS, border="text", font_family="text"),
    ),
    "mj-accordion-element": _tag(
        "mj-accordion-text mj-accordion-title mj-raw",
        _types(_ICONS, background_color="colour", border="text", font_family="text"),
    ),
    "mj-accordion-title": _leaf(_types(_PADDING, _FONT, background_color="colour")),
    "mj-accordion-text": _leaf(_types(_PADDING, _FONT, _LINES, _SPACING, background_color="colour")),
    "mj-carousel": _tag(
        "mj-carousel-image",
        _types(
            _PADDING,
            _CONTAINER,
            align=_ALIGN,
            border_radius="px,% x4",
            icon_width="px,%",
            left_icon="text",
            right_icon="text",
            tb_border="text",
            tb_border_radius="px,%",
            tb_hover_border_color="colour",
            tb_selected_border_color="colour",
            tb_width="px,%",
            thumbnails="visible|hidden|supported",
        ),
        required={
            "left-icon": "write left-icon: without it the arrow comes from a third party's server",
            "right-icon": "write right-icon: without it the arrow comes from a third party's server",
        },
    ),
    "mj-carousel-image": _leaf(
        _types(
            _LINK,
            alt="text",
            border_radius="px,% x4",
            src="text",
            tb_border="text",
            tb_border_radius="px,% x4",
            thumbnails_src="text",
            title="text",
        ),
        alt=_ALT,
        src=_SRC,
    ),
}

#: Every tag that templates may use.
TAGS: Mapping[str, Tag] = {**_STRUCTURE, **_CONTENTS, **_WIDGETS}
