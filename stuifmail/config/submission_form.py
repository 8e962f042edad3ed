"""The form for what members hand in: its headings and hints, in Dutch and English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FormColumn:
    """A column of the form.

    Args:
        name: our name of it.
        heading, hint: by language.
        choices: what may be filled in, by language; none for free text.
        is_day: a day is filled in.
    """

    name: str
    heading: Mapping[str, str]
    hint: Mapping[str, str]
    choices: Mapping[str, tuple[str, ...]] | None = None
    is_day: bool = False


_YES_NO = {"nl": ("ja", "nee"), "en": ("yes", "no")}

SUBMISSION_FORM = (
    FormColumn(
        name="kind",
        heading={"nl": "Soort", "en": "Kind"},
        hint={"nl": "wat het is", "en": "what it is"},
        choices={
            "nl": (
                "nieuws",
                "goed voorbeeld",
                "geleerde les",
                "hulpvraag",
                "beleid",
                "onderzoek",
                "evenement",
                "toolbox",
            ),
            "en": (
                "news",
                "good practice",
                "lesson learned",
                "help request",
                "policy",
                "research",
                "event",
                "toolbox",
            ),
        },
    ),
    FormColumn(
        name="member",
        heading={"nl": "Lid", "en": "Member"},
        hint={"nl": "naam van uw organisatie", "en": "name of your organisation"},
    ),
    FormColumn(
        name="title",
        heading={"nl": "Titel", "en": "Title"},
        hint={"nl": "waar het over gaat, in een regel", "en": "what it is about, in one line"},
    ),
    FormColumn(
        name="text",
        heading={"nl": "Tekst", "en": "Text"},
        hint={"nl": "een alinea is genoeg", "en": "one paragraph will do"},
    ),
    FormColumn(
        name="question",
        heading={"nl": "Vraag", "en": "Question"},
        hint={
            "nl": "alleen bij een hulpvraag: wat wilt u weten?",
            "en": "only for a help request: what do you ask?",
        },
    ),
    FormColumn(
        name="link",
        heading={"nl": "Link", "en": "Link"},
        hint={"nl": "waar men verder leest: https://…", "en": "where to read on: https://…"},
    ),
    FormColumn(
        name="language",
        heading={"nl": "Taal", "en": "Language"},
        hint={"nl": "van de tekst", "en": "of the text"},
        choices={"nl": ("nl", "en"), "en": ("nl", "en")},
    ),
    FormColumn(
        name="published",
        heading={"nl": "Ingediend op", "en": "Date handed in"},
        hint={"nl": "de dag van vandaag", "en": "today's date"},
        is_day=True,
    ),
    FormColumn(
        name="asker",
        heading={"nl": "Contactrol", "en": "Role"},
        hint={"nl": "wie men kan antwoorden: een rol, geen naam", "en": "whom to answer: a role, no name"},
    ),
    FormColumn(
        name="expires",
        heading={"nl": "Verloopt op", "en": "Valid until"},
        hint={
            "nl": "laatste dag waarop het zin heeft; een hulpvraag blijft anders 60 dagen staan",
            "en": "last day on which it makes sense; a help request stands for 60 days otherwise",
        },
        is_day=True,
    ),
    FormColumn(
        name="answered",
        heading={"nl": "Beantwoord", "en": "Answered"},
        hint={"nl": "ja, zodra de vraag beantwoord is", "en": "yes, once the question is answered"},
        choices=_YES_NO,
    ),
    FormColumn(
        name="toolbox",
        heading={"nl": "Naar toolbox", "en": "To toolbox"},
        hint={"nl": "ja, als het ook daar thuishoort", "en": "yes, when it belongs there, too"},
        choices=_YES_NO,
    ),
    FormColumn(
        name="embargo",
        heading={"nl": "Embargo tot", "en": "Embargo until"},
        hint={"nl": "alleen als het nog niet naar buiten mag", "en": "only when it may not come out yet"},
        is_day=True,
    ),
)
