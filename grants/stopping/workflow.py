"""The procedure of a 廃止 as a table (domain.md 3.1, step 7); meanwhile the file is 変更の審査中."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import StopState

ASKED = frozenset({StopState.REQUESTED})
GRANT = Transition(
    name="grant",
    label="決裁を終えて廃止を承認する",
    sources=ASKED,
    target=StopState.GRANTED,
    permission="grants.conclude_stop",
    stamp="granted",
)
DECLINE = Transition(
    name="decline",
    label="決裁を終えて廃止を承認しない",
    sources=ASKED,
    target=StopState.DECLINED,
    permission="grants.conclude_stop",
    needs_note=True,
    stamp="declined",
)
TAKE_BACK = Transition(
    name="take_back",
    label="廃止の申請を取り下げる",
    sources=ASKED,
    target=StopState.TAKEN_BACK,
    permission="grants.take_back_stop",
    stamp="taken_back",
)

STOP = Workflow(
    name="stop",
    model="grants.StopRequest",
    states=StopState,
    verbose_name="廃止",
    transitions=(GRANT, DECLINE, TAKE_BACK),
)
