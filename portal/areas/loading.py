"""Loading master data: idempotent, one audit entry per prefecture, government or section that changed."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from portal.kernel import audit
from portal.kernel.actors import Actor
from portal.kernel.names import local_government_code_valid

from . import actions, site
from .enums import HEAD_TITLES, Band, Comma
from .master import KAGOSHIMA, KAGOSHIMA_SECTIONS, NIIGATA_CITY, OFFICES, WARD_LEADS, WARD_SLUGS
from .models import Area, AreaProfile, Authority, Section

SOURCE = Path(__file__).parent / "data" / "local_governments.csv"
FIELDS = ("kind", "parent_id", "name", "kana", "slug")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load wrote."""

    areas: int
    authorities: int
    sections: int


@transaction.atomic
def load(*, by: Actor, source: Path = SOURCE) -> Loaded:
    """Bring areas, ward profiles, governments and sections up to date. The same again writes nothing.

    Never deletes: areas that were merged away keep their rows. Raises ValueError for a wrong check digit.
    """
    areas = load_areas(by=by, source=source)
    authorities = load_authorities(by=by)
    sections = load_sections(by=by)
    transaction.on_commit(site.forget)
    return Loaded(areas, authorities, sections)


@transaction.atomic
def load_areas(*, by: Actor, source: Path = SOURCE) -> int:
    """All local governments of the file, and the profiles of Niigata's wards. Returns how many areas were written."""
    wanted = list(_read(source))
    known = Area.objects.in_bulk()
    changed = [area for area in wanted if _differs(area, known.get(area.pk))]
    Area.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name.removesuffix("_id") for name in FIELDS],
    )
    _record_areas(by, changed, known)
    leads = [AreaProfile(area_id=code, lead=lead) for code, lead in WARD_LEADS.items()]
    AreaProfile.objects.bulk_create(leads, ignore_conflicts=True)
    return len(changed)


@transaction.atomic
def load_authorities(*, by: Actor) -> int:
    """新潟市 (the installation's own), 鹿児島県 and its municipalities. Existing rows stay as the offices set them."""
    missing = [row for row in _authorities() if not Authority.objects.filter(area=row.area).exists()]
    for authority in missing:
        authority.full_clean(exclude=["seal"])
        authority.save()
        audit.record("areas.authority.created", by=by, target=authority, data={"area": authority.area_id})
    return len(missing)


@transaction.atomic
def load_sections(*, by: Actor) -> int:
    """The prefecture's section of the programme and its seven regional offices with the municipalities they cover."""
    prefecture = Authority.objects.get(area=KAGOSHIMA)
    known = set(Section.objects.filter(authority=prefecture).values_list("name", flat=True))
    towns = {area.name: area for area in Area.objects.municipalities().filter(parent=KAGOSHIMA)}
    plan = {**dict.fromkeys(KAGOSHIMA_SECTIONS, ""), **OFFICES}
    missing = {name: covered for name, covered in plan.items() if name not in known}
    for name, covered in missing.items():
        actions.create_section(
            by=by, authority=prefecture, name=name, covers=[towns[town] for town in covered.split()]
        )
    return len(missing)


def _read(source: Path) -> Iterable[Area]:
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        if not local_government_code_valid(row["code"]):
            raise ValueError(f"{source.name}: {row['code']} {row['name']}: 検査数字が合いません")
        yield Area(
            code=row["code"],
            kind=row["kind"],
            parent_id=row["parent_code"] or None,
            name=row["name"],
            kana=row["kana"],
            slug=WARD_SLUGS.get(row["code"], ""),
        )


def _differs(wanted: Area, known: Area | None) -> bool:
    return known is None or any(getattr(wanted, name) != getattr(known, name) for name in FIELDS)


def _record_areas(by: Actor, changed: Iterable[Area], known: dict[str, Area]) -> None:
    created: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    for area in changed:
        (touched if area.pk in known else created)[area.pk[:2]] += 1
    for prefecture in Area.objects.filter(parent=None):
        number = prefecture.pk[:2]
        if created[number] or touched[number]:
            counts = {"created": created[number], "changed": touched[number]}
            audit.record("areas.area.loaded", by=by, target=prefecture, data=counts)


def _authorities() -> Iterable[Authority]:
    niigata = Area.objects.get(pk=NIIGATA_CITY)
    yield Authority(
        area=niigata,
        name=niigata.name,
        site_name="協働ひろば にいがた",
        site_note="新潟市 地域コミュニティ支援",
        band=Band.NIIGATA,
        comma=Comma.TOUTEN,
        head_title=_head_title(niigata),
        is_default=True,
    )
    for area in Area.objects.within(KAGOSHIMA):
        yield Authority(
            area=area,
            name=area.name,
            site_name="協働ひろば かごしま",
            site_note="鹿児島県 地域コミュニティ支援",
            band=Band.KAGOSHIMA,
            comma=Comma.FULL_WIDTH,
            head_title=_head_title(area),
        )


def _head_title(area: Area) -> str:
    return f"{area.name[:-1]}{HEAD_TITLES[area.name[-1]]}"
