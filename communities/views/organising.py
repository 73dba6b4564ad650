"""What organisers do with their events: create, change, run; and asking for publication."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from portal.accounts.decorators import signed_in
from portal.kernel import clock
from portal.kernel.actors import Actor
from portal.kernel.forms import ButtonForm, OnceForm, keeps_form
from portal.kernel.http import see_other
from portal.kernel.workflow import Transition

from .. import actions, queries, workflow
from ..enums import Collector
from ..forms.communities import StepForm
from ..forms.events import EventForm, EventNewForm
from ..kept import keeper_of
from ..models import Community, Event
from .event_links import pages_of
from .requests import EVENT_WITH, may, posted, require, visible_community

EVENT_FIELDS = actions.EVENT_FIELDS
MOVED = {
    "publish": "催しを公開しました。",
    "close_entries": "申込みの受付を終えました。",
    "reopen_entries": "申込みの受付を再開しました。",
    "hold": "開催を記録しました。",
    "cancel": "催しを中止しました。申し込んだ方全員にメールでお知らせします。",
}


def event_initial(event: Event) -> dict[str, object]:
    """What the form of an existing event starts with."""
    own = {name: getattr(event, name) for name in EVENT_FIELDS}
    return {**own, "capacity": event.seats.capacity, "themes": list(event.themes.all())}


def button_steps(event: Event, actor: Actor) -> list[Transition]:
    """The steps that are a button here; postponing, a new date and the report have pages of their own.

    「開催した」 is no button before the start.
    """
    steps = [step for step in workflow.EVENT.available(event, actor) if step.name in MOVED]
    return [step for step in steps if step.name != "hold" or event.has_begun(clock.now())]


def event_context(request: HttpRequest, event: Event, form: StepForm) -> dict[str, object]:
    """What the page of an event shows to those who run it: figures, and names only to those who may read them."""
    may_read = may(request, "communities.read_registrants", event)
    may_read_needs = may(request, "communities.read_needs", event)
    return {
        "event": event, "form": form, "pages": pages_of(request, event), "may_read": may_read, "may_read_needs": may_read_needs,
        "queue": queries.queue_of(event), "may_seat": may(request, "communities.offer_seat", event),
        "may_run": may(request, "communities.run_event", event),
        "may_export": may(request, "communities.export_registrants", event),
        "parties": list(queries.parties_of(event, request.scope)[:300]) if may_read else [],  # type: ignore[attr-defined]
        "needs": list(queries.needs_of(event)[:100]) if may_read_needs else [], "kept": kept_after(event, form),
    }  # fmt: skip


def kept_after(event: Event, form: OnceForm) -> tuple[str, str] | None:
    """Once something was refused: where this event is changed instead, if it is. No query before."""
    return keeper_of(event) if form.status == 409 else None


def own_event(request: HttpRequest, community: Community, pk: UUID) -> Event:
    """An event of this community; 404 for another's, 403 for those who may not run it."""
    rows = queries.events_visible_to(request.scope).select_related(*EVENT_WITH)  # type: ignore[attr-defined]
    event = get_object_or_404(rows, pk=pk, host_community=community)
    require(request, "communities.run_event", event)
    return event


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def community_publish_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the ward officer to publish a draft."""
    community = visible_community(request, slug)
    require(request, "communities.ask_to_publish", community)
    form = ButtonForm(*posted(request), once=request)
    if form.acts(actions.ask_to_publish, by=request.actor, community=community):
        messages.success(request, "公開を頼みました。地域の担当者が確かめて公開します。")
        return see_other("communities:community_manage", community.slug)
    context = {"community": community, "form": form}
    return render(request, "communities/community_publish_ask.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def organiser_event_new(request: HttpRequest, slug: str) -> HttpResponse:
    """A meeting of one's own community."""
    community = visible_community(request, slug)
    require(request, "communities.create_event", community)
    form = EventNewForm(*posted(request), initial={"collector": Collector.COMMUNITY}, once=request)
    if form.acts(actions.create_event, by=request.actor, host=community):
        messages.success(request, "催しを登録しました。")
        return see_other("communities:organiser_event", community.slug, form.result.pk)
    context = {"community": community, "form": form}
    return render(request, "communities/event_new.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def organiser_event(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Run a meeting: seats, who comes (while that may be seen), and its steps."""
    community = visible_community(request, slug)
    event = own_event(request, community, pk)
    steps = button_steps(event, request.actor)
    form = StepForm(*posted(request), steps=steps, names=MOVED, once=request)
    if form.acts(actions.move_event, by=request.actor, event=event):
        messages.success(request, MOVED[form.data["step"]])
        return see_other("communities:organiser_event", community.slug, event.pk)
    context = {**event_context(request, event, form), "community": community}
    return render(request, "communities/event_manage.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
@signed_in
@keeps_form
def organiser_event_edit(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Change a meeting; its collector stays."""
    community = visible_community(request, slug)
    event = own_event(request, community, pk)
    form = EventForm(
        *posted(request), initial=event_initial(event), in_series=bool(event.series_id), once=request
    )
    if form.acts(actions.edit_events, by=request.actor, event=event):
        messages.success(request, "催しの内容を直しました。")
        return see_other("communities:organiser_event", community.slug, event.pk)
    context = {"community": community, "event": event, "form": form, "kept": kept_after(event, form)}
    return render(request, "communities/event_edit.html", context, status=form.status)
