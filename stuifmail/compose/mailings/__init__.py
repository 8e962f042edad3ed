"""Messages around events: from a record, its figures and the editors' sentences to a publication. Pure."""
