"""Refuses MJML that the renderer would pass in silence and spoil.

All problems are found at once, each with the template's file, line and column. Compared by
hand with the validator of npm mjml 4.18.0 on the fixtures of the tests: what it refuses is
refused here too. On purpose stricter here: alt, lang, dir and title are required; colours are
six digits (Outlook's VML needs them) and never names; mj-font, mj-include and attributes that
the renderer ignores are refused; HTML inside must be closed; links lead somewhere.
"""

import re
from collections.abc import Iterable, Iterator

from stuifmail.model.problems import Problem
from stuifmail.render.markup import Node, Place, parse_markup, problem_at
from stuifmail.render.spelling import did_you_mean
from stuifmail.render.tag_table import TAGS, Tag, ValueType
from stuifmail.render.tags import (
    COMMON_ATTRIBUTES,
    EMPTY,
    IGNORED_ATTRIBUTES,
    REFUSED_TAGS,
    TEXT_ONLY,
    tags_that_may_hold,
)

#: HTML that may not be in a letter: it acts, loads, or is stripped by mail programs.
_REFUSED_HTML = frozenset(
    {"applet", "audio", "base", "embed", "form", "frame", "iframe", "input", "link"}
    | {"meta", "object", "script", "select", "textarea", "video"}
)
_UNSAFE_ADDRESS = re.compile(r"\s*(javascript|vbscript|data|file|cid):", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}|transparent")


def lint_mjml(source: str, *, file: str = "") -> tuple[Problem, ...]:
    """Answer every problem of rendered MJML, in the order of the letter; empty when it is fine.

    Args:
        source: MJML as `TemplateFolder.render` answers it.
        file: what to call the source where it carries no places.
    """
    markup = parse_markup(source, file=file)
    problems = list(markup.problems)
    roots = [node for node in markup.roots if node.name == "mjml"]
    if len(roots) != 1 or len(markup.roots) != 1:
        place = markup.roots[0].place if markup.roots else Place(file=file, line=1)
        problems.append(
            problem_at(place, "a letter is one <mjml> element", "put all of it in one <mjml>…</mjml>")
        )
    for root in roots:
        problems.extend(_check_letter(root, source))
        problems.extend(_check_tree(root, source))
    return tuple(dict.fromkeys(problems))


def _check_letter(root: Node, source: str) -> Iterator[Problem]:
    """The things that a letter has once."""
    if root.find("mj-style") is None and root.find("mj-title") is None and root.find("mj-head") is None:
        yield problem_at(root.place, "the letter has no <mj-head>", "write one with <mj-title> in it")
    title = root.find("mj-title")
    if title is None or not source[title.content_start : title.content_end].strip():
        place = title.place if title else (root.find("mj-head") or root).place
        yield problem_at(
            place, "the letter has no title", "write <mj-title>{{ subject }}</mj-title> in <mj-head>"
        )
    bodies = [node for node in root.children if node.name == "mj-body"]
    if not bodies:
        yield problem_at(root.place, "the letter has no <mj-body>", "write one after <mj-head>")
    for extra in bodies[1:]:
        yield problem_at(extra.place, "a second <mj-body>", "put its content in the first one")


def _check_tree(root: Node, source: str) -> Iterator[Problem]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = TAGS.get(node.name)
        if node.name == "mj-attributes":
            yield from _check_defaults(node)
        elif inside and inside.holds_html:
            yield from _check_tag(node, inside)
            yield from _check_content(node, source)
            yield from _check_html_in(node)
            yield from _check_style(node, source)
        else:
            yield from _check_tag(node, inside)
            if inside:  # what stands in an unknown tag is judged when the tag is known
                waiting.extend(reversed(node.children))
                yield from _check_loose_text(node, source)


def _check_tag(node: Node, rule: Tag | None) -> Iterator[Problem]:
    if rule is None:
        yield _unknown_tag(node)
        return
    parent = node.parent
    if parent is not None and parent.name in TAGS and node.name not in TAGS[parent.name].children:
        yield _misplaced(node, parent)
    yield from _check_attributes(node, rule)
    for name, remedy in rule.required.items():
        if name not in node.attributes or (name != "alt" and not node.attributes[name].strip()):
            yield problem_at(node.place, f"<{node.name}> has no {name}", remedy)


