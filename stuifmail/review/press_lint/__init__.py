"""The parts of a press release, each held against how desks expect it. Pure.

Source: the usual order and lengths of releases in the Netherlands and abroad. What would make a
release wrong or unlawful blocks; what makes it weak warns; style is advice.
"""

from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.review.press_lint.body import check_body, check_quotes
from stuifmail.review.press_lint.head import check_embargo, check_head, check_headline, check_lead
from stuifmail.review.press_lint.material import KnownName, LintMaterial
from stuifmail.review.press_lint.names import check_names
from stuifmail.review.press_lint.notes import check_marks, check_notes
from stuifmail.review.press_lint.reading import check_reading
from stuifmail.review.press_lint.sisters import check_sisters

__all__ = ["KnownName", "LintMaterial", "lint_release"]


def lint_release(publication: Publication, material: LintMaterial) -> list[Finding]:
    """Answer the findings on a press release, in the order of its parts; none for anything else."""
    if publication.kind != "release":
        return []
    return [
        *check_marks(publication, material),
        *check_embargo(publication),
        *check_head(publication, material),
        *check_headline(publication, material),
        *check_lead(publication, material),
        *check_body(publication, material),
        *check_quotes(publication, material),
        *check_names(publication, material),
        *check_notes(publication, material),
        *check_reading(publication, material),
        *check_sisters(publication, material),
    ]
