"""The prefecture's side of a 概算払: drafted for its 決裁, declined, ordered; and its end with the file's own."""

from datetime import date

from django.db import transaction

from communities.saving import change
from portal.kernel import audit, clock
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from ... import queries as applications
from ...actions import approving
from ...actions.payments import order_payment
from ...decision_day import check_year
from ...enums.approving import Matter
from ...models import Advance, Application, Approval, Payment
from ...payments.enums import PaymentKind
from ...settlement import mails as file_mails
from ...settlement.actions.locking import lock_in
from ...settlement.waiting import check_no_approval
from .. import mails, queries
from ..checking import check_room
from ..enums import LIVE, AdvanceState
from ..workflow import ADVANCE
from .requesting import OPEN


@transaction.atomic
def draft_advance(*, by: Actor, advance: Advance, memo: str = "") -> Advance:
    """Draft that an advance is paid as it was asked for. Raises PermissionDenied, Refusal (ended, no room any more)."""
    application = _open(by, advance)
    if advance.state != AdvanceState.REQUESTED:
        raise _moved(advance)
    check_room(application, advance.amount_yen, but=advance)
    approval = approving.draft(
        by=by, matter=Matter.ADVANCE, menu=application.menu, title=application.title, note=memo,
        application=application,
    )  # fmt: skip
    change(advance, {"approval": approval})
    data = {"number": advance.number, "amount_yen": advance.amount_yen}
    audit.record("grants.advance.drafted", by=by, target=application, data=data)
    return advance


@transaction.atomic
def decline_advance(*, by: Actor, advance: Advance, note: str) -> Advance:
    """Not pay it, with the reason, also after it was granted while nothing is ordered. Raises PermissionDenied, Refusal."""
    _open(by, advance)
    if queries.payment_of(advance) is not None:
        raise Refusal(
            "支出命令が出ています。先に、支出命令を取り消してください。払ったあとは、額の確定で精算します。",
            code="ordered",
        )
    ADVANCE.apply(advance, "decline", by=by, note=note)
    mails.declined(advance, note)
    return advance


@transaction.atomic
def order_advance(*, by: Actor, advance: Advance) -> Payment:
    """Order the payment of a granted advance (支出命令), once. Raises PermissionDenied, Refusal (not granted, ordered)."""
    application = _open(by, advance)
    if advance.state != AdvanceState.GRANTED:
        raise _moved(advance)
    programme, town = application.menu.programme, application.municipality
    return order_payment(
        by=by, authority=programme.authority, case=application, slot=advance.slot, kind=PaymentKind.ADVANCE,
        title=f"{town.name}「{application.title}」", payee=town.name, gross_yen=advance.amount_yen,
        year=programme.fiscal_year,
    )  # fmt: skip


def end_advances(*, by: JobActor, application: Application, note: str) -> None:
    """What was asked for or granted and never ordered ends with its file (withdrawn, revoked). The case is locked."""
    for advance in application.advances.filter(state__in=LIVE):
        if queries.payment_of(advance) is None:
            ADVANCE.apply(advance, "fall", by=by, note=note)


def _open(by: Actor, advance: Advance) -> Application:
    """The file locked, still decided, without another 決裁; then the advance read again."""
    application = lock_in(advance.application, by=by, permission="grants.inspect_result", states=OPEN)
    check_no_approval(application)
    advance.refresh_from_db()
    return application


def _moved(advance: Advance) -> Refusal:
    return Refusal(
        f"この概算払は、いま「{advance.get_state_display()}」です。最新の内容を確かめてください。",
        code="moved",
    )


def _lock(approval: Approval) -> Application:
    return applications.lock(_case(approval))


def _recheck(approval: Approval, decided_on: date) -> None:
    """Before the last signature: still decided and asked for, inside the year, not before the request, with room."""
    application, advance = _case(approval), approval.advance
    check_year(approval, decided_on)
    asked_on = advance.requested_at.astimezone(clock.JST).date()
    if decided_on < asked_on:
        raise Refusal(f"決裁日が、概算払を請求した日({wareki(asked_on)})より前です。", field="decided_on")
    if application.state not in OPEN:
        raise Refusal(
            "起案したあとで、申請が動いています。差し戻して、起案しなおしてください。", code="moved"
        )
    check_room(application, advance.amount_yen, but=advance)


def _signed(by: Actor, approval: Approval) -> None:
    """It may be ordered from now on; the municipality is told."""
    advance = ADVANCE.apply(approval.advance, "grant", by=by)
    mails.granted(advance)


def _sent_back(by: Actor, approval: Approval, note: str) -> None:
    """The request waits as before; the officer reads why."""
    file_mails.settlement_sent_back(_case(approval), approval, note)


CONCLUSION = approving.Conclusion(lock=_lock, recheck=_recheck, signed=_signed, sent_back=_sent_back)


def _case(approval: Approval) -> Application:
    if approval.application is None:
        raise ValueError(f"{approval.pk}: not about an application")
    return approval.application
