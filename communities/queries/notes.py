"""Reasons that people wrote when something took a step."""

from django.db.models import Model

from portal.kernel.models import TransitionNote

from ..enums import EventState
from ..enums.events import NoticeKind
from ..models import Event, EventNotice


def reason_of(obj: Model, transition: str) -> str:
    """The newest reason given for this step of `obj`, empty when there is none. One query."""
    notes = TransitionNote.objects.filter(
        target_type=obj._meta.label_lower, target_id=str(obj.pk), transition=transition
    )
    return notes.order_by("-created_at").values_list("text", flat=True).first() or ""


def last_notice(event: Event) -> EventNotice | None:
    """What registrants were told last. One query."""
    return event.notices.order_by("-number").first()


def notice_shown(event: Event) -> EventNotice | None:
    """The newest change of date, for the page of an event that was ever put off. One query, none for the others."""
    if event.postponed_at is None or event.state in (
        EventState.HELD,
        EventState.REPORTED,
        EventState.CANCELLED,
    ):
        return None
    kinds = [NoticeKind.POSTPONED, NoticeKind.RESUMED]
    return event.notices.filter(kind__in=kinds).order_by("-number").first()
