"""Programmes and menus as data; applications with their budget, papers and frozen submissions."""

from .applications import Application
from .budget import CapAccount, CapUse, ExpenseLine, IncomeLine
from .budget_lines import BudgetLine
from .calls import Call
from .examining import CheckAnswer, Correction, Remark
from .needs import NeedsAnswer, NeedsItem, NeedsSurvey
from .papers import ApplicationSnapshot, Attachment
from .parts import ApplicationPart, SetAside
from .presence import Presence
from .programmes import Menu, Programme, ProjectType

__all__ = [
    "Application",
    "ApplicationPart",
    "ApplicationSnapshot",
    "Attachment",
    "BudgetLine",
    "Call",
    "CapAccount",
    "CapUse",
    "CheckAnswer",
    "Correction",
    "ExpenseLine",
    "IncomeLine",
    "Menu",
    "NeedsAnswer",
    "NeedsItem",
    "NeedsSurvey",
    "Presence",
    "Programme",
    "ProjectType",
    "Remark",
    "SetAside",
]