def _unknown_tag(node: Node) -> Problem:
    if node.name in REFUSED_TAGS:
        return problem_at(node.place, f"<{node.name}> is not allowed", REFUSED_TAGS[node.name])
    if not node.name.startswith("mj"):
        remedy = "write HTML inside <mj-text>, <mj-table> or <mj-raw>"
        return problem_at(node.place, f"<{node.name}> may not stand between MJML tags", remedy)
    hint = did_you_mean(node.name, TAGS)
    return problem_at(node.place, f"there is no tag <{node.name}>", hint or "see the list of MJML's tags")


def _misplaced(node: Node, parent: Node) -> Problem:
    homes = tags_that_may_hold(node.name)
    remedy = f"it may stand in {_one_of(homes)}" if homes else "it stands outside of everything"
    return problem_at(node.place, f"<{node.name}> may not stand in <{parent.name}>", remedy)


def _one_of(names: Iterable[str]) -> str:
    *most, last = (f"<{name}>" for name in names)
    return f"{', '.join(most)} or {last}" if most else last


def _check_attributes(node: Node, rule: Tag) -> Iterator[Problem]:
    known = {**rule.attributes, **COMMON_ATTRIBUTES}
    for name, value in node.attributes.items():
        if (node.name, name) in IGNORED_ATTRIBUTES:
            message = f"<{node.name}> {name} has no effect here"
            yield problem_at(node.place, message, IGNORED_ATTRIBUTES[node.name, name])
        elif name not in known:
            message = f"<{node.name}> has no attribute {name}"
            hint = did_you_mean(name, known)
            yield problem_at(node.place, message, hint or f"it has: {', '.join(sorted(known))}")
        else:
            yield from _check_value(node, name, value, known[name])


def _check_value(node: Node, name: str, value: str, kind: ValueType) -> Iterator[Problem]:
    if not fits(value, kind):
        yield problem_at(node.place, f"<{node.name}> {name}=“{value}” is not possible", explain(kind))
    elif name == "href" and not value.strip("# "):
        yield problem_at(
            node.place, f"<{node.name}> has an empty link", "write where it leads to, or take it away"
        )
    elif name in ("href", "src") and _UNSAFE_ADDRESS.match(value):
        yield problem_at(
            node.place, f"<{node.name}> {name}=“{value[:40]}” is not allowed", "write an https address"
        )


def fits(value: str, kind: ValueType) -> bool:
    """Answer whether an attribute's value is of this type (see `tag_table.ValueType`)."""
    if kind == "text":
        return True
    if kind == "colour":
        return _COLOUR.fullmatch(value) is not None
    if kind == "integer":
        return value.isascii() and value.isdigit()
    if kind == "boolean":
        return value in ("true", "false")
    if "px" in kind:
        return _is_size(value, kind)
    return value in kind.split("|")


def _is_size(value: str, kind: ValueType) -> bool:
    units, _, most = kind.partition(" x")
    sign = "-?" if units.startswith("-") else ""
    allowed = units.removeprefix("-").split(",")
    measures = "|".join(re.escape(unit) for unit in allowed if unit != "auto")
    one = re.compile(rf"{sign}(\d+\.?\d*|\.\d+)({measures})|0" + ("|auto" if "auto" in allowed else ""))
    parts = value.split()
    return 1 <= len(parts) <= int(most or 1) and all(one.fullmatch(part) for part in parts)


def explain(kind: ValueType) -> str:
    """Answer in words what an attribute of this type may hold."""
    fixed = {
        "colour": "write a colour as # and six digits, such as #1f3a2a",
        "integer": "write a whole number",
        "boolean": "write true or false",
    }
    if kind in fixed:
        return fixed[kind]
    if "px" not in kind:
        return f"write one of: {', '.join(choice for choice in kind.split('|') if choice)}"
    units, _, most = kind.partition(" x")
    names = [unit or "no unit" for unit in units.removeprefix("-").split(",")]
    many = f"one to {most} sizes" if most else "one size"
    return f"write {many} in {' or '.join(names)}"


