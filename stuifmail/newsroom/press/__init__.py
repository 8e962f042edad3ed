"""Press releases: drafted in each language, their quotes, moments and checks."""
