"""Menu ③ passed on (間接補助): a decided file with the files of two コミプラ below it, and an advance that is asked for. All invented."""

from datetime import date

from grants import actions
from grants.advances.actions import deciding, requesting
from grants.calculations import ExpenseRow, IncomeRow
from grants.models import Advance, Application, Menu
from grants.subgrants import actions as below
from portal.kernel import audit, clock

from .people import KANOYA
from .step_grants import Plan, file_plan
from .step_grants_decisions import open_year, record
from .step_platforms import KANOYA_VALLEY, KANOYA_WEST, platform
from .world import SEED, World

TITLE = "買い物バスを地区で動かす事業"
TOWN, CHIEF, OFFICE = "muni-kanoya", "muni-kanoya-chief", "pref-officer"
EXPENSES = (
    ExpenseRow(setsu=7, description="運転する人への謝金 30回", unit_price_yen=2_000, quantity=30),
    ExpenseRow(setsu=11, description="車両の保険料", unit_price_yen=30_000, quantity=1),
    ExpenseRow(setsu=13, description="車両の借上げ 30回", unit_price_yen=7_000, quantity=30),
)
INCOMES = (IncomeRow(kind="own", description="地区の会費と積立", amount_yen=100_000),)
LINE_YEN, GRANT, ADVANCE_YEN = (
    200_000,
    100_000,
    60_000,
)  # small: 鹿屋市 has 650,000 of its cap left to try things with
BELOW = (  # whose file, what for, how much is asked, its budget by 費目, whether it is decided
    (KANOYA_WEST, "西校区の買い物バス", 120_000, {"reward": 40_000, "rent": 100_000, "fees": 20_000}, True),
    (KANOYA_VALLEY, "谷地区の買い物バスの試し運行", 70_000, {"reward": 20_000, "rent": 50_000}, False),
)


def build(world: World) -> None:
    """One コミプラ has its decision, the other waits for it; 概算払 is asked for, for the car is paid every month."""
    found = open_year(world)
    if found is None:
        return
    world, call, line = found
    plan = Plan(
        area=KANOYA, officer=TOWN, chief=CHIEF, platform=KANOYA_WEST, title=TITLE, kind="1-2", parts=3, taken_by=OFFICE,
        outcome="reviewing", expenses=EXPENSES, incomes=INCOMES, mode="indirect", outlay_yen=LINE_YEN,
    )  # fmt: skip
    case = file_plan(world, plan, call)
    with world.on(0):
        by = world.actor(OFFICE)
        actions.draft_decision(by=by, application=case, amount_yen=GRANT, line=line)
        record(by, case.approvals.get(), number="地共第310号", commitment="負-310")
        for who, title, asked_yen, amounts, decided in BELOW:
            _below(world, case, who, title, asked_yen=asked_yen, amounts=amounts, decided=decided)
        _advance(world, case)


def _below(
    world: World,
    case: Application,
    who: str,
    title: str,
    *,
    asked_yen: int,
    amounts: dict[str, int],
    decided: bool,
) -> None:
    by = world.actor(TOWN)
    row = below.start_subgrant(by=by, application=case, platform=platform(who), title=title)
    content = "毎週水曜に、集落と店のあいだを2往復する。運転は、講習を受けた住民が交代で行う。"
    below.write_subgrant(
        by=by,
        subgrant=row,
        revision=row.revision,
        applicant_name="会長 見本 花子",
        content=content,
        asked_yen=asked_yen,
        amounts=amounts,
    )
    below.submit_subgrant(by=by, subgrant=row)
    if decided:
        below.decide_subgrant(
            by=world.actor(CHIEF), subgrant=row, decided_yen=asked_yen, document_number="鹿企第51号"
        )


def _advance(world: World, case: Application) -> None:
    """The 要綱 of the demo allows it; the source of 令和6年度 is silent."""
    menu = case.menu
    Menu.objects.filter(pk=menu.pk).update(advance_allowed=True)
    data = {"fields": ["advance_allowed"]}
    audit.record("grants.menu.changed", by=SEED, target=menu, data=data)
    case = Application.objects.select_related("menu__programme__authority").get(pk=case.pk)
    month, by = clock.today_jst().replace(day=1), world.actor(CHIEF)

    def ask(reason: str) -> Advance:
        plan = _months(month, case)
        return requesting.request_advance(
            by=by, application=case, amount_yen=ADVANCE_YEN, reason=reason, plan=plan
        )

    refused = ask("車両を買うため。")
    note = "車両の購入は、決定した予算にありません。"
    deciding.decline_advance(by=world.actor(OFFICE), advance=refused, note=note)
    ask("運転する人への謝金と車両の借上げ料を、毎月払うため。")


def _months(first: date, case: Application) -> list[tuple[date, int]]:
    """Three months of a third each, as far as the project lasts; the last takes what is over."""
    last = case.ends_on or first
    found = [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(3)
    ]
    kept = [month for month in found if month <= last] or [first]
    share = ADVANCE_YEN // len(kept)
    return [(month, share) for month in kept[:-1]] + [(kept[-1], ADVANCE_YEN - share * (len(kept) - 1))]
