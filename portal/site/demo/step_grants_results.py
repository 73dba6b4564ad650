"""Menu ③ after the decision: changing, reported, inspected, settled, closed, revoked with its 返還, withdrawn. All invented.

Under the first call of the running 年度 once its projects can be over, else under that of the 年度 before; every action on its
own day. The last payment is the day from which all others are counted.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from grants import actions, programmes
from grants.calculations import ExpenseRow, IncomeRow
from grants.enums import Table
from grants.models import Application, BudgetLine, Call, Payment
from grants.recovery.actions import reclaiming, revoking, spreading
from grants.recovery.charging import proposed
from grants.settlement.actions import changing, inspecting, paying, results, settling
from grants.settlement.rows import ExpenseActual, IncomeActual
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear, next_business_day, previous_business_day

from .papers import approved, charter
from .people import KAGOSHIMA, KANOYA, SHIBUSHI
from .step_grants import Plan, file_plan
from .step_grants_decisions import BUDGET_YEN, LINE
from .step_people import ensure
from .step_platforms import KANOYA_WEST, SHIBUSHI_SEA
from .world import SEED, World

OFFICE, ACCOUNTANT = "pref-officer", "pref-accountant"
TOWNS = {
    KANOYA: ("muni-kanoya", "muni-kanoya-chief", KANOYA_WEST),
    SHIBUSHI: ("officer-shibushi", "chief-shibushi", SHIBUSHI_SEA),
}
FIRST = (6, 30)  # the first call closes
LATEST = (4, 20)  # of the next year: then everything of a 年度 but its last payments is over
EXPENSES = (
    ExpenseRow(setsu=7, description="講師の謝金 4回", unit_price_yen=20_000, quantity=4),
    ExpenseRow(setsu=13, description="会場の使用料 8回", unit_price_yen=4_500, quantity=8),
)
INCOMES = (IncomeRow(kind="specific", description="参加費 200円×80人", amount_yen=16_000),)
GRANT = 50_000  # (116,000 − 16,000) × 1/2
TEXTS = {
    "content": "話しあいを4回開き、買い物の手伝いと見守りを、二つの集落で始めた。",
    "outcome": "手伝いを使ったのは延べ62世帯、担い手になったのは11人。",
    "next_steps": "翌年度は、参加費と地区の積立で続ける。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file: how far it comes, how many days before the last payment it is paid, and what its result came to less."""

    title: str
    goal: str
    area: str = KANOYA
    earlier: int = 0
    less_yen: int = 0


CASES = (
    Case(title="地区の買い物を支える話しあい", goal="changing"),
    Case(title="空き店舗で開く子どもの居場所", goal="reported"),
    Case(title="通学路の見守りを続けるしくみ", goal="inspected", less_yen=20_000),
    Case(title="集落の移動を助け合う試み", goal="settled"),
    Case(title="地区の計画を住民でつくる集い", goal="closed", earlier=20),
    Case(title="海辺の清掃と交流の場づくり", goal="revoked", area=SHIBUSHI),
    Case(title="空き家の見回りと活用の相談", goal="returned", area=SHIBUSHI, earlier=20),
    Case(title="高齢者の集いの送り迎え", goal="withdrawn"),
)
REASON = "補助金の一部が、交付決定の内容と異なる用途に使われていたため(交付の条件4に違反)。"
SPREAD = "補正予算が間に合わず、一度に納められないため(市の申出による)。"
ORDERED_ANEW = 4  # the file whose payment was ordered twice
PART_YEN = 20_000  # what came in first of the one that was collected


@dataclass(frozen=True, slots=True)
class Frame:
    """The call, its 科目, and the offset of the last payment."""

    world: World
    call: Call
    line: BudgetLine
    paid: int


def build(world: World) -> None:
    """All of them, each along its own days."""
    ensure(world, ACCOUNTANT)
    frame = _frame(world)
    for number, case in enumerate(CASES, start=1):
        _follow(frame, case, number)


