"""The people of the demo and their appointments. Names are invented; nobody of them can be written to."""

from datetime import date, timedelta

from portal.accounts import actions
from portal.accounts.models import User
from portal.areas.models import Section
from portal.kernel.actors import UserActor

from .people import BY_KEY, DOMAIN, KAGOSHIMA_CITY, PERSONAS, SHIBUSHI, Persona, Post
from .world import SEED, World

# Staff and residents who fill the world without being a persona.
EXTRAS = (
    ("chief-kagoshima", "前田 正樹"),
    ("chief-shibushi", "西 由紀"),
    ("officer-shibushi", "東 大輔"),
    ("advisor-2", "池田 文香"),
    ("reviewer-4", "上野 さち"),
    ("reviewer-5", "二見 隆"),
    ("student-2", "有馬 颯太"),
    ("student-3", "黒木 凪"),
    ("student-4", "竹下 陸"),
    ("resident-11", "五十嵐 蓮"),
    ("resident-12", "阿部 美月"),
    ("resident-13", "高橋 亜矢"),
    ("resident-14", "小林 樹"),
    ("resident-15", "星野 結"),
    ("resident-16", "鈴木 颯"),
    ("resident-17", "山田 凜"),
    ("resident-18", "田中 悠斗"),
    ("resident-19", "中村 陽菜"),
    ("resident-20", "加藤 晴"),
)
EXTRA_POSTS = {
    "chief-kagoshima": ("municipal_chief", KAGOSHIMA_CITY),
    "chief-shibushi": ("municipal_chief", SHIBUSHI),
    "officer-shibushi": ("municipal_officer", SHIBUSHI),
}


def build(world: World) -> None:
    """Everybody's account, and the appointments, in force since 1 April two years before the first start."""
    since = date(world.today.year - 2, 4, 1)
    with world.on(-500):
        for persona in PERSONAS:
            _make(world, persona, since)
        for key, name in EXTRAS:
            _make_extra(world, key, name, since)


def ensure(world: World, *keys: str) -> None:
    """Make these people where the world was begun before their part existed."""
    since = date(world.today.year - 2, 4, 1)
    known = set(User.objects.values_list("email", flat=True))
    with world.on(-500):
        for key in (key for key in keys if f"{key}@{DOMAIN}" not in known):
            if key in BY_KEY:
                _make(world, BY_KEY[key], since)
            else:
                _make_extra(world, key, dict(EXTRAS)[key], since)


def _make(world: World, persona: Persona, since: date) -> None:
    user = actions.create_user(by=SEED, email=persona.email, name=persona.name)
    for later, post in enumerate(persona.appointments):
        _appoint(world, user, post, since + timedelta(days=later))  # the first is the one of the desk


def _make_extra(world: World, key: str, name: str, since: date) -> None:
    user = actions.create_user(by=SEED, email=f"{key}@{DOMAIN}", name=name)
    if key in EXTRA_POSTS:
        role, area = EXTRA_POSTS[key]
        actions.appoint(by=SEED, user=user, role=role, area=world.area(area), starts_on=since)


def _appoint(world: World, user: User, post: Post, since: date) -> None:
    area = world.area(post.area) if post.area else None
    section = Section.objects.get(name=post.section, authority__area=area) if post.section else None
    actions.appoint(by=SEED, user=user, role=post.role, area=area, section=section, starts_on=since)


def residents() -> list[UserActor]:
    """The residents who fill communities, in a fixed order."""
    keys = [f"{key}@{DOMAIN}" for key, _ in EXTRAS if key.startswith("resident-")]
    people = User.objects.in_bulk(keys, field_name="email")
    return [UserActor(people[key]) for key in keys]
