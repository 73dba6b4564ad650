"""The staff's work with events: a list, the form, the list of parties for those who may read names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import paging
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions, queries
from ..enums import EventState
from ..forms.communities import StepForm
from ..forms.events import EventForm, StaffEventForm
from ..forms.filters import ListFilter
from ..models import Event
from ..queries.lists import staff_events
from ..rules import READERS, WARD_STAFF
from .organising import MOVED, button_steps, event_context, event_initial, kept_after
from .requests import EVENT_WITH, posted, require

TABS = [
    ("", "すべて"),
    *((state.value, state.label) for state in EventState),
]


def staff_event(request: HttpRequest, pk: UUID) -> Event:
    """An event of one's areas; 404 otherwise."""
    rows = queries.events_in_areas(request.scope)  # type: ignore[attr-defined]
    return get_object_or_404(rows.select_related(*EVENT_WITH), pk=pk)


@require_safe
@staff_required(*READERS)
def staff_event_list(request: HttpRequest) -> HttpResponse:
    """The events of one's areas, latest first, by state and words."""
    chosen, state = ListFilter.of(request), request.GET.get("state", "")
    rows = staff_events(request.scope, request.GET)
    context = {
        "page": paging.keyset(request, rows, order=("-starts_at", "-id"), per_page=50), "chosen": chosen, "state": state,
        "tabs": [(label, f"?state={value}" if value else "?", None, value == state) for value, label in TABS],
        "may_create": request.scope.has(*WARD_STAFF),
    }  # fmt: skip
    return render(request, "communities/staff_event_list.html", context)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_event_new(request: HttpRequest) -> HttpResponse:
    """A meeting of a community, コミプラ or the government itself."""
    initial = {"host": request.GET.get("host", "")}
    form = StaffEventForm(*posted(request), scope=request.scope, initial=initial, once=request)
    if form.acts(actions.create_event, by=request.actor):
        public = form.result.is_public
        messages.success(
            request, "催しを登録し、公開しました。" if public else "催しを下書きに保存しました。"
        )
        return see_other("communities:staff_event_detail", form.result.pk)
    return render(request, "communities/staff_event_new.html", {"form": form}, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
@keeps_form
def staff_event_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Seats, parties and needs as far as this person may read them, and the next steps."""
    event = staff_event(request, pk)
    steps = button_steps(event, request.actor)
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.move_event, by=request.actor, event=event):
        messages.success(request, MOVED[form.data["step"]])
        return see_other("communities:staff_event_detail", event.pk)
    context = event_context(request, event, form)
    return render(request, "communities/staff_event_detail.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@staff_required(*WARD_STAFF)
@keeps_form
def staff_event_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a meeting; its collector stays."""
    event = staff_event(request, pk)
    require(request, "communities.run_event", event)
    form = EventForm(
        *posted(request), initial=event_initial(event), in_series=bool(event.series_id), once=request
    )
    if form.acts(actions.edit_events, by=request.actor, event=event):
        messages.success(request, "催しの内容を直しました。")
        return see_other("communities:staff_event_detail", event.pk)
    context = {"event": event, "form": form, "kept": kept_after(event, form)}
    return render(request, "communities/staff_event_edit.html", context, status=form.status)