def _frame(world: World) -> Frame:
    """The 年度 and its days: of the running one from September on, else of the one before."""
    running = FiscalYear.of(world.today)
    year = running if world.today >= date(running.year, 9, 1) else running.previous
    end = min(world.today, date(year.year + 1, *LATEST))
    if year != running:
        with world.on(_offset(world, date(year.year, 9, 30))):
            programmes.load(by=SEED)
    call = Call.objects.select_related("menu__programme__authority").get(
        menu__programme__authority__area=KAGOSHIMA, menu__programme__fiscal_year=year.year, menu__table=Table.SUBSIDY,
        closes_on=date(year.year, *FIRST),
    )  # fmt: skip
    with world.on(_offset(world, date(year.year, 4, 2))):
        by = world.actor("pref-officer-2")
        found = call.menu.programme.budget_lines.filter(**LINE).first()
        line = found or actions.save_budget_line(
            by=by, programme=call.menu.programme, amount_yen=BUDGET_YEN, **LINE
        )
    return Frame(world, call, line, _offset(world, previous_business_day(end - timedelta(days=2))))


def _offset(world: World, day: date) -> int:
    return (day - world.today).days


def _friday(year: int) -> date:
    """The end of the week before the first call closes."""
    last = date(year, *FIRST) - timedelta(days=4)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def _working(world: World, offset: int) -> int:
    """The offset of the last day before, or that day, on which offices are open."""
    return _offset(world, previous_business_day(world.day(offset)))


def _follow(frame: Frame, case: Case, number: int) -> None:
    """Decided in July; then as far as the case goes."""
    world, year = frame.world, FiscalYear(frame.call.menu.programme.fiscal_year)
    paid = _working(world, frame.paid - case.earlier)
    made = _applied(frame, case, ends_on=min(world.day(paid - 12), year.end - timedelta(days=5)))
    if case.goal == "withdrawn":
        with world.on(_offset(world, _friday(year.year))):
            note = "実施主体の準備が整わず、年度内の実施が見込めないため。"
            actions.withdraw(by=world.actor(TOWNS[case.area][1]), application=made, note=note)
        return
    with world.on(_offset(world, previous_business_day(date(year.year, 7, 10)))):
        actions.draft_decision(by=world.actor(OFFICE), application=made, amount_yen=GRANT, line=frame.line)
        _record(world, made, number=number, commitment=f"負-6{number:02d}")
    if case.goal == "changing":
        _change(world, made, paid)
        return
    _report(world, made, case, paid)
    if case.goal in {"reported", "inspected"}:
        return
    _settle(world, made, paid, number)
    if case.goal != "settled":
        _pay(world, made, paid)
    if case.goal in {"revoked", "returned"}:
        _revoke(world, made, case, paid, number)


def _applied(frame: Frame, case: Case, *, ends_on: date) -> Application:
    """Submitted in June, examined; a withdrawn one is not."""
    officer, chief, platform = TOWNS[case.area]
    year = frame.call.menu.programme.fiscal_year
    plan = Plan(
        area=case.area, officer=officer, chief=chief, platform=platform, title=case.title, kind="1-2", parts=3,
        taken_by="" if case.goal == "withdrawn" else OFFICE, outcome="reviewing", expenses=EXPENSES, incomes=INCOMES,
        period=(date(year, 7, 20), max(ends_on, date(year, 7, 20))),
    )  # fmt: skip
    start = clock.at_jst(_friday(year), time(10))
    return file_plan(replace(frame.world, start=start), plan, frame.call)


def _record(world: World, case: Application, *, number: int, commitment: str = "", series: int = 6) -> None:
    """The office's own 決裁 of the open draft, of today."""
    by, today = world.actor(OFFICE), clock.today_jst()
    actions.record_approval(
        by=by, approval=case.approvals.get(state="drafted"), record_number=f"起-{series}{number:02d}",
        decided_on=today, effective_on=today, approver_title="くらし共生協働課長", approver_name="課長 見本",
        paper=approved(by), document_number=f"地共第{series}{number:02d}号", commitment_number=commitment,
    )  # fmt: skip
    case.refresh_from_db()


def _change(world: World, case: Application, paid: int) -> None:
    """More meetings than planned: asked for, not answered yet."""
    officer, chief, _ = TOWNS[case.municipality_id]
    with world.on(_working(world, paid - 2)):
        lines = _lines(case)
        more = [*lines[:-1], replace(lines[-1], actual_yen=lines[-1].actual_yen + 18_000)]
        changing.save_change(
            by=world.actor(officer), application=case, expenses=more, incomes=_incomes(case), asked_yen=59_000,
            reason="話しあいに加わる集落が二つ増え、会場を4回多く使うため。", content="", ends_on=None,
            outlay_yen=None, own_number="",
        )  # fmt: skip
        changing.request_change(by=world.actor(chief), application=case)


