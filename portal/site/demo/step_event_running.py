"""Meetings of the demo that were put off, and one that was reported; pitches of the night in 秋葉区."""

from communities import actions
from communities.models import Event

from .step_events import PAST, PITCH, Plan, _create, event_of
from .texts import KITA
from .world import World

OFF = Plan(
    host=KITA,
    title="潟のまわりを歩く会",
    made=-18,
    day=5,
    hour=9,
    venue="福島潟の駐車場",
    capacity=25,
    summary="水鳥を見ながら、ゆっくり歩きます",
)
TITLES = (
    ("今井 航", "駅前の空き店舗を、月に一度の本棚に"),
    ("渡辺 さくら", "自習室をひらく"),
    ("小林 湊", "商店街で朝ごはん"),
)


def build(world: World) -> None:
    """Postpone, take pitches down, report."""
    off = _create(world, OFF)
    with world.on(-2):
        actions.postpone_event(
            by=world.actor("ward-kita"),
            event=off,
            note="大雪の予報が出ているためです。新しい日は、雪の様子を見て決めます。",
        )
    night, officer = event_of(PITCH), world.actor("ward-akiha")
    with world.on(-6):
        actions.edit_event(by=officer, event=night, takes_pitches=True)
        for name, title in TITLES:
            actions.enter_pitch(by=officer, event=night, name=name, title=title)
    past: Event = event_of(PAST)
    with world.on(-28):
        actions.report_event(
            by=officer, event=past, result="駅前の広場に、七つの店が並びました。来月も開くことにしました。",
            adults_count=96, children_count=24, staff_count=11,
        )  # fmt: skip
