"""What load_areas brings: every local government, the wards, the governments we speak for, the routing of offices."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from portal.areas import loading
from portal.areas.enums import Band, Comma
from portal.areas.models import Area, Authority, Section, SectionCoverage, validate_code
from portal.areas.queries import authority_for, default_authority, regional_office
from portal.kernel.actors import JobActor
from portal.kernel.models import AuditEntry
from tests.factories.areas import area

pytestmark = pytest.mark.django_db
BY = JobActor("tests")


def test_every_local_government_is_there_with_a_valid_check_digit() -> None:
    kinds = dict.fromkeys(Area.objects.values_list("kind", flat=True), 0)
    for code, kind in Area.objects.values_list("code", "kind"):
        validate_code(code)
        kinds[kind] += 1
    assert (kinds["prefecture"], kinds["ward"]) == (47, 8)
    assert sum(kinds.values()) - kinds["prefecture"] - kinds["ward"] == 1741


@pytest.mark.parametrize("code", ["151051", "15105", "1510500", "abcdef", "", "１５１０５０"])
def test_validate_code_refuses_what_is_no_code(code: str) -> None:
    with pytest.raises(ValidationError, match="検査数字"):
        validate_code(code)


def test_wards_of_niigata_have_their_fixed_addresses_and_a_lead() -> None:
    wards = list(Area.wards_of("151009").select_related("profile"))
    slugs = ["kita", "higashi", "chuo", "konan", "akiha", "minami", "nishi", "nishikan"]
    assert [ward.slug for ward in wards] == slugs
    assert [ward.get_absolute_url() for ward in wards] == [f"/wards/{slug}/" for slug in slugs]
    assert all(ward.profile.lead and not ward.profile.window_address for ward in wards)


def test_akiha_ward_knows_its_city_and_full_name() -> None:
    akiha = area("151050")
    assert (akiha.name, akiha.kana, akiha.full_name) == ("秋葉区", "アキハク", "新潟市秋葉区")
    assert akiha.municipality.pk == "151009"
    assert (akiha.is_ward, akiha.is_municipality, akiha.municipality.is_municipality) == (True, False, True)


def test_within_a_prefecture_are_its_municipalities_and_their_wards() -> None:
    inside = set(Area.objects.within("150002").values_list("code", flat=True))
    assert {"150002", "151009", "151050"} <= inside
    assert "460001" not in inside
    assert Area.objects.within("460001").count() == 44


def test_load_again_writes_nothing_and_records_nothing() -> None:
    before = AuditEntry.objects.count()
    loaded = loading.load(by=BY)
    assert (loaded.areas, loaded.authorities, loaded.sections) == (0, 0, 0)
    assert AuditEntry.objects.count() == before


def test_load_repairs_a_name_and_keeps_what_an_office_has_entered() -> None:
    Area.objects.filter(pk="462039").update(name="かのや")
    Authority.objects.filter(area="462039").update(site_name="鹿屋のひろば", contact_phone="0994-00-0000")
    assert loading.load(by=BY).areas == 1
    assert area("462039").name == "鹿屋市"
    assert Authority.objects.get(area="462039").site_name == "鹿屋のひろば"
    entry = AuditEntry.objects.filter(event="areas.area.loaded", target_id="460001").latest("id")
    assert entry.data == {"created": 0, "changed": 1}


def test_load_stops_at_a_wrong_check_digit(tmp_path) -> None:  # type: ignore[no-untyped-def]
    source = tmp_path / "wrong.csv"
    source.write_text("code,kind,parent_code,name,kana\n462038,city,460001,鹿屋市,カノヤシ\n")
    with pytest.raises(ValueError, match="462038"):
        loading.load_areas(by=BY, source=source)


def test_command_says_what_it_did_in_one_line(capsys) -> None:  # type: ignore[no-untyped-def]
    call_command("load_areas")
    assert capsys.readouterr().out == "load_areas: 地域0件・団体0件・課と局0件を書き込みました\n"


def test_governments_have_their_own_band_comma_and_head() -> None:
    niigata, kagoshima, kanoya = (Authority.objects.get(area=code) for code in ("151009", "460001", "462039"))
    assert (niigata.band, niigata.comma, niigata.site_name) == (
        Band.NIIGATA,
        Comma.TOUTEN,
        "協働ひろば にいがた",
    )
    assert (kagoshima.band, kagoshima.comma) == (Band.KAGOSHIMA, Comma.FULL_WIDTH)
    assert (kanoya.band, kanoya.comma) == (Band.KAGOSHIMA, Comma.FULL_WIDTH)
    heads = [authority.head_title for authority in (niigata, kagoshima, kanoya)]
    assert heads == ["新潟市長", "鹿児島県知事", "鹿屋市長"]
    assert Authority.objects.get(area="463035").head_title == "三島村長"
    assert default_authority() == niigata
    assert Authority.objects.count() == 45


def test_nothing_without_a_source_is_invented() -> None:
    for authority in Authority.objects.all():
        assert not any([authority.contact_address, authority.contact_phone, authority.head_name])
    assert not Section.objects.exclude(symbol="").exists()


def test_authority_for_a_ward_is_its_citys() -> None:
    assert authority_for(area("151050")).area_id == "151009"
    assert authority_for(area("462039")).area_id == "462039"
    with pytest.raises(Authority.DoesNotExist):
        authority_for(area("131016"))


def test_seven_regional_offices_cover_all_43_municipalities_once() -> None:
    counts = {
        "鹿児島地域振興局": 5,
        "南薩地域振興局": 4,
        "北薩地域振興局": 5,
        "姶良・伊佐地域振興局": 4,
        "大隅地域振興局": 9,
        "熊毛支庁": 4,
        "大島支庁": 12,
    }
    offices = Section.objects.filter(authority__area="460001", coverages__isnull=False).distinct()
    assert {office.name: office.coverages.count() for office in offices} == counts
    covered = set(SectionCoverage.objects.values_list("area", flat=True))
    assert covered == set(
        Area.objects.municipalities().filter(parent="460001").values_list("code", flat=True)
    )
    assert sum(counts.values()) == len(covered) == 43


@pytest.mark.parametrize(
    ("code", "office"),
    [
        ("462039", "大隅地域振興局"),
        ("462187", "姶良・伊佐地域振興局"),
        ("462012", "鹿児島地域振興局"),
        ("465356", "大島支庁"),
    ],
)
def test_regional_office_of_a_municipality(code: str, office: str) -> None:
    assert regional_office(area(code)).name == office
