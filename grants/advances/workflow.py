"""The procedure of a 概算払 as a table (workflows.md 'request_advance → pay_advance'); paying is its payment's matter."""

from portal.kernel.actors import JobActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import LIVE, AdvanceState

GRANT = Transition(
    name="grant",
    label="決裁を終えて概算払を認める",
    sources=frozenset({AdvanceState.REQUESTED}),
    target=AdvanceState.GRANTED,
    permission="grants.conclude_advance",
    stamp="granted",
)
DECLINE = Transition(
    name="decline",
    label="概算払を行わない",
    sources=frozenset(LIVE),
    target=AdvanceState.DECLINED,
    permission="grants.handle_advance",
    needs_note=True,
    stamp="declined",
)
TAKE_BACK = Transition(
    name="take_back",
    label="概算払の請求を取り下げる",
    sources=frozenset({AdvanceState.REQUESTED}),
    target=AdvanceState.TAKEN_BACK,
    permission="grants.take_back_advance",
    stamp="taken_back",
)
FALL = Transition(
    name="fall",
    label="申請といっしょに終わる",
    sources=frozenset(LIVE),
    target=AdvanceState.DECLINED,
    permission="grants.handle_advance",
    actors=frozenset({JobActor}),
    needs_note=True,
    stamp="declined",
)

ADVANCE = Workflow(
    name="advance",
    model="grants.Advance",
    states=AdvanceState,
    verbose_name="概算払",
    transitions=(GRANT, DECLINE, TAKE_BACK, FALL),
)
