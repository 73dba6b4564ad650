"""Rows of programmes and menus: the guide, opening a year, needs surveys."""

from .common import open_to_all

PROGRAMMES = (open_to_all("grants:guide", "合うメニューをさがす"),)
