"""Reads of batches of letters."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from portal.accounts.enums import Role
from portal.accounts.scope import Scope

from ..enums import ApplicationState, Keeping
from ..enums.approving import Matter
from ..models import Application, LetterBatch
from . import READERS, received, with_case

CHOICE_MAX = 300


def choosable(scope: Scope) -> list[Application]:
    """The files whose decision one drafts (held, or of one's drafting section), in the order of their submission. One query."""
    drafting = Q(menu__drafting_section__in=scope.sections(Role.PREFECTURE_OFFICER))
    mine = received(scope).filter(
        drafting | Q(held_by=scope.user_id, menu__drafting_section__isnull=True),
        state__in=[ApplicationState.REVIEWING, ApplicationState.DECIDING],
    )
    rows = with_case(mine).order_by("submitted_at", "id")[:CHOICE_MAX]
    return [row for row in rows if row.menu.approval_of(Matter.DECISION) == Keeping.EXTERNAL]


def visible_to(scope: Scope) -> QuerySet[LetterBatch]:
    """The authority's officers, those who sign and the auditors see a batch."""
    return LetterBatch.objects.filter(menu__programme__authority__area__in=scope.homes(*READERS))
