"""Reasons that people wrote when something took a step."""

from django.db.models import Model

from portal.kernel.models import TransitionNote


def reason_of(obj: Model, transition: str) -> str:
    """The newest reason given for this step of `obj`, empty when there is none. One query."""
    notes = TransitionNote.objects.filter(
        target_type=obj._meta.label_lower, target_id=str(obj.pk), transition=transition
    )
    return notes.order_by("-created_at").values_list("text", flat=True).first() or ""
