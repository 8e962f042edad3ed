"""Figures: as the records say, as editors set them, and in what goes out."""
