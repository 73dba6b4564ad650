"""Procedures of menu ① as tables (workflows.md 'DISPATCH')."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the tables name its permissions
from .enums import WRITABLE, DispatchState, VisitState

SUBMIT = Transition(
    name="submit",
    label="派遣を申し込む",
    sources=WRITABLE,
    target=DispatchState.REQUESTED,
    permission="grants.submit_dispatch",
    stamp="submitted",
)
RETURN = Transition(
    name="return_for_correction",
    label="補正を依頼する",
    sources=frozenset({DispatchState.REQUESTED}),
    target=DispatchState.RETURNED,
    permission="grants.run_dispatch",
    needs_note=True,
)
PROPOSE = Transition(
    name="propose",
    label="アドバイザーに打診する",
    sources=frozenset({DispatchState.REQUESTED}),
    target=DispatchState.PROPOSED,
    permission="grants.run_dispatch",
    stamp="proposed",
)
ACCEPT = Transition(
    name="accept",
    label="引き受ける",
    sources=frozenset({DispatchState.PROPOSED}),
    target=DispatchState.ACCEPTED,
    permission="grants.answer_dispatch",
    stamp="accepted",
)
DECLINE = Transition(
    name="decline",
    label="引き受けない",
    sources=frozenset({DispatchState.PROPOSED}),
    target=DispatchState.REQUESTED,
    permission="grants.answer_dispatch",
    needs_note=True,
)

DISPATCH = Workflow(
    name="dispatch",
    model="grants.Dispatch",
    states=DispatchState,
    verbose_name="派遣",
    transitions=(SUBMIT, RETURN, PROPOSE, ACCEPT, DECLINE),
)

DROP = Transition(
    name="drop",
    label="予定を取りやめる",
    sources=frozenset({VisitState.TENTATIVE, VisitState.DATED}),
    target=VisitState.CANCELLED,
    permission="grants.drop_visit",
)

VISIT = Workflow(
    name="visit",
    model="grants.Visit",
    states=VisitState,
    verbose_name="派遣の回",
    transitions=(DROP,),
)
