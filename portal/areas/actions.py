"""Writes of areas: governments, their sections, school districts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from portal.kernel import audit, permissions
from portal.kernel.actors import Actor, UserActor
from portal.kernel.refusals import Refusal

from . import site
from .models import Area, Authority, SchoolDistrict, Section, SectionCoverage


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictRow:
    """One row of an import. `kind` is a DistrictKind value."""

    area_code: str
    kind: str
    name: str
    kana: str = ""


@transaction.atomic
def change_authority(*, by: Actor, authority: Authority, **changes: object) -> Authority:
    """Change what is said in a government's name. Raises PermissionDenied, ValidationError."""
    _permit(by, "areas.change_authority", authority)
    for field, value in changes.items():
        setattr(authority, field, value)
    authority.full_clean()
    authority.save(update_fields=list(changes))
    audit.record("areas.authority.changed", by=by, target=authority, data={"fields": sorted(changes)})
    transaction.on_commit(site.forget)
    return authority


@transaction.atomic
def create_section(
    *,
    by: Actor,
    authority: Authority,
    name: str,
    symbol: str = "",
    parent: Section | None = None,
    covers: Iterable[Area] = (),
) -> Section:
    """Register a section with the municipalities it looks after.

    Raises Refusal when it would cover an area outside its government, PermissionDenied, ValidationError.
    """
    _permit(by, "areas.change_authority", authority)
    covered = list(covers)
    _ensure_inside(authority, covered)
    section = Section(authority=authority, name=name, symbol=symbol, parent=parent)
    section.full_clean()
    section.save()
    SectionCoverage.objects.bulk_create([SectionCoverage(section=section, area=area) for area in covered])
    audit.record(
        "areas.section.created", by=by, target=section, data={"covers": [area.pk for area in covered]}
    )
    return section


@transaction.atomic
def create_districts(*, by: Actor, rows: Sequence[DistrictRow]) -> int:
    """Add or rename readings of school districts; the same rows again change nothing. Returns how many were written.

    All or nothing. Raises Refusal for a code that is no municipality or ward.
    """
    _permit(by, "areas.import_districts", None)
    places = Area.objects.in_bulk({row.area_code for row in rows})
    for row in rows:
        place = places.get(row.area_code)
        if place is None or place.is_prefecture:
            raise Refusal(f"コード {row.area_code} の市区町村がありません。")
    by_area: dict[str, list[DistrictRow]] = defaultdict(list)
    for row in rows:
        by_area[row.area_code].append(row)
    return sum(_write_districts(by, places[code], group) for code, group in sorted(by_area.items()))


def _write_districts(by: Actor, area: Area, rows: Sequence[DistrictRow]) -> int:
    known = {(d.kind, d.name): d for d in SchoolDistrict.objects.filter(area=area)}
    new = {(r.kind, r.name): r for r in rows if (r.kind, r.name) not in known}
    fresh = [SchoolDistrict(area=area, kind=r.kind, name=r.name, kana=r.kana) for r in new.values()]
    for district in fresh:
        district.full_clean(exclude=["area"], validate_unique=False, validate_constraints=False)
    changed = []
    for row in rows:
        named = known.get((row.kind, row.name))
        if named is not None and row.kana and named.kana != row.kana:
            named.kana = row.kana
            changed.append(named)
    SchoolDistrict.objects.bulk_create(fresh)
    SchoolDistrict.objects.bulk_update(changed, ["kana"])
    if fresh or changed:
        counts = {"created": len(fresh), "changed": len(changed)}
        audit.record("areas.schooldistrict.imported", by=by, target=area, data=counts)
    return len(fresh) + len(changed)


def _ensure_inside(authority: Authority, covered: Sequence[Area]) -> None:
    inside = set(Area.objects.within(authority.area_id).values_list("pk", flat=True)) if covered else set()
    if outside := [area.name for area in covered if area.pk not in inside]:
        raise Refusal(f"{outside[0]}は、{authority.name}の中にありません。", field="covers")


def _permit(by: Actor, name: str, obj: object) -> None:
    """Users need the permission; jobs and commands act for the installation itself."""
    if isinstance(by, UserActor):
        permissions.require(by, name, obj)
