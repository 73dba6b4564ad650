"""Reads of what waits to be settled."""

from uuid import UUID

from ..models import DraftTyped
from .drafts import Draft, column


def typed_by(draft: Draft, part: str, user_id: UUID | None) -> DraftTyped | None:
    """What this person typed into the draft while another saved it, if it waits to be settled. One query."""
    return DraftTyped.objects.filter(**{column(draft): draft}, part=part, typed_by=user_id).first()
