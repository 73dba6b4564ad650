"""Choosing many files for one 決裁: to be recorded from the office's own system, drafted, or signed here."""

from __future__ import annotations

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from ..enums import ApplicationState, Keeping
from ..enums.approving import ApprovalState, BatchWay, Matter
from ..models import Application, Approval, LetterBatch, Menu
from . import READERS, approving, received, signers, with_case

CHOICE_MAX = 300
FROM = {
    Matter.DECISION: ApplicationState.REVIEWING,
    Matter.REJECTION: ApplicationState.REVIEWING,
    Matter.SETTLEMENT: ApplicationState.INSPECTED,
}  # where a file stands before the matter is drafted


def choosable(
    scope: Scope, matter: Matter = Matter.DECISION, way: BatchWay = BatchWay.RECORD
) -> list[Application]:
    """The files one holds (for a decision, of one's drafting section) that can go together, as they were submitted. Two queries.

    To be recorded: those whose 決裁 of `matter` is open and kept outside, or would be. To be drafted: those whose would be
    kept here.
    """
    open_one = Approval.objects.filter(application=OuterRef("pk"), state=ApprovalState.DRAFTED)
    mine = Q(held_by=scope.user_id)
    if matter != Matter.SETTLEMENT:
        at_office = Q(menu__drafting_section__isnull=True) | Q(menu__drafting_section=F("office"))
        drafting = Q(menu__drafting_section__in=scope.sections(Role.PREFECTURE_OFFICER))
        mine = (mine & at_office) | (drafting & ~at_office)
    rows = received(scope).filter(mine, state__in={FROM[matter], ApplicationState.DECIDING})
    rows = rows.annotate(
        open_matter=Subquery(open_one.values("matter")[:1]), open_keeping=Subquery(open_one.values("keeping")[:1])
    )  # fmt: skip
    wanted = Keeping.EXTERNAL if way == BatchWay.RECORD else Keeping.PORTAL
    menus = Menu.objects.filter(programme__authority__area__in=scope.homes(*READERS))
    kept = [menu.pk for menu in menus if menu.approval_of(matter) == wanted]
    fitting = Q(open_matter__isnull=True, state=FROM[matter], menu__in=kept)
    if way == BatchWay.RECORD:
        fitting |= Q(open_matter=matter, open_keeping=Keeping.EXTERNAL)
    return list(with_case(rows.filter(fitting)).order_by("submitted_at", "id")[:CHOICE_MAX])


def signable(scope: Scope) -> list[Approval]:
    """Open 決裁 about applications whose next signature is this person's, oldest first. Few queries, however many there are."""
    rows = signers.due(scope)
    if rows is None:
        return []
    return list(approving.with_case(rows.filter(application__isnull=False))[:CHOICE_MAX])


def visible_to(scope: Scope) -> QuerySet[LetterBatch]:
    """The authority's officers, those who sign and the auditors see a batch."""
    return LetterBatch.objects.filter(menu__programme__authority__area__in=scope.homes(*READERS))
