"""Who gets what, and who no longer does."""
