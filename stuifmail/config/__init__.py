"""sources.yaml: its models, its loader, and all of its problems at once."""
