"""Writes of the 委託先: its contract, its 精算書."""
