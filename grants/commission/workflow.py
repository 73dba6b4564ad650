"""Procedures of menu ④ as tables (workflows.md 'COMMISSION')."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the tables name its permissions
from .enums import ThemeState

PROPOSE = Transition(
    name="propose",
    label="県に提案する",
    sources=frozenset({ThemeState.DRAFT}),
    target=ThemeState.PROPOSED,
    permission="grants.propose_theme",
    stamp="proposed",
)
SELECT = Transition(
    name="select",
    label="選定する",
    sources=frozenset({ThemeState.PROPOSED}),
    target=ThemeState.SELECTED,
    permission="grants.judge_theme",
    stamp="judged",
)
DECLINE = Transition(
    name="decline",
    label="選定しない",
    sources=frozenset({ThemeState.PROPOSED}),
    target=ThemeState.NOT_SELECTED,
    permission="grants.judge_theme",
    needs_note=True,
    stamp="judged",
)

THEME = Workflow(
    name="commission_theme",
    model="grants.CommissionTheme",
    states=ThemeState,
    verbose_name="テーマ",
    transitions=(PROPOSE, SELECT, DECLINE),
)
