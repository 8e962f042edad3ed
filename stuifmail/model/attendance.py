"""The words of participants sheets: what a row may say of a person, and what we understand."""

from collections.abc import Mapping, Sequence

#: By our own word, the weightiest first; compared as `names.fold_name` does.
STATUSES: Mapping[str, Sequence[str]] = {
    "attended": ("attended", "aanwezig", "present", "deelgenomen"),
    "registered": ("registered", "aangemeld", "ingeschreven", "geregistreerd"),
    "no_show": ("no_show", "no-show", "noshow", "niet verschenen", "afwezig", "absent"),
    "cancelled": ("cancelled", "canceled", "afgemeld", "geannuleerd"),
}
#: Likewise, as what somebody is there.
ROLES: Mapping[str, Sequence[str]] = {
    "member": ("member", "lid"),
    "prospect": ("prospect", "kandidaat-lid", "aspirant-lid"),
    "partner": ("partner",),
    "speaker": ("speaker", "spreker"),
    "press": ("press", "pers"),
    "staff": ("staff", "secretariaat", "organisatie"),
}
#: They are there for their work: not counted, and written to in other ways.
AT_WORK = ("staff", "press")
