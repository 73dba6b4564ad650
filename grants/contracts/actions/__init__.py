"""Writes of contracts."""
