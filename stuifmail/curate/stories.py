"""The same news from several members is one story."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from stuifmail.model.items import Item
from stuifmail.model.names import fold_name

#: Shorter titles ("Nieuwsbrief mei") are too common to say that two pieces are the same.
TITLE_WORDS = 3

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "pk_", "mtm_", "at_medium", "at_campaign")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One piece of news.

    Args:
        item: the earliest piece, which tells it.
        others: the later ones.
        credits: ids of the members who bring it, the earliest first; the secretariat is none.
    """

    item: Item
    others: tuple[Item, ...] = ()
    credits: tuple[str, ...] = ()


def gather_stories(items: Sequence[Item]) -> list[Story]:
    """Answer the stories that these items tell, the earliest first.

    Pieces are the same when their titles say the same in at least three words, or when they
    link to the same page.
    """
    groups: list[list[Item]] = []
    group_of: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: (item.dated_at, item.id)):
        marks = list(_marks(item))
        known = [group_of[mark] for mark in marks if mark in group_of]
        group = _join(known, groups, group_of)
        group.append(item)
        group_of |= dict.fromkeys(marks, group)
    return [_tell(group) for group in groups]


def _join(
    known: Sequence[list[Item]], groups: list[list[Item]], group_of: dict[str, list[Item]]
) -> list[Item]:
    """Answer the one group of all that are known to be the same; a new one for none."""
    if not known:
        groups.append([])
        return groups[-1]
    first = known[0]
    for other in known[1:]:
        if other is not first:
            first += other
            groups[:] = [group for group in groups if group is not other]
            group_of |= {mark: first for mark, group in group_of.items() if group is other}
    return first


def _tell(group: list[Item]) -> Story:
    pieces = sorted(group, key=lambda item: (item.dated_at, item.id))
    members = tuple(dict.fromkeys(item.member_id for item in pieces if item.member_id))
    return Story(item=pieces[0], others=tuple(pieces[1:]), credits=members)


def _marks(item: Item) -> Iterator[str]:
    title = fold_name(item.entry.title)
    if len(title.split()) >= TITLE_WORDS:
        yield f"title {title}"
    link = canonical_link(item.entry.link or "")
    if link:
        yield f"link {link}"


def canonical_link(link: str) -> str:
    """Answer an address in the form that is compared; "" for a site's front page.

    Scheme, "www.", fragment, closing slash and tracking parameters make no difference.
    """
    parts = urlsplit(link)
    path = parts.path.rstrip("/")
    query = urlencode(
        sorted(
            (name, value) for name, value in parse_qsl(parts.query) if not name.lower().startswith(_TRACKING)
        )
    )
    if not parts.netloc or not (path or query):
        return ""
    return f"{parts.netloc.lower().removeprefix('www.')}{path}" + (f"?{query}" if query else "")
