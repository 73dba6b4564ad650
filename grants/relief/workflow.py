"""The procedure of an acceptance after the deadline, as a table."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import AdmissionState

ADMIT = Transition(
    name="admit",
    label="受理する",
    sources=frozenset({AdmissionState.ASKED}),
    target=AdmissionState.ADMITTED,
    permission="grants.judge_admission",
    needs_note=True,
    stamp="judged",
)
DECLINE = Transition(
    name="decline",
    label="受理しない",
    sources=frozenset({AdmissionState.ASKED}),
    target=AdmissionState.DECLINED,
    permission="grants.judge_admission",
    needs_note=True,
    stamp="judged",
)

ADMISSION = Workflow(
    name="admission",
    model="grants.Admission",
    states=AdmissionState,
    verbose_name="締切のあとの受理",
    transitions=(ADMIT, DECLINE),
)
