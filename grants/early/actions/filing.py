"""事前着手届: filed by the municipality's chief before the decision, accepted or refused by the office with the day."""

from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import insert, user_of
from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import FiscalYear, wareki
from portal.kernel.refusals import Refusal

from ... import queries as applications
from ...enums import UNDER_EXAMINATION
from ...models import Application, EarlyStart
from .. import mails
from ..papers import NOTICE
from ..workflow import EARLY_START


@transaction.atomic
def file_early_start(
    *, by: Actor, application: Application, starts_on: date, reason: str, own_number: str = ""
) -> EarlyStart:
    """Say that the project must begin on `starts_on`, from today on, before it is decided. Only the chief of a submitted file.

    事前着手届 is issued; refused, it is filed anew. Raises PermissionDenied, Refusal (decided already, waiting or accepted,
    a day that is past or of another year), ValidationError.
    """
    permissions.require(by, "grants.file_early_start", EarlyStart(application=application))
    _lock(application)
    _check_day(application, starts_on)
    now, who = clock.now(), user_of(by)
    values: dict[str, Any] = {
        "starts_on": starts_on,
        "reason": reason,
        "own_number": own_number,
        "filed_at": now,
        "filed_by": who,
    }
    row = EarlyStart.objects.filter(application=application).first()
    if row is None:
        row = insert(EarlyStart(application=application, **values))
    else:
        row.application = application
        emptied: dict[str, Any] = {"answered_on": None, "answered_by": None, "refusal": ""}
        EARLY_START.apply(row, "file_again", by=by, number=row.number + 1, **values, **emptied)
    audit.record("grants.earlystart.filed", by=by, target=application, data={"starts_on": starts_on})
    mails.filed(row)
    programme = application.menu.programme
    documents.issue(
        NOTICE, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=own_number,
    )  # fmt: skip
    return row


@transaction.atomic
def accept_early_start(*, by: Actor, early: EarlyStart, number: int, answered_on: date) -> EarlyStart:
    """Accept it: costs from its day on are eligible if the grant is decided. Raises PermissionDenied, Refusal."""
    return _answer(by, early, "accept", number, answered_on)


@transaction.atomic
def refuse_early_start(
    *, by: Actor, early: EarlyStart, number: int, answered_on: date, note: str
) -> EarlyStart:
    """Refuse it, with the reason: costs before the decision stay ineligible. Raises PermissionDenied, Refusal."""
    return _answer(by, early, "refuse", number, answered_on, note)


def _answer(
    by: Actor, early: EarlyStart, name: str, number: int, answered_on: date, note: str = ""
) -> EarlyStart:
    """`number`: which of the municipality's 届 was read."""
    application = early.application
    _lock(application)
    early.refresh_from_db()
    early.application = application
    if early.number != number:
        raise Refusal("事前着手届が、出しなおされています。最新の内容を確かめてください。", code="moved")
    if not early.filed_on <= answered_on <= clock.today_jst():
        raise Refusal(
            f"受理・不受理の日は、届出の日({wareki(early.filed_on)})から今日までの日です。",
            field="answered_on",
        )
    values: dict[str, Any] = {"answered_on": answered_on, "answered_by": user_of(by), "refusal": note}
    EARLY_START.apply(early, name, by=by, note=note, **values)
    data = {"accepted": early.is_accepted, "on": answered_on}
    audit.record("grants.earlystart.answered", by=by, target=application, data=data)
    mails.answered(early)
    return early


def _lock(application: Application) -> None:
    """The case locked, submitted and not decided. Raises Refusal."""
    applications.lock(application)
    if application.state not in UNDER_EXAMINATION:
        raise Refusal(
            f"この申請は、いま「{application.get_state_display()}」です。事前着手届を扱えるのは、提出から決定の起案までです。",
            code="moved",
        )


def _check_day(application: Application, starts_on: date) -> None:
    year = FiscalYear(application.menu.programme.fiscal_year)
    first = max(clock.today_jst(), year.start)
    if not first <= starts_on <= year.end:
        raise Refusal(
            f"着手する日は、{wareki(first)}から{wareki(year.end)}までの日です。届け出る前の着手は、対象になりません。",
            field="starts_on",
            code="day",
        )
