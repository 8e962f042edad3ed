"""What leaves the house: sending, publishing, embargoes, and what comes after a mistake."""
