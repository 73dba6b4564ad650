"""Areas for tests: the real ones come with the master data, fresh ones keep a world's tests apart."""

from typing import Any

import factory

from portal.areas.enums import HEAD_TITLES, AreaKind, Band, DistrictKind
from portal.areas.models import Area, Authority, SchoolDistrict, Section
from portal.kernel.names import local_government_code_valid
from tests.support.factories import RowFactory, number

NIIGATA = "151009"
AKIHA = "151050"
KITA = "151017"
KAGOSHIMA = "460001"
KANOYA = "462039"


def area(code: str) -> Area:
    """One of the real areas."""
    return Area.objects.select_related("parent").get(pk=code)


def fresh_code() -> str:
    """A code that no government has: the prefectures end at 47."""
    five = f"{60000 + number():05d}"
    return next(f"{five}{check}" for check in range(10) if local_government_code_valid(f"{five}{check}"))


class AreaFactory(RowFactory):
    """A fresh town of Kagoshima; give kind and parent for something else."""

    class Meta:
        model = Area

    code = factory.LazyFunction(fresh_code)
    kind = AreaKind.TOWN
    parent = factory.LazyFunction(lambda: area(KAGOSHIMA))
    name = factory.LazyFunction(lambda: f"試験{number()}町")
    kana = "シケンチョウ"


def fresh_ward(city: Area | None = None) -> Area:
    """A fresh ward of Niigata City, or of `city`."""
    made: Area = AreaFactory(
        kind=AreaKind.WARD, parent=city or area(NIIGATA), name=f"試験{number()}区", kana="シケンク"
    )
    return made


class AuthorityFactory(RowFactory):
    """The government of a fresh town; give `area` for another."""

    class Meta:
        model = Authority

    area = factory.SubFactory(AreaFactory)
    name = factory.LazyAttribute(lambda made: made.area.name)
    site_name = "協働ひろば かごしま"
    band = Band.KAGOSHIMA
    comma = "，"
    head_title = factory.LazyAttribute(lambda made: f"{made.area.name[:-1]}{HEAD_TITLES[made.area.name[-1]]}")


class SectionFactory(RowFactory):
    """A section of a fresh government."""

    class Meta:
        model = Section

    authority = factory.SubFactory(AuthorityFactory)
    name = factory.LazyFunction(lambda: f"第{number()}課")


class SchoolDistrictFactory(RowFactory):
    """An elementary school's district in 鹿屋市."""

    class Meta:
        model = SchoolDistrict

    area = factory.LazyFunction(lambda: area(KANOYA))
    kind = DistrictKind.ELEMENTARY
    name = factory.LazyFunction(lambda: f"試験{number()}小学校区")
    kana = "シケンショウガッコウク"


def authority(code: str) -> Any:
    """The government of a real area."""
    return Authority.objects.select_related("area").get(area=code)
