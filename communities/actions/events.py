"""Events: create, edit, publish, close entries, hold, cancel.

e = create_event(by=officer, host=community, title="1分間ピッチの夜", starts_at=dt, ends_at=dt, venue="新津地区の公民館",
                 collector="city", capacity=150, publish=True)
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.areas.models import Area, Authority
from portal.areas.queries import home_code
from portal.kernel import audit, clock, jobs, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import indexing, workflow
from ..enums import Collector, EntryMethod, EventState
from ..kept import refuse_kept, refuse_planned
from ..models import Community, Event, EventSeats, Host, Platform
from ..models.event_details import DETAILS
from ..moving import refuse_moving_after_begin, tell_of_edit
from ..saving import change, insert, locked, user_of
from ..seats import seating
from .lotteries import seal_lottery
from .parties import change_capacity

EDITABLE = (
    "title",
    "summary",
    "description",
    "starts_at",
    "ends_at",
    "venue",
    "address",
    "access",
    "audience",
    "facilities",
    "contact",
    "fee_yen",
    "entry_method",
    "entries_close_at",
    *DETAILS,
)
JOINT_FIXED = "共催の相手は、申込みのあとでは変えられません。申し込んだ方は、いまの相手に同意しています。"
_STARTED = (EventState.HELD, EventState.REPORTED, EventState.CANCELLED)


@transaction.atomic
def create_event(
    *, by: Actor, host: Host, title: str, starts_at: datetime, ends_at: datetime, venue: str,
    collector: str = Collector.COMMUNITY, capacity: int | None = None, area: Area | None = None, publish: bool = False,
    **more: Any,
) -> Event:  # fmt: skip
    """Create an event of `host` as a draft, or publish it at once. `more`: other EDITABLE fields.

    `area` narrows an authority's event to one of its wards or municipalities, whose staff take the entries; it is the
    host's own otherwise. Whoever creates it is the first of the two who read what people need. Raises PermissionDenied,
    ValidationError, Refusal (publishing while the host is not public).
    """
    place = _place(host, area)
    permissions.require(by, "communities.create_event", area if area is not None and area.is_ward else host)
    themes = more.pop("themes", None)
    _known(more)
    event = insert(Event(
        **_host_fields(host), area=place, title=title, starts_at=starts_at, ends_at=ends_at, venue=venue,
        collector=collector, needs_officer=user_of(by), **more,
    ))  # fmt: skip
    insert(EventSeats(event=event, capacity=capacity))
    event.themes.set(_themes(host) if themes is None else themes)
    data = {"capacity": capacity, "collector": collector}
    audit.record("communities.event.created", by=by, target=event, data=data)
    indexing.put_event(event)
    if publish and event.publish_from is None:
        publish_event(by=by, event=event)
    _publish_later(by, event)
    return event


@transaction.atomic
def edit_event(*, by: Actor, event: Event, **fields: Any) -> Event:
    """Change EDITABLE fields and `capacity`. A capacity below what is taken is refused; a larger one is offered on.

    The collector never changes: people agreed to it. What a procedure planned is changed there (`kept`).
    """
    locked(event)
    permissions.require(by, "communities.run_event", event)
    if event.state in _STARTED:
        raise Refusal(
            f"この催しは、いま「{event.get_state_display()}」です。内容は直せません。", code="moved"
        )
    capacity, themes, old = fields.pop("capacity", ...), fields.pop("themes", None), event.starts_at
    _known(fields)
    refuse_moving_after_begin(event, fields)
    refuse_planned(event, by, fields if capacity is ... else {**fields, "capacity": capacity})
    _refuse_new_partners(event, fields)
    _refuse_new_method(event, fields)
    changed = change(event, fields)
    if themes is not None and set(event.themes.all()) != set(themes):
        event.themes.set(themes)
        changed.append("themes")
    if capacity is not ...:
        changed += ["capacity"] * change_capacity(by=by, event=event, capacity=capacity)
    if changed:
        audit.record("communities.event.edited", by=by, target=event, data={"fields": changed})
        indexing.put_event(event)
        tell_of_edit(by, event, changed, old)
        if event.is_public and event.entry_method == EntryMethod.LOTTERY:
            seal_lottery(by=by, event=event)
        _publish_later(by, event)
    return event


@transaction.atomic
def publish_event(*, by: Actor, event: Event) -> Event:
    """Let everybody see it. Raises Refusal while its community is not public: notices about unpublished things hurt."""
    workflow.EVENT.apply(event, "publish", by=by)
    if event.host_community and not event.host_community.is_public:
        raise Refusal(
            "主催するコミュニティが、まだ公開されていません。先にコミュニティを公開してください。",
            code="host",
        )
    if event.entry_method == EntryMethod.LOTTERY:
        seal_lottery(by=by, event=event)
    indexing.put_event(event)
    return event


def move_event(*, by: Actor, event: Event, step: str, note: str = "") -> Event:
    """The buttons of an event: publish, close_entries, reopen_entries, hold, cancel (note)."""
    if step == "cancel":
        return cancel_event(by=by, event=event, note=note)
    steps = {
        "publish": publish_event, "close_entries": close_entries, "reopen_entries": reopen_entries, "hold": hold_event,
    }  # fmt: skip
    return steps[step](by=by, event=event)


@transaction.atomic
def close_entries(*, by: Actor, event: Event) -> Event:
    """End entries before their deadline."""
    return workflow.EVENT.apply(event, "close_entries", by=by)


@transaction.atomic
def reopen_entries(*, by: Actor, event: Event) -> Event:
    """Take entries again; the deadline stays what it is."""
    return workflow.EVENT.apply(event, "reopen_entries", by=by)


@transaction.atomic
def hold_event(*, by: Actor, event: Event) -> Event:
    """Note that it took place. Raises Refusal before its start: nobody knows yet."""
    locked(event)
    permissions.require(by, "communities.run_event", event)
    if event.state in seating.RUNNING and not event.has_begun(clock.now()):
        raise Refusal(
            "この催しは、まだ始まっていません。「開催した」は、始まってから記録できます。", code="early"
        )
    return workflow.EVENT.apply(event, "hold", by=by)


@transaction.atomic
def cancel_event(*, by: Actor, event: Event, note: str) -> Event:
    """Call it off with a reason, and have every registrant told once (by a job, however many they are).

    Raises Refusal where a procedure keeps the event (`kept`), PermissionDenied.
    """
    refuse_kept(event, by)
    workflow.EVENT.apply(event, "cancel", by=by, note=note)
    seating.lock(event)  # registrations under way end before or see it
    indexing.put_event(event)
    jobs.enqueue("communities.tell_cancellation", key=f"event-cancelled:{event.pk}", obj=event, by=by)
    return event


def _refuse_new_method(event: Event, fields: dict[str, Any]) -> None:
    """Who has entered a lottery, or holds a seat, was promised that way."""
    if fields.get("entry_method", event.entry_method) != event.entry_method and event.seats.last_position:
        raise Refusal(
            "もう申込みがあるため、申込みの方法は変えられません。", field="entry_method", code="agreed"
        )


def _refuse_new_partners(event: Event, fields: dict[str, Any]) -> None:
    """The names of those who host together stand in what registrants agreed to."""
    new = fields.get("co_hosts", event.co_hosts) != event.co_hosts
    if new and event.collector == Collector.JOINT and event.seats.last_position:
        raise Refusal(JOINT_FIXED, field="co_hosts", code="agreed")


def _publish_later(by: Actor, event: Event) -> None:
    """A draft with a moment to appear at is published then by a job; a later change of that moment makes another job."""
    at = event.publish_from
    if event.state == EventState.DRAFT and at is not None:
        jobs.enqueue(
            "communities.publish_event",
            key=f"event-publish:{event.pk}:{at.isoformat()}",
            obj=event,
            by=by,
            run_after=at,
        )


def _themes(host: Host) -> list[Any]:
    return list(host.themes.all()) if isinstance(host, Community) else []


def _known(fields: dict[str, Any]) -> None:
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"not fields of an event: {sorted(unknown)}")


def _host_fields(host: Host) -> dict[str, Host]:
    if isinstance(host, Community):
        return {"host_community": host}
    return {"host_platform": host} if isinstance(host, Platform) else {"host_authority": host}


def _place(host: Host, area: Area | None) -> Area:
    """Where it counts: the host's area, or the ward a city names, the municipality a prefecture names."""
    if area is None or area.pk == host.area_id:
        return host.area
    if not isinstance(host, Authority) or host.area_id not in (home_code(area), area.parent_id):
        raise Refusal("この地域では、この主催の催しを登録できません。", field="host", code="area")
    return area
