"""Sections, districts and what governments say: who may, what is refused, what is recorded."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from portal.areas import actions, district_files
from portal.areas.actions import DistrictRow
from portal.areas.models import SchoolDistrict, Section
from portal.kernel.actors import JobActor
from portal.kernel.models import AuditEntry
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import area, authority

pytestmark = pytest.mark.django_db
BY = JobActor("tests")
ROWS = [
    DistrictRow(area_code="462039", kind="elementary", name="高隈小学校区", kana="タカクマショウガッコウク"),
    DistrictRow(area_code="462039", kind="junior", name="高隈中学校区"),
    DistrictRow(area_code="151050", kind="elementary", name="新津小学校区"),
]
HEADER = "全国地方公共団体コード,種類,校区名,フリガナ\n"


def last(event: str) -> AuditEntry:
    return AuditEntry.objects.filter(event=event).latest("id")


def test_create_section_covers_and_records() -> None:
    niigata = authority("151009")
    section = actions.create_section(
        by=BY, authority=niigata, name="市民協働課", symbol="市協", covers=[area("151050")]
    )
    assert list(section.covers.values_list("code", flat=True)) == ["151050"]
    assert last("areas.section.created").data == {"covers": ["151050"]}


def test_create_section_refuses_areas_of_another_government() -> None:
    with pytest.raises(Refusal, match="鹿屋市は、新潟市の中にありません"):
        actions.create_section(
            by=BY, authority=authority("151009"), name="市民協働課", covers=[area("462039")]
        )
    assert not Section.objects.filter(authority__area="151009").exists()


def test_change_authority_is_for_the_system_administrator() -> None:
    kanoya = authority("462039")
    with pytest.raises(PermissionDenied, match="システム管理者"):
        actions.change_authority(
            by=actor(officer("municipal_chief", "462039")), authority=kanoya, contact_phone="1"
        )
    admin = actor(officer("system_admin"))
    actions.change_authority(by=admin, authority=kanoya, contact_phone="0994-00-0000")
    kanoya.refresh_from_db()
    assert kanoya.contact_phone == "0994-00-0000"
    assert last("areas.authority.changed").data == {"fields": ["contact_phone"]}


def test_change_authority_refuses_what_the_model_refuses() -> None:
    with pytest.raises(ValidationError):
        actions.change_authority(by=BY, authority=authority("462039"), site_name="改\n行")


def test_create_districts_twice_writes_once() -> None:
    assert actions.create_districts(by=BY, rows=ROWS) == 3
    assert actions.create_districts(by=BY, rows=ROWS) == 0
    assert SchoolDistrict.objects.filter(area="462039").count() == 2
    assert last("areas.schooldistrict.imported").target_id in {"462039", "151050"}


def test_create_districts_fills_in_a_reading_later() -> None:
    actions.create_districts(by=BY, rows=ROWS)
    named = DistrictRow(
        area_code="462039", kind="junior", name="高隈中学校区", kana="タカクマチュウガッコウク"
    )
    assert actions.create_districts(by=BY, rows=[named]) == 1
    assert SchoolDistrict.objects.get(name="高隈中学校区").kana == "タカクマチュウガッコウク"


@pytest.mark.parametrize("code", ["460001", "999999"])
def test_create_districts_refuses_a_place_that_has_none_and_writes_nothing(code: str) -> None:
    with pytest.raises(Refusal, match=code):
        actions.create_districts(by=BY, rows=[*ROWS, DistrictRow(area_code=code, kind="junior", name="試験")])
    assert not SchoolDistrict.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_import_reads_both_encodings_of_japanese_offices(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "districts.csv"
    lines = "462039,小学校区,笠野原小学校区,カサノハラ\r\n462039,中学校,鹿屋東中学校区,\r\n"
    file.write_bytes((HEADER + lines).encode(encoding))
    out = StringIO()
    call_command("import_school_districts", str(file), stdout=out)
    assert out.getvalue() == "import_school_districts: 2行を読み、2件を書き込みました\n"
    kinds = SchoolDistrict.objects.order_by("kind").values_list("kind", "name")
    assert list(kinds) == [("elementary", "笠野原小学校区"), ("junior", "鹿屋東中学校区")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe\x00\x81", "文字コード"),
        ("名前だけ\nあ\n".encode(), "全国地方公共団体コード"),
        (f"{HEADER}462039,高校区,試験,\n".encode(), "2行目: 種類"),
        (f"{HEADER}462039,小学校区,,\n".encode(), "2行目: 校区名"),
    ],
)
def test_a_file_that_does_not_fit_names_its_line(content: bytes, message: str) -> None:
    with pytest.raises(Refusal, match=message):
        district_files.read(content)


def test_import_command_writes_nothing_when_one_row_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "districts.csv"
    file.write_text(f"{HEADER}462039,小学校区,試験小学校区,\n999999,小学校区,試験,\n")
    with pytest.raises(CommandError, match="999999"):
        call_command("import_school_districts", str(file))
    with pytest.raises(CommandError, match="ファイルがありません"):
        call_command("import_school_districts", str(tmp_path / "none.csv"))
    assert not SchoolDistrict.objects.exists()
