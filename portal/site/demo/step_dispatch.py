"""Menu ①: two advisors with the times they offer, and a dispatch at every step of the table. All invented."""

from datetime import date, time, timedelta
from typing import Any

from grants import actions, programmes
from grants.dispatch import queries
from grants.models import Advisor, BudgetLine, Dispatch, Programme
from portal.areas.models import Authority
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, fiscal_year, previous_business_day

from .papers import approved
from .people import DOMAIN, KAGOSHIMA, KANOYA, SHIBUSHI
from .step_agency import settle
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
FEES = {"kan": "総務費", "kou": "企画費", "moku": "地域振興費", "setsu": 7}
TALK = "ほかの市の交付金の要綱を見ながら、地区へ説明する順番と、地区の会計の決まりを話しあった。"
NEXT = "素案を来月までにつくり、二つの地区で説明会を開く。"
TOWNS = {KANOYA: ("muni-kanoya", "muni-kanoya-chief"), SHIBUSHI: ("officer-shibushi", "chief-shibushi")}
DAYS_BACK, SPAN = 40, 28


def build(world: World) -> None:
    """Everything within one 年度, a month before the first start."""
    ensure(world, "advisor-1", "advisor-2", "pref-accountant")
    base = first_day(world)
    with world.on(base):
        programmes.load(by=SEED)
        for row in ADVISORS:
            _register(world, *row)
    _settled(world, base)
    for title, steps in (
        ("コミュニティ施策の推進体制について", 0),
        ("地域づくり計画の見直しについて", 1),
        ("地区の拠点づくりの指針について", 2),
        ("包括的な交付金の制度づくりについて", 3),
        ("地区担当職員の制度について", 4),
        ("地区の見守りの計画について", 5),
        ("公民館の使い方について", 6),
        ("地区の規約づくりについて", 7),
        ("自治会との役割分担について", 8),
        ("まちづくり協議会の運営について", 9),
        ("地区別計画の進めかたについて", 10),
        ("協議会の名簿の扱いについて", 11),
        ("協議会の会計について", 12),
    ):
        made = case(world, title, base=base, steps=min(steps, 4), follows=steps > 4)
        follow(world, made, base=base, steps=steps)
    taken_back = case(world, "地域の足の確保について", base=base, steps=3)
    with world.on(base + 6):
        actions.withdraw_dispatch(
            by=world.actor("muni-kanoya-chief"), dispatch=taken_back, note="別の事業で助言を受けられることになったため。"
        )  # fmt: skip


def _settled(world: World, base: int) -> None:
    """Visits that are paid through the 委託先."""
    made = case(world, "地区の話しあいの進めかたについて", base=base, steps=4, visits=4, follows=True)
    line = fee_line(world.actor("pref-officer"), made.menu.programme)
    paid_on = previous_business_day(world.day(base + SPAN + 7))
    settle(world, follow(world, made, base=base, steps=6), line, dated=base + 7, paid_on=paid_on)


def fee_line(by: Any, programme: Programme) -> BudgetLine:
    """The 科目 that fees of advisors and lecturers are charged to; made once."""
    found = programme.budget_lines.filter(**FEES).first()
    return found or actions.save_budget_line(by=by, programme=programme, amount_yen=3_000_000, **FEES)


def first_day(world: World) -> int:
    """The offset of the first day: thirty days back, or so far that twenty days from there end with their 年度."""
    if fiscal_year(world.day(-DAYS_BACK)) == fiscal_year(world.day(SPAN - DAYS_BACK)):
        return -DAYS_BACK
    ended = FiscalYear.of(world.day(-DAYS_BACK)).end
    return (ended - world.today).days - SPAN


def case(
    world: World,
    title: str,
    *,
    base: int,
    steps: int,
    code: str = KANOYA,
    visits: int = 2,
    follows: bool = False,
) -> Dispatch:
    """A dispatch so many steps far: draft, requested, returned (2), proposed (3), accepted (4 and more).

    `follows`: it goes on after the answer, so its day is one that has passed.
    """
    officer, chief = (world.actor(key) for key in TOWNS[code])
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
        _propose(world, made, base=base, office=office, visits=visits, taken=steps > 3, follows=follows)
    return made


