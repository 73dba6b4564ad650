"""Who is excluded from a proposal of ④ is so from all that follows of it: contract, 決裁, money, the students at its work."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from portal.accounts.scope import Scope

from ...models import PanelInterest
from ...models.commission_panel import EXCLUDED


def tied(scope: Scope, **of: Any) -> Exists:
    """Whether the reader is excluded, in any seat, from the proposal that `of` names (paths of `PanelInterest`)."""
    return Exists(PanelInterest.objects.filter(EXCLUDED, seat__user=scope.user_id, **of))


def tied_to_contract(scope: Scope, contract: str) -> Exists:
    """Whether the reader is excluded from the proposal behind the contract at `contract`."""
    return tied(scope, proposal__contract=OuterRef(contract))


def excluded_people(contract: UUID) -> set[UUID]:
    """Who is excluded from the proposal behind a contract: they neither decide it nor hear of it. One query."""
    rows = PanelInterest.objects.filter(EXCLUDED, proposal__contract=contract)
    return set(rows.values_list("seat__user", flat=True))


def tied_to_theme(scope: Scope, theme: str) -> Exists:
    """Whether the work on the theme at `theme` is done under a contract that the reader is excluded from."""
    return tied(scope, proposal__call__theme=OuterRef(theme), proposal__contract__isnull=False)


def excluded_addresses(proposals: Iterable[UUID]) -> dict[UUID, set[str]]:
    """The mail addresses of who is excluded from each: by a post, too, they hear nothing of it. One query, none for none."""
    asked, found = set(proposals), defaultdict(set)
    rows = (
        PanelInterest.objects.filter(EXCLUDED, proposal__in=asked) if asked else PanelInterest.objects.none()
    )
    for proposal, address in rows.values_list("proposal", "seat__user__email"):
        found[proposal].add(address)
    return dict(found)
