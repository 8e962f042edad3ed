"""Dates as machines, people and editors write them."""
