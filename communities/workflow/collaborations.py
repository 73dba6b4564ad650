"""How a collaboration 協働 is proven and counted."""

from functools import partial

from portal.kernel.workflow import Transition, Workflow

from ..enums import CollaborationState

_to_count = partial(Transition, target=CollaborationState.COUNTED, stamp="counted", label="協働数に数える")
COLLABORATION = Workflow(
    name="collaboration",
    model="communities.Collaboration",
    states=CollaborationState,
    verbose_name="協働の記録",
    transitions=(
        Transition(
            name="submit",
            label="提出する",
            sources=frozenset({CollaborationState.DRAFT, CollaborationState.RETURNED}),
            target=CollaborationState.SUBMITTED,
            permission="communities.record_collaboration",
            stamp="submitted",
        ),
        Transition(
            name="ward_confirm",
            label="区で確認する",
            sources=frozenset({CollaborationState.SUBMITTED}),
            target=CollaborationState.WARD_CONFIRMED,
            permission="communities.ward_confirm_collaboration",
            stamp="ward_confirmed",
        ),
        _to_count(
            name="count",
            sources=frozenset({CollaborationState.WARD_CONFIRMED}),
            permission="communities.count_collaboration",
        ),
        _to_count(
            name="count_directly",
            sources=frozenset({CollaborationState.SUBMITTED}),
            permission="communities.count_collaboration_without_ward",
        ),
        Transition(
            name="return",
            label="差し戻す",
            sources=frozenset({CollaborationState.SUBMITTED, CollaborationState.WARD_CONFIRMED}),
            target=CollaborationState.RETURNED,
            permission="communities.return_collaboration",
            needs_note=True,
            stamp="returned",
        ),
    ),
)
