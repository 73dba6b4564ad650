"""Objects with which the rows of files after their decision are opened: of 志布志市, one being written, one reported."""

from datetime import timedelta
from typing import Any

from grants import actions, queries
from grants.models import Application, ResultReport
from grants.settlement.actions import changing as change
from grants.settlement.actions import results
from grants.settlement.papers import RESULT
from portal.documents.models import Document
from portal.kernel import clock
from portal.site.demo.step_grants import Plan, file_plan
from portal.site.demo.world import World
from tests.factories.deciding import record
from tests.factories.grants import staged
from tests.factories.settlement import expenses_of, incomes_of

from .cases_deciding import PLAN

TITLES = ("実績を書いている事業", "実績を報告した事業", "変更を申請した事業")


def cases() -> dict[str, dict[str, Any]]:
    """Both are decided by the office's own 決裁; their days lie in the past, as those of a finished project do."""
    call = queries.open_calls(clock.now()).get()
    world = World(clock.now())
    for title in TITLES:
        file_plan(world, Plan(title=title, **PLAN), call)
    draft, filed, changing = (
        Application.objects.filter(title=title).latest("created_at") for title in TITLES
    )
    _decide(world, changing)
    _change(world, changing)
    for case in (draft, filed):
        _decide(world, case)
        _write(world, case)
    results.file_result(by=world.actor("chief-shibushi"), application=filed)
    files = {case.pk: ResultReport.objects.get(application=case).files.get() for case in (draft, filed)}
    return {
        "result draft": {"pk": draft.pk},
        "result filed": {"pk": filed.pk},
        "result draft file": {"pk": draft.pk, "file_pk": files[draft.pk].pk},
        "result filed file": {"pk": filed.pk, "file_pk": files[filed.pk].pk},
        "change filed": {"pk": changing.pk},
        "change act": {"pk": changing.pk, "act": "approve"},
        "result act": {"pk": filed.pk, "act": "return"},
        "result paper": {"pk": Document.objects.get(kind=RESULT, object_id=filed.pk).pk},
    }


def _decide(world: World, case: Application) -> None:
    officer = world.actor("pref-officer")
    line = case.menu.programme.budget_lines.get(setsu=18)
    actions.draft_decision(
        by=officer, application=case, amount_yen=1000, line=line, note="予算の範囲のため。"
    )
    actions.record_approval(by=officer, approval=case.approvals.get(), **record(officer))
    today = world.today
    Application.objects.filter(pk=case.pk).update(
        starts_on=today - timedelta(days=60), ends_on=today - timedelta(days=1)
    )
    case.refresh_from_db()


def _change(world: World, case: Application) -> None:
    by = world.actor("officer-shibushi")
    change.save_change(
        by=by, application=case, expenses=expenses_of(case), incomes=incomes_of(case), reason="会場を変えるため。",
        content="会場を公民館にする。", ends_on=None, asked_yen=1000, outlay_yen=None, own_number="",
    )  # fmt: skip
    change.request_change(by=world.actor("chief-shibushi"), application=case)


def _write(world: World, case: Application) -> None:
    by = world.actor("officer-shibushi")
    results.save_result(
        by=by, application=case, expenses=expenses_of(case), incomes=incomes_of(case), completed_on=case.ends_on,
        content="運行をした。", outcome="43人が使った。", next_steps="", claimed_yen=0, outlay_yen=None, own_number="",
    )  # fmt: skip
    results.add_evidence(by=by, application=case, title="写真", file=staged(by, "写真.pdf"))
