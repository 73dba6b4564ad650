"""Collaborations in every state: counted ones of this year and the last, and those still on their way. All invented."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from communities import actions
from communities.models import Collaboration
from portal.areas.models import Authority
from portal.kernel import clock
from portal.kernel.fiscal import fiscal_year

from .papers import minutes
from .people import NIIGATA
from .step_communities import officer_of
from .step_initiatives import MARCHE, SNS, TERAKOYA, TRAILS, initiative
from .world import World

KONAN = "151041"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One record: `days` before the first start it was done; `until` is the state it is brought to."""

    initiative: str
    partner: str
    kind: str
    form: str
    ours: str
    theirs: str
    days: int
    until: str = "counted"
    public: bool = True
    also: tuple[str, ...] = ()
    people: int | None = None


# Done last year and again this year: counted twice, the second time as 継続.
AGAIN = Plan(
    initiative=TRAILS,
    partner="里山の小学校(見本)",
    kind="school",
    form="shared_roles",
    days=75,
    people=32,
    ours="道具の用意と手順の説明",
    theirs="児童と先生による作業と記録",
)
PLANS = (
    AGAIN,
    Plan(
        initiative=MARCHE,
        partner="駅前の高等学校(見本)",
        kind="school",
        form="shared_roles",
        days=33,
        people=120,
        ours="出店者の募集と当日の運営",
        theirs="高校生による案内と看板づくり",
    ),
    Plan(
        initiative=MARCHE,
        partner="花と野菜の直売所(見本)",
        kind="business",
        form="place_goods",
        days=33,
        ours="場所の割りふり",
        theirs="机と屋根の貸し出し",
        public=False,
    ),
    Plan(
        initiative=SNS,
        partner="印刷の会社(見本)",
        kind="business",
        form="people",
        days=52,
        ours="取材と原稿",
        theirs="原稿の校正をする人の派遣",
    ),
    Plan(
        initiative=TERAKOYA,
        partner="教育の大学研究室(見本)",
        kind="university",
        form="knowledge",
        days=61,
        ours="一日の流れの案",
        theirs="学びの場づくりの助言",
        also=(KONAN,),
    ),
    Plan(
        initiative=TERAKOYA,
        partner="岩室の自治会(見本)",
        kind="neighbourhood",
        form="co_hosting",
        days=44,
        people=28,
        ours="説明会の進行",
        theirs="会場と回覧での案内",
    ),
    Plan(
        initiative=SNS,
        partner="映像のNPO(見本)",
        kind="civic",
        form="joint_project",
        days=12,
        until="ward_confirmed",
        ours="載せる団体との連絡",
        theirs="紹介の動画の撮影",
    ),
    Plan(
        initiative=MARCHE,
        partner="地区の福祉作業所(見本)",
        kind="welfare",
        form="shared_roles",
        days=9,
        until="submitted",
        ours="売り場の用意",
        theirs="焼き菓子の製造と販売",
    ),
    Plan(
        initiative=TERAKOYA,
        partner="地元の信用組合(見本)",
        kind="business",
        form="funds",
        days=7,
        until="returned",
        ours="使いみちの計画",
        theirs="教材の費用の負担",
    ),
    Plan(
        initiative=TRAILS,
        partner="森の専門家(見本)",
        kind="expert",
        form="knowledge",
        days=5,
        until="draft",
        ours="作業の日程",
        theirs="木の見分け方の指導",
    ),
)
ORDER = ("submitted", "ward_confirmed", "counted")


def build(world: World) -> None:
    """Last year's first, then the year's closing when its day has passed, then this year's."""
    done_on = _same_day_last_year(world.day(-AGAIN.days))
    _record(world, AGAIN, done_on)
    year = fiscal_year(done_on)
    closing = date(year + 1, 5, 31)
    if closing < world.today:
        with world.on(_at(closing)):
            actions.lock_year(
                by=world.actor("city-hq"), authority=Authority.objects.get(area=NIIGATA), fiscal_year=year
            )
    for plan in PLANS:
        _record(world, plan, world.day(-plan.days))


def _record(world: World, plan: Plan, done_on: date) -> Collaboration:
    """Record it two days after it was done; each check follows a day later."""
    found = initiative(plan.initiative)
    area = found.community.area
    officer = officer_of(area.pk)
    with world.on(_at(done_on, 2)):
        record = actions.record_collaboration(
            by=world.actor(officer),
            initiative=found,
            organisation_name=plan.partner,
            organisation_kind=plan.kind,
            organisation_area=area,
            form=plan.form,
            our_role=plan.ours,
            their_role=plan.theirs,
            started_on=done_on,
            participants_count=plan.people,
            partner_public=plan.public,
            areas=[world.area(code) for code in plan.also],
            evidence=[]
            if plan.until == "draft"
            else [("minutes", minutes(world.actor(officer), plan.partner, done_on))],
            submit=plan.until != "draft",
        )
    _lead_on(world, plan, record, done_on, officer)
    return record


def _lead_on(world: World, plan: Plan, record: Collaboration, done_on: date, officer: str) -> None:
    if plan.until == "returned":
        with world.on(_at(done_on, 3)):
            actions.return_collaboration(
                by=world.actor(officer),
                collaboration=record,
                note="費用のほかに、相手方が加わった活動があれば書いてください。",
            )
    if plan.until in ORDER[1:]:
        with world.on(_at(done_on, 3)):
            actions.ward_confirm_collaboration(by=world.actor(officer), collaboration=record)
    if plan.until == "counted":
        with world.on(_at(done_on, 4)):
            actions.count_collaboration(by=world.actor("city-hq"), collaboration=record)


def _at(day: date, after: int = 0) -> datetime:
    return clock.at_jst(day + timedelta(days=after), time(10))


def _same_day_last_year(day: date) -> date:
    """The same month and day a year before (28 February for the 29th): always in the 年度 before."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
