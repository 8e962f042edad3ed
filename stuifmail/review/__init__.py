"""Editorial review: what may happen to a publication, who may do it, and what is remembered."""
