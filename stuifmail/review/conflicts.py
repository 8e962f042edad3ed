"""One number, one value: what other publications of the newsroom say of the same figures. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from stuifmail.model.figures import Figure
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Dossier, Finding, PublicationState

_OUTGOING = (PublicationState.APPROVED, PublicationState.QUEUED, PublicationState.SENT)

#: Metrics that run on while an event is still to come: what was true last week was true.
_RUNNING = ("registered", "announced")


def check_conflicts(publication: Publication, others: Iterable[Dossier], *, ledger: str) -> list[Finding]:
    """Answer the findings on figures that another publication shows otherwise.

    What was taken back or corrected says nothing any more, and a correction may differ from what
    it corrects. The membership changes from day to day: it has to agree on the same day only.

    Args:
        others: all publications, this one too.
        ledger: source of the figures that are counted anew each day.
    """
    shown = {figure.id: figure for figure in publication.figures}
    return [
        finding
        for other in others
        if (severity := _weight(publication, other))
        for figure in other.revision.publication.figures
        if (ours := shown.get(figure.id)) is not None and _differ(ours, figure, ledger)
        for finding in [_conflict(publication, other, ours, figure, severity)]
    ]


def check_internal(publication: Publication) -> Iterator[Finding]:
    """Yield the findings on figures that are for the secretariat only."""
    internal = {figure.id for figure in publication.figures if figure.internal}
    for place, name in dict.fromkeys(publication.figure_uses()):
        if name in internal:
            yield Finding(
                code="internal-figure",
                severity="blocking",
                place=place,
                message=f"{name} is for the secretariat only and may stand in nothing that is sent",
                remedy="take it out",
            )


def _weight(publication: Publication, other: Dossier) -> str:
    """Answer how heavy a difference weighs: "" where the other publication does not count."""
    theirs = other.revision.publication
    if other.id in (publication.id, publication.corrects) or other.killed_at or other.corrected_by:
        return ""
    if other.state == PublicationState.KILLED or theirs.corrects == publication.id:
        return ""
    if other.state in _OUTGOING:
        return "blocking"
    return "warning" if publication.facts_id and theirs.facts_id == publication.facts_id else ""


def _differ(ours: Figure, theirs: Figure, ledger: str) -> bool:
    if (ours.value, ours.definition) == (theirs.value, theirs.definition):
        return False
    if ours.id.rpartition(".")[2] in _RUNNING:
        return False
    is_membership = ours.source_id == theirs.source_id == ledger and ours.id.startswith("members.")
    return not is_membership or _day(ours.computed_at) == _day(theirs.computed_at)


def _day(moment: datetime) -> object:
    return moment.date()


def _conflict(
    publication: Publication, other: Dossier, ours: Figure, theirs: Figure, severity: str
) -> Finding:
    place = next((place for place, name in publication.figure_uses() if name == ours.id), "")
    alike = "" if ours.definition == theirs.definition else f", counted by {theirs.definition}"
    corrected = f"correct {other.id}" if other.state == PublicationState.SENT else f"save {other.id} anew"
    return Finding(
        code="figure-conflict",
        severity=severity,  # type: ignore[arg-type]
        place=place,
        message=f"{ours.id} is {ours.value} in {publication.id}, but {theirs.value} in {other.id}{alike}",
        remedy=f"see which one the record says: then {corrected}, or save this one with the record's number",
    )


def check_overrides(drifts: Iterable[tuple[str, int, int, int | None]], shown: Publication) -> list[Finding]:
    """Answer the findings on editors' own numbers over what has been counted anew since.

    Args:
        drifts: figure id, the editor's number, what was counted then, and what is counted now.
    """
    places = {name: place for place, name in shown.figure_uses()}
    return [
        Finding(
            code="override-outdated",
            severity="warning",
            place=places[name],
            message=f"{name} is {value} by an editor's hand over {then}; it is counted as "
            f"{'nothing any more' if now is None else now} now",
            remedy=f"end it (stuifmail override {name} --end) or give it anew with its reason",
        )
        for name, value, then, now in drifts
        if name in places
    ]
