"""Writes of carry-overs: one function, one use case; keyword-only, atomic, audited. The case is locked first."""
