"""The sheet of a ward's month, and the record of what was."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.areas.models import Area
from portal.areas.site import authority_of, set_authority
from portal.kernel import clock, paging
from portal.kernel.templatetags.fmt import jtime

from .. import queries
from ..calculations.calendar import month_after, month_of, sheet, span
from ..enums import EventState
from ..forms.filters import ListFilter
from ..models import Event

CALLED_OFF = {EventState.CANCELLED: "【中止】", EventState.POSTPONED: "【延期】"}


@require_safe
def ward_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Every day of a month with its first meetings and a link to the others."""
    ward = (
        Area.objects.filter(slug=slug, parent__isnull=False).exclude(slug="").select_related("parent").first()
    )
    if ward is None:
        raise Http404("この区のページはありません。")
    set_authority(request, ward)
    first = month_of(request.GET.get("month", ""), clock.today_jst())
    counts, few = queries.events_by_day([ward.pk], *span(first))
    marks = {day: _marks(ward, day, events, counts[day]) for day, events in few.items()}
    context = {
        "ward": ward, "first": first, "weeks": sheet(first, marks), "total": sum(counts.values()),
        "before": f"?month={month_after(first, -1):%Y-%m}", "after": f"?month={month_after(first):%Y-%m}",
        "list_url": f"{reverse('communities:event_list')}?area={ward.pk}&month={first:%Y-%m}",
    }  # fmt: skip
    return render(request, "communities/ward_calendar.html", context)


@require_safe
def event_archive(request: HttpRequest) -> HttpResponse:
    """Meetings that are over, newest first, by area."""
    chosen = ListFilter.of(request)
    if chosen.area:
        set_authority(request, chosen.area)
    rows = queries.past_events([chosen.area] if chosen.area else None)
    options = queries.filter_options(authority_of(request).area_id)
    page = paging.keyset(request, rows, order=("-starts_at", "-id"))
    context = {"chosen": chosen, "page": page, "areas": chosen.chips("area", options["area"], "すべての地域")}
    return render(request, "communities/event_archive.html", context)


def _marks(ward: Area, day: object, events: list[Event], count: int) -> list[tuple[str, str, str]]:
    marks = [
        (
            f"{jtime(event.starts_at)} {CALLED_OFF.get(EventState(event.state), '')}{event.title}",
            event.get_absolute_url(),
            "",
        )
        for event in events
    ]
    if count > len(events):
        more = f"{reverse('communities:event_list')}?area={ward.pk}&day={day}"
        marks.append((f"ほか{count - len(events):,}件", more, "doc"))
    return marks
