"""Floors: the least that Django needs for the same work. Never part of the product's addresses."""

from pathlib import Path

TEMPLATES_FOLDER = Path(__file__).parent / "templates"
