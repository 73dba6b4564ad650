"""Meetings of the demo that were put off, and one that was reported; pitches of the night in 秋葉区."""

from communities import actions

from .event_plans import PITCH, PUT_OFF, TOLD
from .step_events import create, event_of
from .world import World

TITLES = (
    ("今井 航", "駅前の空き店舗を、月に一度の本棚に"),
    ("渡辺 さくら", "自習室をひらく"),
    ("小林 湊", "商店街で朝ごはん"),
)


def build(world: World) -> None:
    """Postpone, take pitches down, report."""
    off = create(world, PUT_OFF)
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
    told = create(world, TOLD)
    with world.on(-24):
        actions.hold_event(by=officer, event=told)
    with world.on(-20):
        actions.report_event(
            by=officer, event=told, result="十四人で歩き、使えそうな場所を三つ見つけました。",
            adults_count=11, children_count=1, staff_count=2,
        )  # fmt: skip
