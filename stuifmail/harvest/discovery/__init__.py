"""What could become a source: found, judged, described, imported."""
