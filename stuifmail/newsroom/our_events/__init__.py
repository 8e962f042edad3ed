"""Our own events: their records, the ledger around them, and what readers were told."""
