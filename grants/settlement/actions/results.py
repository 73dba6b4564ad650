"""実績報告: written by the municipality, filed by its chief, returned by the officer with a reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import change, insert, insert_all, user_of
from portal.documents import actions as documents
from portal.kernel import audit, clock, uploads
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.models import StoredFile
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import workflow
from ...calculations import Amounts
from ...decision_day import runs_until
from ...enums import LINES_MAX, ApplicationState
from ...models import Application, ResultExpense, ResultFile, ResultIncome, ResultReport
from ...subgrants import queries as subgrants
from .. import mails, queries
from ..judging import judged
from ..papers import RESULT
from ..rows import ExpenseActual, IncomeActual
from ..waiting import check_nothing_asked
from .locking import lock_in

WRITING = (ApplicationState.DECIDED,)
FILES_MAX = 50


@transaction.atomic
def save_result(
    *,
    by: Actor,
    application: Application,
    expenses: Sequence[ExpenseActual],
    incomes: Sequence[IncomeActual],
    tab: str = "",
    **values: Any,
) -> ResultReport:
    """Keep what the municipality has written of its result so far; `values` are columns of `ResultReport`, `tab` names the page.

    A line that a rule of the menu excludes is kept as wholly ineligible. Raises PermissionDenied, Refusal, ValidationError.
    """
    lock_in(application, by=by, permission="grants.write_result", states=WRITING)
    if len(expenses) + len(incomes) > LINES_MAX:
        raise Refusal(f"行は、支出と収入を合わせて{LINES_MAX}行までです。", code="lines")
    report = _report(application)
    more = {
        "revision": report.revision + 1,
        "saved_at": clock.now(),
        "saved_by": user_of(by),
        "saved_tab": tab,
    }
    change(report, {**values, **more})
    _write_lines(report, judged(application, expenses), incomes)
    data = {"revision": report.revision}
    audit.record("grants.resultreport.saved", by=by, target=application, data=data)
    return report


@transaction.atomic
def add_evidence(*, by: Actor, application: Application, title: str, file: StoredFile) -> ResultFile:
    """Attach one piece of evidence; its digest is kept. Raises PermissionDenied, Refusal."""
    lock_in(application, by=by, permission="grants.write_result", states=WRITING)
    report = _report(application)
    if file.uploaded_by_ref != by.ref or ResultFile.objects.filter(file=file).exists():
        raise Refusal("添付するファイルを、もう一度選んでください。", field="file")
    if report.files.filter(removed_at__isnull=True).count() >= FILES_MAX:
        raise Refusal(f"添付できるファイルは、{FILES_MAX}件までです。", field="file")
    row = insert(ResultFile(report=report, title=title, file=file, added_by=user_of(by)))
    uploads.attach(file, row)
    data = {"file": row.pk, "sha256": file.sha256}
    audit.record("grants.resultreport.attached", by=by, target=application, data=data)
    return row


@transaction.atomic
def remove_evidence(*, by: Actor, file: ResultFile) -> ResultFile:
    """Take a file out of a result that is being written; it stays stored. Again: nothing changes."""
    application = file.report.application
    lock_in(application, by=by, permission="grants.write_result", states=WRITING)
    file.refresh_from_db(fields=["removed_at"])
    if file.removed_at is None:
        file.removed_at = clock.now()
        file.save(update_fields=["removed_at"])
        audit.record("grants.resultreport.detached", by=by, target=application, data={"file": file.pk})
    return file


@transaction.atomic
def file_result(*, by: Actor, application: Application) -> Application:
    """Report the result: only the chief, complete, and never above the decision. 実績報告書 and 収支決算書 are issued.

    The 決算 is worked out from its lines: at most min(decided, floor(base × share / 1000) × 1000) may be put down as the
    grant. Locks: case, then the counter. Raises PermissionDenied, Refusal; nothing is kept then.
    """
    lock_in(application, by=by, permission="grants.report_result", states=WRITING)
    check_nothing_asked(application)
    report = queries.report_of(application)
    if report is None or not report.revision:
        raise Refusal("実績がまだ書かれていません。書いて保存してから、報告してください。", code="incomplete")
    outlay = subgrants.settled_yen(application)
    if outlay is not None:
        if subgrants.going_on(application):
            raise Refusal(
                "コミプラへの間接補助が、まだ終わっていません。額を確定してから、報告してください。",
                code="below",
            )
        change(report, {"outlay_yen": outlay})
    amounts = queries.amounts_of(application, report)
    _check(application, report, amounts)
    now = clock.now()
    found = {"total_yen": amounts.total_yen, "base_yen": amounts.base_yen, "computed_yen": amounts.grant_yen}
    filed = {"version": report.version + 1, "filed_at": now, "filed_by": user_of(by), "returned_note": ""}
    change(report, {**found, **filed})
    report.files.filter(removed_at__isnull=True, filed_at__isnull=True).update(filed_at=now)
    workflow.SUBSIDY.apply(application, "report_result", by=by)
    data = {"number": report.version, "claimed_yen": report.claimed_yen, "computed_yen": amounts.grant_yen}
    audit.record("grants.resultreport.filed", by=by, target=application, data=data)
    mails.reported(application, report)
    programme = application.menu.programme
    documents.issue(
        RESULT, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=report.own_number,
    )  # fmt: skip
    return application


@transaction.atomic
def return_result(*, by: Actor, application: Application, note: str) -> Application:
    """Give a filed result back to be corrected, with the reason. Raises PermissionDenied, Refusal (inspected already)."""
    workflow.SUBSIDY.apply(application, "return_result", by=by, note=note, reported_at=None)
    report = ResultReport.objects.get(application=application)
    change(report, {"returned_note": note, "filed_at": None})
    mails.returned(application, report, note)
    return application


def _write_lines(
    report: ResultReport, lines: Sequence[ExpenseActual], incomes: Sequence[IncomeActual]
) -> None:
    """The lines anew, in their order."""
    report.expenses.all().delete()
    report.incomes.all().delete()
    insert_all(
        [
            ResultExpense(
                report=report, position=at, setsu=row.setsu, description=row.description, budget_yen=row.budget_yen,
                actual_yen=row.actual_yen, ineligible_yen=row.ineligible_yen,
            )
            for at, row in enumerate(lines)
        ]
    )  # fmt: skip
    insert_all(
        [
            ResultIncome(
                report=report, position=at, kind=row.kind, description=row.description,
                budget_yen=row.budget_yen, actual_yen=row.actual_yen,
            )
            for at, row in enumerate(incomes)
        ]
    )  # fmt: skip


def _report(application: Application) -> ResultReport:
    """The report of a locked case; made when it is the first word of it."""
    found = ResultReport.objects.filter(application=application).first()
    return found or insert(ResultReport(application=application))


def _check(application: Application, report: ResultReport, amounts: Amounts) -> None:
    _check_days(application, report.completed_on)
    for text, words in ((report.content, "実施した内容"), (report.outcome, "成果")):
        if not text.strip():
            raise Refusal(f"「{words}」を書いてから、報告してください。", code="incomplete")
    nothing_done = application.stopped and not amounts.total_yen
    if not nothing_done and not report.files.filter(removed_at__isnull=True).exists():
        raise Refusal("実績を示す証拠書類を、1件以上添付してください。", code="evidence")
    claimed = report.claimed_yen
    if claimed is None:
        raise Refusal("補助金の精算額を入れてください。", field="claimed_yen", code="incomplete")
    _check_claim(application, claimed, amounts)
    share = amounts.total_yen - amounts.specific_yen - amounts.own_yen - claimed
    if share < 0:
        raise Refusal(
            f"収入の合計が、支出の合計を{yen(-share)}超えています。特定財源か、補助金の精算額を確かめてください。",
            code="balance",
        )


def _check_days(application: Application, completed_on: date | None) -> None:
    if completed_on is None:
        raise Refusal("完了した日を入れてください。", field="completed_on", code="incomplete")
    if completed_on > clock.today_jst():
        raise Refusal(
            "完了した日に、先の日は入れられません。完了してから報告してください。",
            field="completed_on",
            code="future",
        )
    if completed_on > (last := runs_until(application)):
        raise Refusal(
            f"この事業の期間は{wareki(last)}までです。その後に完了した事業は、繰越しの承認がなければ補助の対象になりません。",
            field="completed_on",
            code="year",
        )
    if application.stopped:
        _check_stopped(application, completed_on)
    elif application.starts_on and completed_on < application.starts_on:
        raise Refusal(
            f"完了した日が、着手予定({wareki(application.starts_on)})より前です。",
            field="completed_on",
            code="order",
        )


def _check_claim(application: Application, claimed: int, amounts: Amounts) -> None:
    """Never above the decision, never above what the 決算 gives."""
    decided = application.decided_yen or 0
    if claimed > decided:
        raise Refusal(
            f"補助金の精算額({yen(claimed)})が、交付決定額({yen(decided)})を超えています。増やすには、先に変更の承認が要ります。",
            field="claimed_yen",
            code="above",
        )
    if claimed > amounts.grant_yen:
        raise Refusal(
            f"補助金の精算額は、決算から計算した額({yen(amounts.grant_yen)})までです。補助対象経費は{yen(amounts.base_yen)}です。",
            field="claimed_yen",
            code="above_computed",
        )


def _check_stopped(application: Application, completed_on: date) -> None:
    """A project that was stopped was done until its day at the latest. Raises Refusal."""
    stops_on = application.stop_requests.get(granted_at__isnull=False).stops_on
    if completed_on > stops_on:
        raise Refusal(
            f"完了した日は、廃止の日({wareki(stops_on)})までの日です。", field="completed_on", code="stopped"
        )
