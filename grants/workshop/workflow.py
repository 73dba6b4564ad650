"""The procedure of menu ② as a table (workflows.md 'WORKSHOP')."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import WRITABLE, WorkshopState

SUBMIT = Transition(
    name="submit",
    label="開催計画を出す",
    sources=WRITABLE,
    target=WorkshopState.CONSULTING,
    permission="grants.submit_workshop",
    stamp="submitted",
)
RETURN = Transition(
    name="return_for_correction",
    label="補正を依頼する",
    sources=frozenset({WorkshopState.CONSULTING}),
    target=WorkshopState.RETURNED,
    permission="grants.run_workshop",
    needs_note=True,
)
AGREE = Transition(
    name="agree",
    label="計画に合意する",
    sources=frozenset({WorkshopState.CONSULTING}),
    target=WorkshopState.AGREED,
    permission="grants.agree_workshop",
)
DECIDE = Transition(
    name="decide",
    label="開催を決定する",
    sources=frozenset({WorkshopState.AGREED}),
    target=WorkshopState.DECIDED,
    permission="grants.conclude_workshop",
    stamp="decided",
)
REFUSE = Transition(
    name="refuse",
    label="開催しないことを決定する",
    sources=frozenset({WorkshopState.AGREED}),
    target=WorkshopState.REFUSED,
    permission="grants.conclude_workshop",
    needs_note=True,
)
CHANGE = Transition(
    name="change",
    label="計画を変える",
    # Agreed too: where a 決裁 was sent back, the plan can be mended.
    sources=frozenset({WorkshopState.AGREED, WorkshopState.DECIDED}),
    target=WorkshopState.CONSULTING,
    permission="grants.consult_workshop",
    needs_note=True,
)
REPORT = Transition(
    name="report",
    label="実施を報告する",
    sources=frozenset({WorkshopState.DECIDED}),
    target=WorkshopState.REPORTED,
    permission="grants.report_workshop",
    stamp="reported",
)
CLOSE = Transition(
    name="close",
    label="終了する",
    sources=frozenset({WorkshopState.REPORTED}),
    target=WorkshopState.CLOSED,
    permission="grants.run_workshop",
    stamp="closed",
)
CANCEL = Transition(
    name="cancel",
    label="開催を取りやめる",
    sources=frozenset(
        {WorkshopState.CONSULTING, WorkshopState.RETURNED, WorkshopState.AGREED, WorkshopState.DECIDED}
    ),
    target=WorkshopState.CANCELLED,
    permission="grants.consult_workshop",
    needs_note=True,
)
DISCARD = Transition(
    name="discard",
    label="下書きを取りやめる",
    sources=frozenset({WorkshopState.DRAFT}),
    target=WorkshopState.DISCARDED,
    permission="grants.write_workshop",
)

WORKSHOP = Workflow(
    name="workshop",
    model="grants.Workshop",
    states=WorkshopState,
    verbose_name="ワークショップ",
    transitions=(SUBMIT, RETURN, AGREE, DECIDE, REFUSE, CHANGE, REPORT, CLOSE, CANCEL, DISCARD),
)
