"""What was harvested: items, events, sources, their health, and where all of it came from."""
