"""The procedure of a 精算書 as a table (workflows.md DISPATCH: 'may run through one 委託先 with monthly 精算')."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import StatementState

State = StatementState
SUBMIT = Transition(
    name="submit",
    label="精算書を提出する",
    sources=frozenset({State.DRAFT}),
    target=State.SUBMITTED,
    permission="grants.write_statement",
    stamp="submitted",
)
RETURN = Transition(
    name="return_for_correction",
    label="差し戻す",
    sources=frozenset({State.SUBMITTED}),
    target=State.DRAFT,
    permission="grants.check_statement",
    needs_note=True,
)
CHECK = Transition(
    name="check",
    label="確認して支出命令を出す",
    sources=frozenset({State.SUBMITTED}),
    target=State.CHECKED,
    permission="grants.check_statement",
    stamp="checked",
)
PAY = Transition(
    name="pay",
    label="支払いが済む",
    sources=frozenset({State.CHECKED}),
    target=State.PAID,
    permission="grants.settle_statement",
    stamp="paid",
)
DROP = Transition(
    name="drop",
    label="精算書を取りやめる",
    sources=frozenset({State.DRAFT}),
    target=State.DROPPED,
    permission="grants.write_statement",
)

STATEMENT = Workflow(
    name="agencystatement",
    model="grants.AgencyStatement",
    states=StatementState,
    verbose_name="精算書",
    transitions=(SUBMIT, RETURN, CHECK, PAY, DROP),
)
