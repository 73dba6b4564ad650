"""Reads of 回覧板, and of the events that stand in one."""

from datetime import date

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.areas.models import Area
from portal.kernel import clock
from portal.kernel.clock import at_jst

from .. import moderation
from ..enums import PUBLIC_EVENT
from ..models import Circular, Event
from ..models.events import LONGEST
from ..rules import READERS
from .events import SHOWN_WITH, is_listed


def circulars_visible_to(scope: Scope) -> QuerySet[Circular]:
    """Those of the areas in which one works."""
    return Circular.objects.filter(area__in=scope.areas(*READERS))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def events_of_month(area: Area, month: date) -> QuerySet[Event]:
    """Public events of the area that begin in or run into the month of which `month` is the first day (JST)."""
    begins, ends = at_jst(month), at_jst(next_month(month))
    return (
        moderation.shown(Event.objects.filter(is_listed(clock.now()), state__in=PUBLIC_EVENT, area=area))
        .filter(starts_at__gte=begins - LONGEST, starts_at__lt=ends, ends_at__gt=begins)
        .select_related(*SHOWN_WITH)
        .order_by("starts_at", "id")
    )
