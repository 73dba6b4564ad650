"""How an initiative grows, and how a コミプラ forms."""

from functools import partial

from portal.kernel.workflow import Transition, Workflow

from ..enums import PlatformPhase, Stage

_step = partial(Transition, permission="communities.move_initiative", stamp="stage_changed")
INITIATIVE = Workflow(
    name="initiative",
    model="communities.Initiative",
    states=Stage,
    field="stage",
    verbose_name="取組",
    transitions=(
        _step(
            name="consider", label="検討をはじめる", sources=frozenset({Stage.IDEA}), target=Stage.CONSIDERING
        ),
        _step(
            name="prepare",
            label="準備にうつる",
            sources=frozenset({Stage.CONSIDERING}),
            target=Stage.PREPARING,
        ),
        _step(name="run", label="実施にうつる", sources=frozenset({Stage.PREPARING}), target=Stage.RUNNING),
        _step(
            name="become_independent",
            label="自立した",
            sources=frozenset({Stage.RUNNING}),
            target=Stage.INDEPENDENT,
        ),
        _step(
            name="finish",
            label="やりとげて終える",
            sources=frozenset({Stage.INDEPENDENT}),
            target=Stage.ENDED,
        ),
        _step(
            name="end",
            label="終える",
            target=Stage.ENDED,
            needs_note=True,
            sources=frozenset({Stage.IDEA, Stage.CONSIDERING, Stage.PREPARING, Stage.RUNNING}),
        ),
    ),
)

_set = partial(Transition, permission="communities.set_platform_stage")
PLATFORM = Workflow(
    name="platform",
    model="communities.Platform",
    states=PlatformPhase,
    field="stage",
    verbose_name="コミプラのステージ",
    transitions=(
        _set(
            name="prepare",
            label="設立準備へ",
            sources=frozenset({PlatformPhase.CONSIDERING}),
            target=PlatformPhase.PREPARING,
        ),
        _set(
            name="form",
            label="形成初期へ",
            sources=frozenset({PlatformPhase.PREPARING}),
            target=PlatformPhase.FORMING,
        ),
        _set(
            name="sustain",
            label="持続へ",
            sources=frozenset({PlatformPhase.FORMING}),
            target=PlatformPhase.SUSTAINING,
        ),
        _set(
            name="back_to_considering",
            label="検討へもどす",
            sources=frozenset({PlatformPhase.PREPARING}),
            target=PlatformPhase.CONSIDERING,
            needs_note=True,
        ),
        _set(
            name="back_to_preparing",
            label="設立準備へもどす",
            sources=frozenset({PlatformPhase.FORMING}),
            target=PlatformPhase.PREPARING,
            needs_note=True,
        ),
        _set(
            name="back_to_forming",
            label="形成初期へもどす",
            sources=frozenset({PlatformPhase.SUSTAINING}),
            target=PlatformPhase.FORMING,
            needs_note=True,
        ),
    ),
)
