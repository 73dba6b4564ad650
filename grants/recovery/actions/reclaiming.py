"""返還: asked for by 納入通知, collected in one sum or several with 加算金 and 延滞金, booked as 戻入 or 歳入, or given up."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Sum

from communities.saving import insert, insert_all, user_of
from portal.documents import actions as documents
from portal.documents import queries as papers
from portal.documents.enums import LIVE_STATES
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor, JobActor
from portal.kernel.fiscal import is_business_day, wareki
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import queries
from ...actions import committing
from ...calculations import recovery as sums
from ...calculations.recovery import Owed, Part
from ...enums import ApplicationState
from ...models import Application, Commitment, Reclaim, ReclaimTranche, Repayment
from ...numbering import optional_number
from ...queries import approving as approvals
from ...settlement.queries import money
from .. import mails
from .. import queries as reads
from ..charging import booking, owed
from ..enums import Booking, Cause
from ..papers import RECLAIM as NOTICE
from ..workflow import RECLAIM

DUE_DAYS_MAX = 90


@transaction.atomic
def order_reclaim(*, by: Actor, application: Application, due_on: date, document_number: str = "") -> Reclaim:
    """Ask for everything that is to be given back until the end of `due_on`: 納入通知 is issued, the municipality told.

    Raises PermissionDenied, Refusal (nothing is due, one is open, a day that is past, closed or too far).
    """
    permissions.require(by, "grants.revoke_application", application)
    queries.lock(application)
    _check_due(due_on)
    balance = money.balance_of(application)
    due = balance.due_back_yen
    if due <= 0:
        raise Refusal("返還を求める額がありません。", code="nothing")
    revoked = application.state == ApplicationState.REVOKED
    revocation = reads.revocation_of(application) if revoked else None
    charged = Commitment.objects.filter(approval__application=application).select_related("line")
    newest = charged.order_by("-created_at", "-id").first()
    surcharges = revocation is not None and revocation.surcharges
    return demand(
        by=by, application=application, due_on=due_on, amount_yen=due, line=newest.line if newest else None,
        cause=Cause.REVOCATION if revoked else Cause.SETTLEMENT,
        received=_received(application, balance) if surcharges else (), document_number=document_number,
    )  # fmt: skip


def _received(application: Application, balance: money.Balance) -> list[tuple[date, int]]:
    """When what is to be given back was received; what came back before was of the last sums."""
    return sums.tranches(reads.received_of(application), balance.due_back_yen, balance.returned_yen)


def demand(
    *,
    by: Actor,
    application: Application,
    due_on: date,
    received: Sequence[tuple[date, int]] = (),
    document_number: str = "",
    **values: Any,
) -> Reclaim:
    """Ask a locked file for money until the end of `due_on`: 納入通知 is issued, the municipality told. Raises Refusal.

    `document_number`: that of the office's own system. `received`: when how much of it had been received, where 加算金 is taken.
    """
    _check_due(due_on)
    first = received[0][0] if received else None
    reclaim = insert(
        Reclaim(
            application=application, due_on=due_on, ordered_by=user_of(by), surcharge_from=first, **values
        )
    )
    insert_all([ReclaimTranche(reclaim=reclaim, received_on=on, amount_yen=part) for on, part in received])
    data = {"amount_yen": reclaim.amount_yen, "due_on": due_on}
    audit.record("grants.reclaim.ordered", by=by, target=reclaim, data=data)
    mails.reclaimed(reclaim)
    menu, office = application.menu, application.office
    number = optional_number(menu, office, document_number)
    documents.issue(
        NOTICE, reclaim, by=by, authority=menu.programme.authority, section=office, year=menu.programme.fiscal_year,
        own_number=number,
    )  # fmt: skip
    return reclaim


def _check_due(due_on: date) -> None:
    """A day on which a bank is open, soon enough. Raises Refusal at the field."""
    today = clock.today_jst()
    if not today < due_on <= today + timedelta(days=DUE_DAYS_MAX) or not is_business_day(due_on):
        raise Refusal(
            f"納期限は、明日から{DUE_DAYS_MAX}日先までの、銀行が開いている日にしてください。", field="due_on"
        )


@transaction.atomic
def collect_reclaim(
    *, by: Actor, reclaim: Reclaim, collected_on: date, amount_yen: int | None = None
) -> Reclaim:
    """Enter that `amount_yen` came in on `collected_on` (None: all that was owed that day), by the accountant.

    It goes to the principal first (`calculations.recovery.allot`). Until the last bank day on or before 31 May after its
    year the principal is 戻入 and frees the 科目, later 歳入. The 返還 ends with the sum that leaves nothing owed. Locks: case,
    then the 科目. Raises PermissionDenied, Refusal (collected already, a day that cannot be, more than is owed).
    """
    permissions.require(by, "grants.enter_reclaim", reclaim)
    application = queries.lock(reclaim.application)
    reclaim.refresh_from_db(fields=["state", "repaid_yen", "next_due_on"])
    _check_collected(reclaim, collected_on)
    due = owed(reclaim, collected_on)
    part = _part(due, collected_on, amount_yen)
    booked, repaid = booking(reclaim, collected_on), reclaim.repaid_yen + part.principal_yen
    values = {
        "repaid_yen": repaid,
        "next_due_on": _next_due(reclaim, reclaim.amount_yen - repaid, collected_on),
    }
    row = insert(
        Repayment(
            reclaim=reclaim, collected_on=collected_on, amount_yen=part.amount_yen, booked=booked,
            principal_yen=part.principal_yen, surcharge_yen=part.surcharge_yen, arrears_yen=part.arrears_yen,
            entered_by=user_of(by),
        )
    )  # fmt: skip
    if part.amount_yen == due.amount_yen:
        _finish(by, reclaim, row, values)
    else:
        _keep_open(by, reclaim, row, values)
    if booked == Booking.RETURN and part.principal_yen:
        approvals.lock_charges(application)
        committing.lower_to(by=by, application=application, amount_yen=money.balance_of(application).out_yen)
    return reclaim


def _check_collected(reclaim: Reclaim, collected_on: date) -> None:
    """Open, and a day on which money can have come in, not before the sums that were entered. Raises Refusal."""
    if not reclaim.is_open:
        raise Refusal(
            f"返還は、いま「{reclaim.get_state_display()}」です。納入は記録できません。最新の内容を確かめてください。",
            code="moved",
        )
    ordered_on = reclaim.ordered_at.astimezone(clock.JST).date()
    if not ordered_on <= collected_on <= clock.today_jst() or not is_business_day(collected_on):
        raise Refusal(
            "納入された日は、納入通知の日から今日までの、銀行が開いている日です。", field="collected_on"
        )
    latest = reclaim.repayments.order_by("-collected_on").values_list("collected_on", flat=True).first()
    if latest and collected_on < latest:
        raise Refusal(
            f"前の納入({wareki(latest)})より前の日は入れられません。納入された日の順に記録してください。",
            field="collected_on",
        )


def _part(due: Owed, on: date, amount_yen: int | None) -> Part:
    """How the sum is allotted. Raises Refusal at the field for nothing, or more than is owed."""
    try:
        return sums.allot(due.amount_yen if amount_yen is None else amount_yen, due, on)
    except ValueError:
        raise Refusal(
            f"{wareki(on)}に納める額は、1円から{yen(due.amount_yen)}までです。",
            field="amount_yen",
            code="over",
        ) from None


def _next_due(reclaim: Reclaim, left_yen: int, paid_on: date) -> date | None:
    """The next day of the 分割納付; None where the 納期限 of the 納入通知 stands."""
    plan = reads.instalments_of(reclaim).values_list("due_on", "amount_yen")
    return sums.next_due(plan, left_yen, paid_on) if plan else None


def _finish(by: Actor, reclaim: Reclaim, row: Repayment, values: dict[str, Any]) -> None:
    """Nothing is owed any more: the whole of 加算金 and 延滞金 is written to the 返還."""
    charged = reclaim.repayments.aggregate(surcharge_yen=Sum("surcharge_yen"), arrears_yen=Sum("arrears_yen"))
    RECLAIM.apply(
        reclaim, "collect", by=by, collected_on=row.collected_on, booked=row.booked, **charged, **values
    )
    mails.collected(reclaim)


def _keep_open(by: Actor, reclaim: Reclaim, row: Repayment, values: dict[str, Any]) -> None:
    """A part came in, the rest is still waited for."""
    reclaim.repaid_yen, reclaim.next_due_on = values["repaid_yen"], values["next_due_on"]
    reclaim.save(update_fields=list(values))
    data = {"amount_yen": row.amount_yen, "left_yen": reclaim.left_yen, "on": row.collected_on}
    audit.record("grants.reclaim.received", by=by, target=reclaim, data=data)
    mails.received(reclaim, row)


@transaction.atomic
def cancel_reclaim(*, by: Actor, reclaim: Reclaim, note: str) -> Reclaim:
    """Give a 納入通知 up, with the reason: its paper is void, the same may be asked for anew.

    One of a 額の確定 of which a part came in ends at what came in, once the decision is revoked: the 取消し asks for the rest.
    Raises PermissionDenied, Refusal (a part came in already, and the decision stands).
    """
    application = queries.lock(reclaim.application)
    name = "cancel"
    if reclaim.repayments.exists():
        _check_replaced(reclaim, application)
        name = "end"
    RECLAIM.apply(reclaim, name, by=by, note=note)
    paper = papers.of(reclaim).filter(state__in=LIVE_STATES).first()
    if paper is not None:
        documents.void(paper, by=JobActor("reclaim"), note=note)
    return reclaim


def _check_replaced(reclaim: Reclaim, application: Application) -> None:
    """Whether the 取消し asks for what is still open. Raises Refusal."""
    if reclaim.cause != Cause.SETTLEMENT or application.state != ApplicationState.REVOKED:
        raise Refusal(
            "一部が納入されているため、取りやめられません。残りの納入を待ってください。", code="received"
        )
