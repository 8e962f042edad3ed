"""Who may get what: contacts, consent, press desks, an event's people, and audiences."""

from stuifmail.people.addresses import normalise_address
from stuifmail.people.audience import select_readers
from stuifmail.people.contacts import ContactsSheet, read_contacts
from stuifmail.people.press import PressSheet, read_press, select_desks
from stuifmail.people.respondents import (
    Occasion,
    RespondentsSheet,
    merge_people,
    read_respondents,
    select_respondents,
)

__all__ = [
    "ContactsSheet",
    "Occasion",
    "PressSheet",
    "RespondentsSheet",
    "merge_people",
    "normalise_address",
    "read_contacts",
    "read_press",
    "read_respondents",
    "select_desks",
    "select_readers",
    "select_respondents",
]
