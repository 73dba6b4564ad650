"""協働数 on the page: what is counted, that every number opens into exactly its records, and what the page costs."""

import re
from datetime import date
from html import unescape

import pytest

from communities.enums import CollaborationState
from communities.models import Collaboration
from portal.accounts.enums import Role
from portal.indicators.models import IndicatorValue
from portal.kernel import clock as time_of
from tests.factories.accounts import officer
from tests.factories.areas import AKIHA, KITA, NIIGATA
from tests.support.html import assert_html

from .rows import TODAY, collaboration, indicator

pytestmark = pytest.mark.django_db
YEAR = "/indicators/collaborations/2026/"


@pytest.fixture(autouse=True)
def today():  # type: ignore[no-untyped-def]
    with time_of.at(TODAY):
        yield


def world_of_six() -> None:
    """Two in 秋葉区, one in 北区, one over both, one of last year, and every state that does not count."""
    indicator()
    collaboration(kind="school")
    collaboration(kind="business", continuing=True)
    collaboration(ward=KITA, kind="school")
    collaboration(kind="university", also=(KITA,))
    collaboration(done_on=date(2025, 10, 3))
    for state in (
        CollaborationState.DRAFT,
        CollaborationState.SUBMITTED,
        CollaborationState.WARD_CONFIRMED,
        CollaborationState.RETURNED,
    ):
        collaboration(state=state)


def records_on(page: str) -> list[str]:
    """The ids of the records that the page lists."""
    return re.findall(r'href="/collaborations/([0-9a-f-]{36})/"', page)


def test_only_counted_records_count_and_each_once_in_the_city(client) -> None:  # type: ignore[no-untyped-def]
    world_of_six()
    response = client.get(YEAR)
    matrix = response.context["report"].matrix
    assert matrix.city.total.count == 4
    assert {row.name: row.total.count for row in matrix.rows if row.total.count} == {"北区": 2, "秋葉区": 3}
    assert (matrix.by_ward.total.count, matrix.overlap.total.count) == (5, 1)
    assert (matrix.city.new.count, matrix.city.continuing.count) == (3, 1)
    assert_html(response.content)


def test_every_linked_number_opens_into_as_many_records(client) -> None:  # type: ignore[no-untyped-def]
    world_of_six()
    page = client.get(YEAR).content.decode()
    links = re.findall(r'<a href="\?([^"#]+)#records" aria-label="[^"]+">−?([\d,]+)</a>', page)
    assert len(links) > 15
    for query, shown in links:
        listed = records_on(client.get(f"{YEAR}?{unescape(query)}").content.decode())
        assert len(listed) == len(set(listed)) == int(shown), query


def test_the_list_and_the_counter_of_records_agree_with_the_database(client) -> None:  # type: ignore[no-untyped-def]
    world_of_six()
    listed = records_on(client.get(YEAR).content.decode())
    counted = Collaboration.objects.filter(state=CollaborationState.COUNTED, fiscal_year=2026)
    assert sorted(listed) == sorted(str(pk) for pk in counted.values_list("pk", flat=True))


def test_the_partner_is_named_only_when_it_agreed(client) -> None:  # type: ignore[no-untyped-def]
    indicator()
    shown, hidden = collaboration(), collaboration(public=False, kind="business")
    page = client.get(YEAR).content.decode()
    assert shown.organisation.name in page
    assert hidden.organisation.name not in page
    assert "民間事業者" in page


def test_values_nobody_typed_are_unset_and_typed_ones_stand_with_their_source(client) -> None:  # type: ignore[no-untyped-def]
    shown = indicator()
    assert client.get(YEAR).content.decode().count("未設定") >= 3
    IndicatorValue.objects.create(
        indicator=shown, kind="target", fiscal_year=2026, value=300, source="総合計画の資料 12ページ"
    )
    page = client.get(YEAR).content.decode()
    assert "300件" in page
    assert "総合計画の資料 12ページ" in page
    assert "目標 300件" in page  # in the chart


def test_a_year_shows_its_own_numbers_and_the_definition_in_force(client) -> None:  # type: ignore[no-untyped-def]
    world_of_six()
    response = client.get("/indicators/collaborations/2025/")
    assert response.context["report"].matrix.city.total.count == 1
    assert "提案定義" in response.content.decode()
    assert [year.fiscal_year for year in client.get(YEAR).context["report"].years] == [2025, 2026]


@pytest.mark.parametrize(
    "address",
    [
        "/indicators/collaborations/2027/",
        "/indicators/collaborations/1999/",
        f"{YEAR}?ward=nowhere",
        f"{YEAR}?actor=nobody",
        f"{YEAR}?age=old",
        f"{YEAR}?overlap=2",
    ],
)
def test_what_the_page_never_links_to_is_not_found(client, address: str) -> None:  # type: ignore[no-untyped-def]
    indicator()
    assert client.get(address).status_code == 404


def test_without_an_indicator_there_is_no_year_but_a_page_that_says_so(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get(YEAR).status_code == 404
    assert "まだ登録されていません" in client.get("/indicators/").content.decode()


@pytest.mark.parametrize("rows", [1, 10, 25])
def test_the_page_of_a_year_takes_six_statements(client, assert_queries, rows: int) -> None:  # type: ignore[no-untyped-def]
    indicator()
    for number in range(rows):
        collaboration(kind=("school", "business")[number % 2], also=(KITA,) if number % 3 == 0 else ())
    with assert_queries(6):
        client.get(YEAR)


@pytest.mark.parametrize("rows", [1, 10])
def test_the_overview_takes_three_statements(client, assert_queries, rows: int) -> None:  # type: ignore[no-untyped-def]
    indicator()
    for _ in range(rows):
        collaboration()
    with assert_queries(3):
        response = client.get("/indicators/")
    assert response.context["total"] == rows


def test_long_lists_are_paged_and_keep_the_selection(client) -> None:  # type: ignore[no-untyped-def]
    indicator()
    for _ in range(22):
        collaboration()
    first = client.get(f"{YEAR}?ward=akiha")
    assert "22件" in first.content.decode()
    second = client.get(YEAR + first.context["page"].next_url)
    assert len(records_on(first.content.decode())) == 20
    assert len(records_on(second.content.decode())) == 2


def test_a_record_leads_back_to_the_number(client) -> None:  # type: ignore[no-untyped-def]
    indicator()
    row = collaboration()
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"{YEAR}?ward=akiha#records" in page


def test_staff_types_a_value_and_readers_see_why_they_cannot(client) -> None:  # type: ignore[no-untyped-def]
    indicator()
    client.force_login(officer(Role.CITY_OFFICER, NIIGATA))
    form = client.get("/staff/indicators/").context["form"]
    sent = {
        "kind": "target",
        "fiscal_year": "2026",
        "value": "300",
        "source": "資料",
        "once": form.initial["once"],
    }
    assert client.post("/staff/indicators/", {**sent, "value": "-1"}).status_code == 422
    assert client.post("/staff/indicators/", sent).status_code == 303
    assert IndicatorValue.objects.get().value == 300
    client.force_login(officer(Role.CITY_CHIEF, NIIGATA))
    assert "本庁の担当者だけ" in client.get("/staff/indicators/").content.decode()
    client.force_login(officer(Role.WARD_OFFICER, AKIHA))
    assert client.get("/staff/indicators/").status_code == 404
