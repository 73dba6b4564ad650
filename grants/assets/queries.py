"""Reads of acquired property and of what is to be done with it."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Exists, Min, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from .. import queries as applications
from ..enums import GRANTED, ApplicationState, Keeping
from ..enums.approving import ApprovalState
from ..models import Application, Approval, Asset, Disposal, Reclaim
from ..recovery.enums import ReclaimState
from .enums import AssetState, DisposalState

M = TypeVar("M", bound=Model)
CASE = ("application__menu__programme__authority__area", "application__municipality", "application__office")


def visible_to(scope: Scope) -> QuerySet[Asset]:
    """Whoever sees the file sees its property."""
    return Asset.objects.filter(application__in=applications.visible_to(scope))


def disposals_visible_to(scope: Scope) -> QuerySet[Disposal]:
    """The municipality sees its own; the prefecture those that were asked for."""
    mine = Q(asset__application__in=applications.own(scope))
    asked = Q(asset__application__in=applications.received(scope), asked_at__isnull=False)
    return Disposal.objects.filter(mine | asked)


def with_case(assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """With the file and its people."""
    return assets.select_related(*CASE, "listed_by", "application__submitted_by", "application__held_by")


def disposals_with_case(disposals: QuerySet[Disposal]) -> QuerySet[Disposal]:
    """With the piece and its file."""
    return disposals.select_related(*(f"asset__{path}" for path in CASE), "asked_by", "written_by")


def noting_limits(rows: QuerySet[Application]) -> QuerySet[Application]:
    """Files with `held_count` (pieces that are bound still) and `next_until` (when the first is free). No query of its own."""
    held = Asset.objects.filter(application=OuterRef("pk"), state=AssetState.HELD).order_by()
    grouped = held.values("application")
    return rows.annotate(
        held_count=Coalesce(Subquery(grouped.annotate(n=Count("pk")).values("n")), 0),
        next_until=Subquery(grouped.annotate(first=Min("until_on")).values("first")),
    )


def has_open_limits(application: OuterRef | UUID) -> Exists:
    """Whether a piece of the file is bound still, for statements about many files."""
    return Exists(Asset.objects.filter(application=application, state=AssetState.HELD))


def drafts(scope: Scope) -> QuerySet[Disposal]:
    """Wishes that one's municipality wrote and did not send."""
    rows = Disposal.objects.filter(asset__application__municipality__in=scope.areas(Role.MUNICIPAL_CHIEF))
    return rows.filter(state=DisposalState.DRAFT, asset__application__state__in=sorted(GRANTED)).order_by(
        "created_at", "id"
    )


def for_office(scope: Scope) -> QuerySet[Disposal]:
    """Wishes that wait for one's regional office: asked for, decided outside and not recorded, 納付金 not asked for."""
    rows = Disposal.objects.filter(asset__application__office__in=scope.sections(Role.PREFECTURE_OFFICER))
    waiting = Approval.objects.filter(
        disposal=OuterRef("pk"), state=ApprovalState.DRAFTED, keeping=Keeping.EXTERNAL
    )
    asked = Reclaim.objects.filter(disposal=OuterRef("pk")).exclude(state=ReclaimState.CANCELLED)
    revoked = Q(asset__application__state=ApplicationState.REVOKED)  # then the whole grant comes back
    owes = Q(state=DisposalState.APPROVED, payback_yen__gt=0) & ~revoked & ~Exists(asked)
    record = Q(state=DisposalState.DECIDING) & Exists(waiting)
    return rows.filter(Q(state=DisposalState.ASKED) | record | owes).order_by("asked_at", "id")
