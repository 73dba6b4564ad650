"""Events of the demo: what comes, what was, what was called off; with the people who come."""

from dataclasses import dataclass, field
from typing import Any

from communities import actions
from communities.models import Community, Event
from portal.areas.models import Authority
from portal.kernel.actors import UserActor, VisitorActor

from .people import AKIHA as AKIHA_CODE
from .people import NIIGATA
from .step_communities import community, officer_of
from .step_people import residents
from .texts import AKIHA, KITA, MARKET, NISHIKAN, TRAIL, Words
from .visitors import VISITORS
from .world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One event: when it was written (`made`), when it is (`day`, `hour`), and how one comes."""

    host: Words
    title: str
    made: int
    day: int
    hour: int
    venue: str
    summary: str
    lasts: int = 2
    capacity: int | None = None
    entry_method: str = "first_come"
    collector: str = "joint"
    publish: bool = True
    more: dict[str, Any] = field(default_factory=dict)


PITCH = Plan(
    host=AKIHA,
    title="1分間ピッチの夜",
    made=-20,
    day=17,
    hour=18,
    venue="新津地区の公民館",
    capacity=150,
    summary="皆に伝えたいことを、一人1分で話します。聞くだけの参加もできます",
    more={
        "description": "とがった活動をしている団体の事例紹介と、1分間ピッチを行います。話したい人は、当日の受付で順番を決めます。",
        "audience": "どなたでも。学生の参加を歓迎します",
        "facilities": "車いすで入れます。多目的トイレがあります",
    },
)
TERAKOYA = Plan(
    host=NISHIKAN,
    title="テーマ別会議「教育」 寺子屋の一日を組み立てる",
    made=-14,
    day=9,
    hour=19,
    venue="巻地区の公民館",
    capacity=40,
    summary="フリースクール(寺子屋)の一日の流れを、いっしょに考えます",
    more={"audience": "35歳以下の方を中心に、関心のある方"},
)
SMALL = Plan(
    host=NISHIKAN,
    title="寺子屋の候補地を見に行く日",
    made=-12,
    day=6,
    hour=9,
    venue="岩室地区",
    capacity=6,
    lasts=3,
    summary="車に乗れる6人で、候補の建物を見て回ります",
)
DRAW = Plan(
    host=AKIHA,
    title="高校生と話す少人数の会",
    made=-10,
    day=24,
    hour=14,
    venue="区役所の会議室",
    capacity=12,
    entry_method="lottery",
    summary="人数が限られるため、抽選で決めます",
)
PLANS = (
    PITCH,
    TERAKOYA,
    SMALL,
    DRAW,
    Plan(
        host=KITA,
        title="はじめての人の会 北区でやってみたいことを話す",
        made=-9,
        day=20,
        hour=10,
        venue="葛塚地区の集会所",
        capacity=30,
        summary="初めての人だけの、短い集まりです",
    ),
    Plan(
        host=MARKET,
        title="地場産マルシェ ためしに開く一日",
        made=-15,
        day=27,
        hour=9,
        venue="駅前の広場",
        lasts=5,
        entry_method="none",
        collector="community",
        summary="申込みはいりません。雨のときも開きます",
    ),
    Plan(
        host=TRAIL,
        title="里山の道なおし 春の下見",
        made=-3,
        day=60,
        hour=9,
        venue="散策路の入口",
        capacity=20,
        publish=False,
        summary="下書きです。日程を調整しています",
    ),
)
PAST = Plan(
    host=MARKET,
    title="地場産マルシェ 一回目",
    made=-60,
    day=-33,
    hour=9,
    venue="駅前の広場",
    lasts=5,
    entry_method="none",
    collector="community",
    summary="はじめて開きました",
)
CALLED_OFF = Plan(
    host=TRAIL,
    title="里山の道なおし 落ち葉の巻",
    made=-25,
    day=3,
    hour=9,
    venue="散策路の入口",
    capacity=20,
    summary="落ち葉を集めて、道を見えるようにします",
)
CLOSED = Plan(
    host=KITA,
    title="冬鳥を数える朝",
    made=-22,
    day=2,
    hour=7,
    venue="福島潟の観察舎",
    capacity=15,
    summary="観察の道具は貸します",
)


def build(world: World) -> None:
    """Write them, let people register, and bring three to their end."""
    for plan in PLANS:
        _create(world, plan)
    _city_event(world)
    _crowd(world)
    past, off, closed = (_create(world, plan) for plan in (PAST, CALLED_OFF, CLOSED))
    with world.on(-33):
        actions.hold_event(by=world.actor("ward-akiha"), event=past)
    _visit(world, off, -20, "市川 仁", "イチカワ ジン", 2)
    with world.on(-1):
        actions.cancel_event(
            by=world.actor("ward-akiha"), event=off, note="前日までの雨で、道がぬかるんでいるためです。"
        )
    _visit(world, closed, -8, "今村 楓", "イマムラ カエデ", 3)
    with world.on(-1):
        actions.close_entries(by=world.actor("ward-kita"), event=closed)


def event_of(plan: Plan) -> Event:
    return Event.objects.get(title=plan.title)


def _create(world: World, plan: Plan) -> Event:
    host: Community = community(plan.host)
    with world.on(plan.made):
        return actions.create_event(
            by=world.actor(officer_of(plan.host.ward)),
            host=host,
            title=plan.title,
            venue=plan.venue,
            summary=plan.summary,
            starts_at=world.at(plan.day, plan.hour),
            ends_at=world.at(plan.day, plan.hour + plan.lasts),
            collector=plan.collector,
            capacity=plan.capacity,
            entry_method=plan.entry_method,
            publish=plan.publish,
            **plan.more,
        )


def _city_event(world: World) -> None:
    """One that the city itself hosts, in a ward."""
    with world.on(-6):
        actions.create_event(
            by=world.actor("city-hq"),
            host=Authority.objects.get(area=NIIGATA),
            area=world.area(AKIHA_CODE),
            title="コミュニティの世話人が集まる会",
            venue="秋葉区役所",
            summary="区をこえて、世話人どうしが困りごとを話します",
            starts_at=world.at(34, 14),
            ends_at=world.at(34, 16),
            collector="city",
            capacity=60,
            publish=True,
        )


def _crowd(world: World) -> None:
    """Parties with and without an account: seats, a full event with people waiting, a lottery, a cancellation."""
    crowd = residents()
    for number, (name, kana, size) in enumerate(VISITORS):
        _visit(
            world,
            event_of(PITCH),
            -18 + number // 2,
            name,
            kana,
            size,
            "要約筆記をお願いします。" if number == 4 else "",
        )
    for number, (name, kana, size) in enumerate(VISITORS[:9]):
        _visit(world, event_of(TERAKOYA), -10 + number // 2, name, kana, min(size, 2))
    for number, person in enumerate(crowd[:5]):
        _come(world, event_of(SMALL), -9 + number, person, 2 if number < 3 else 1)
    for number, person in enumerate(crowd[4:10]):
        _come(world, event_of(DRAW), -8 + number, person, 1)
    with world.on(-5):
        left = event_of(PITCH).registrations.select_related("event").order_by("position")[2]
        actions.cancel_registration(
            by=world.actor("ward-akiha"), registration=left, note="電話での連絡を受けました。"
        )


def _visit(world: World, event: Event, offset: int, name: str, kana: str, size: int, needs: str = "") -> None:
    """A party without an account."""
    reached = f"{abs(hash_of(name))}.{event.pk.hex[:6]}@visitor.example"
    with world.on(offset):
        actions.register_for_event(
            by=VisitorActor.of_session(reached),
            event=event,
            name=name,
            kana=kana,
            email=reached,
            party_size=size,
            party_names=[f"{name.split()[0]} 同行{n}" for n in range(1, size)],
            needs=needs,
            consent=True,
        )


def _come(world: World, event: Event, offset: int, person: UserActor, size: int) -> None:
    name = person.user.name  # type: ignore[attr-defined]
    with world.on(offset):
        actions.register_for_event(
            by=UserActor(person.user),
            event=event,
            name=name,
            kana="ミホン タロウ",
            email=person.user.email,  # type: ignore[attr-defined]
            party_size=size,
            party_names=[f"{name.split()[0]} 同行"] if size > 1 else [],
            consent=True,
        )


def hash_of(name: str) -> int:
    """A small stable number for a name, for made-up addresses."""
    return sum(ord(character) * (place + 1) for place, character in enumerate(name))
