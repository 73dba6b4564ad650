"""Communities of Niigata's wards with their members: real names from the sources, the rest marked as invented."""

from communities import actions
from communities.models import Community, Membership, Theme
from portal.kernel.actors import UserActor

from .people import AKIHA as AKIHA_CODE
from .people import KITA as KITA_CODE
from .people import NISHIKAN as NISHIKAN_CODE
from .step_people import residents
from .texts import (
    AKIHA,
    KITA,
    LISTED_COMMUNITIES,
    MARKET,
    NISHIKAN,
    OTHER_STATES,
    TRAIL,
    Words,
)
from .world import World

OFFICERS = {AKIHA_CODE: "ward-akiha", KITA_CODE: "ward-kita", NISHIKAN_CODE: "ward-nishikan"}


def build(world: World) -> None:
    """Register and publish, oldest first, so that the three with their own words stand first on the home page."""
    for number, words in enumerate(LISTED_COMMUNITIES):
        _register(world, words, -420 + number)
    for words, state in OTHER_STATES:
        _in_state(world, words, state)
    for words, offset in ((TRAIL, -470), (MARKET, -405), (KITA, -404), (NISHIKAN, -403), (AKIHA, -402)):
        _register(world, words, offset)
    _people(world)


def officer_of(ward: str) -> str:
    """Who looks after a ward: its own officer where the demo has one, else the city's."""
    return OFFICERS.get(ward, "city-hq")


def community(words: Words) -> Community:
    """The community made of these words."""
    return Community.objects.select_related("area").get(name=words.name)


def _register(world: World, words: Words, offset: int, *, publish: bool = True) -> Community:
    with world.on(offset):
        return actions.register_community(
            by=world.actor(officer_of(words.ward)),
            area=world.area(words.ward),
            name=words.name,
            kana=words.kana,
            summary=words.summary,
            story=words.story,
            themes=Theme.objects.filter(slug__in=words.themes),
            join_policy=words.join_policy,
            variants=list(words.variants),
            publish=publish,
        )


def _in_state(world: World, words: Words, state: str) -> None:
    found = _register(world, words, -410, publish=state in ("dormant", "dissolved"))
    by = world.actor(officer_of(words.ward))
    with world.on(-60):
        if state == "dormant":
            actions.move_community(by=by, community=found, step="rest")
        elif state == "dissolved":
            actions.move_community(
                by=by, community=found, step="dissolve", note="予定していた朝市を三度とも開き終えました。"
            )
        elif state == "discarded":
            actions.discard_community(by=by, community=found)


def _people(world: World) -> None:
    crowd = residents()
    _lead(world, AKIHA, "organiser-akiha", "新津の喫茶店主")
    _lead(world, NISHIKAN, "organiser-nishikan", "農家")
    for number, person in enumerate(crowd[:7]):
        _join(world, AKIHA, person, -300 + number * 20, show=number % 3 == 0)
    for number, person in enumerate(crowd[4:8]):
        _join(world, NISHIKAN, person, -280 + number * 25, show=number == 0)
    for number, person in enumerate(crowd[6:9]):
        _join(world, KITA, person, -200 + number * 15, show=False)
    for number, person in enumerate(crowd[1:4]):
        _join(world, MARKET, person, -190 + number * 9, show=number == 1)
    _unsettled(world, crowd)


def _lead(world: World, words: Words, key: str, about: str) -> None:
    found, person, officer = community(words), world.actor(key), officer_of(words.ward)
    with world.on(-395):
        membership = actions.join_community(
            by=person, community=found, message="世話人をつとめます。", show_name=True
        )
        actions.accept_member(by=world.actor(officer), membership=membership)
        actions.appoint_organiser(by=world.actor(officer), membership=membership)
        actions.show_member(by=world.actor(key), membership=membership, show_name=True, about=about)


def _join(world: World, words: Words, person: UserActor, offset: int, *, show: bool) -> Membership:
    found = community(words)
    with world.on(offset):
        membership = actions.join_community(by=UserActor(person.user), community=found, show_name=show)
    if found.join_policy == "approval":
        with world.on(offset + 2):
            actions.accept_member(by=world.actor(officer_of(words.ward)), membership=membership)
    return membership


def _unsettled(world: World, crowd: list[UserActor]) -> None:
    """Requests that wait, one past its three days; a refusal; a leave."""
    akiha = community(AKIHA)
    messages = (
        (-4, crowd[8], "空き店舗で自習室をやりたいです。"),
        (-2, crowd[9], "やさしい日本語でお願いします。"),
    )
    for offset, person, message in messages:
        with world.on(offset):
            actions.join_community(by=UserActor(person.user), community=akiha, message=message)
    with world.on(-1):
        actions.join_community(
            by=world.actor("resident-2"), community=community(NISHIKAN), message="見学からはじめたいです。"
        )
    with world.on(-50):
        asked = actions.join_community(
            by=UserActor(crowd[9].user), community=community(NISHIKAN), message="取材をしたいです。"
        )
    with world.on(-48):
        actions.decline_member(
            by=world.actor("organiser-nishikan"),
            membership=asked,
            note="取材は、参加ではなく連絡先へお願いします。",
        )
    left = _join(world, KITA, crowd[9], -120, show=False)
    with world.on(-30):
        actions.leave_community(by=UserActor(crowd[9].user), membership=left)
