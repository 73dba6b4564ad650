"""What the page of the queue reads the same way each time, as statements that are built once."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from portal.accounts.scope import Scope
from portal.areas.models import Area, Section
from portal.kernel.prepared import prepared

from ..assets.queries import noting_limits
from ..enums import ON_DESK, CapScope
from ..models import Application, Call, Menu, Programme
from ..relief.queries import noting_received
from ..settlement.queries.standing import noting_standing
from . import READERS, in_queue, menus, with_case

PER_PAGE = 60
IN_HAND = sorted(ON_DESK)
COLUMNS = ("what", "value", "label")


def choices(homes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """By what the queue of these governments can be narrowed, and whose caps it shows. One query for each of `homes`.

    {"year": [("2026", "")], "town": [(code, name)], "office": [(id, name)], "cap": [(year, slug)]}: years newest first,
    the others in the order of code, name and year.
    """
    found: dict[str, list[tuple[str, str]]] = {"year": [], "town": [], "office": [], "cap": []}
    for home in sorted(homes):
        for what, value, label in _choices(home=home):
            found[what].append((value, label))
    found["town"].sort()
    found["office"].sort(key=lambda row: (row[1], row[0]))
    for key in ("year", "cap"):
        found[key] = sorted(set(found[key]), reverse=True)
    return found


@prepared
def _choices(home: str) -> Any:
    years = Programme.objects.filter(authority__area=home)
    towns = Area.objects.municipalities().filter(parent=home)
    offices = Section.objects.filter(
        Q(coverages__isnull=False) | Q(examined_menus__isnull=False), authority__area=home
    )
    capped = _capped().filter(programme__authority__area=home)
    return _rows(years, "year", "fiscal_year", Value("")).union(
        _rows(towns, "town", "code", F("name")),
        _rows(offices, "office", "pk", F("name")),
        _rows(capped, "cap", "programme__fiscal_year", F("programme__slug")),
    )


def _rows(rows: QuerySet[Any], what: str, value: str, label: Any) -> Any:
    text = CharField()
    named = rows.order_by().annotate(
        what=Value(what, output_field=text), value=Cast(value, text), label=Cast(label, text)
    )
    return named.values_list(*COLUMNS)


def capped_menus(scope: Scope) -> QuerySet[Menu]:
    """The menus with a cap for each municipality that were called, of the governments the scope reads for."""
    return (
        _capped()
        .filter(programme__authority__area__in=scope.homes(*READERS))
        .order_by("-programme__fiscal_year")
    )


def _capped() -> QuerySet[Menu]:
    return menus().filter(cap_scope=CapScope.MUNICIPALITY, pk__in=Call.objects.values("menu"))


def in_hand(home: str) -> QuerySet[Application]:
    """The files of one government that are in hand, and what a row says of them: the queue before anything narrows it."""
    rows = Application.objects.filter(
        submitted_at__isnull=False,
        erased_at__isnull=True,
        menu__programme__authority__area=home,
        state__in=IN_HAND,
    )
    return in_queue(rows)


def received_file(scope: Scope, pk: UUID) -> Application | None:
    """One file as `received(scope)` has it, with everything the head of its page says. One query."""
    found: Application | None = next(iter(_filed(pk=pk)), None)
    if found is None or found.menu.programme.authority.area_id not in scope.homes(*READERS):
        return None
    return found


@prepared
def _filed(pk: UUID) -> QuerySet[Application]:
    rows = with_case(Application.objects.filter(pk=pk, submitted_at__isnull=False, erased_at__isnull=True))
    return noting_standing(noting_limits(noting_received(rows.select_related("early_start"))))


@prepared
def first_page(home: str) -> QuerySet[Application]:
    """The first page of `in_hand`, oldest first, and one row more; to be read as it stands."""
    return in_hand(home).order_by("submitted_at", "id")[: PER_PAGE + 1]
