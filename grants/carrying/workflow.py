"""The procedure of a 繰越し as a table (workflows.md 'carry_over'); the file stays 交付決定."""

from portal.kernel.actors import JobActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import CarryState

ASKED = frozenset({CarryState.REQUESTED})
GRANT = Transition(
    name="grant",
    label="決裁を終えて繰越しを承認する",
    sources=ASKED,
    target=CarryState.GRANTED,
    permission="grants.conclude_carry_over",
    stamp="granted",
)
DECLINE = Transition(
    name="decline",
    label="繰越しを承認しない",
    sources=ASKED,
    target=CarryState.DECLINED,
    permission="grants.handle_carry_over",
    needs_note=True,
    stamp="declined",
)
TAKE_BACK = Transition(
    name="take_back",
    label="繰越しの申請を取り下げる",
    sources=ASKED,
    target=CarryState.TAKEN_BACK,
    permission="grants.take_back_carry_over",
    stamp="taken_back",
)
FALL = Transition(
    name="fall",
    label="申請といっしょに終わる",
    sources=ASKED,
    target=CarryState.DECLINED,
    permission="grants.handle_carry_over",
    actors=frozenset({JobActor}),
    needs_note=True,
    stamp="declined",
)

CARRY_OVER = Workflow(
    name="carry_over",
    model="grants.CarryOver",
    states=CarryState,
    verbose_name="繰越し",
    transitions=(GRANT, DECLINE, TAKE_BACK, FALL),
)
