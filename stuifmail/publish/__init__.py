"""What is kept and shown of a sent publication."""
