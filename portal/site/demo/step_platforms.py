"""コミプラ of municipalities in Kagoshima, at every stage, with school districts. All names are invented."""

from dataclasses import dataclass

from communities import actions
from communities.models import Platform
from portal.areas.actions import DistrictRow, create_districts
from portal.areas.models import SchoolDistrict

from .people import KAGOSHIMA_CITY, KANOYA, KIRISHIMA, SHIBUSHI
from .world import SEED, World

WAY = ("considering", "preparing", "forming", "sustaining")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One platform: who registers it, its districts, and the stage it has reached (a stage each 150 days)."""

    area: str
    by: str
    name: str
    kana: str
    stage: str
    districts: tuple[str, ...]
    confirmed_by: str = ""


KANOYA_WEST = "見本にし校区コミュニティ協議会"
KANOYA_VALLEY = "見本たに地区の話しあいの場"
KIRISHIMA_HILL = "見本おか地区まちづくり協議会"
SHIBUSHI_SEA = "見本うみべ地区コミュニティ協議会"
KAGOSHIMA_EAST = "見本ひがし校区まちづくり協議会"
PLANS = (
    Plan(
        area=KANOYA,
        by="muni-kanoya",
        name=KANOYA_WEST,
        kana="ミホンニシコウクコミュニティキョウギカイ",
        stage="forming",
        districts=("見本西小学校区", "見本川小学校区"),
        confirmed_by="pref-officer",
    ),
    Plan(
        area=KANOYA,
        by="muni-kanoya",
        name=KANOYA_VALLEY,
        kana="ミホンタニチクノハナシアイノバ",
        stage="considering",
        districts=("見本谷小学校区",),
    ),
    Plan(
        area=KIRISHIMA,
        by="muni-kirishima",
        name=KIRISHIMA_HILL,
        kana="ミホンオカチクマチヅクリキョウギカイ",
        stage="preparing",
        districts=("見本丘小学校区",),
    ),
    Plan(
        area=SHIBUSHI,
        by="officer-shibushi",
        name=SHIBUSHI_SEA,
        kana="ミホンウミベチクコミュニティキョウギカイ",
        stage="sustaining",
        districts=("見本海中学校区",),
        confirmed_by="pref-officer",
    ),
    Plan(
        area=KAGOSHIMA_CITY,
        by="muni-kagoshima",
        name=KAGOSHIMA_EAST,
        kana="ミホンヒガシコウクマチヅクリキョウギカイ",
        stage="forming",
        districts=("見本東小学校区", "見本桜小学校区"),
        confirmed_by="pref-officer-2",
    ),
)


def build(world: World) -> None:
    """Districts first, then each platform along its stages; the prefecture confirms where it has looked."""
    rows = [
        DistrictRow(area_code=plan.area, kind="junior" if "中学校" in name else "elementary", name=name)
        for plan in PLANS
        for name in plan.districts
    ]
    with world.on(-480):
        create_districts(by=SEED, rows=rows)
    for plan in PLANS:
        _lead(world, plan)


def _lead(world: World, plan: Plan) -> None:
    began, way = -460, WAY[: WAY.index(plan.stage) + 1]
    with world.on(began):
        found = actions.register_platform(
            by=world.actor(plan.by),
            area=world.area(plan.area),
            name=plan.name,
            kana=plan.kana,
            summary="この見本のために作った、架空のコミュニティ・プラットフォームです。",
            since_on=world.day(began),
            districts=SchoolDistrict.objects.filter(area=plan.area, name__in=plan.districts),
        )
    for number, stage in enumerate(way[1:], start=1):
        offset = began + 140 * number
        with world.on(offset):
            actions.move_platform(
                by=world.actor(plan.by), platform=found, stage=stage, since_on=world.day(offset)
            )
    if plan.confirmed_by:
        with world.on(-15):
            latest = found.stages.latest("since_on")
            actions.confirm_platform_stage(by=world.actor(plan.confirmed_by), stage=latest)


def platform(name: str) -> Platform:
    return Platform.objects.get(name=name)
