"""The counter in the demo: people without a mailbox, two who read needs, and a meeting whose door is open today."""

from datetime import timedelta

from communities import actions
from communities.actions import asks
from communities.actions.checkin import see_in
from communities.actions.counter import receive_registration
from communities.actions.extras import register_party
from communities.actions.readers import name_readers
from communities.calculations.extras import Extras, Guardian
from communities.models import Event
from communities.queries.asks import questions_of as queries_of
from portal.kernel import clock
from portal.kernel.actors import UserActor, VisitorActor

from .event_plans import DRAW, PITCH, SMALL
from .step_communities import community
from .step_events import event_of
from .texts import AKIHA
from .world import World

TODAY = "里山の写真を持ち寄る会"  # indoors: the demo may be started at any hour
AT_COUNTER = (
    ("counter", "長谷川 ハル", "ハセガワ ハル", "0250-22-1001", ["長谷川 正"]),
    ("phone", "五十嵐 キヨ", "イガラシ キヨ", "0250-22-1002", []),
    ("paper", "本間 トミ", "ホンマ トミ", "0250-22-1003", ["本間 一男", "本間 みつ"]),
)
BY_MAIL = (
    ("古川 大地", "フルカワ ダイチ", 3),
    ("坂井 遥", "サカイ ハルカ", 4),
    ("中川 匠", "ナカガワ タクミ", 2),
)


def build(world: World) -> None:
    """Parties typed in for others at two events, one of them today; a place given back by telephone."""
    officer = world.actor("ward-akiha")
    _receive(world, officer, event_of(PITCH), -4)
    with world.on(-4):
        name_readers(
            by=world.actor("ward-akiha"), event=event_of(PITCH), officer=officer.user,
            deputy=world.actor("city-hq").user,
        )  # fmt: skip
    _ask(world, event_of(DRAW), -9)
    with world.on(-3):
        receive_registration(
            by=world.actor("ward-nishikan"), event=event_of(SMALL), channel="phone", name="阿部 シゲ", kana="アベ シゲ",
            phone="0256-72-1004", consent=True,
        )  # fmt: skip
    today = _today(world)
    _ask(world, today, -13)
    _receive(world, officer, today, -5)
    for number, (name, kana, size) in enumerate(BY_MAIL):
        _register(world, today, -9 + number, name, kana, size)
    with clock.at(world.start):
        for party in today.registrations.select_related("event").order_by("position")[:2]:
            see_in(by=world.actor("ward-akiha"), registration=party)


def _ask(world: World, event: Event, offset: int) -> None:
    """Children come, childcare for three, two questions."""
    with world.on(offset):
        by = world.actor("ward-akiha")
        asks.edit_ask(
            by=by, event=event, children_welcome=True, childcare_capacity=3,
            childcare_close_at=event.entries_end_at - timedelta(days=2), childcare_from_age=1, childcare_to_age=5,
        )  # fmt: skip
        asks.add_question(
            by=by, event=event, kind="choice", wording="どちらに関心がありますか", options=["まちの話", "里山の話"],
        )  # fmt: skip
        asks.add_question(
            by=by, event=event, kind="text", wording="話してみたいこと", hint="一行でかまいません"
        )


def _today(world: World) -> Event:
    """A meeting that begins an hour after the demo was first started."""
    starts_at = world.start.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
    with world.on(-14):
        return actions.create_event(
            by=world.actor("ward-akiha"), host=community(AKIHA), title=TODAY, venue="新津地区の集会所",
            summary="里山の写真を見ながら、これからの手入れを話します", starts_at=starts_at, ends_at=starts_at + timedelta(hours=2),
            entries_close_at=starts_at - timedelta(hours=20), collector="joint", capacity=30, contact="秋葉区役所 地域総務課",
            publish=True,
        )  # fmt: skip


def _receive(world: World, officer: UserActor, event: Event, offset: int) -> None:
    for channel, name, kana, phone, others in AT_COUNTER:
        with world.on(offset):
            receive_registration(
                by=UserActor(officer.user), event=event, channel=channel, name=name, kana=kana, phone=phone,
                party_size=1 + len(others), party_names=others, consent=True,
            )  # fmt: skip


def _register(world: World, event: Event, offset: int, name: str, kana: str, size: int) -> None:
    reached = f"kyou{abs(offset)}@visitor.example"
    road, wish = queries_of(event)
    extras = Extras(
        answers={road.pk: [road.options[size % 2]], wish.pk: ["里山の手入れのこと"] if size == 3 else []},
        bands=(0, size - 2, 0) if size > 2 else (0, 0, 0), childcare=(2,) if size == 4 else (),
        guardian=Guardian(name=name, phone="090-0000-0000", participation=True, emergency=True) if size > 2 else None,
    )  # fmt: skip
    with world.on(offset):
        register_party(
            by=VisitorActor.of_session(reached), event=event, name=name, kana=kana, email=reached, party_size=size,
            consent=True, extras=extras,
        )  # fmt: skip
