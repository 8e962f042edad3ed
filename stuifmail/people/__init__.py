"""Who may get what: recipients, roles and consent."""
