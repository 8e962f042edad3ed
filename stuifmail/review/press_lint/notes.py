"""Label, end mark, notes to editors and boilerplate of a press release. Pure."""

from collections.abc import Iterator

from stuifmail.config.models import Press
from stuifmail.model.publications import Publication
from stuifmail.model.reviews import Finding
from stuifmail.review.press_lint.material import LintMaterial, finding, note_blocks

_BOILERPLATE_WORDS = (40, 80)


def check_marks(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield what is wrong with the label on top and the mark at the end, as they are rendered."""
    remedy = "look at the template of releases, and take the word out of the text"
    for language, text in material.rendered.items():
        label, end = material.label.get(language, ""), material.end.get(language, "")
        # The end mark may hold the word of the label: "– EINDE PERSBERICHT –".
        above = text.replace(end, "") if end else text
        if label and (count := above.count(label)) != 1:
            message = f'the label "{label}" stands there {count} times instead of once'
            yield finding("press-label", "blocking", "", language, message, remedy)
        if end and (count := text.count(end)) != 1:
            message = f'the end mark "{end}" stands there {count} times instead of once'
            yield finding("press-end", "blocking", "", language, message, remedy)
    kinds = [section.kind for section in publication.sections]
    if "notes" in kinds and any(kind != "notes" for kind in kinds[kinds.index("notes") :]):
        message = "text for publication stands after the notes, so after the end of the release"
        yield finding("press-end", "blocking", "notes", "", message, "put the sections with notes last")


def check_notes(publication: Publication, material: LintMaterial) -> Iterator[Finding]:
    """Yield what the notes to editors lack: somebody to write to and to call, and who we are."""
    press = material.config.press
    if press is None:
        return
    blocks = list(note_blocks(publication))
    for language in publication.languages:
        contact = " ".join(block.text.get(language, "") for block in blocks if block.role == "contact")
        if press.contact not in contact:
            message = "the notes do not name the mailbox of the press office"
            remedy = f"add a block with role contact that has {press.contact}"
            yield finding("press-contact", "blocking", "notes", language, message, remedy)
        if not press.phone or press.phone not in contact:
            message = "the notes do not say where editors can call"
            remedy = f"add {press.phone}" if press.phone else "add press.phone in sources.yaml"
            yield finding("press-phone", "warning", "notes", language, message, remedy)
        about = [block for block in blocks if block.role == "about"]
        text = " ".join(block.text.get(language, "") for block in about)
        place = about[0].id if about else "about"
        yield from _check_boilerplate(publication, press, language, text, place)


def _check_boilerplate(
    publication: Publication, press: Press, language: str, text: str, place: str
) -> Iterator[Finding]:
    if not text.strip():
        message = "the release does not say who we are"
        remedy = f"add press.boilerplate.text.{language} in sources.yaml and draft anew, or write it here"
        yield finding("press-boilerplate", "blocking", place, language, message, remedy)
        return
    count = len(text.split())
    if not _BOILERPLATE_WORDS[0] <= count <= _BOILERPLATE_WORDS[1]:
        message = f"the text about us has {count} words"
        remedy = f"make it {_BOILERPLATE_WORDS[0]} to {_BOILERPLATE_WORDS[1]} words long"
        yield finding("press-boilerplate", "warning", place, language, message, remedy)
    current = press.boilerplate
    version = publication.head.boilerplate_version if publication.head else ""
    same = " ".join(text.split()) == " ".join(current.text.get(language, "").split())
    if version != current.version or not same:
        message = f"the text about us is not version {current.version} of sources.yaml"
        remedy = "put the current text here, with head.boilerplate_version; or change it in sources.yaml"
        yield finding("press-boilerplate-version", "warning", place, language, message, remedy)
