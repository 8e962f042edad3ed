"""What is measured against whom: each module prints one table."""
