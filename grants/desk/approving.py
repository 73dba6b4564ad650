"""What 決裁 puts on the desks of those who sign: what waits for them, and what a deputy signed in their place."""

from collections.abc import Iterable

from django.db.models import OuterRef, Subquery

from portal.accounts.scope import Scope
from portal.kernel.ports import DeskItem

from ..enums.approving import SIGNING
from ..models import Approval, ApprovalStep
from ..queries import approving

SHOWN = 20


def items(scope: Scope) -> Iterable[DeskItem]:
    """Two queries for who signs, none for others."""
    if scope.has(*SIGNING):
        missing = ApprovalStep.objects.filter(approval=OuterRef("pk"), signed_at__isnull=True)
        turn = Subquery(missing.order_by("position").values("role")[:1])
        roles = [role.value for role in SIGNING if scope.has(role)]
        due = approving.waiting(scope).annotate(turn=turn).filter(turn__in=roles)
        for row in due.exclude(drafted_by=scope.user_id).select_related("menu")[:SHOWN]:
            yield _item(row, "を決裁する", "開く")
        owed = ApprovalStep.objects.filter(deputised=True, seen_at__isnull=True, role__in=roles)
        seen = approving.visible_to(scope).filter(pk__in=owed.values("approval"))
        for row in seen.select_related("menu").order_by("drafted_at", "id")[:SHOWN]:
            yield _item(row, "の代決を後閲する", "開く")


def _item(row: Approval, words: str, action: str) -> DeskItem:
    return DeskItem(
        title=f"{row.title}{words}",
        meta=f"{row.menu.short}・{row.get_matter_display()}",
        url=row.get_absolute_url(),
        action=action,
    )
