"""Each constraint of areas refuses one violating row, and says why in Japanese."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.areas.models import Area, Authority, SchoolDistrict, Section, SectionCoverage
from tests.factories.areas import AreaFactory, SchoolDistrictFactory, SectionFactory, area, authority

pytestmark = pytest.mark.django_db


def _code() -> Area:
    return Area(code="15105x", kind="ward", parent_id="151009", name="試験区", kana="シケンク")


def _orphan() -> Area:
    return Area(code="151068", kind="ward", parent=None, name="試験区", kana="シケンク")


def _slug() -> Area:
    return AreaFactory.build(slug="akiha", parent=area("460001"))  # type: ignore[no-any-return]


def _second_default() -> Authority:
    other = authority("460001")
    other.is_default = True
    return other  # type: ignore[no-any-return]


def _same_section() -> Section:
    known = SectionFactory()
    return Section(authority=known.authority, name=known.name)


def _own_parent() -> Section:
    known = SectionFactory()
    known.parent = known
    return known  # type: ignore[no-any-return]


def _two_offices() -> SectionCoverage:
    return SectionCoverage(section=SectionFactory(authority=authority("460001")), area=area("462039"))


def _same_district() -> SchoolDistrict:
    known = SchoolDistrictFactory()
    return SchoolDistrict(area=known.area, kind=known.kind, name=known.name)


CASES: list[tuple[Callable[[], Any], str, str]] = [
    (_code, "area_code_format", "6けたの数字"),
    (_orphan, "area_parent_iff_below_prefecture", "属する団体が必要"),
    (_slug, "area_slug_unique", "ほかの地域が使っています"),
    (_second_default, "authority_one_default", "一つだけ"),
    (_same_section, "section_name_unique", "同じ名前の課・室"),
    (_own_parent, "section_not_own_parent", "自分自身は選べません"),
    (_two_offices, "sectioncoverage_one_office", "受け持つ地域振興局・支庁は、一つ"),
    (_same_district, "schooldistrict_name_unique", "同じ名前の校区"),
]


@pytest.mark.parametrize(("make", "constraint", "message"), CASES, ids=[case[1] for case in CASES])
def test_constraint_refuses_the_row_in_the_form_and_in_the_database(
    make: Callable[[], Any], constraint: str, message: str
) -> None:
    row = make()
    with pytest.raises(ValidationError, match=message):
        row.validate_constraints()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_every_constraint_has_its_case() -> None:
    models = [Area, Authority, Section, SectionCoverage, SchoolDistrict]
    named = {constraint.name for model in models for constraint in model._meta.constraints}
    # (code, kind) only carries the foreign key of appointments; a double code already violates the primary key.
    assert named - {case[1] for case in CASES} == {"area_code_kind_unique"}
