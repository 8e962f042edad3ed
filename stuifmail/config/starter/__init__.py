"""A newsroom to start from: a commented sources.yaml, contacts, and the templates."""

from stuifmail.config.starter.making import find_templates, make_newsroom

__all__ = ["find_templates", "make_newsroom"]
