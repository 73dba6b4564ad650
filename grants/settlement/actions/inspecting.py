"""検査: an officer looks at the result point by point and says what costs are eligible."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from communities.saving import insert, user_of
from portal.documents import actions as documents
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import workflow
from ...enums import ApplicationState, Verdict
from ...models import Application, Inspection, ResultReport
from ..papers import INSPECTION
from ..waiting import check_no_approval
from .locking import lock_in


@transaction.atomic
def inspect_result(
    *,
    by: Actor,
    application: Application,
    inspected_on: date,
    method: str,
    answers: Mapping[str, tuple[str, str]],
    findings: str = "",
    disallowed_yen: int = 0,
    disallowed_reason: str = "",
) -> Application:
    """End the inspection of a filed result: every point of the menu is answered 適/否/該当なし, 否 with a word.

    `disallowed_yen` of the 決算's eligible costs are not accepted, with the reason. 検査調書 is issued. Raises
    PermissionDenied, Refusal.
    """
    lock_in(application, by=by, permission="grants.inspect_result", states=[ApplicationState.REPORTED])
    check_no_approval(application)
    report = ResultReport.objects.get(application=application)
    _check_day(report, inspected_on)
    _check_disallowed(report, disallowed_yen, disallowed_reason)
    found = _answered(application, answers)
    row = insert(
        Inspection(
            application=application, number=report.version, inspected_on=inspected_on, method=method, answers=found,
            findings=findings, disallowed_yen=disallowed_yen,
            disallowed_reason=disallowed_reason if disallowed_yen else "",
            base_yen=report.base_yen - disallowed_yen, inspected_by=user_of(by),
        )
    )  # fmt: skip
    workflow.SUBSIDY.apply(application, "inspect", by=by)
    data = {"number": row.number, "base_yen": row.base_yen}
    audit.record("grants.inspection.made", by=by, target=application, data=data)
    programme = application.menu.programme
    documents.issue(
        INSPECTION, application, by=by, authority=programme.authority, section=application.office,
        year=programme.fiscal_year,
    )  # fmt: skip
    return application


def _check_day(report: ResultReport, inspected_on: date) -> None:
    if inspected_on > clock.today_jst():
        raise Refusal("検査した日に、先の日は入れられません。", field="inspected_on")
    if report.completed_on and inspected_on < report.completed_on:
        raise Refusal(
            f"検査した日が、事業の完了({wareki(report.completed_on)})より前です。", field="inspected_on"
        )


def _check_disallowed(report: ResultReport, disallowed_yen: int, reason: str) -> None:
    if disallowed_yen > report.base_yen:
        raise Refusal(
            f"対象外と認める額は、補助対象経費({yen(report.base_yen)})までです。", field="disallowed_yen"
        )
    if disallowed_yen and not reason.strip():
        raise Refusal("対象外と認める理由を書いてください。", field="disallowed_reason")


def _answered(application: Application, answers: Mapping[str, tuple[str, str]]) -> list[dict[str, str]]:
    """The points as the menu asks them, each with what was found. Raises Refusal for one that is open."""
    found = []
    for point in application.menu.result_checklist:
        verdict, note = answers.get(point["key"], ("", ""))
        if verdict not in Verdict.values:
            raise Refusal(
                f"「{point['text']}」が、まだ答えられていません。",
                field=f"verdict_{point['key']}",
                code="unanswered",
            )
        if verdict == Verdict.UNFIT and not note.strip():
            raise Refusal(
                f"「{point['text']}」を否にするときは、何が合わないかを書いてください。",
                field=f"note_{point['key']}",
            )
        found.append({"key": point["key"], "text": point["text"], "verdict": verdict, "note": note.strip()})
    return found
