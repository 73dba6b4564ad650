"""What the staff desk shows one person today: to-dos by deadline, and figures of what they look after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from communities import queries as communities
from communities.enums import CollaborationState, MembershipState
from communities.models import Collaboration, Event, Membership
from grants import queries as grants
from grants.models import Application, Call
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock, ports
from portal.kernel.fiscal import fiscal_year
from portal.kernel.ports import DeskItem

CITY = (Role.WARD_OFFICER, Role.CITY_OFFICER, Role.CITY_CHIEF)
MUNICIPAL = (Role.MUNICIPAL_OFFICER, Role.MUNICIPAL_CHIEF)
PREFECTURAL = (Role.PREFECTURE_OFFICER, Role.PREFECTURE_SECTION_CHIEF, Role.PREFECTURE_HEAD)
REGISTERING = (Role.WARD_OFFICER, Role.CITY_OFFICER, Role.MUNICIPAL_OFFICER)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class CollaborationFigures:
    """協働 of the areas one looks after, in the current year (年度), and what still waits for a check."""

    fiscal_year: int
    counted: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A panel that is None is not for this person's role; an empty list is shown as empty."""

    items: list[DeskItem]
    more: int
    late: int
    events: list[Event] | None
    collaborations: CollaborationFigures | None
    requests: list[Membership] | None
    applications: list[Application] | None
    calls: list[Call] | None
    is_prefecture: bool

    @property
    def late_label(self) -> str:
        return f"期限をすぎたもの {self.late}件"


def to_dos(scope: Scope) -> list[DeskItem]:
    """The to-dos of every part, nearest deadline first; those without one come last."""
    found = [item for source in ports.desk_items for item in source(scope)]
    return sorted(found, key=lambda item: (item.due_on or date.max, item.title))


def desk_of(scope: Scope) -> Desk:
    """Everything on the desk, in a number of queries that does not grow with what lies on it."""
    items = to_dos(scope)
    today = clock.today_jst()
    city = sorted(scope.areas(*CITY))
    return Desk(
        items=items[:SHOWN],
        more=max(0, len(items) - SHOWN),
        late=sum(1 for item in items if item.due_on and item.due_on < today),
        events=near_events(city) if city else None,
        collaborations=collaboration_figures(city) if city else None,
        requests=requests(scope) if scope.has(*CITY) else None,
        applications=applications(scope) if scope.has(*MUNICIPAL, *PREFECTURAL) else None,
        calls=open_calls() if scope.has(*MUNICIPAL, *PREFECTURAL) else None,
        is_prefecture=scope.has(*PREFECTURAL),
    )


def near_events(area_codes: Sequence[str]) -> list[Event]:
    """The next five public events of the areas, with their seats. One query."""
    found = communities.upcoming_events(area_codes, clock.now())
    return list(found.select_related("seats", "area").order_by("starts_at", "id")[:5])


def collaboration_figures(area_codes: Sequence[str]) -> CollaborationFigures:
    """Counted and waiting records that touch the areas, each once. One query."""
    year = fiscal_year(clock.today_jst())
    waiting = (CollaborationState.SUBMITTED, CollaborationState.WARD_CONFIRMED)
    found = Collaboration.objects.filter(fiscal_year=year, areas__in=area_codes).aggregate(
        counted=Count("pk", filter=Q(state=CollaborationState.COUNTED), distinct=True),
        waiting=Count("pk", filter=Q(state__in=waiting), distinct=True),
    )
    return CollaborationFigures(year, found["counted"], found["waiting"])


def applications(scope: Scope) -> list[Application]:
    """The newest grant files one may see, whichever side one is on. One query."""
    return list(grants.with_case(grants.visible_to(scope)).order_by("-created_at", "-id")[:6])


def requests(scope: Scope) -> list[Membership]:
    """The oldest six requests to join that wait for an answer, in the areas one looks after. One query."""
    waiting = communities.memberships_visible_to(scope).filter(
        state=MembershipState.REQUESTED, community__area__in=scope.areas(*CITY)
    )
    return list(waiting.select_related("user", "community").order_by("created_at", "id")[:6])


def open_calls() -> list[Call]:
    """The calls that take applications now, soonest deadline first. One query."""
    return list(grants.open_calls(clock.now()).order_by("closes_at", "id")[:4])
