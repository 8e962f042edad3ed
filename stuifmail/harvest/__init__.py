"""Members' feeds, calendars and sheets to documents, items and events."""
