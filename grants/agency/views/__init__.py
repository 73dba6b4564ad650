"""Pages of the 委託先, for the office and for the organisation itself."""
