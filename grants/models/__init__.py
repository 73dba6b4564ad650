"""Programmes and menus as data; applications with their budget, papers and frozen submissions."""

from .applications import Application, ApplicationPart, SetAside
from .budget import CapAccount, CapUse, ExpenseLine, IncomeLine
from .budget_lines import BudgetLine
from .calls import Call
from .needs import NeedsAnswer, NeedsItem, NeedsSurvey
from .papers import ApplicationSnapshot, Attachment
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
    "ExpenseLine",
    "IncomeLine",
    "Menu",
    "NeedsAnswer",
    "NeedsItem",
    "NeedsSurvey",
    "Programme",
    "ProjectType",
    "SetAside",
]
