"""Events of the demo: what comes, what was, what was called off; with the people who come."""

from communities import actions
from communities.models import Community, Event
from portal.areas.models import Authority
from portal.kernel.actors import UserActor, VisitorActor

from .event_plans import CALLED_OFF, CLOSED, DRAW, PAST, PITCH, PLANS, SMALL, TERAKOYA, Plan
from .people import AKIHA as AKIHA_CODE
from .people import NIIGATA
from .step_communities import community, officer_of
from .step_people import residents
from .visitors import VISITORS
from .world import World

GIVEN = ("湊", "結", "朔太郎", "文", "操", "茂", "千代", "葵", "健", "光", "美咲", "蓮")


def build(world: World) -> None:
    """Write them, let people register, and bring three to their end."""
    for plan in PLANS:
        create(world, plan)
    _city_event(world)
    _crowd(world)
    past, off, closed = (create(world, plan) for plan in (PAST, CALLED_OFF, CLOSED))
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
    """The meeting that came of a plan."""
    return Event.objects.get(title=plan.title)


def create(world: World, plan: Plan) -> Event:
    """Write it down on the day it was planned, published unless the plan says otherwise."""
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
            party_names=family_of(name, size),
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
            party_names=family_of(name, size),
            consent=True,
        )


def family_of(name: str, size: int) -> list[str]:
    """Those who come with somebody: the same family name, given names of their own."""
    family, _, given = name.partition(" ")
    others = [each for each in GIVEN if each != given]
    start = hash_of(name)
    return [f"{family} {others[(start + number) % len(others)]}" for number in range(size - 1)]


def hash_of(name: str) -> int:
    """A small stable number for a name, for made-up addresses."""
    return sum(ord(character) * (place + 1) for place, character in enumerate(name))
