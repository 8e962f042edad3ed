"""A newsroom to start from: a commented sources.yaml, contacts, and the templates."""

from stuifmail.config.starter.making import make_newsroom

__all__ = ["make_newsroom"]
