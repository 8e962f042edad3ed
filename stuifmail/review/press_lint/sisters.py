"""Language versions of one release: they tell the same facts. Pure."""

from collections.abc import Iterator

from stuifmail.model.blocks import QuoteBlock
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.review.press_lint.material import LintMaterial, finding, passages_of
from stuifmail.review.press_lint.names import find_names


def check_sisters(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield where another language version says something else."""
    for sister in material.sisters:
        if sister.id == publication.id or sister.facts_id != publication.facts_id:
            continue
        if _embargo(publication) != _embargo(sister):
            message = f"{sister.id} has another embargo"
            remedy = "set one for all versions: stuifmail embargo"
            yield finding("press-sister-embargo", "blocking", "embargo", "", message, remedy)
        for what in _differences(publication, sister, material):
            message = f"{sister.id} differs: {what}"
            remedy = "tell the same facts in both, or leave it so on purpose"
            yield finding("press-sister", "warning", "", "", message, remedy)


def _differences(one: Publication, other: Publication, material: LintMaterial) -> Iterator[str]:
    ours, theirs = _figures(one), _figures(other)
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            yield f"figure {name} is {_say(ours.get(name))} here and {_say(theirs.get(name))} there"
    if (here := _quotes(one)) != (there := _quotes(other)):
        yield f"{here} quote(s) here and {there} there"
    if one.head and other.head and one.head.dated_on != other.head.dated_on:
        yield f"it is dated {one.head.dated_on} here and {other.head.dated_on} there"
    if material.allowed_ids is not None:
        names, others = _names(one, material), _names(other, material)
        for name in sorted(names ^ others):
            yield f"{name} is named only {'here' if name in names else 'there'}"


def _figures(publication: Publication) -> dict[str, int]:
    return {figure.id: figure.value for figure in publication.figures}


def _say(value: int | None) -> str:
    return "left out" if value is None else str(value)


def _quotes(publication: Publication) -> int:
    return sum(isinstance(block, QuoteBlock) for block in publication.blocks())


def _names(publication: Publication, material: LintMaterial) -> set[str]:
    """Ids of those who joined, or are to join, and are named in a version."""
    allowed = material.allowed_ids or frozenset()
    return {
        known.id
        for passage in passages_of(publication)
        for known in find_names(passage.text, material.names.get(passage.language, ()))
        if known.id in allowed
    }


def _embargo(publication: Publication) -> tuple[object, str] | None:
    embargo = publication.embargo
    return (embargo.until, embargo.time_zone) if embargo else None
