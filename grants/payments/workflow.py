"""The procedure of a payment as a table (workflows.md: 支出命令 → paid, entered by the accountant)."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import PaymentState

PAY = Transition(
    name="pay",
    label="支払いを記録する",
    sources=frozenset({PaymentState.ORDERED}),
    target=PaymentState.PAID,
    permission="grants.enter_payment",
    stamp="paid",
)
CANCEL = Transition(
    name="cancel",
    label="支出命令を取り消す",
    sources=frozenset({PaymentState.ORDERED}),
    target=PaymentState.CANCELLED,
    permission="grants.cancel_payment",
    needs_note=True,
    stamp="cancelled",
)

PAYMENT = Workflow(
    name="payment",
    model="grants.Payment",
    states=PaymentState,
    verbose_name="支払い",
    transitions=(PAY, CANCEL),
)
