"""Sheets (CSV and XLSX) to data frames of clean text, every row with its line.

Harvest, figures and people all read sheets; this package lies under them as the store does.
"""

from stuifmail.sheets.reading import read_sheet

__all__ = ["read_sheet"]
