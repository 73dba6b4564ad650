"""How a pitch gets its turn."""

from portal.kernel.workflow import Transition, Workflow

from ..enums.events import PitchState

PITCH = Workflow(
    name="pitch",
    model="communities.Pitch",
    states=PitchState,
    verbose_name="ピッチ",
    transitions=(
        Transition(
            name="accept",
            label="受け入れる",
            sources=frozenset({PitchState.REQUESTED, PitchState.DECLINED}),
            target=PitchState.ACCEPTED,
            permission="communities.run_event",
        ),
        Transition(
            name="decline",
            label="お断りする",
            sources=frozenset({PitchState.REQUESTED, PitchState.ACCEPTED}),
            target=PitchState.DECLINED,
            permission="communities.run_event",
            needs_note=True,
        ),
        Transition(
            name="withdraw",
            label="取りやめる",
            sources=frozenset({PitchState.REQUESTED, PitchState.ACCEPTED}),
            target=PitchState.WITHDRAWN,
            permission="communities.withdraw_pitch",
        ),
    ),
)
