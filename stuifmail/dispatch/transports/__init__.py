"""Ways out of the house, one module each; `registry` opens the one that is configured."""
