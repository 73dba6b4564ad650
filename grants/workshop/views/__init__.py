"""Pages of menu ②; named like their addresses."""

from .acting import workshop_act, workshop_detail, workshop_pay
from .lectures import lecture_confirm, lecture_detail, lecture_list
from .plans import (
    staff_workshop_list,
    workshop_autosave,
    workshop_edit,
    workshop_list,
    workshop_new,
    workshop_preview,
)
from .reporting import workshop_report

__all__ = [
    "lecture_confirm",
    "lecture_detail",
    "lecture_list",
    "staff_workshop_list",
    "workshop_act",
    "workshop_autosave",
    "workshop_detail",
    "workshop_edit",
    "workshop_list",
    "workshop_new",
    "workshop_pay",
    "workshop_preview",
    "workshop_report",
]
