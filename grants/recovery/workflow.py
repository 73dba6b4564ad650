"""The procedure of a 返還 as a table (workflows.md 'claim_back'); 延滞 is a date, not a state."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import ReclaimState

COLLECT = Transition(
    name="collect",
    label="納入を記録する",
    sources=frozenset({ReclaimState.ORDERED}),
    target=ReclaimState.COLLECTED,
    permission="grants.enter_reclaim",
    stamp="collected",
)
CANCEL = Transition(
    name="cancel",
    label="納入通知を取りやめる",
    sources=frozenset({ReclaimState.ORDERED}),
    target=ReclaimState.CANCELLED,
    permission="grants.issue_reclaim",
    needs_note=True,
    stamp="cancelled",
)
END = Transition(
    name="end",
    label="納入された額で終わりにする",
    sources=frozenset({ReclaimState.ORDERED}),
    target=ReclaimState.ENDED,
    permission="grants.issue_reclaim",
    needs_note=True,
    stamp="ended",
)

RECLAIM = Workflow(
    name="reclaim",
    model="grants.Reclaim",
    states=ReclaimState,
    verbose_name="返還",
    transitions=(COLLECT, CANCEL, END),
)
