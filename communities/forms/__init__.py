"""Forms of communities: they parse and validate; actions write."""
