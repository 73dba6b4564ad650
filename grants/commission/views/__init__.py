"""Pages of menu ④; named like their addresses."""

from .themes import theme_detail, theme_list, theme_new, theme_propose
from .themes_staff import staff_theme, staff_theme_list

__all__ = ["staff_theme", "staff_theme_list", "theme_detail", "theme_list", "theme_new", "theme_propose"]
