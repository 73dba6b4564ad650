"""Decisions of menu ③: one granted with its letter, one refused, one sent back once and waiting for its 決裁. All invented."""

from dataclasses import replace
from datetime import timedelta

from grants import actions, programmes, queries
from grants.enums import Table
from grants.models import Application, Approval, BudgetLine, Call
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.fiscal import FiscalYear

from .papers import approved
from .people import KAGOSHIMA_CITY
from .step_grants import GRANT, Plan, file_plan
from .step_platforms import KAGOSHIMA_EAST
from .world import SEED, World

OFFICER = "pref-officer-2"
LINE = {"kan": "総務費", "kou": "企画費", "moku": "地域振興費", "setsu": 18}
BUDGET_YEN = 20_000_000
REASON = (
    "実施主体の規約と事業計画の内容が合わず、地域の課題の解決につながる取組であることが確認できないため。"
)


def build(world: World) -> None:
    """Under the open call; while that is of a year whose budget has not passed, under the last one of the current year."""
    found = open_year(world)
    if found is not None:
        world, call, line = found
        _granted(world, call, line)
        _refused(world, call)
        _waiting(world, call, line)


def open_year(world: World) -> tuple[World, Call, BudgetLine] | None:
    """The call under which decisions are made now, its 科目, and the world as it stands then; None between calls."""
    with world.on(0):
        programmes.load(by=SEED)
        call = queries.open_calls(clock.now()).first()
    if call is None:
        return None
    if call.menu.programme.provisional:
        call = _last_call(world)
        world = replace(world, start=call.closes_at - timedelta(hours=1))
    with world.on(0):
        found = call.menu.programme.budget_lines.filter(**LINE).first()
        line = found or actions.save_budget_line(
            by=world.actor(OFFICER), programme=call.menu.programme, amount_yen=BUDGET_YEN, **LINE
        )
    return world, call, line


def _last_call(world: World) -> Call:
    year = FiscalYear.of(world.today).year
    calls = Call.objects.filter(menu__programme__fiscal_year=year, menu__table=Table.SUBSIDY)
    return calls.select_related("menu__programme__authority").latest("closes_at")


def _granted(world: World, call: Call, line: BudgetLine) -> None:
    case = _reviewed(world, call, "子どもの居場所を地域で開く事業")
    with world.on(0):
        by = world.actor(OFFICER)
        actions.draft_decision(by=by, application=case, amount_yen=GRANT, line=line)
        record(by, case.approvals.get(), number="地共第301号", commitment="負-301")


def _refused(world: World, call: Call) -> None:
    case = _reviewed(world, call, "地区の記念誌をつくる事業")
    with world.on(0):
        by = world.actor(OFFICER)
        actions.draft_rejection(by=by, application=case, reason=REASON)
        record(by, case.approvals.get(), number="地共第302号", commitment="")


def _waiting(world: World, call: Call, line: BudgetLine) -> None:
    case = _reviewed(world, call, "移動販売の立ち寄り所をつくる事業")
    with world.on(0):
        by = world.actor(OFFICER)
        actions.draft_decision(by=by, application=case, amount_yen=GRANT, line=line)
        actions.send_back_approval(
            by=by, approval=case.approvals.get(), note="旅費の積算を、もう一度確かめてください。"
        )
        actions.draft_decision(by=by, application=case, amount_yen=GRANT, line=line)


def _reviewed(world: World, call: Call, title: str) -> Application:
    """A file in 内容審査, as the examination leaves it."""
    plan = Plan(
        area=KAGOSHIMA_CITY, officer="muni-kagoshima", chief="chief-kagoshima", platform=KAGOSHIMA_EAST,
        title=title, kind="1-2", parts=3, taken_by=OFFICER, outcome="reviewing",
    )  # fmt: skip
    file_plan(world, plan, call)
    return Application.objects.get(title=title, call=call)


def record(by: UserActor, approval: Approval, *, number: str, commitment: str) -> None:
    today = clock.today_jst()
    actions.record_approval(
        by=by,
        approval=approval,
        record_number="起-301",
        decided_on=today,
        approver_title="くらし共生協働課長",
        approver_name="課長 見本",
        paper=approved(by),
        effective_on=today,
        document_number=number,
        commitment_number=commitment,
    )
