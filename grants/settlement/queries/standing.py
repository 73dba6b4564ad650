"""Where the money and the procedures of one decided file stand: one statement, from which its page says what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from ...advances import queries as advances
from ...advances.enums import AdvanceState
from ...carrying.enums import CarryState
from ...enums.approving import ApprovalState, Matter
from ...models import Advance, Application, Approval, CarryOver, Invoice, Reclaim, StopRequest
from ...recovery.enums import Cause, ReclaimState
from ...stopping.enums import StopState
from . import money
from .money import Balance


@dataclass(frozen=True, slots=True)
class OpenReclaim:
    """A 返還 that is waited for: what is open of its principal, until when something is to come in next."""

    pk: UUID
    left_yen: int
    due_on: date

    @property
    def url(self) -> str:
        return reverse("grants:reclaim_detail", args=[self.pk])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One file's money, the 決裁 that is open (its matter and page), the 返還 that is waited for, what an advance waits for."""

    money: Balance
    matter: str
    approval_url: str
    reclaim: OpenReclaim | None
    invoiced: bool
    requested_yen: int
    to_order_yen: int
    carrying: bool
    stopping: bool


def standing_of(application: Application) -> Standing:
    """One query."""
    approval = Approval.objects.filter(application=OuterRef("pk"), state=ApprovalState.DRAFTED)
    open_ones = Reclaim.objects.filter(application=OuterRef("pk"), state=ReclaimState.ORDERED)
    reclaim = open_ones.exclude(cause=Cause.DISPOSAL)
    requested = Advance.objects.filter(application=OuterRef("pk"), state=AdvanceState.REQUESTED)
    row = Application.objects.filter(pk=application.pk).values(
        **money.columns(),
        approval=_first(approval, "id", "matter"),
        reclaim=_first(reclaim, "id", "amount_yen", "repaid_yen", "due_on", "next_due_on"),
        invoiced=Exists(Invoice.objects.filter(application=OuterRef("pk"))),
        requested=_first(requested, "amount_yen"),
        to_order=_first(advances.to_order(), "amount_yen"),
        carrying=Exists(CarryOver.objects.filter(application=OuterRef("pk"), state=CarryState.REQUESTED)),
        stopping=Exists(StopRequest.objects.filter(application=OuterRef("pk"), state=StopState.REQUESTED)),
    )
    found = row.get()
    approved, back = found["approval"], found["reclaim"]
    return Standing(
        money=money.made(application, found),
        matter=Matter(approved["matter"]).label if approved else "",
        approval_url=reverse("grants:approval_detail", args=[approved["id"]]) if approved else "",
        reclaim=_reclaim(back) if back else None,
        invoiced=found["invoiced"],
        requested_yen=(found["requested"] or {}).get("amount_yen", 0),
        to_order_yen=(found["to_order"] or {}).get("amount_yen", 0),
        carrying=found["carrying"],
        stopping=found["stopping"],
    )


def _first(rows: QuerySet[Any], *names: str) -> Subquery:
    return Subquery(rows.values(said=JSONObject(**dict(zip(names, names, strict=True))))[:1])


def _reclaim(said: dict[str, Any]) -> OpenReclaim:
    due_on = date.fromisoformat(said["next_due_on"] or said["due_on"])
    return OpenReclaim(UUID(said["id"]), said["amount_yen"] - said["repaid_yen"], due_on)
