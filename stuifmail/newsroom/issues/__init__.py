"""Issues of newsletters: when they are due, what is chosen, and the draft."""
