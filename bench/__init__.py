"""What bin/bench runs: the product's pages and papers against floors of its own, on the same server and database."""
