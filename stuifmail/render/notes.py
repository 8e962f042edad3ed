"""Ready-made letters of the secretariat, from templates/notes: plain text, subject in the first line."""

from collections.abc import Mapping
from typing import Any

from stuifmail.errors import InvalidTemplate
from stuifmail.render.templates import TemplateFolder

_FALLBACK = "en"


def render_note(
    templates: TemplateFolder, name: str, language: str, context: Mapping[str, Any]
) -> tuple[str, str]:
    """Answer subject and text of a letter.

    Args:
        name: of the template in `notes`, without language and ending ("source").
        language: two-letter code; English where there is no template of this language.
        context: what the template may see.

    Raises:
        InvalidTemplate: the template is missing or wrong, or has no subject in its first line.
    """
    file = f"notes/{name}.{language}.txt"
    if not templates.has(file):
        file = f"notes/{name}.{_FALLBACK}.txt"
    first, _, rest = templates.render(file, context).strip().partition("\n")
    _, colon, subject = first.partition(":")
    if not colon or not subject.strip():
        raise InvalidTemplate(
            "the first line is no subject",
            place=f"templates/{file}:1",
            remedy='write it as "Onderwerp: …" or "Subject: …"',
        )
    return subject.strip(), f"{rest.strip()}\n"
