"""The transitions of SUBSIDY after the decision (workflows.md 'request_change' to 'close'); `grants.workflow` composes them.

状況報告 moves no state: it is a row of its own. 繰越し moves the file from 交付決定 to 交付決定.
"""

from portal.kernel.workflow import Transition

from ..enums import GRANTED, ApplicationState
from . import rules as rules  # the table names its permissions

REQUEST_CHANGE = Transition(
    name="request_change",
    label="変更を申請する",
    sources=frozenset({ApplicationState.DECIDED}),
    target=ApplicationState.CHANGING,
    permission="grants.request_change",
)
APPROVE_CHANGE = Transition(
    name="approve_change",
    label="決裁を終えて変更を承認する",
    sources=frozenset({ApplicationState.CHANGING}),
    target=ApplicationState.DECIDED,
    permission="grants.conclude_application",
)
TAKE_BACK_CHANGE = Transition(
    name="take_back_change",
    label="変更の申請を取り下げる",
    sources=frozenset({ApplicationState.CHANGING}),
    target=ApplicationState.DECIDED,
    permission="grants.request_change",
)
REFUSE_CHANGE = Transition(
    name="refuse_change",
    label="変更を承認しない",
    sources=frozenset({ApplicationState.CHANGING}),
    target=ApplicationState.DECIDED,
    permission="grants.conclude_application",
    needs_note=True,
)
CARRY_OVER = Transition(
    name="carry_over",
    label="決裁を終えて次の年度に繰り越す",
    sources=frozenset({ApplicationState.DECIDED}),
    target=ApplicationState.DECIDED,
    permission="grants.conclude_application",
)
REQUEST_STOP = Transition(
    name="request_stop",
    label="廃止を申請する",
    sources=frozenset({ApplicationState.DECIDED}),
    target=ApplicationState.CHANGING,
    permission="grants.request_change",
)
APPROVE_STOP = Transition(
    name="approve_stop",
    label="決裁を終えて廃止を承認する",
    sources=frozenset({ApplicationState.CHANGING}),
    target=ApplicationState.DECIDED,
    permission="grants.conclude_application",
)
REFUSE_STOP = Transition(
    name="refuse_stop",
    label="廃止を承認しない",
    sources=frozenset({ApplicationState.CHANGING}),
    target=ApplicationState.DECIDED,
    permission="grants.conclude_application",
    needs_note=True,
)
TAKE_BACK_STOP = Transition(
    name="take_back_stop",
    label="廃止の申請を取り下げる",
    sources=frozenset({ApplicationState.CHANGING}),
    target=ApplicationState.DECIDED,
    permission="grants.request_change",
)
REPORT_RESULT = Transition(
    name="report_result",
    label="実績を報告する",
    sources=frozenset({ApplicationState.DECIDED}),
    target=ApplicationState.REPORTED,
    permission="grants.report_result",
    stamp="reported",
)
RETURN_RESULT = Transition(
    name="return_result",
    label="実績報告を市町村に戻す",
    sources=frozenset({ApplicationState.REPORTED}),
    target=ApplicationState.DECIDED,
    permission="grants.inspect_result",
    needs_note=True,
)
INSPECT = Transition(
    name="inspect",
    label="検査を終える",
    sources=frozenset({ApplicationState.REPORTED}),
    target=ApplicationState.INSPECTED,
    permission="grants.inspect_result",
    stamp="inspected",
)
SETTLE = Transition(
    name="settle",
    label="決裁を終えて額を確定する",
    sources=frozenset({ApplicationState.INSPECTED}),
    target=ApplicationState.SETTLED,
    permission="grants.conclude_application",
    stamp="settled",
)
REVOKE = Transition(
    name="revoke",
    label="決裁を終えて交付決定を取り消す",
    sources=GRANTED,
    target=ApplicationState.REVOKED,
    permission="grants.conclude_application",
    needs_note=True,
    stamp="revoked",
)
CLOSE = Transition(
    name="close",
    label="完了する",
    sources=frozenset({ApplicationState.SETTLED}),
    target=ApplicationState.CLOSED,
    permission="grants.close_application",
    stamp="closed",
)

AFTER = (
    REQUEST_CHANGE,
    APPROVE_CHANGE,
    REFUSE_CHANGE,
    TAKE_BACK_CHANGE,
    REQUEST_STOP,
    APPROVE_STOP,
    REFUSE_STOP,
    TAKE_BACK_STOP,
    CARRY_OVER,
    REPORT_RESULT,
    RETURN_RESULT,
    INSPECT,
    SETTLE,
    REVOKE,
    CLOSE,
)
