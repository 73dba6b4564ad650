"""What becomes of a promise in a 対応記録."""

from portal.kernel.workflow import Transition, Workflow

from ..models.contacts import ContactState

CONTACT = Workflow(
    name="contact",
    model="communities.Contact",
    states=ContactState,
    verbose_name="約束",
    transitions=(
        Transition(
            name="keep",
            label="果たした",
            sources=frozenset({ContactState.OPEN}),
            target=ContactState.KEPT,
            permission="communities.work_on_contact",
            stamp="kept",
        ),
        Transition(
            name="drop",
            label="取りやめる",
            sources=frozenset({ContactState.OPEN}),
            target=ContactState.DROPPED,
            permission="communities.work_on_contact",
            needs_note=True,
        ),
    ),
)
