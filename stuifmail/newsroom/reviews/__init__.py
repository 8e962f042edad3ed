"""From draft to approval: examined, proofed, edited, approved, queued."""
