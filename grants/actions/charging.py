"""The 科目 of cases that are paid by fees (①, ②): charged when they are drafted, following what is ordered, let go at the end.

Everything here runs in the caller's transaction, the case locked; each locks the budget line.
"""

from django.db.models import Model, QuerySet, Sum

from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..models import Approval, BudgetLine, Commitment
from ..models.approving import TARGETS
from ..payments import queries as payments
from . import committing


def plan_fees(
    *, by: Actor, approval: Approval, line: BudgetLine | None, amount_yen: int, needed: bool
) -> Commitment | None:
    """Charge the fees that are expected, in yen; 0: nothing. `needed`: a year that has 科目 charges it to one of them.

    Raises Refusal: no 科目 chosen, not that much left.
    """
    if amount_yen < 1:
        return None
    if line is None:
        if needed and approval.menu.programme.budget_lines.exists():
            raise Refusal("科目を選んでください。", field="line", code="line")
        return None
    return committing.plan(by=by, approval=approval, line=line, amount_yen=amount_yen)


def cover(*, by: Actor, case: Model) -> None:
    """Let the charge hold what was ordered of the case: where travel came to more, the rest is charged too.

    Raises Refusal: the 科目 has not that much left.
    """
    charge, ordered = _newest(case), _ordered(case)
    if charge is not None and ordered > charge.amount_yen:
        committing.resize(by=by, commitment=charge, amount_yen=ordered)


def settle(*, by: Actor, case: Model) -> None:
    """At the end the charge comes to what was ordered; nothing ordered: it is let go."""
    charge = _newest(case)
    if charge is not None:
        committing.resize(by=by, commitment=charge, amount_yen=_ordered(case))


def replace(*, by: Actor, approval: Approval) -> None:
    """A case that is decided anew: what its earlier decisions charged is let go. Locks no line of the new charge twice."""
    case = getattr(approval, approval.target_name)
    for row in _live(case).exclude(approval=approval):
        committing.resize(by=by, commitment=row, amount_yen=0)


def _live(case: Model) -> QuerySet[Commitment]:
    name = case._meta.model_name or ""
    if name not in TARGETS:
        raise ValueError(f"{name}: not a case that is decided")
    rows = Commitment.objects.filter(**{f"approval__{name}": case.pk}, released_at__isnull=True)
    return rows.exclude(number="").select_related("line").order_by("-created_at", "-id")


def _newest(case: Model) -> Commitment | None:
    """The 支出負担行為 that stands. One query."""
    return _live(case).first()


def _ordered(case: Model) -> int:
    """What was ordered of it and not cancelled, in yen. One query."""
    return payments.of_case(case).aggregate(sum=Sum("gross_yen"))["sum"] or 0
