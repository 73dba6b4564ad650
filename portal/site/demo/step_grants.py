"""Applications under menu ③: a draft in the middle, one submitted, one that an officer has taken. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta

from grants import actions, programmes, queries
from grants.calculations import ExpenseRow, IncomeRow
from grants.models import Application, Call
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import FiscalYear, next_business_day

from .papers import charter
from .people import KAGOSHIMA_CITY, KANOYA, KIRISHIMA, SHIBUSHI
from .step_platforms import KAGOSHIMA_EAST, KANOYA_WEST, KIRISHIMA_HILL, SHIBUSHI_SEA, platform
from .world import SEED, World

EXPENSES = (
    ExpenseRow(setsu=7, description="講師の謝金 2人×3回", unit_price_yen=20_000, quantity=6),
    ExpenseRow(setsu=8, description="講師の旅費 6回", unit_price_yen=9_000, quantity=6),
    ExpenseRow(setsu=10, description="話しあいの資料の印刷 300部", unit_price_yen=180, quantity=300),
    ExpenseRow(setsu=11, description="案内の郵送料 400通", unit_price_yen=85, quantity=400),
    ExpenseRow(setsu=13, description="会場の使用料 6回", unit_price_yen=4_500, quantity=6),
)
INCOMES = (IncomeRow(kind="specific", description="参加費 200円×150人", amount_yen=30_000),)
TOTAL = sum(row.amount_yen for row in EXPENSES)
GRANT = (TOTAL - 30_000) // 2 // 1000 * 1000  # 県1/2, 千円未満切捨て (令和6年度の資料)
TEXTS = {
    "purpose": "買い物に困る世帯と、見守りの担い手が減っている地区で、住民どうしの支えあいを続けられるようにする。",
    "content": "話しあいを6回開き、買い物の手伝いと見守りを三つの集落で試す。",
    "partners": "自治会、子ども会、地区のNPO、小学校。役割は、集まりごとに書面で分ける。",
    "outcome": "手伝いを使った世帯の数と、担い手として名乗り出た人の数を、回覧で数える。",
    "continuation": "翌年度は、参加費と地区の積立で続ける。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One application and how far it comes: the parts filled in, then submitted by the chief, then taken."""

    area: str
    officer: str
    chief: str
    platform: str
    title: str
    kind: str
    parts: int
    taken_by: str = ""
    outcome: str = ""
    expenses: tuple[ExpenseRow, ...] = EXPENSES
    incomes: tuple[IncomeRow, ...] = INCOMES
    period: tuple[date, date] | None = None
    mode: str = "direct"
    outlay_yen: int | None = None  # the 18節 line of a file that is passed on (間接補助)

    @property
    def share_yen(self) -> int:
        """What the municipality bears: 1/2 of the base and what the grant's thousands leave (令和6年度の資料)."""
        base = self.outlay_yen or sum(row.amount_yen for row in self.expenses) - sum(
            row.amount_yen for row in self.incomes
        )
        return base - base // 2 // 1000 * 1000


PLANS = (
    Plan(
        area=KIRISHIMA,
        officer="muni-kirishima",
        chief="",
        platform=KIRISHIMA_HILL,
        title="地区の計画づくりと試みの事業",
        kind="1-1",
        parts=2,
    ),
    Plan(
        area=KANOYA,
        officer="muni-kanoya",
        chief="",
        platform=KANOYA_WEST,
        title="買い物と見守りを支える事業",
        kind="1-1",
        parts=1,
    ),
    Plan(
        area=SHIBUSHI,
        officer="officer-shibushi",
        chief="chief-shibushi",
        platform=SHIBUSHI_SEA,
        title="自主財源を検討する事業",
        kind="1-2",
        parts=3,
    ),
    Plan(
        area=KAGOSHIMA_CITY,
        officer="muni-kagoshima",
        chief="chief-kagoshima",
        platform=KAGOSHIMA_EAST,
        title="校区の見守りを試行する事業",
        kind="1-2",
        parts=3,
        taken_by="pref-officer-2",
    ),
    Plan(
        area=KAGOSHIMA_CITY,
        officer="muni-kagoshima",
        chief="chief-kagoshima",
        platform=KAGOSHIMA_EAST,
        title="校区の移動を支える事業",
        kind="1-2",
        parts=3,
        taken_by="pref-officer-2",
        outcome="returned",
    ),
    Plan(
        area=KAGOSHIMA_CITY,
        officer="muni-kagoshima",
        chief="chief-kagoshima",
        platform=KAGOSHIMA_EAST,
        title="空き家を集まりの場にする事業",
        kind="1-2",
        parts=3,
        taken_by="pref-officer-2",
        outcome="reviewing",
    ),
)
REMARKS = (
    ("plan", "運行を続ける費用を、翌年度からだれが負担するかを書いてください。"),
    ("budget", "講師の旅費6回の行き先と、単価の根拠を積算の内訳に書いてください。"),
)


