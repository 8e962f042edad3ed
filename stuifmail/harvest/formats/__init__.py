"""Documents of all kinds to entries: feeds, JSON, pages and sheets."""