def _check_defaults(head: Node) -> Iterator[Problem]:
    """What stands in mj-attributes: defaults for a tag, for all, or under a class name."""
    everything = {name: kind for rule in TAGS.values() for name, kind in rule.attributes.items()}
    for node in head.children:
        if node.name in ("mj-all", "mj-class"):
            known = everything | ({"name": "text"} if node.name == "mj-class" else {})
        elif node.name in TAGS:
            known = dict(TAGS[node.name].attributes)
        else:
            yield _unknown_tag(node)
            continue
        rule = Tag(attributes=known, required={})
        yield from _check_attributes(node, rule)
        for child in node.children:
            yield problem_at(child.place, f"<{child.name}> may not stand in <{node.name}>", "take it out")


def _check_content(node: Node, source: str) -> Iterator[Problem]:
    if node.name in TEXT_ONLY and node.children:
        yield problem_at(node.place, f"<{node.name}> holds a tag", "write plain text in it")
    if node.name in EMPTY and source[node.content_start : node.content_end].strip():
        yield problem_at(node.place, f"<{node.name}> holds something", "close it at once: <… />")


def _check_style(node: Node, source: str) -> Iterator[Problem]:
    css = source[node.content_start : node.content_end]
    if node.name == "mj-style" and "inline" in node.attributes and "@" in css:
        yield problem_at(
            node.place, "an inlined style cannot hold @media", "move it to an <mj-style> without inline"
        )
    if node.name == "mj-style" and re.search(r"@import|url\(\s*[\"']?https?:", css):
        yield problem_at(node.place, "a style loads something from elsewhere", "take @import and url(…) out")


def _check_html_in(node: Node) -> Iterator[Problem]:
    for inner in node.walk():
        if inner is not node:
            yield from _check_html(inner)


def _check_html(node: Node) -> Iterator[Problem]:
    name = node.name.lower()
    if name.startswith("mj-") or name == "mjml":
        yield problem_at(
            node.place, f"<{node.name}> may not stand in HTML", "close <mj-text> or <mj-raw> before it"
        )
    if name in _REFUSED_HTML:
        yield problem_at(node.place, f"<{node.name}> is not allowed in a letter", "take it out")
    if name == "img" and "alt" not in node.attributes:
        yield problem_at(node.place, "<img> has no alt", TAGS["mj-image"].required["alt"])
    if name == "table" and node.attributes.get("role") not in ("presentation", "none", "table"):
        remedy = 'write role="presentation" for layout, role="table" for data'
        yield problem_at(node.place, "<table> has no role", remedy)
    if name == "a" and not node.attributes.get("href", "").strip("# "):
        yield problem_at(node.place, "<a> has an empty link", "write where it leads to, or take it away")
    yield from _check_html_attributes(node)


def _check_html_attributes(node: Node) -> Iterator[Problem]:
    for key, value in node.attributes.items():
        if key.lower().startswith("on"):
            yield problem_at(node.place, f"<{node.name}> {key} is a script", "take it out")
        if key.lower() in ("href", "src", "background") and _UNSAFE_ADDRESS.match(value):
            message = f"<{node.name}> {key}=“{value[:40]}” is not allowed"
            yield problem_at(node.place, message, "write an https address")


def _check_loose_text(node: Node, source: str) -> Iterator[Problem]:
    """Text between MJML tags is lost or breaks the layout."""
    offset, shown = node.content_start, ""
    for child in [*node.children, None]:
        end = child.start if child else node.content_end
        shown = shown or re.sub(r"<!--.*?-->", "", source[offset:end], flags=re.DOTALL).strip()
        offset = child.end if child else end
    if shown and not shown.startswith("<"):
        message = f"loose text “{shown[:30]}” in <{node.name}>"
        yield problem_at(node.place, message, "put text in <mj-text>")
