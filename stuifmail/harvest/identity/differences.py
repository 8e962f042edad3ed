"""What an edit changed, as a person reads it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from difflib import SequenceMatcher

from stuifmail.harvest.cleaning.links import link_key
from stuifmail.model.items import Change, Entry

#: The fields of an entry that readers see or that decide what is done with it.
_READ = (
    "title", "text", "link", "published_at", "updated_at", "image_url", "kind", "expires_at",
    "language", "categories", "member", "asker", "answered",
)  # fmt: skip
#: An edit of these alone is none: many systems touch the moment of updating for nothing.
_TOUCHED = frozenset({"updated_at"})
#: Longer texts are shown as the sentences that changed, with one sentence around them.
_SHORT = 240
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_CUT = "…"


def is_edit(before: Entry, after: Entry) -> bool:
    """Answer whether readers would see a difference; white space and spellings of links are none."""
    changed = {name for name in _READ if _compared(before, name) != _compared(after, name)}
    return bool(changed - _TOUCHED)


def compare_entries(before: Entry, after: Entry) -> tuple[Change, ...]:
    """Answer field by field what is other than before, long texts cut to what changed.

    In changed texts, words that went stand in [-…-] and words that came in {+…+}.
    """
    return tuple(
        _change(name, getattr(before, name), getattr(after, name))
        for name in _READ
        if _compared(before, name) != _compared(after, name)
    )


def mark_words(before: str, after: str) -> tuple[str, str]:
    """Answer both texts with marks around the words that went, and around those that came."""
    old, new = before.split(), after.split()
    marked_old, marked_new = [], []
    for verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = " ".join(old[a:b]), " ".join(new[c:d])
        if gone:
            marked_old.append(gone if verb == "equal" else f"[-{gone}-]")
        if come:
            marked_new.append(come if verb == "equal" else f"{{+{come}+}}")
    return " ".join(marked_old), " ".join(marked_new)


def _compared(entry: Entry, name: str) -> object:
    value = getattr(entry, name)
    if isinstance(value, str):
        return link_key(value) if name == "link" else " ".join(value.split())
    return tuple(sorted(value)) if isinstance(value, tuple) else value


def _change(name: str, before: object, after: object) -> Change:
    old, new = _say(before), _say(after)
    if name not in ("title", "text") or not (old and new):
        return Change(field=name, before=_shorten(old), after=_shorten(new))
    if max(len(old), len(new)) > _SHORT:
        old, new = _pick_changed(old, new)
    marked = mark_words(old, new)
    return Change(field=name, before=marked[0], after=marked[1])


def _say(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _shorten(text: str) -> str:
    return text if len(text) <= _SHORT else text[:_SHORT].rsplit(" ", 1)[0] + _CUT


def _pick_changed(before: str, after: str) -> tuple[str, str]:
    """Answer only the sentences that changed, each with the one before and after it."""
    old, new = _sentences(before), _sentences(after)
    blocks = [
        code for code in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if code[0] != "equal"
    ]
    return (
        " ".join(_around(old, [(a, b) for _, a, b, _, _ in blocks])),
        " ".join(_around(new, [(c, d) for _, _, _, c, d in blocks])),
    )


def _sentences(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _SENTENCE.split(text) if part and part.strip()]


def _around(sentences: Sequence[str], spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield the sentences of these spans with their neighbours; a cut where others are left out."""
    wanted = {place for start, end in spans for place in range(start - 1, end + 1)}
    last = -1
    for place in sorted(wanted & set(range(len(sentences)))):
        if place != last + 1:
            yield _CUT
        yield sentences[place]
        last = place
    if last != len(sentences) - 1:
        yield _CUT
