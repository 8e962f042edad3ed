"""What the web is asked, how politely, and what it may do to us."""
