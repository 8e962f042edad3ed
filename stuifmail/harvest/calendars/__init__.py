"""Calendars to events: reading, repeating, recognising and storing them."""
