"""Pages of menu ④; named like their addresses."""

from .calls import call_detail, call_question
from .calls_staff import (
    staff_call,
    staff_call_edit,
    staff_call_move,
    staff_call_new,
    staff_question,
    staff_review_list,
)
from .themes import theme_detail, theme_list, theme_new, theme_propose
from .themes_staff import staff_theme, staff_theme_list

__all__ = [
    "call_detail",
    "call_question",
    "staff_call",
    "staff_call_edit",
    "staff_call_move",
    "staff_call_new",
    "staff_question",
    "staff_review_list",
    "staff_theme",
    "staff_theme_list",
    "theme_detail",
    "theme_list",
    "theme_new",
    "theme_propose",
]
