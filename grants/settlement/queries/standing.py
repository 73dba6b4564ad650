"""Where the money and the procedures of one decided file stand: one statement, from which its page says what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, JSONField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.urls import reverse

from ...advances import queries as advances
from ...advances.enums import AdvanceState
from ...carrying.enums import CarryState
from ...enums.approving import ApprovalState, Matter
from ...models import Advance, Application, Approval, CarryOver, Invoice, Reclaim, StopRequest, TermExtension
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
    """One file's money, the 決裁 that is open (its matter and page), the 返還 that is waited for, what an advance waits for;
    until when a closed file is kept longer than its class says.
    """

    money: Balance
    matter: str
    approval_url: str
    reclaim: OpenReclaim | None
    invoiced: bool
    requested_yen: int
    to_order_yen: int
    carrying: bool
    stopping: bool
    extended_until: date | None


def standing_of(application: Application) -> Standing:
    """One query; none for a file that `noting_standing` has read."""
    noted: dict[str, Any] | None = getattr(application, "standing", None)
    found = noted or dict(Application.objects.filter(pk=application.pk).values(**_columns()).get())
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
        extended_until=_day(found["extended_until"]),
    )


def noting_standing(applications: QuerySet[Application]) -> QuerySet[Application]:
    """With what `standing_of` needs of files that were decided; others cost nothing. No query of its own."""
    stood = Case(
        When(decided_at__isnull=False, then=JSONObject(**_columns())),
        default=None,
        output_field=JSONField(null=True),
    )
    return applications.annotate(standing=stood)


def _columns() -> dict[str, Any]:
    """The money and the open procedures, as parts of a statement about applications."""
    approval = Approval.objects.filter(application=OuterRef("pk"), state=ApprovalState.DRAFTED)
    open_ones = Reclaim.objects.filter(application=OuterRef("pk"), state=ReclaimState.ORDERED)
    reclaim = open_ones.exclude(cause=Cause.DISPOSAL)
    extended = TermExtension.objects.filter(application=OuterRef("pk")).order_by("-until_on")
    requested = Advance.objects.filter(application=OuterRef("pk"), state=AdvanceState.REQUESTED)
    return {
        **money.columns(),
        "approval": _first(approval, "id", "matter"),
        "reclaim": _first(reclaim, "id", "amount_yen", "repaid_yen", "due_on", "next_due_on"),
        "invoiced": Exists(Invoice.objects.filter(application=OuterRef("pk"))),
        "requested": _first(requested, "amount_yen"),
        "to_order": _first(advances.to_order(), "amount_yen"),
        "carrying": Exists(CarryOver.objects.filter(application=OuterRef("pk"), state=CarryState.REQUESTED)),
        "stopping": Exists(StopRequest.objects.filter(application=OuterRef("pk"), state=StopState.REQUESTED)),
        "extended_until": Subquery(extended.values("until_on")[:1]),
    }


def _day(said: date | str | None) -> date | None:
    """A day as a statement gives it, or as JSON does."""
    return date.fromisoformat(said) if isinstance(said, str) else said


def _first(rows: QuerySet[Any], *names: str) -> Subquery:
    return Subquery(rows.values(said=JSONObject(**dict(zip(names, names, strict=True))))[:1])


def _reclaim(said: dict[str, Any]) -> OpenReclaim:
    due_on = date.fromisoformat(said["next_due_on"] or said["due_on"])
    return OpenReclaim(UUID(said["id"]), said["amount_yen"] - said["repaid_yen"], due_on)
