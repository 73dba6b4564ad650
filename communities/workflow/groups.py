"""How a measure of a working group goes on."""

from functools import partial

from portal.kernel.workflow import Transition, Workflow

from ..models.groups import MeasureState as State

_step = partial(Transition, permission="communities.edit_group")
MEASURE = Workflow(
    name="measure",
    model="communities.Measure",
    states=State,
    verbose_name="対応策",
    transitions=(
        _step(name="start", label="実施にうつる", sources=frozenset({State.CONSIDERING}), target=State.DOING),
        _step(name="achieve", label="できた", sources=frozenset({State.DOING}), target=State.DONE),
        _step(
            name="drop",
            label="見送る",
            sources=frozenset({State.CONSIDERING, State.DOING}),
            target=State.DROPPED,
            needs_note=True,
        ),
        _step(
            name="resume",
            label="もう一度検討する",
            sources=frozenset({State.DONE, State.DROPPED}),
            target=State.CONSIDERING,
        ),
    ),
)