def build(world: World) -> None:
    """Under the open call of the year: start, fill in, submit, take, one day after the other up to the first start."""
    with world.on(0):
        programmes.load(by=SEED)
        call = queries.open_calls(clock.now()).first()
    if call is None:
        return
    for plan in PLANS:
        file_plan(world, plan, call)


def file_plan(world: World, plan: Plan, call: Call) -> Application:
    """One application, as far as its plan says."""
    officer = world.actor(plan.officer)
    with world.on(-6):
        case = actions.start_application(
            by=officer, call=call, municipality=world.area(plan.area), title=plan.title
        )
        actions.save_target(
            by=officer,
            application=case,
            revision=0,
            title=plan.title,
            platform=platform(plan.platform),
            project_type=call.menu.project_types.get(code=plan.kind),
            mode=plan.mode,
        )
    if plan.parts > 1:
        with world.on(-5):
            starts_on, ends_on = plan.period or _period(world.today, call)
            actions.save_plan(
                by=officer,
                application=case,
                revision=0,
                starts_on=starts_on,
                ends_on=ends_on,
                texts=TEXTS,
            )
    if plan.parts > 2:
        _complete(world, plan, case, officer)
    return case


def _complete(world: World, plan: Plan, case: Application, officer: UserActor) -> None:
    with world.on(-4):
        actions.save_budget(
            by=officer,
            application=case,
            revision=0,
            expenses=plan.expenses,
            incomes=plan.incomes,
            share_yen=plan.share_yen,
            **({"outlay_yen": plan.outlay_yen} if plan.outlay_yen else {}),
        )
        actions.add_attachment(by=officer, application=case, kind="charter", file=charter(officer), title="")
        actions.save_confirm(
            by=officer,
            application=case,
            revision=0,
            applicant_title=f"{case.municipality.name}長",
            applicant_name="見本 太郎",
            own_number="",
        )
    with world.on(-3):
        actions.submit(by=world.actor(plan.chief), application=case)
    if plan.taken_by:
        with world.on(-1):
            actions.take(by=world.actor(plan.taken_by), application=case)
            _examine(world.actor(plan.taken_by), case, plan.outcome)


def _examine(officer: UserActor, case: Application, outcome: str) -> None:
    """Returned with two remarks, or passed on with every point of the checklist answered."""
    if outcome == "returned":
        for part, text in REMARKS:
            actions.write_remark(by=officer, application=case, part=part, text=text)
        due_on = next_business_day(clock.today_jst() + timedelta(days=10))
        actions.return_for_correction(by=officer, application=case, due_on=due_on)
    elif outcome == "reviewing":
        answers = {row["key"]: ("fit", "") for row in case.menu.checklist}
        actions.answer_checks(by=officer, application=case, answers=answers)
        actions.pass_screening(by=officer, application=case)


def _period(today: date, call: Call) -> tuple[date, date]:
    """A period inside the programme's 年度: from three weeks after today, or its first day, to twenty days before its end."""
    year = FiscalYear(call.menu.programme.fiscal_year)
    ends_on = year.end - timedelta(days=20)
    return min(max(year.start, today + timedelta(days=21)), ends_on), ends_on
