"""What of a draft belongs to records and not to its editors: hidden in its YAML, put back on saving. Pure."""

from collections.abc import Iterator
from typing import Any

from stuifmail.config.codec import to_data
from stuifmail.model.publications import Publication
from stuifmail.model.told import facts_in

#: Fields of blocks that come from records, by the block's kind; "" stands for all kinds.
_BOUND = {"": ("reasons", "also"), "details": ("facts",), "changes": ("lines",)}


def hide_records(data: dict[str, Any]) -> None:
    """Take out of a publication's data what editors neither see nor change."""
    for name in ("figures", "breakdowns"):
        data.pop(name, None)
    for block in _blocks(data):
        for name in (*_BOUND[""], *_BOUND.get(str(block.get("kind")), ())):
            block.pop(name, None)
    if isinstance(data.get("calendar"), dict):
        data["calendar"].pop("facts", None)


def restore_records(data: Any, base: Publication) -> None:
    """Put back into edited data what `hide_records` took out, as the publication that was opened had it.

    Args:
        data: as an editor left it; parts that fit nothing stay as they are, for the checks to name.
    """
    if not isinstance(data, dict):
        return
    data.pop("figures", None)
    data["breakdowns"] = to_data(base)["breakdowns"]
    facts = facts_in(base)
    told = to_data(facts) if facts is not None else None
    opened = {block["id"]: block for block in _blocks(to_data(base))}
    for block in _blocks(data):
        own = opened.get(str(block.get("id")), {})
        if block.get("kind") == "details" and (found := own.get("facts") or told):
            block["facts"] = found
        if block.get("kind") == "changes" and "lines" in own:
            block["lines"] = own["lines"]
    if isinstance(data.get("calendar"), dict) and told:
        data["calendar"]["facts"] = told


def _blocks(data: Any) -> Iterator[dict[str, Any]]:
    sections = data.get("sections") if isinstance(data, dict) else None
    for section in sections if isinstance(sections, list) else ():
        blocks = section.get("blocks") if isinstance(section, dict) else None
        yield from (block for block in blocks or () if isinstance(block, dict))
