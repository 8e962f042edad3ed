"""Which items matter for an issue, and why."""
