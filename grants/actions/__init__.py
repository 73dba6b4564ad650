"""Writes of the grants: one function, one use case; keyword-only, atomic, audited."""

from .caps import record_outside_use
from .drafting import Conflict, save_budget, save_confirm, save_plan, save_target, start_application
from .keeping import keep_typed, settle_typed
from .papers import add_attachment, remove_attachment
from .submitting import submit, take, withdraw_draft

__all__ = [
    "Conflict",
    "add_attachment",
    "keep_typed",
    "record_outside_use",
    "remove_attachment",
    "save_budget",
    "save_confirm",
    "save_plan",
    "save_target",
    "settle_typed",
    "start_application",
    "submit",
    "take",
    "withdraw_draft",
]
