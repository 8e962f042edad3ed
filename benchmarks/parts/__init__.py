"""What benchmarks start as processes of their own: the server that is asked, and the work measured."""
