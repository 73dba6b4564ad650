"""Applications on their way to a decision, and what an officer records of a 決裁."""

from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

from django.db.models import Model

from grants import actions
from grants.calculations import ExpenseRow
from grants.models import Application, ApplicationSnapshot, Approval, BudgetLine, CheckAnswer, Menu
from portal.kernel import clock
from portal.kernel.actors import UserActor

from .grants import Town, staged

M = TypeVar("M", bound=Model)
LINE = {"kan": "総務費", "kou": "企画費", "moku": "地域振興費", "setsu": 18}
GRANT_YEN = 710_000  # of the factory's budget: (1,492,000 − 32,000 − 40,000) ÷ 2
STEPS = [
    {"role": "prefecture_section_chief", "title": "くらし共生協働課長", "kind": "approve"},
    {"role": "prefecture_head", "title": "総務部長", "kind": "approve"},
]


def line_of(town: Town, menu: Menu, amount_yen: int = 100_000_000) -> BudgetLine:
    """The 科目 of the menu's programme, with at least so much."""
    found = menu.programme.budget_lines.filter(**LINE).first()
    if found is not None:
        return found
    return actions.save_budget_line(
        by=town.prefecture, programme=menu.programme, amount_yen=amount_yen, **LINE
    )


def reviewing(town: Town, application: Application | None = None) -> Application:
    """A file that is in 内容審査, every point found 適."""
    case = application or town.submitted()
    actions.take(by=town.prefecture, application=case)
    answers = {row["key"]: ("fit", "") for row in case.menu.checklist}
    actions.answer_checks(by=town.prefecture, application=case, answers=answers)
    return actions.pass_screening(by=town.prefecture, application=case)


def deciding(
    town: Town, case: Application | None = None, amount_yen: int = GRANT_YEN, **more: Any
) -> Application:
    """A file whose 交付決定 is drafted."""
    case = case or reviewing(town)
    return actions.draft_decision(
        by=town.prefecture, application=case, amount_yen=amount_yen, line=line_of(town, case.menu), **more
    )


def asking(town: Town, base_yen: int) -> Application:
    """A submitted file whose 補助対象経費 is `base_yen`, in one line of the budget."""
    row = ExpenseRow(setsu=12, description="買い物の試行運行", unit_price_yen=base_yen + 40_000)
    grant = min(base_yen // 2 // 1000 * 1000, 1_000_000)
    return actions.submit(by=town.chief, application=town.ready(share_yen=base_yen - grant, expenses=[row]))


def open_approval(case: Application) -> Approval:
    return case.approvals.get(state="drafted")


def record(by: UserActor, **changed: Any) -> dict[str, Any]:
    """What an officer enters of a 決裁 that the office keeps."""
    today = clock.today_jst()
    return {
        "record_number": "起-1024",
        "decided_on": today,
        "approver_title": "くらし共生協働課長",
        "approver_name": "決裁 花子",
        "paper": staged(by, "決裁済.pdf"),
        "effective_on": today,
        "document_number": "く共第123号",
        "commitment_number": "負-55",
    } | changed


def decided(town: Town, case: Application | None = None, **more: Any) -> Application:
    """A file whose 交付決定 was recorded from the office's own 決裁."""
    case = case if case is not None and case.is_deciding else deciding(town, case, **more)
    actions.record_approval(by=town.prefecture, approval=open_approval(case), **record(town.prefecture))
    case.refresh_from_db()
    return case


def rejected(town: Town, reason: str = "対象となる地域の取組が確認できないため。") -> Application:
    """A file that was refused."""
    case = reviewing(town)
    actions.draft_rejection(by=town.prefecture, application=case, reason=reason)
    actions.record_approval(
        by=town.prefecture,
        approval=open_approval(case),
        **record(town.prefecture, commitment_number=""),
    )
    case.refresh_from_db()
    return case


LATER = date(2027, 4, 1)


def twins(case: Application, count: int) -> list[Application]:
    """The file and copies of it, rows alone: as many of one municipality as a race needs, without walking each there."""
    made = [case]
    snapshot, checks = case.snapshots.get(), list(case.checks.all())
    for _ in range(count - 1):
        twin = Application.objects.get(pk=case.pk)
        twin.pk = uuid4()
        Application.objects.bulk_create([twin])
        snapshots = [copied(snapshot, application=twin)]
        ApplicationSnapshot.objects.bulk_create(snapshots)
        CheckAnswer.objects.bulk_create(copied(row, application=twin) for row in checks)
        made.append(Application.objects.get(pk=twin.pk))
    return made


def copied(row: M, **changed: Any) -> M:
    """A new row like this one, not yet stored."""
    values = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields}
    return type(row)(**values | {"id": uuid4()} | changed)
