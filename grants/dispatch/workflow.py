"""Procedures of menu ① as tables (workflows.md 'DISPATCH')."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the tables name its permissions
from .enums import REFUSABLE, WRITABLE, DispatchState, VisitState

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
WITHDRAW = Transition(
    name="withdraw",
    label="申込みを取り下げる",
    sources=frozenset({DispatchState.REQUESTED, DispatchState.RETURNED, DispatchState.PROPOSED}),
    target=DispatchState.WITHDRAWN,
    permission="grants.submit_dispatch",
    needs_note=True,
    stamp="withdrawn",
)
DISCARD = Transition(
    name="discard",
    label="下書きを取りやめる",
    sources=frozenset({DispatchState.DRAFT}),
    target=DispatchState.DISCARDED,
    permission="grants.write_dispatch",
)

DECIDE = Transition(
    name="decide",
    label="派遣を決定する",
    sources=frozenset({DispatchState.ACCEPTED}),
    target=DispatchState.DECIDED,
    permission="grants.conclude_dispatch",
    stamp="decided",
)
REFUSE = Transition(
    name="refuse",
    label="派遣しないことを決定する",
    sources=REFUSABLE,
    target=DispatchState.REFUSED,
    permission="grants.conclude_dispatch",
    needs_note=True,
)
CLOSE = Transition(
    name="close",
    label="終了する",
    sources=frozenset({DispatchState.DECIDED}),
    target=DispatchState.CLOSED,
    permission="grants.run_dispatch",
    stamp="closed",
)
CANCEL = Transition(
    name="cancel",
    label="派遣を取りやめる",
    sources=frozenset({DispatchState.DECIDED}),
    target=DispatchState.CANCELLED,
    permission="grants.run_dispatch",
    needs_note=True,
)

DISPATCH = Workflow(
    name="dispatch",
    model="grants.Dispatch",
    states=DispatchState,
    verbose_name="派遣",
    transitions=(SUBMIT, RETURN, PROPOSE, ACCEPT, DECLINE, WITHDRAW, DECIDE, REFUSE, CLOSE, CANCEL, DISCARD),
)

FIX = Transition(
    name="fix",
    label="仮の予定を決める",
    sources=frozenset({VisitState.TENTATIVE}),
    target=VisitState.DATED,
    permission="grants.fix_visit",
)
DROP = Transition(
    name="drop",
    label="予定をなくす",
    sources=frozenset({VisitState.TENTATIVE, VisitState.DATED}),
    target=VisitState.CANCELLED,
    permission="grants.drop_visit",
)
CALL_OFF = Transition(
    name="call_off",
    label="この回を取りやめる",
    sources=frozenset({VisitState.DATED}),
    target=VisitState.CANCELLED,
    permission="grants.run_visit",
    needs_note=True,
)
HOLD = Transition(
    name="hold",
    label="実施を記録する",
    sources=frozenset({VisitState.DATED}),
    target=VisitState.HELD,
    permission="grants.take_part_in_visit",
    stamp="held",
)
COMPLETE = Transition(
    name="complete",
    label="報告をそろえる",
    sources=frozenset({VisitState.HELD}),
    target=VisitState.REPORTED,
    permission="grants.take_part_in_visit",
    stamp="reported",
)

VISIT = Workflow(
    name="visit",
    model="grants.Visit",
    states=VisitState,
    verbose_name="派遣の回",
    transitions=(FIX, DROP, CALL_OFF, HOLD, COMPLETE),
)
