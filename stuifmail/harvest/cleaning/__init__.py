"""Foreign text, markup and links made harmless and readable; in what language a text is."""
