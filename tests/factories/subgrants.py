"""間接補助 for tests: a decided file whose 18節 line is passed on, and files of a コミプラ below it."""

from typing import Any

from grants import actions
from grants.calculations import ExpenseRow, IncomeRow
from grants.models import Application, SubGrant
from grants.subgrants import actions as sub

from .deciding import decided, reviewing
from .grants import Town

LINE_YEN = 600_000
BUDGET = {
    "reward": 120_000,
    "printing": 30_000,
    "insurance": 10_000,
    "fees": 20_000,
}  # 160,000 out, 20,000 in
ASKED_YEN = 140_000


def indirect(town: Town) -> Application:
    """A decided file of 間接補助: the コミプラ spends 1,000,000, the town's 18節 line is 600,000."""
    case = town.draft()
    town.fill_target(case, mode="indirect")
    town.fill_plan(case)
    rows = [ExpenseRow(setsu=12, description="買い物の試行運行", unit_price_yen=1_000_000)]
    own = [IncomeRow(kind="own", description="会費と積立", amount_yen=400_000)]
    actions.save_budget(
        by=town.officer, application=case, revision=0, expenses=rows, incomes=own, share_yen=300_000, outlay_yen=LINE_YEN,
    )  # fmt: skip
    town.attach(case, "charter")
    actions.save_confirm(
        by=town.officer, application=case, revision=0, applicant_title=f"{town.area.name}長", applicant_name="試験 一郎",
        own_number="試企第413号",
    )  # fmt: skip
    return decided(town, reviewing(town, actions.submit(by=town.chief, application=case)), amount_yen=300_000)


def draft(town: Town, case: Application) -> SubGrant:
    """The file of the コミプラ, nothing in it."""
    return sub.start_subgrant(by=town.officer, application=case, platform=town.platform, title="買い物の送迎")


def written(town: Town, row: SubGrant, **changed: Any) -> SubGrant:
    """It may be submitted: the budget is in balance."""
    values: dict[str, Any] = {
        "applicant_name": "会長 浜坂 花子", "content": "毎週水曜に買い物の送迎をする。", "asked_yen": ASKED_YEN,
        "amounts": BUDGET, "revision": row.revision,
    }  # fmt: skip
    return sub.write_subgrant(by=town.officer, subgrant=row, **values | changed)


def granted(town: Town, case: Application, row: SubGrant | None = None, yen: int = ASKED_YEN) -> SubGrant:
    """Decided by the town's chief."""
    row = sub.submit_subgrant(by=town.officer, subgrant=row or written(town, draft(town, case)))
    return sub.decide_subgrant(by=town.chief, subgrant=row, decided_yen=yen, document_number="試企第500号")