def _report(world: World, case: Application, plan: Case, paid: int) -> None:
    """The result with its evidence, inspected unless it has only just been filed."""
    officer, chief, _ = TOWNS[case.municipality_id]
    with world.on(_working(world, paid - 9)):
        lines, by = _lines(case), world.actor(officer)
        spent = [replace(lines[0], actual_yen=lines[0].actual_yen - plan.less_yen), *lines[1:]]
        results.save_result(
            by=by, application=case, expenses=spent, incomes=_incomes(case), completed_on=case.ends_on,
            claimed_yen=GRANT - plan.less_yen // 2, outlay_yen=None, own_number="", **TEXTS,
        )  # fmt: skip
        results.add_evidence(by=by, application=case, title="領収書の写し(見本)", file=charter(by))
        results.file_result(by=world.actor(chief), application=case)
    if plan.goal != "reported":
        with world.on(_working(world, paid - 5)):
            answers = {row["key"]: ("fit", "") for row in case.menu.result_checklist}
            inspecting.inspect_result(
                by=world.actor(OFFICE), application=case, inspected_on=clock.today_jst(),
                method="書面(大隅地域振興局)", answers=answers,
            )  # fmt: skip


def _settle(world: World, case: Application, paid: int, number: int) -> None:
    """額の確定, the invoice, the order: what the accountant has to pay."""
    with world.on(_working(world, paid - 3)):
        settling.draft_settlement(by=world.actor(OFFICE), application=case)
        _record(world, case, number=number, series=7)
    with world.on(_working(world, paid - 2)):
        paying.send_invoice(by=world.actor(TOWNS[case.municipality_id][1]), application=case)
    with world.on(_working(world, paid - 1)):
        by = world.actor(OFFICE)
        wrong = paying.order_grant(by=by, application=case)
        if number == ORDERED_ANEW:
            actions.cancel_payment(by=by, payment=wrong, note="支払先の口座の確認が済んでいなかったため。")
            paying.order_grant(by=by, application=case)


def _pay(world: World, case: Application, paid: int) -> None:
    """Paid by the accountant, closed by the office."""
    with world.on(paid):
        payment = Payment.objects.get(case_type="grants.application", case_id=case.pk)
        actions.enter_payment(by=world.actor(ACCOUNTANT), payment=payment, paid_on=clock.today_jst())
        paying.close_application(by=world.actor(OFFICE), application=case)


def _revoke(world: World, case: Application, plan: Case, paid: int, number: int) -> None:
    """Revoked after it was closed, and asked back: waiting, or asked twice (the first day was wrong) and collected."""
    by = world.actor(OFFICE)
    with world.on(_working(world, paid + 1)):
        revoking.draft_revocation(by=by, application=case, reason=REASON)
        _record(world, case, number=number, series=8)
        due_on = next_business_day(clock.today_jst() + timedelta(days=20))
        notice = reclaiming.order_reclaim(by=by, application=case, due_on=due_on)
        if plan.goal == "revoked":
            plan_of = proposed(notice, clock.today_jst(), times=3, first_on=due_on)
            spreading.agree_instalments(by=by, reclaim=notice, reason=SPREAD, plan=plan_of)
            return
        reclaiming.cancel_reclaim(
            by=by, reclaim=notice, note="納期限を、市の会計の予定に合わせて改めるため。"
        )
        notice = reclaiming.order_reclaim(
            by=by, application=case, due_on=next_business_day(due_on + timedelta(days=7))
        )
    with world.on(_working(world, paid + 10)):
        reclaiming.collect_reclaim(
            by=world.actor(ACCOUNTANT), reclaim=notice, collected_on=clock.today_jst(), amount_yen=PART_YEN
        )
    with world.on(_working(world, paid + 14)):
        reclaiming.collect_reclaim(by=world.actor(ACCOUNTANT), reclaim=notice, collected_on=clock.today_jst())


def _lines(case: Application) -> list[ExpenseActual]:
    """The budget as it was decided."""
    return [
        ExpenseActual(
            setsu=line.setsu, description=line.description, budget_yen=line.amount_yen, actual_yen=line.amount_yen,
            ineligible_yen=0,
        )
        for line in case.expenses.all()
    ]  # fmt: skip


def _incomes(case: Application) -> list[IncomeActual]:
    return [
        IncomeActual(kind=row.kind, description=row.description, budget_yen=row.amount_yen, actual_yen=row.amount_yen)
        for row in case.incomes.all()
    ]  # fmt: skip
