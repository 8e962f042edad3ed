"""Messages around events: when they are due, and what they are made of."""
