"""What helps when a deadline was missed: a call extended for all, a late or a paper application accepted."""
