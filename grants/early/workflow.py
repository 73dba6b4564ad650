"""The procedure of a 事前着手届 as a table; its file does not move."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import EarlyState

ACCEPT = Transition(
    name="accept",
    label="受理する",
    sources=frozenset({EarlyState.FILED}),
    target=EarlyState.ACCEPTED,
    permission="grants.answer_early_start",
)
REFUSE = Transition(
    name="refuse",
    label="受理しない",
    sources=frozenset({EarlyState.FILED}),
    target=EarlyState.REFUSED,
    permission="grants.answer_early_start",
    needs_note=True,
)
FILE_AGAIN = Transition(
    name="file_again",
    label="もう一度届け出る",
    sources=frozenset({EarlyState.REFUSED}),
    target=EarlyState.FILED,
    permission="grants.file_early_start",
)

EARLY_START = Workflow(
    name="early_start",
    model="grants.EarlyStart",
    states=EarlyState,
    verbose_name="事前着手届",
    transitions=(ACCEPT, REFUSE, FILE_AGAIN),
)
