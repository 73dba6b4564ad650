"""Reads of exchanges: the two who write, and nobody else. Staff read one only while it is reported (moderation)."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from portal.accounts.scope import Scope

from .. import moderation
from ..models import Exchange, Report
from .profiles import listed_profiles


def exchanges_visible_to(scope: Scope) -> QuerySet[Exchange]:
    """One's own, on either side, unless the staff ended it."""
    if scope.user_id is None:
        return Exchange.objects.none()
    mine = Q(sender=scope.user_id) | Q(recipient=scope.user_id)
    return moderation.shown(Exchange.objects.filter(mine))


def with_people(rows: QuerySet[Exchange]) -> QuerySet[Exchange]:
    """With both people, and `handle`: the name under which the recipient is open now, None once they closed."""
    handle = listed_profiles().filter(user=OuterRef("recipient")).values("name")[:1]
    return rows.select_related("sender", "recipient").annotate(handle=Subquery(handle))


def exchanges_of(scope: Scope) -> QuerySet[Exchange]:
    """For one's own list, the latest first."""
    return with_people(exchanges_visible_to(scope)).order_by("-last_at", "-id")


def exchanges_over(before: object) -> QuerySet[Exchange]:
    """Those whose last message is older than `before` and that no open report asks to keep."""
    asked = Report.objects.filter(
        object_type=Exchange._meta.label_lower, object_id=OuterRef("pk"), state="open"
    )
    return Exchange.objects.filter(~Exists(asked), last_at__lt=before)


def stopped_by_recipient(sender: UUID, recipient: UUID) -> bool:
    """Whether the recipient ended an exchange with this sender before: then it does not begin again."""
    return Exchange.objects.filter(
        sender=sender, recipient=recipient, state="stopped", stopped_side="recipient"
    ).exists()
