"""Writes of 事前着手届: one function, one use case; keyword-only, atomic, audited. The case is locked first."""
