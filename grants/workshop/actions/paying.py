"""The payments of a workshop's lecturers, as in ①, and its end."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from communities.saving import locked
from portal.kernel import permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...actions import charging
from ...actions.paid_notices import tell_payee
from ...actions.payments import order_payment
from ...dispatch.enums import PayeeKind
from ...models import Payment, Workshop, WorkshopLecturer
from ...payments.enums import PaymentKind
from .. import queries
from ..enums import WorkshopState
from ..workflow import WORKSHOP


@transaction.atomic
def order_lecturer_payment(
    *,
    by: Actor,
    workshop: Workshop,
    lecturer: WorkshopLecturer,
    travel_yen: int = 0,
    travel_direct: bool = False,
    carrier: str = "",
) -> list[Payment]:
    """Order the fee of the agreed plan and the travel of one lecturer, once it was reported.

    Travel that is paid through the person is part of what is withheld from (源泉徴収); paid directly to a carrier (実費直接払)
    it is a payment of its own. Raises PermissionDenied, Refusal (not reported, ordered already, no carrier), ValidationError.
    """
    permissions.require(by, "grants.run_workshop", workshop)
    locked(workshop)
    if workshop.state != WorkshopState.REPORTED:
        raise Refusal("実施が報告されてから、支出命令を出してください。", code="moved")
    if travel_direct and travel_yen and not carrier:
        raise Refusal("実費を直接払う相手を入れてください。", field="carrier")
    slot, through = queries.fee_slot(lecturer), 0 if travel_direct else travel_yen
    shared, made = _shared(by, workshop), []
    if lecturer.fee_yen + through:
        made.append(
            order_payment(
                **shared, slot=f"{slot}fee", kind=PaymentKind.FEE, payee=lecturer.name,
                payee_user=lecturer.user, gross_yen=lecturer.fee_yen + through,
                withholds=lecturer.payee_kind == PayeeKind.PERSON,
            )
        )  # fmt: skip
    if travel_direct and travel_yen:
        made.append(
            order_payment(
                **shared, slot=f"{slot}travel", kind=PaymentKind.TRAVEL, payee=carrier, gross_yen=travel_yen
            )
        )  # fmt: skip
    if not made:
        raise Refusal("支払う額がありません。", field="travel_yen")
    charging.cover(by=by, case=workshop)
    return made


def tell_lecturer(*, by: Actor, payment: Payment) -> None:
    """A lecturer with an account: their lecture's page lists what was paid. Only who was paid a fee of their own has one."""
    rows = WorkshopLecturer.objects.filter(workshop=payment.case_id, user=payment.payee_user_id)
    lecturer = next((row for row in rows if payment.slot.startswith(queries.fee_slot(row))), None)
    path = lecturer.get_absolute_url() if lecturer else reverse("grants:lecture_list")
    tell_payee(by=by, payment=payment, path=path)


def _shared(by: Actor, workshop: Workshop) -> dict[str, Any]:
    """What all payments of a workshop say."""
    programme = workshop.menu.programme
    return {
        "by": by,
        "authority": programme.authority,
        "case": workshop,
        "year": programme.fiscal_year,
        "title": f"{workshop.municipality.name}「{workshop.title}」",
    }


@transaction.atomic
def close_workshop(*, by: Actor, workshop: Workshop) -> Workshop:
    """Close it: reported, and every lecturer the prefecture pays is paid. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.run_workshop", workshop)
    locked(workshop)
    if workshop.state == WorkshopState.REPORTED and (left := queries.unpaid(workshop)):
        names = "、".join(row.name for row in left)
        raise Refusal(f"支払いが済んでいない講師がいます({names})。", code="unpaid")
    WORKSHOP.apply(workshop, "close", by=by)
    charging.settle(by=by, case=workshop)
    return workshop
