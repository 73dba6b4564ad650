"""What the staff desk shows one person today: to-dos by deadline, and figures of what they look after."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from communities import queries as communities
from communities.enums import CollaborationState
from communities.models import Collaboration, Event
from grants import queries as grants
from grants.enums import OVER
from grants.models import Application, Call
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock, ports
from portal.kernel.fiscal import fiscal_year
from portal.kernel.ports import DeskItem

from .desk_keys import digest
from .models import DeskSnooze

CITY = (Role.WARD_OFFICER, Role.CITY_OFFICER, Role.CITY_CHIEF)
MUNICIPAL = (Role.MUNICIPAL_OFFICER, Role.MUNICIPAL_CHIEF)
PREFECTURAL = (Role.PREFECTURE_OFFICER, Role.PREFECTURE_SECTION_CHIEF, Role.PREFECTURE_HEAD)
REGISTERING = (Role.WARD_OFFICER, Role.CITY_OFFICER, Role.MUNICIPAL_OFFICER)
SHOWN = 50  # lines of one group
MANY = 10  # from here on, choosing by kind or place helps
ALL = {"kind": "すべての仕事", "place": "すべての地域"}
OF_A_KIND = 5  # lines of one kind among those that can wait; the others are one click away


@dataclass(frozen=True, slots=True)
class CollaborationFigures:
    """協働 of the areas one looks after, in the current year (年度), and what still waits for a check."""

    fiscal_year: int
    counted: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address asks for: one kind of to-do, one ward or town. Empty: everything."""

    kind: str = ""
    place: str = ""

    def admits(self, item: DeskItem) -> bool:
        """Whether a to-do is what was asked for."""
        return (not self.kind or item.kind == self.kind) and (not self.place or item.place == self.place)

    def address(self, **changes: str) -> str:
        """The desk's own address with some values changed."""
        values = {"kind": self.kind, "place": self.place, **changes}
        kept = {name: value for name, value in values.items() if value}
        return f"?{urlencode(kept)}" if kept else reverse("site:desk")


@dataclass(frozen=True, slots=True)
class Group:
    """To-dos of one stretch of time. `folded`: (words, address) of kinds of which only the first are shown."""

    title: str
    items: list[DeskItem]
    count: int
    folded: list[tuple[str, str]]

    @property
    def more(self) -> int:
        """How many are neither shown nor folded."""
        return max(0, self.count - len(self.items)) if not self.folded else 0


@dataclass(frozen=True, slots=True)
class Desk:
    """A panel that is None is not for this person's role; an empty list is shown as empty."""

    groups: list[Group]
    count: int
    late: int
    urgent: int
    kinds: list[tuple[str, str, bool]]
    places: list[tuple[str, str, bool]]
    later: list[tuple[DeskItem, DeskSnooze]]
    events: list[Event] | None
    collaborations: CollaborationFigures | None
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


def desk_of(scope: Scope, chosen: Choice = Choice()) -> Desk:
    """Everything on the desk, in a number of queries that does not grow with what lies on it."""
    today, snoozes = clock.today_jst(), snoozes_of(scope.user_id)
    everything = to_dos(scope)
    asleep = [
        item for item in everything if digest(item) in snoozes and snoozes[digest(item)].until_on > today
    ]
    items = [item for item in everything if item not in asleep]
    shown = [item for item in items if chosen.admits(item)]
    city = sorted(scope.areas(*CITY))
    return Desk(
        groups=grouped(shown, today, chosen),
        count=len(shown),
        late=sum(1 for item in shown if item.due_on and item.due_on < today),
        urgent=sum(1 for item in items if item.due_on and item.due_on <= today),
        kinds=chips(items, "kind", chosen),
        places=chips(items, "place", chosen),
        later=[(item, snoozes[digest(item)]) for item in asleep][:SHOWN],
        events=near_events(city) if city else None,
        collaborations=collaboration_figures(city) if city else None,
        applications=applications(scope) if scope.has(*MUNICIPAL, *PREFECTURAL) else None,
        calls=open_calls() if scope.has(*MUNICIPAL, *PREFECTURAL) else None,
        is_prefecture=scope.has(*PREFECTURAL),
    )


def grouped(items: Sequence[DeskItem], today: date, chosen: Choice) -> list[Group]:
    """今日まで (late ones too), 今週 (until Sunday), それから. Each is bounded; nothing is lost without a word."""
    sunday = today + timedelta(days=6 - today.weekday())
    stretches = (
        ("今日まで", [item for item in items if item.due_on and item.due_on <= today]),
        ("今週", [item for item in items if item.due_on and today < item.due_on <= sunday]),
        ("それから", [item for item in items if item.due_on is None or item.due_on > sunday]),
    )
    return [_group(title, rows, chosen, fold=title == "それから") for title, rows in stretches]


def _group(title: str, rows: list[DeskItem], chosen: Choice, *, fold: bool) -> Group:
    counts, seen = Counter(item.kind for item in rows), Counter[str]()
    shown: list[DeskItem] = []
    for item in rows:
        seen[item.kind] += 1
        if not fold or chosen.kind or not item.kind or seen[item.kind] <= OF_A_KIND:
            shown.append(replace(item, later_url=reverse("site:desk_later", args=[digest(item)])))
    folded = [
        (f"{kind} {count}件をすべて見る", chosen.address(kind=kind))
        for kind, count in sorted(counts.items())
        if fold and kind and not chosen.kind and count > OF_A_KIND
    ]
    return Group(title, shown[:SHOWN], len(rows), folded)


def chips(items: Sequence[DeskItem], name: str, chosen: Choice) -> list[tuple[str, str, bool]]:
    """(words, address, current) of the values of `kind` or `place` on the desk; empty where all is seen at a glance."""
    counts = Counter(value for item in items if (value := getattr(item, name)))
    current = getattr(chosen, name)
    if not current and (len(counts) < 2 or len(items) < MANY):
        return []
    rows = [(f"{ALL[name]} {len(items)}", chosen.address(**{name: ""}), not current)]
    return rows + [
        (f"{value} {count}", chosen.address(**{name: value}), value == current)
        for value, count in sorted(counts.items())
    ]


def snoozes_of(user_id: UUID | None) -> Mapping[str, DeskSnooze]:
    """What one person has put off, by the digest of the to-do. One query."""
    return {row.item: row for row in DeskSnooze.objects.filter(user=user_id)[:1000]}


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
    """The newest grant files that are not over: the municipality's own, an officer's of one's office. One query.

    Of more years than one: in April the files of the year before are still under way.
    """
    rows, offices = grants.visible_to(scope).exclude(state__in=OVER), scope.sections(Role.PREFECTURE_OFFICER)
    if offices:
        rows = rows.filter(office__in=offices)
    return list(grants.with_case(rows).order_by("-created_at", "-id")[:6])


def open_calls() -> list[Call]:
    """The calls that take applications now, soonest deadline first. One query."""
    return list(grants.open_calls(clock.now()).order_by("closes_at", "id")[:4])
