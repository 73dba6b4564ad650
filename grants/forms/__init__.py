"""Forms of the grants: parse, validate, hand to an action."""

from .budget import BudgetForm
from .parts import ConfirmForm, PartForm, PlanForm, TargetForm
from .start import AttachForm, OutsideUseForm, PostButton, StartForm

__all__ = [
    "AttachForm",
    "BudgetForm",
    "ConfirmForm",
    "OutsideUseForm",
    "PartForm",
    "PlanForm",
    "PostButton",
    "StartForm",
    "TargetForm",
]