def _asked_for(world: World, base: int, number: int, *, ahead: bool) -> date:
    """The day that an advisor is asked for: what waits for an answer lies ahead, where the 年度 of the dispatch lasts so long."""
    later = world.day(14 + number)
    same_year = fiscal_year(later) == fiscal_year(world.day(base))
    return later if ahead and same_year else world.day(base + 14 + number)


def _propose(
    world: World, made: Dispatch, *, base: int, office: Any, visits: int, taken: bool, follows: bool
) -> None:
    advisor = Advisor.objects.get(user__email=f"advisor-1@{DOMAIN}")
    with world.on(base + 4):
        day = _asked_for(world, base, Dispatch.objects.filter(advisor=advisor).count(), ahead=not follows)
        actions.propose_advisor(
            by=office, dispatch=made, advisor=advisor, visits_count=visits, place="市役所 第2会議室",
            starts_at=clock.at_jst(day, time(13, 30)), ends_at=clock.at_jst(day, time(15, 30)),
        )  # fmt: skip
    if taken:
        with world.on(base + 5):
            actions.accept_dispatch(by=world.actor("advisor-1"), dispatch=made)


def follow(world: World, made: Dispatch, *, base: int, steps: int) -> Dispatch:
    """After the answer: refused (5), decided (6), cancelled (7), held (8), one report (9), reported (10), ordered to pay (11), closed (12)."""
    if steps < 5:
        return made
    office = world.actor("pref-officer")
    with world.on(base + 6):
        if steps == 5:
            approval = actions.draft_dispatch_refusal(
                by=office, dispatch=made, reason="この年度の派遣の予定に達したため。"
            )
        else:
            line = fee_line(office, made.menu.programme)
            approval = actions.draft_dispatch_decision(by=office, dispatch=made, line=line)
        today = clock.today_jst()
        actions.record_approval(
            by=office, approval=approval, record_number=f"起-4{steps:02d}", decided_on=today, effective_on=today,
            approver_title="くらし共生協働課長", approver_name="見本 次郎", paper=approved(office), document_number=f"地共第4{steps:02d}号",
            commitment_number="" if steps == 5 else f"負-4{steps:02d}",
        )  # fmt: skip
    made.refresh_from_db()
    if steps == 7:
        with world.on(base + 7):
            actions.cancel_dispatch(
                by=office,
                dispatch=made,
                note="大雨の災害対応のため、年度内に行えなくなった。",
                document_number="地共第490号",
            )
    if steps >= 8:
        _visit(world, made, base=base, steps=steps)
    return made


def _visit(world: World, made: Dispatch, *, base: int, steps: int) -> None:
    """The first visit: moved by a day's notice, held, reported, paid."""
    visit, town, advisor = (
        made.visits.get(),
        world.actor(TOWNS[made.municipality_id][0]),
        world.actor("advisor-1"),
    )
    if steps == 8:
        with world.on(base + 7):
            later = visit.starts_at + timedelta(hours=2)
            actions.move_visit(
                by=town, visit=visit, starts_at=later, ends_at=later + timedelta(hours=2), reason="地区の役員会のため",
                place=visit.place,
            )  # fmt: skip
    with world.on(visit.ends_at):
        actions.hold_visit(by=town, visit=visit)
        if steps >= 9:
            actions.report_visit(
                by=town, visit=visit, side="municipality", people_count=14, content=TALK, outcome=NEXT
            )
        if steps >= 10:
            actions.report_visit(
                by=advisor, visit=visit, side="advisor", minutes=120, content=TALK, outcome=NEXT
            )
            visit.refresh_from_db()
    if steps >= 11:
        paid_on = previous_business_day(world.day(base + SPAN + 7))
        with world.on((paid_on - world.today).days):
            office = world.actor("pref-officer")
            payments = actions.order_visit_payment(by=office, visit=visit, travel_yen=3_200)
            if steps >= 12:
                for payment in payments:
                    actions.enter_payment(by=world.actor("pref-accountant"), payment=payment, paid_on=paid_on)
                actions.close_dispatch(by=office, dispatch=made)


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
