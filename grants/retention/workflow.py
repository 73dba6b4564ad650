"""廃棄 as a table: two people, and nothing comes back."""

from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import DiscardState

DISCARD = Workflow(
    name="discard",
    model="grants.Discard",
    states=DiscardState,
    verbose_name="廃棄",
    transitions=(
        Transition(
            name="approve", label="承認して廃棄する", sources=frozenset({DiscardState.PROPOSED}),
            target=DiscardState.APPROVED, permission="grants.approve_discard", stamp="approved",
        ),
        Transition(
            name="decline", label="廃棄しない", sources=frozenset({DiscardState.PROPOSED}),
            target=DiscardState.DECLINED, permission="grants.approve_discard", needs_note=True,
        ),
    ),
)  # fmt: skip
