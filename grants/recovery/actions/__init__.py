"""Writes of the recovery of money: one function, one use case."""
