"""Home and ward pages: public rows only, honest where there is nothing, the same cost at one row and at ten."""

import pytest

from communities.enums import CommunityState
from portal.kernel.prepared import prepared
from portal.site import queries
from tests.factories.areas import AKIHA, KITA
from tests.indicators.rows import collaboration
from tests.support.html import assert_html

from .conftest import community, event, initiative

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
WARDS = ("kita", "higashi", "chuo", "konan", "akiha", "minami", "nishi", "nishikan")


def fill(rows: int) -> None:
    for _ in range(rows):
        host = community()
        event(host)
        initiative(host)
        collaboration(also=(KITA,))


def test_home_says_what_there_is_and_what_will_come_when_nothing_is_there(client) -> None:  # type: ignore[no-untyped-def]
    response = client.get("/")
    page = response.content.decode()
    assert_html(response.content)
    for words in (
        "公開されたコミュニティは、まだありません",
        "予定されているイベントは、いまはありません",
        "まだ募集を始めていません",
    ):
        assert words in page
    assert response.context["collaboration_total"] == 0


@pytest.mark.parametrize("rows", [1, 10])
def test_home_takes_six_statements(client, assert_queries, rows: int) -> None:  # type: ignore[no-untyped-def]
    fill(rows)
    with assert_queries(6):
        response = client.get("/")
    assert_html(response.content)
    assert response.context["collaboration_total"] == rows
    assert response.context["overlap"] == rows
    ward = next(ward for ward in response.context["wards"] if ward.slug == "akiha")
    assert ward.community_count == 2 * rows  # the collaborations have communities of their own


@pytest.mark.parametrize("rows", [1, 10])
def test_a_ward_takes_five_statements(client, assert_queries, rows: int) -> None:  # type: ignore[no-untyped-def]
    fill(rows)
    with assert_queries(5):
        response = client.get("/wards/akiha/")
    assert_html(response.content)
    assert len(response.context["page"].events) == min(rows, 8)


@pytest.mark.parametrize("slug", WARDS)
def test_every_ward_has_its_page_in_its_colour(client, slug: str) -> None:  # type: ignore[no-untyped-def]
    response = client.get(f"/wards/{slug}/")
    assert f'data-ward="{slug}"' in response.content.decode()
    assert_html(response.content)


def test_only_wards_have_a_page(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/wards/niigata/").status_code == 404
    assert client.get("/wards/151050/").status_code == 404


def test_drafts_and_other_wards_are_not_shown(client) -> None:  # type: ignore[no-untyped-def]
    draft = community(state=CommunityState.DRAFT, published_at=None)
    elsewhere = community(KITA)
    shown = community()
    page = client.get("/wards/akiha/").content.decode()
    assert shown.name in page
    assert draft.name not in page
    assert elsewhere.name not in page
    assert draft.summary not in client.get("/").content.decode()


def test_the_facts_of_a_ward_are_its_rows(client) -> None:  # type: ignore[no-untyped-def]
    host = community()
    event(host, day=2)
    event(host, day=2, state="cancelled", cancelled_at=host.published_at)
    event(host, day=20)
    initiative(host)
    initiative(host, stage="idea")
    collaboration(ward=KITA, also=(AKIHA,))
    ward = client.get("/wards/akiha/").context["ward"]
    assert (ward.community_count, ward.initiative_count, ward.meeting_count, ward.collaboration_count) == (
        1,
        1,
        1,
        1,
    )


def test_a_ward_shows_the_initiatives_that_moved_last_and_says_so(monkeypatch, client) -> None:  # type: ignore[no-untyped-def]
    host = community()
    made = [initiative(host) for _ in range(3)]
    words = "最近動いたものから、2件を並べています"
    assert words not in client.get("/wards/akiha/").content.decode()
    monkeypatch.setattr(queries, "GROWING", 2)
    monkeypatch.setattr(queries, "_growing_in", prepared(queries._growing_in.build))
    page = client.get("/wards/akiha/").content.decode()
    assert words in page
    assert sum(row.get_absolute_url() in page for row in made) == 2


def test_seats_are_said_as_they_are(client) -> None:  # type: ignore[no-untyped-def]
    host = community()
    event(host, state="cancelled", cancelled_at=host.published_at)
    event(host, entry_method="lottery")
    event(host, entry_method="none", capacity=None)
    event(host, state="entries_closed")
    event(host, capacity=None)
    for address in ("/", "/wards/akiha/", "/events/"):
        page = client.get(address).content.decode()
        assert all(
            page.count(words) == 1 for words in ("中止", "抽選", "申込み不要", "受付終了", "申込み受付中")
        )
        assert "席(" not in page  # nothing to fill in where nothing can be filled in


def test_figures_are_counted_up_to_a_cap(monkeypatch, client) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(queries, "CAP", 3)
    monkeypatch.setattr(queries, "_ward_with_facts", prepared(queries._ward_with_facts.build))
    for _ in range(5):
        community()
    ward = client.get("/wards/akiha/").context["ward"]
    assert ward.community_count == 4
    assert "3以上" in client.get("/").content.decode()
    assert queries.capped_label(3) == "3"


@pytest.mark.parametrize("address", ["/", "/wards/akiha/", "/search/"])
def test_the_entrance_only_reads(client, address: str) -> None:  # type: ignore[no-untyped-def]
    assert client.post(address).status_code == 405
