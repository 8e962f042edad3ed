"""Sheets to figures that carry unit, definition and source."""
