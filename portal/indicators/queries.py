"""Reads of the indicators. A number and the list of its records come from the same filter, so they cannot differ."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communities import moderation
from communities.enums import CollaborationState, OrganisationKind
from communities.models import Collaboration, CollaborationYear, Initiative
from portal.areas.enums import AreaKind
from portal.areas.models import Area, Authority
from portal.kernel.fiscal import FiscalYear

from .calculations import Matrix, Place, Tally, YearFigures, matrix
from .enums import ValueKind
from .models import Definition, Indicator, IndicatorValue


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of the counted records a number stands for. Empty = all of the year. `age` is new | continuing | ""."""

    ward: str = ""
    kind: str = ""
    age: str = ""
    overlapping: bool = False

    def __bool__(self) -> bool:
        return bool(self.ward or self.kind or self.age or self.overlapping)


def of_authority(authority: Authority) -> QuerySet[Area]:
    """The areas whose collaborations the indicator of `authority` counts: its own and the wards below."""
    return Area.objects.filter(Q(pk=authority.area_id) | Q(parent_id=authority.area_id))


def counted(authority: Authority) -> QuerySet[Collaboration]:
    """Every counted collaboration of the authority, each once: by its lead area. Unconfirmed ones are not in it."""
    return Collaboration.objects.filter(
        state=CollaborationState.COUNTED,
        lead_area__in=of_authority(authority).values("pk"),
    )


def over_several_areas() -> Exists:
    """Whether another area than the lead one takes part."""
    return Exists(Area.objects.filter(collaborations=OuterRef("pk")).exclude(pk=OuterRef("lead_area")))


def city_tallies(authority: Authority) -> dict[int, list[Tally]]:
    """Tallies of every year (年度), each record once. One query."""
    rows = (
        counted(authority)
        .annotate(several=over_several_areas())
        .values_list("fiscal_year", "organisation__kind", "continuing", "several")
        .annotate(n=Count("pk"))
        .order_by("fiscal_year")
    )
    found: dict[int, list[Tally]] = defaultdict(list)
    for year, kind, continuing, several, n in rows:
        found[year].append(Tally(authority.area_id, kind, continuing, n, several))
    return found


def _hit(fiscal_year: int) -> FilteredRelation:
    return FilteredRelation(
        "collaborations",
        condition=Q(
            collaborations__state=CollaborationState.COUNTED,
            collaborations__fiscal_year=fiscal_year,
        ),
    )


def area_tallies(authority: Authority, fiscal_year: int) -> tuple[list[Place], list[Tally]]:
    """The authority's wards in the order of their codes, and the tallies in each. One query, empty wards included.

    A record of two wards is tallied in both.
    """
    rows = (
        of_authority(authority)
        .annotate(hit=_hit(fiscal_year))
        .values_list("code", "name", "slug", "kind", "hit__organisation__kind", "hit__continuing")
        .annotate(n=Count("hit"))
        .order_by("code")
    )
    places: dict[str, Place] = {}
    tallies = []
    for code, name, slug, kind, actor, continuing, n in rows:
        places.setdefault(code, Place(code, name, slug or code, kind == AreaKind.WARD))
        if n:
            tallies.append(Tally(code, actor, continuing, n))
    return sorted(places.values(), key=lambda place: (not place.is_ward, place.code)), tallies


def records(authority: Authority, fiscal_year: int, selection: Selection) -> QuerySet[Collaboration]:
    """The records behind one number of the page, with what a line of the list shows (`area_names` in order of codes).

    `is_hidden`: moderation took its initiative or community away; it is counted and not named.
    """
    found = counted(authority).filter(fiscal_year=fiscal_year)
    if selection.kind:
        found = found.filter(organisation__kind=selection.kind)
    if selection.ward:
        found = found.filter(
            areas__in=of_authority(authority).filter(Q(slug=selection.ward) | Q(pk=selection.ward))
        )
    if selection.age:
        found = found.filter(continuing=selection.age == "continuing")
    if selection.overlapping:
        found = found.filter(over_several_areas())
    own = Area.objects.filter(collaborations=OuterRef("pk")).order_by("code")
    return found.select_related("initiative__community", "organisation", "lead_area").annotate(
        area_names=ArraySubquery(own.values("name")),
        is_hidden=moderation.is_hidden_here(Initiative, "initiative"),
    )


