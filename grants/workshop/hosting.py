"""The event that a decision makes in `communities`: created, changed, called off, always by the actions of that floor.

They act as the decision (`rules.DECISION` of communities): who signed it works for the prefecture and runs no events there.
"""

from typing import Any

from communities import actions as communities
from communities.enums import Collector, EventState
from communities.models import Community, Event, Host
from communities.rules import DECISION
from portal.areas.models import Area, Authority
from portal.kernel import clock
from portal.kernel.refusals import Refusal

from ..models import Workshop
from .enums import HostKind

KEPT = (
    "この催しは、県と市町村が合意したワークショップの計画で開きます。名前、日時、会場、対象、定員の変更と、延期、取りやめは、"
    "窓口の市町村か県が、ワークショップの画面の「計画を変える」「開催を取りやめる」から行います。"
)
LIVE = (EventState.PUBLISHED, EventState.ENTRIES_CLOSED, EventState.POSTPONED)


def make_event(workshop: Workshop) -> Event:
    """Create and publish the event of an agreed plan: the host by its kind, the entries taken at the 窓口.

    県主催: the prefecture hosts and collects. 共催: both do, the community organisation as host where it is one. 活用: the
    municipality's own event. A community that is not public keeps it as a draft. Raises Refusal, ValidationError.
    """
    host = _host(workshop)
    kind = HostKind(workshop.host_kind)
    joint = kind in (HostKind.MUNICIPALITY, HostKind.COMMUNITY)
    partner = workshop.menu.programme.authority.name if kind == HostKind.COMMUNITY else ""
    area = workshop.municipality if isinstance(host, Authority) else None
    return communities.create_event(
        by=DECISION,
        host=host,
        area=area,
        collector=Collector.JOINT if joint else Collector.CITY,
        co_hosts=partner,
        contact=f"{workshop.municipality.name}(窓口)",
        publish=not isinstance(host, Community) or host.is_public,
        **_fields(workshop),
    )


def change_event(workshop: Workshop) -> Event:
    """Bring the event in line with the new agreed plan, in one change: who registered is told once.

    Raises Refusal (held or called off meanwhile, fewer seats than were given).
    """
    event = event_of(workshop)
    fields = _fields(workshop)
    if event.state == EventState.POSTPONED:
        times = {name: fields.pop(name) for name in ("starts_at", "ends_at")}
        communities.edit_event(by=DECISION, event=event, **fields)
        return communities.resume_event(by=DECISION, event=event, **times)
    return communities.edit_event(by=DECISION, event=event, **fields)


def call_off_event(workshop: Workshop, note: str) -> None:
    """Cancel the event with the reason; who registered is told once by the job of that floor. Nothing where there is none."""
    if workshop.event is None:
        return
    event = event_of(workshop)
    if event.state in LIVE:
        communities.cancel_event(by=DECISION, event=event, note=note)


def check_not_begun(workshop: Workshop) -> None:
    """Before a plan is opened again: the event has not begun. Raises Refusal."""
    event = workshop.event
    if event is None:
        return
    if event.state not in (*LIVE, EventState.DRAFT) or event.has_begun(clock.now()):
        raise Refusal("催しが始まったか、中止になったため、計画はもう変えられません。", code="begun")


def keeper(obj: Any) -> tuple[str, str] | None:
    """For the port: an event that a decision made is moved and called off by its workshop, which both sides agreed to."""
    workshop = Workshop.objects.filter(event=obj).first() if isinstance(obj, Event) else None
    return (KEPT, workshop.get_absolute_url()) if workshop else None


def event_of(workshop: Workshop) -> Event:
    """The event of a workshop that has one, read anew."""
    rows = Event.objects.select_related("area", "host_community", "host_platform", "host_authority")
    return rows.get(workshop=workshop)


def _fields(workshop: Workshop) -> dict[str, Any]:
    text = "\n\n".join(part for part in (workshop.aim, workshop.content) if part)
    return {
        "title": workshop.title,
        "description": text,
        "starts_at": workshop.starts_at,
        "ends_at": workshop.ends_at,
        "venue": workshop.venue,
        "address": workshop.address,
        "audience": workshop.audience,
        "capacity": workshop.capacity,
    }


def _host(workshop: Workshop) -> Host:
    kind = HostKind(workshop.host_kind)
    if kind == HostKind.COMMUNITY:
        partner = workshop.platform or workshop.community
        if partner is None:
            raise Refusal("共催する地域コミュニティ組織を選んでください。", field="platform")
        return partner
    if kind == HostKind.USE:
        return _government(workshop.municipality)
    return workshop.menu.programme.authority


def _government(area: Area) -> Authority:
    found = Authority.objects.select_related("area").filter(area=area).first()
    if found is None:
        raise Refusal(f"{area.name}の団体(行政)が、まだ登録されていません。", field="host_kind")
    return found
