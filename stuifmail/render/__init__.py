"""A publication to HTML, text and the page of its proof."""
