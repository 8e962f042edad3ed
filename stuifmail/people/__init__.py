"""Who may get what: contacts, consent and audiences."""

from stuifmail.people.addresses import normalise_address
from stuifmail.people.audience import select_readers
from stuifmail.people.contacts import ContactsSheet, read_contacts

__all__ = ["ContactsSheet", "normalise_address", "read_contacts", "select_readers"]
