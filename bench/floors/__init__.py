"""Floors: the least that Django needs for the same work. Never part of the product's addresses."""
