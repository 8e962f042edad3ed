"""The kinds of messages around an event, as one table: who gets each, when, and what is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from stuifmail.model.publications import MessageKind, Purpose, Response
from stuifmail.model.records import EventKind

#: Of what a message is made, in reading order.
Part: TypeAlias = Literal[
    "text",
    "changes",
    "details",
    "previous_report",
    "programme",
    "figures",
    "chart",
    "welcome",
    "quotes",
    "pairs",
    "asks",
    "reading",
    "register",
    "submit",
    "report",
    "contacts",
]
#: What a message cannot do without.
Need: TypeAlias = Literal["report", "figures", "programme", "registration", "reading", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailingKind:
    """One kind of message.

    Args:
        slug: its name in the ids of publications, after the event's.
        days: from the event's first day, where no rule says otherwise; None: when something changes.
        line: once a later message of the same line is due, this one comes too late; "" for none.
        keep_days: after the event: how long after it was due it still makes sense.
        responses: who of the event's people gets it; empty: the whole audience.
        show: which facts of the event it tells.
        calendar: what readers can put into their calendar with it; "as set": as the house rules say.
        event_kinds: only around events of these kinds; empty: around all.
        of_group: only around meetings of a group.
    """

    id: MessageKind
    slug: str
    days: int | None
    line: str = ""
    keep_days: int = 0
    responses: tuple[Response, ...] = ()
    purposes: tuple[Purpose, ...]
    parts: tuple[Part, ...]
    show: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    calendar: Literal["", "PUBLISH", "as set", "CANCEL"] = ""
    event_kinds: tuple[EventKind, ...] = ()
    of_group: bool = False


_ALL_FACTS = ("when", "where", "who", "led_by", "language", "price", "deadline", "places", "contact")
_COMING: tuple[Response, ...] = ("registered",)
_TOLD: tuple[Response, ...] = ("invited", "registered")

_KINDS = (
    MailingKind(
        id="save_the_date",
        slug="save-the-date",
        days=-84,
        line="ask",
        purposes=("practical",),
        parts=("text", "details"),
        show=("when", "where"),
        calendar="PUBLISH",
    ),
    MailingKind(
        id="invitation",
        slug="uitnodiging",
        days=-49,
        line="ask",
        purposes=("connect", "practical"),
        parts=("text", "details", "previous_report", "register"),
        show=_ALL_FACTS,
        calendar="as set",
    ),
    MailingKind(
        id="call_for_input",
        slug="oproep",
        days=-28,
        line="input",
        responses=("registered", "no_answer"),
        purposes=("connect",),
        parts=("text", "submit"),
    ),
    MailingKind(
        id="practical_update",
        slug="praktisch",
        days=-28,
        line="practical",
        responses=_COMING,
        purposes=("practical",),
        parts=("text", "details"),
        show=("when", "where", "route", "language", "contact"),
    ),
    MailingKind(
        id="group",
        slug="groepsbericht",
        days=-21,
        purposes=("connect", "content"),
        parts=("text", "previous_report", "asks", "pairs", "details", "register"),
        show=("when", "where"),
        of_group=True,
    ),
    MailingKind(
        id="programme",
        slug="programma",
        days=-14,
        line="input",
        responses=_COMING,
        purposes=("practical", "content"),
        parts=("text", "programme", "details"),
        show=("when", "where"),
        needs=("programme",),
    ),
    MailingKind(
        id="reminder",
        slug="herinnering",
        days=-14,
        line="ask",
        responses=("no_answer",),
        purposes=("practical",),
        parts=("text", "details", "register"),
        show=("when", "where", "deadline", "places"),
        needs=("registration",),
    ),
    MailingKind(
        id="last_reminder",
        slug="herinnering-2",
        days=-7,
        line="ask",
        responses=("no_answer",),
        purposes=("practical",),
        parts=("text", "details", "register"),
        show=("when", "where", "deadline", "places"),
        needs=("registration",),
    ),
    MailingKind(
        id="content_update",
        slug="leeslijst",
        days=-7,
        responses=_COMING,
        purposes=("content", "inspire"),
        parts=("text", "reading"),
        needs=("reading",),
    ),
    MailingKind(
        id="practical_update_2",
        slug="praktisch-2",
        days=-2,
        line="practical",
        responses=_COMING,
        purposes=("practical",),
        parts=("text", "details"),
        show=("when", "where", "route", "contact"),
    ),
    MailingKind(
        id="thank_you",
        slug="bedankt",
        days=1,
        line="after",
        keep_days=7,
        responses=("attended",),
        purposes=("connect",),
        parts=("text",),
    ),
    MailingKind(
        id="results",
        slug="resultaten",
        days=7,
        line="after",
        keep_days=28,
        responses=("attended",),
        purposes=("show", "content"),
        parts=("text", "figures", "chart", "welcome", "quotes", "report"),
        needs=("figures",),
    ),
    MailingKind(
        id="results_absent",
        slug="resultaten-afwezigen",
        days=7,
        line="absent",
        keep_days=28,
        responses=("no_show",),
        purposes=("show", "connect"),
        parts=("text", "figures", "report"),
        needs=("figures",),
    ),
    MailingKind(
        id="report",
        slug="verslag",
        days=14,
        line="report",
        keep_days=42,
        purposes=("content", "show"),
        parts=("text", "report"),
        needs=("report",),
    ),
    MailingKind(
        id="moment_brief",
        slug="kernboodschap",
        days=-14,
        purposes=("connect", "content"),
        parts=("text", "figures", "contacts"),
        needs=("lines",),
    ),
    MailingKind(
        id="change",
        slug="wijziging",
        days=None,
        responses=_TOLD,
        purposes=("practical",),
        parts=("text", "changes", "details"),
        show=("when", "where", "contact"),
        calendar="as set",
    ),
    MailingKind(
        id="cancellation",
        slug="afgelast",
        days=None,
        responses=_TOLD,
        purposes=("practical",),
        parts=("text", "details"),
        show=("when",),
        calendar="CANCEL",
    ),
)

#: Every kind of message by its id, in the order of time.
KINDS: Mapping[str, MailingKind] = {kind.id: kind for kind in _KINDS}
