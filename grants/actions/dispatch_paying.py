"""The payments of a dispatch, and its end: closed when everything is reported and paid, or cancelled."""

from typing import Any

from django.db import transaction

from communities.saving import locked
from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..agency.claiming import claim
from ..dispatch import mails, queries
from ..dispatch.enums import DispatchState, PayeeKind, VisitState
from ..dispatch.papers import CANCEL_KIND, CANCEL_NOTICE_KIND
from ..dispatch.workflow import DISPATCH
from ..enums.approving import Matter
from ..models import Dispatch, Payment, Visit
from ..numbering import letter_number
from ..payments.enums import PaymentKind
from ..supporters.actions.ending import end_support
from . import charging
from .dispatch_deciding import send_letters
from .dispatch_visits import drop_visits
from .payments import order_payment


@transaction.atomic
def order_visit_payment(
    *, by: Actor, visit: Visit, travel_yen: int = 0, travel_direct: bool = False, carrier: str = ""
) -> list[Payment]:
    """Order the fee of a visit that both sides reported, and its travel.

    The fee is that of the register, by the visit or by the reported minutes. Travel that is paid through the person is
    part of what is withheld from; paid directly to a carrier (実費直接払) it is a payment of its own.
    A visit stands in a 精算書 of the 委託先 or is paid here, never both.
    Raises PermissionDenied, Refusal (not reported, ordered already, in a 精算書, no carrier), ValidationError.
    """
    case = visit.dispatch
    permissions.require(by, "grants.run_dispatch", case)
    locked(case)
    locked(visit)
    if visit.state != VisitState.REPORTED:
        raise Refusal("両方の報告がそろってから、支出命令を出してください。", code="moved")
    if travel_direct and travel_yen and not carrier:
        raise Refusal("実費を直接払う相手を入れてください。", field="carrier")
    advisor, fee = visit.advisor, queries.fee_of(visit)
    through = 0 if travel_direct else travel_yen
    claim(visit, statement=None, fee_yen=fee, travel_yen=travel_yen)
    shared = _shared(by, visit)
    made = []
    if fee + through:
        made.append(
            order_payment(
                **shared, slot=f"visit:{visit.pk}:fee", kind=PaymentKind.FEE, payee=advisor.name, payee_user=advisor.user,
                gross_yen=fee + through, withholds=advisor.payee_kind == PayeeKind.PERSON,
            )
        )  # fmt: skip
    if travel_direct and travel_yen:
        made.append(
            order_payment(
                **shared, slot=f"visit:{visit.pk}:travel", kind=PaymentKind.TRAVEL, payee=carrier, gross_yen=travel_yen
            )
        )  # fmt: skip
    if not made:
        raise Refusal("支払う額がありません。", field="travel_yen")
    charging.cover(by=by, case=case)
    return made


def _shared(by: Actor, visit: Visit) -> dict[str, Any]:
    """What all payments of a visit say."""
    case = visit.dispatch
    programme = case.menu.programme
    title = f"{case.municipality.name}「{case.title}」第{visit.number}回"
    return {
        "by": by,
        "authority": programme.authority,
        "case": case,
        "year": programme.fiscal_year,
        "title": title,
    }


@transaction.atomic
def close_dispatch(*, by: Actor, dispatch: Dispatch) -> Dispatch:
    """Close it: every visit that was set is reported and paid, and there was one. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_dispatch", dispatch)
    locked(dispatch)
    if dispatch.state == DispatchState.DECIDED:
        visits = list(queries.visits_of(dispatch))
        if not visits:
            raise Refusal(
                "まだ一度も派遣していません。派遣しないときは、理由を書いて取りやめてください。", code="empty"
            )
        if any(visit.state != VisitState.REPORTED for visit in visits):
            raise Refusal("報告がそろっていない回があります。", code="unreported")
        if unpaid := [visit.number for visit in visits if not queries.is_paid(visit)]:
            numbers = "、".join(f"第{number}回" for number in unpaid)
            raise Refusal(f"支払いが済んでいない回があります({numbers})。", code="unpaid")
    DISPATCH.apply(dispatch, "close", by=by)
    charging.settle(by=by, case=dispatch)
    return dispatch


@transaction.atomic
def cancel_dispatch(*, by: Actor, dispatch: Dispatch, note: str, document_number: str = "") -> Dispatch:
    """Call it off with the reason, while no visit took place; its times are free again, letters go to both, told once.

    `document_number`: the 文書番号 of the letters where it is the office's own; else the portal gives the next.
    Raises PermissionDenied, Refusal (held, no number).
    """
    permissions.require(by, "grants.run_dispatch", dispatch)
    locked(dispatch)
    if dispatch.visits.filter(state__in=[VisitState.HELD, VisitState.REPORTED]).exists():
        raise Refusal(
            "実施した回があります。のこりの回だけを取りやめ、報告と支払いが済んだら、終了してください。",
            code="held",
        )
    DISPATCH.apply(dispatch, "cancel", by=by, note=note)
    drop_visits(dispatch, by=by)
    charging.settle(by=by, case=dispatch)
    end_support(by=by, file=dispatch, reason="アドバイザーの派遣が取りやめになったため")
    mails.cancelled(dispatch, note)
    number = letter_number(
        dispatch.menu, dispatch.office, document_number, numbering=dispatch.menu.numbering_of(Matter.DISPATCH)
    )
    send_letters(dispatch, (CANCEL_KIND, CANCEL_NOTICE_KIND), by=by, own_number=number)
    return dispatch
