"""Reads of 間接補助."""

from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from portal.accounts.scope import Scope
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from .. import queries as applications
from ..models import Application, SubGrant, SubGrantWriter
from ..rules import MUNICIPAL
from .enums import GOING_ON, INCOME_ITEMS, NEVER_GRANTED, USING, SubGrantState


def standing_rows(user_id: UUID) -> QuerySet[Any, Any]:
    """(kind, ref) of one user: the files that they write for a コミプラ. One SELECT, for the scope."""
    rows = SubGrantWriter.objects.filter(user=user_id, ended_at__isnull=True).order_by()
    return rows.annotate(kind=Value("subgrant", output_field=CharField()), ref=F("subgrant")).values_list(
        "kind", "ref"
    )


def visible_to(scope: Scope) -> QuerySet[SubGrant]:
    """Its writers and its municipality see it; the prefecture sees what was submitted and is not being corrected."""
    seen = Q(pk__in=scope.standing("subgrant")) | Q(application__in=applications.own(scope))
    filed = Q(application__in=applications.received(scope), submitted_at__isnull=False)
    return SubGrant.objects.filter(seen | filed & ~Q(state=SubGrantState.RETURNED))


def mailed(scope: Scope) -> QuerySet[SubGrant]:
    """Whose mails staff read: its municipality's alone, for they name the addresses of the コミプラ's people."""
    return SubGrant.objects.filter(application__in=applications.own(scope))


def writers(subgrant: SubGrant) -> QuerySet[SubGrantWriter]:
    """Who of the コミプラ writes it now."""
    rows = SubGrantWriter.objects.filter(subgrant=subgrant, ended_at__isnull=True)
    return rows.select_related("user").order_by("created_at", "id")


def with_case(rows: QuerySet[SubGrant]) -> QuerySet[SubGrant]:
    """With the file above and the コミプラ."""
    return rows.select_related(
        "application__menu__programme__authority__area", "application__municipality", "application__office", "platform",
        "submitted_by",
    )  # fmt: skip


def used_yen(application: Application, but: SubGrant | None = None) -> int:
    """What the files below use of the 18節 line: settled, else decided, in yen. One query."""
    rows = SubGrant.objects.filter(application=application, state__in=sorted(USING))
    if but is not None:
        rows = rows.exclude(pk=but.pk)
    return int(rows.aggregate(sum=Sum(Coalesce("settled_yen", "decided_yen")))["sum"] or 0)


def line_yen(application: Application) -> int:
    """The 18節 line of the file's budget: all that may be decided below it."""
    return application.outlay_yen or 0


def going_on(application: Application) -> bool:
    """Whether a file below is not over. One query."""
    return SubGrant.objects.filter(application=application, state__in=sorted(GOING_ON)).exists()


def check_line(application: Application, line_yen: int) -> None:
    """Raises Refusal where the files below use more of the 18節 line than `line_yen`. One query; under the lock of the case."""
    if application.is_indirect and (used := used_yen(application)) > line_yen:
        raise Refusal(
            f"コミプラへ{yen(used)}の交付を決めています。18節をそれより小さくはできません。",
            field="outlay_yen",
            code="below",
        )


def settled_yen(application: Application) -> int | None:
    """Σ of what was settled below, which is the municipality's outlay; None where nothing was ever granted below.

    A file below that was withdrawn or refused grants nothing and says nothing of the outlay. One query.
    """
    rows = SubGrant.objects.filter(application=application).exclude(state__in=sorted(NEVER_GRANTED))
    states = list(rows.values_list("state", "settled_yen"))
    return sum(amount or 0 for state, amount in states if state == SubGrantState.SETTLED) if states else None


def of_writer(scope: Scope) -> QuerySet[SubGrant]:
    """What somebody writes for a コミプラ, newest first."""
    rows = SubGrant.objects.filter(pk__in=scope.standing("subgrant"))
    return rows.select_related("platform", "application__municipality").order_by("-created_at", "id")


def to_decide(scope: Scope) -> QuerySet[SubGrant]:
    """What waits for one's municipality."""
    rows = SubGrant.objects.filter(application__municipality__in=scope.areas(*MUNICIPAL))
    waiting = [SubGrantState.SUBMITTED, SubGrantState.REPORTED]
    return rows.filter(state__in=waiting).order_by("submitted_at", "id")


def sums(subgrant: SubGrant, column: str) -> tuple[int, int]:
    """(income without the grant, expenses) of its lines by `budget_yen` or `actual_yen`. Uses the prefetched lines."""
    income = expense = 0
    for line in subgrant.lines.all():
        amount = getattr(line, column) or 0
        income, expense = (
            (income + amount, expense) if line.item in INCOME_ITEMS else (income, expense + amount)
        )
    return income, expense
