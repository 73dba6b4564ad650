"""Writes of menu ④: one function, one use case; keyword-only, atomic, audited."""
