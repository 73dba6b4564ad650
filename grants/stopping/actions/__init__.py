"""Writes of 廃止: one function, one use case; keyword-only, atomic, audited. The case is locked first."""
