"""Where an event is run: one's own page of it, and the pages that belong to its state."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import resolve_url

from portal.kernel import clock

from .. import workflow
from ..enums import EventState
from ..enums.events import EventFormat
from ..models import Event
from ..rules import READERS
from .requests import require, visible_event

# transition or page → (label, route); in the order in which they are shown
STEP_PAGES = {"postpone": ("延期する", "event_postpone"), "resume": ("新しい日を決める", "event_resume")}


def run_event(request: HttpRequest, pk: UUID) -> Event:
    """The event of this address for those who may run it; 404 for a stranger, 403 with the reason for the others."""
    event = visible_event(request, pk)
    require(request, "communities.run_event", event)
    return event


def home_of(request: Any, event: Event) -> str:
    """The page from which this person runs the event: the desk's for staff, the community's for organisers."""
    if event.area_id in request.scope.areas(*READERS):
        return resolve_url("communities:staff_event_detail", event.pk)
    if event.host_community is None:
        return event.get_absolute_url()
    return resolve_url("communities:organiser_event", event.host_community.slug, event.pk)


def pages_of(request: Any, event: Event) -> list[tuple[str, str]]:
    """(label, address) of what else can be done with this event now. No queries."""
    names = {step.name for step in workflow.EVENT.available(event, request.actor)}
    if event.has_begun(clock.now()):
        names.discard("postpone")
    pages = [
        (label, resolve_url(f"communities:{route}", event.pk))
        for name, (label, route) in STEP_PAGES.items()
        if name in names
    ]
    if names & {"publish", "postpone"} and event.series_id is None and not event.has_begun(clock.now()):
        pages.append(("シリーズにする", resolve_url("communities:event_repeat", event.pk)))
    if names and event.format != EventFormat.ONLINE:
        pages.append(("会場の案内図", resolve_url("communities:event_sketch_edit", event.pk)))
    if event.takes_pitches and names:
        pages.append(("ピッチの順番", resolve_url("communities:event_pitch_run", event.pk)))
    pages += [(label, resolve_url(f"communities:{route}", event.pk)) for label, route in _after(event, names)]
    return pages


def _recordable(event: Event) -> bool:
    return event.state == EventState.REPORTED and event.host_community_id is not None


def _after(event: Event, names: set[str]) -> list[tuple[str, str]]:
    """What is done with a meeting that is over; `names` are the steps this person may take."""
    if event.state not in (EventState.HELD, EventState.REPORTED):
        return []
    rows = [
        ("報告を書く" if "report" in names else "報告を直す", "event_report"),
        *(
            [("活動記録を見る" if event.report.activity_id else "活動記録にする", "event_record")]
            if _recordable(event)
            else []
        ),
        ("写真", "event_photos"),
        ("アンケート", "event_survey"),
    ]
    return rows if event.thanked_at else [*rows, ("お礼のメールを送る", "event_thanks")]
