"""Menu ①: two advisors with the times they offer, and a dispatch at every step up to the advisor's answer. All invented."""

from datetime import time, timedelta
from typing import Any

from grants import actions, programmes
from grants.dispatch import queries
from grants.models import Advisor, Dispatch
from portal.areas.models import Authority
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, fiscal_year

from .people import DOMAIN, KAGOSHIMA, KANOYA, SHIBUSHI
from .step_people import ensure
from .world import SEED, World

ADVISORS = (
    ("advisor-1", "下園 誠", "シモゾノ マコト", ["organisation", "plan", "block_grant"], "鹿屋市", 20_000, "visit", ["name", "fields", "base"]),
    ("advisor-2", "池田 文香", "イケダ フミカ", ["operation", "organisation"], "鹿児島市", 8_000, "hour", ["fields"]),
)  # fmt: skip
TEXTS = {
    "subject": "block_grant",
    "issue": "地区ごとの補助金が六つあり、使いみちと締切が別々で、地区の役員の手間になっている。",
    "wishes": "包括的な交付金にまとめるときの手順、要綱の例、地区への説明のしかたを助言してほしい。",
    "times": "平日の午後。",
    "visits_wanted": 2,
    "manner": "visit",
    "applicant_name": "見本 太郎",
    "contact_name": "見本 花子",
}
DAYS_BACK, SPAN = 30, 20


def build(world: World) -> None:
    """Everything within one 年度, a month before the first start."""
    ensure(world, "advisor-1", "advisor-2")
    base = first_day(world)
    with world.on(base):
        programmes.load(by=SEED)
        for row in ADVISORS:
            _register(world, *row)
    for title, steps in (
        ("コミュニティ施策の推進体制について", 0),
        ("地域づくり計画の見直しについて", 1),
        ("地区の拠点づくりの指針について", 2),
        ("包括的な交付金の制度づくりについて", 3),
        ("地区担当職員の制度について", 4),
    ):
        case(world, title, base=base, steps=steps)


def first_day(world: World) -> int:
    """The offset of the first day: thirty days back, or so far that twenty days from there end with their 年度."""
    if fiscal_year(world.day(-DAYS_BACK)) == fiscal_year(world.day(SPAN - DAYS_BACK)):
        return -DAYS_BACK
    ended = FiscalYear.of(world.day(-DAYS_BACK)).end
    return (ended - world.today).days - SPAN


def case(world: World, title: str, *, base: int, steps: int, code: str = KANOYA) -> Dispatch:
    """A dispatch so many steps far: draft, requested, returned (2), proposed (3), accepted (4 and more)."""
    names = {KANOYA: ("muni-kanoya", "muni-kanoya-chief"), SHIBUSHI: ("officer-shibushi", "chief-shibushi")}
    officer, chief = (world.actor(key) for key in names[code])
    office = world.actor("pref-officer")
    with world.on(base + 1):
        menu = queries.menus(clock.now()).filter(programme__authority__area=KAGOSHIMA).get()
        made = actions.start_dispatch(by=officer, menu=menu, municipality=world.area(code), title=title)
        actions.save_dispatch(by=officer, dispatch=made, revision=0, **TEXTS)
    if steps > 0:
        with world.on(base + 2):
            actions.submit_dispatch(by=chief, dispatch=made)
    if steps == 2:
        with world.on(base + 3):
            actions.return_dispatch(by=office, dispatch=made, note="希望する時期を、月まで書いてください。")
    if steps > 2:
        _propose(world, made, base=base, office=office, taken=steps > 3)
    return made


def _propose(world: World, made: Dispatch, *, base: int, office: Any, taken: bool) -> None:
    advisor = Advisor.objects.get(user__email=f"advisor-1@{DOMAIN}")
    with world.on(base + 4):
        day = world.day(base + 14 + Dispatch.objects.filter(advisor=advisor).count())
        actions.propose_advisor(
            by=office, dispatch=made, advisor=advisor, visits_count=2, place="市役所 第2会議室",
            starts_at=clock.at_jst(day, time(13, 30)), ends_at=clock.at_jst(day, time(15, 30)),
        )  # fmt: skip
    if taken:
        with world.on(base + 5):
            actions.accept_dispatch(by=world.actor("advisor-1"), dispatch=made)


def _register(
    world: World,
    key: str,
    name: str,
    kana: str,
    fields: list[str],
    base: str,
    fee: int,
    unit: str,
    shown: list[str],
) -> None:
    advisor = actions.register_advisor(
        by=world.actor("pref-officer"), authority=Authority.objects.get(area=KAGOSHIMA), email=f"{key}@{DOMAIN}", name=name,
        kana=kana, fields=fields, base=base, fee_yen=fee, fee_unit=unit, active_from=fiscal_year(clock.today_jst()),
        shown=shown, profile="市町村の職員、地区の事務局の経験があります。(見本)",
    )  # fmt: skip
    for days in (40, 47, 54):
        day = clock.today_jst() + timedelta(days=days)
        actions.offer_time(
            by=world.actor(key), advisor=advisor, starts_at=clock.at_jst(day, time(9, 0)), ends_at=clock.at_jst(day, time(17, 0)),
        )  # fmt: skip
