"""Reports for people, as Markdown, from templates/reports."""

from collections.abc import Mapping

from stuifmail.model.reports import PeriodReport
from stuifmail.model.texts import LocalText, pick_text
from stuifmail.render.templates import TemplateFolder

_FALLBACK = "en"
_ESCAPES = str.maketrans({"|": "\\|", "\n": " ", "<": "&lt;", ">": "&gt;"})


def render_report(
    templates: TemplateFolder,
    report: PeriodReport,
    language: str,
    *,
    time_zone: str,
    kinds: Mapping[str, LocalText],
    roles: Mapping[str, LocalText],
) -> str:
    """Answer a report as Markdown.

    Args:
        language: two-letter code; English where there is no template of this language.
        time_zone: in which people read times.
        kinds, roles: names of kinds of members, and of roles, by id.

    Raises:
        InvalidTemplate: the template is missing or wrong.
    """
    file = f"reports/period.{language}.txt"
    chosen = language if templates.has(file) else _FALLBACK

    def name(text: LocalText) -> str:
        """The name in the report's language, fit for a cell of a table."""
        return pick_text(text, chosen).translate(_ESCAPES)

    context = {
        "report": report,
        "zone": time_zone,
        "name": name,
        "cell": lambda text: str(text).translate(_ESCAPES),
        "kind_name": lambda kind: name(kinds.get(kind, {"": kind})),
        "role_name": lambda role: name(roles.get(role, {"": role})),
    }
    return templates.render(f"reports/period.{chosen}.txt", context).strip() + "\n"
