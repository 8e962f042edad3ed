"""Values to a Publication: which words stand where. No HTML here."""
