"""The words of participants sheets: what a row may say of a person, and what we understand."""

from collections.abc import Mapping, Sequence

from stuifmail.model.texts import LocalText

#: By our own word, the weightiest first; compared as `names.fold_name` does.
STATUSES: Mapping[str, Sequence[str]] = {
    "attended": (
        "attended", "aanwezig", "present", "deelgenomen", "ingecheckt", "checked in", "check-in",
        "geweest", "was er", "verschenen", "bijgewoond",
    ),
    "registered": (
        "registered", "aangemeld", "ingeschreven", "geregistreerd", "attending", "bevestigd",
        "confirmed", "inschrijving", "aanmelding", "going", "niet ingecheckt", "not checked in",
    ),
    "no_show": (
        "no_show", "no-show", "no show", "noshow", "niet verschenen", "afwezig", "absent",
        "niet aanwezig", "niet geweest", "did not attend", "not attended", "weggebleven",
    ),
    "cancelled": (
        "cancelled", "canceled", "afgemeld", "geannuleerd", "annulering", "ingetrokken", "afmelding",
        "not attending", "deleted", "refunded", "withdrawn",
    ),
}  # fmt: skip
#: Likewise, as what somebody is there.
ROLES: Mapping[str, Sequence[str]] = {
    "member": ("member", "lid", "leden", "members"),
    "prospect": ("prospect", "kandidaat-lid", "aspirant-lid", "kandidaat", "geïnteresseerde"),
    "partner": ("partner", "samenwerkingspartner", "partnerorganisatie"),
    "speaker": ("speaker", "spreker", "inleider", "presenter", "panellid", "panellist"),
    "press": ("press", "pers", "journalist", "media"),
    "staff": ("staff", "secretariaat", "organisatie", "organisator", "organiser", "crew", "host"),
}
#: What a row of people in that role is called, by language.
ROLE_LABELS: Mapping[str, LocalText] = {
    "member": {"nl": "leden", "en": "members"},
    "prospect": {"nl": "aspirant-leden", "en": "prospective members"},
    "partner": {"nl": "partners", "en": "partners"},
    "speaker": {"nl": "sprekers", "en": "speakers"},
    "press": {"nl": "pers", "en": "press"},
    "staff": {"nl": "medewerkers", "en": "staff"},
}
#: Likewise, how somebody took part.
MODES: Mapping[str, Sequence[str]] = {
    "onsite": (
        "onsite", "on site", "on-site", "in person", "in-person", "in de zaal", "zaal", "ter plaatse",
        "fysiek", "op locatie", "live", "venue",
    ),
    "online": ("online", "digitaal", "virtual", "virtueel", "remote", "op afstand", "livestream", "stream"),
}  # fmt: skip
#: They are there for their work: not counted, and written to in other ways.
AT_WORK = ("staff", "press")
