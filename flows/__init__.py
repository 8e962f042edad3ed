"""Prefect and nothing else: each file is one flow, read from top to bottom."""
