"""Reads of menu ④, one part a file. Each `…visible_to(scope)` is the only door to see its objects."""