def ward_totals(authority: Authority, fiscal_year: int) -> tuple[list[tuple[Place, int]], int]:
    """(ward, count) for every ward, and the city's total in which each record stands once. One query."""
    total = (
        counted(authority)
        .filter(fiscal_year=fiscal_year)
        .order_by()
        .values("state")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = (
        of_authority(authority)
        .annotate(hit=_hit(fiscal_year))
        .values_list("code", "name", "slug", "kind")
        .annotate(n=Count("hit"), total=Coalesce(Subquery(total), 0))
        .order_by("code")
    )
    found = [
        (Place(code, name, slug, kind == AreaKind.WARD), n, city) for code, name, slug, kind, n, city in rows
    ]
    return [(place, n) for place, n, _ in found if place.is_ward], found[0][2] if found else 0


def definitions(authority: Authority, key: str, fiscal_year: int) -> list[Definition]:
    """Every version of the definition, newest first, each with its indicator and `locked_at` of the year. One query."""
    year = CollaborationYear.objects.filter(authority=authority, fiscal_year=fiscal_year).values("locked_at")
    return list(
        Definition.objects.filter(indicator__authority=authority, indicator__key=key)
        .select_related("indicator__authority")
        .annotate(locked_at=Subquery(year))
        .order_by("-effective_on")
    )


def in_force(versions: Sequence[Definition], fiscal_year: int) -> Definition | None:
    """The version in force on 31 March that ends the year; for years before the first version, the first one."""
    end = date(fiscal_year + 1, 3, 31)
    return next((v for v in versions if v.effective_on <= end), versions[-1] if versions else None)


def values_of(indicator: Indicator) -> dict[int, dict[str, IndicatorValue]]:
    """The typed values, by year and kind. A year or kind that nobody typed is simply missing: 「未設定」."""
    found: dict[int, dict[str, IndicatorValue]] = defaultdict(dict)
    for row in IndicatorValue.objects.filter(indicator=indicator):
        found[row.fiscal_year][row.kind] = row
    return found


def baseline(values: dict[int, dict[str, IndicatorValue]]) -> IndicatorValue | None:
    """The newest baseline value that has been typed."""
    years = sorted((year for year, kinds in values.items() if ValueKind.BASELINE in kinds), reverse=True)
    return values[years[0]][ValueKind.BASELINE] if years else None


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page of one year says, apart from the list of records."""

    definition: Definition
    versions: list[Definition]
    matrix: Matrix
    years: list[YearFigures]
    baseline: IndicatorValue | None
    official: IndicatorValue | None
    target: IndicatorValue | None
    locked_at: datetime | None
    by_area: list[Tally]
    in_city: list[Tally]

    def count(self, chosen: Selection) -> int:
        """How many records stand behind a selection: the same filter as `records`, on the tallies."""
        codes = {row.place.slug: row.place.code for row in self.matrix.rows if row.place}
        tallies = (
            [t for t in self.by_area if t.area == codes.get(chosen.ward)] if chosen.ward else self.in_city
        )
        return sum(t.count for t in tallies if _stands_for(t, chosen))

    @property
    def indicator(self) -> Indicator:
        return self.definition.indicator

    @property
    def target_value(self) -> int | None:
        return self.target.value if self.target else None

    @property
    def year_rows(self) -> list[tuple[str, int, bool]]:
        """The years for the chart: (label, the portal's count, whether it is the year of the report)."""
        return [(FiscalYear(y.fiscal_year).label, y.count, y is self.years[-1]) for y in self.years]


def report(authority: Authority, key: str, fiscal_year: int) -> Report | None:
    """The report of one year, in four queries. None when the authority has no such indicator."""
    versions = definitions(authority, key, fiscal_year)
    definition = in_force(versions, fiscal_year)
    if definition is None:
        return None
    values, tallies = values_of(definition.indicator), city_tallies(authority)
    places, by_area = area_tallies(authority, fiscal_year)
    own = values.get(fiscal_year, {})
    return Report(
        definition=definition,
        versions=versions,
        matrix=matrix(OrganisationKind.choices, places, by_area, tallies.get(fiscal_year, [])),
        years=year_figures(tallies, values, fiscal_year),
        baseline=baseline(values),
        official=own.get(ValueKind.OFFICIAL),
        target=own.get(ValueKind.TARGET),
        locked_at=definition.locked_at,  # type: ignore[attr-defined]
        by_area=by_area,
        in_city=tallies.get(fiscal_year, []),
    )


def _stands_for(tally: Tally, chosen: Selection) -> bool:
    age = "continuing" if tally.continuing else "new"
    if chosen.overlapping and not tally.overlapping:
        return False
    return chosen.kind in ("", tally.kind) and chosen.age in ("", age)


def year_figures(
    tallies: dict[int, list[Tally]],
    values: dict[int, dict[str, IndicatorValue]],
    last: int,
    *,
    most: int = 5,
) -> list[YearFigures]:
    """Up to `most` years without a gap that end with `last`; they begin where anything is known."""
    known = [year for year in {*tallies, *values} if year <= last] or [last]
    figures = []
    for year in range(max(min(known), last - most + 1), last + 1):
        own = values.get(year, {})
        official, target = own.get(ValueKind.OFFICIAL), own.get(ValueKind.TARGET)
        figures.append(
            YearFigures(
                year,
                sum(tally.count for tally in tallies.get(year, [])),
                official.value if official else None,
                target.value if target else None,
            )
        )
    return figures


def values_list(indicator: Indicator) -> QuerySet[IndicatorValue]:
    """The typed values for the staff page, newest year first."""
    return IndicatorValue.objects.filter(indicator=indicator).order_by("-fiscal_year", "kind")
