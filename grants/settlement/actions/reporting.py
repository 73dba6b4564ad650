"""状況報告: the municipality says how its project stands; nothing moves."""

from datetime import date

from django.db import transaction

from communities.saving import insert, user_of
from portal.documents import actions as documents
from portal.kernel import audit, clock
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...enums import ApplicationState
from ...models import Application, StatusReport
from .. import mails
from ..papers_status import STATUS
from .locking import lock_in


@transaction.atomic
def report_status(
    *,
    by: Actor,
    application: Application,
    stood_on: date,
    outlook: str,
    content: str,
    spent_yen: int,
    own_number: str = "",
) -> StatusReport:
    """Report how a decided project stands on a day that is not to come; 状況報告書 is issued. Only the chief.

    The state stays. Raises PermissionDenied, Refusal, ValidationError.
    """
    lock_in(application, by=by, permission="grants.report_result", states=[ApplicationState.DECIDED])
    if stood_on > clock.today_jst():
        raise Refusal("先の日の状況は報告できません。", field="stood_on", code="future")
    row = insert(
        StatusReport(
            application=application, number=application.status_reports.count() + 1, stood_on=stood_on, outlook=outlook,
            content=content, spent_yen=spent_yen, own_number=own_number, filed_by=user_of(by),
        )
    )  # fmt: skip
    audit.record("grants.statusreport.filed", by=by, target=application, data={"number": row.number})
    mails.status_reported(application, row)
    programme = application.menu.programme
    documents.issue(
        STATUS, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=own_number,
    )  # fmt: skip
    return row
