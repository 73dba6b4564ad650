"""Writes about acquired property and what is done with it."""
