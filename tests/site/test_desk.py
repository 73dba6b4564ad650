"""The staff desk: to-dos by deadline, panels by role, the same cost whatever lies on it; and the portal's statements."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.enums import CollaborationState
from communities.models import Membership
from grants import actions
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import ports
from portal.kernel.actors import UserActor
from portal.kernel.ports import DeskItem
from portal.site import desk
from tests.factories.accounts import UserFactory, officer
from tests.factories.areas import AKIHA, KAGOSHIMA, KANOYA, NIIGATA
from tests.factories.grants import Town
from tests.indicators.rows import collaboration
from tests.support.html import assert_html
from tests.support.queries import counted

from .conftest import community, event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def item(title: str, due_on: date | None) -> DeskItem:
    return DeskItem(title=title, meta="", url="/", action="開く", due_on=due_on)


def test_the_nearest_deadline_comes_first_and_none_comes_last(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    found = [item("いつか", None), item("あす", date(2026, 11, 26)), item("きのう", date(2026, 11, 24))]
    monkeypatch.setattr(ports, "desk_items", [lambda scope: found])
    assert [one.title for one in desk.to_dos(None)] == ["きのう", "あす", "いつか"]


def test_an_empty_desk_says_so(client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(officer(Role.WARD_OFFICER, AKIHA))
    response = client.get("/staff/")
    assert "いま、期限のある仕事はありません" in response.content.decode()
    assert_html(response.content)


def fill(rows: int) -> None:
    for _ in range(rows):
        host = community()
        event(host)
        Membership.objects.create(community=host, user=UserFactory(), message="見学したいです")
        collaboration(state=CollaborationState.SUBMITTED)


@pytest.mark.parametrize(
    ("role", "area", "statements"),
    [(Role.WARD_OFFICER, AKIHA, 10), (Role.CITY_OFFICER, NIIGATA, 10), (Role.MUNICIPAL_OFFICER, KANOYA, 11), (Role.PREFECTURE_OFFICER, KAGOSHIMA, 11)],
)  # fmt: skip
def test_the_desk_costs_the_same_at_one_row_and_at_a_hundred(
    client, role: str, area: str, statements: int
) -> None:  # type: ignore[no-untyped-def]
    client.force_login(officer(role, area))
    costs = []
    for more in (1, 99):
        fill(more)
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/staff/")
        costs.append(len(counted(captured)))
    assert costs[0] == costs[1] <= statements
    assert_html(response.content)


def test_each_role_sees_its_own_panels(client) -> None:  # type: ignore[no-untyped-def]
    fill(1)

    def shown(role: str, area: str):  # type: ignore[no-untyped-def]
        client.force_login(officer(role, area))
        return client.get("/staff/").context["desk"]

    ward, prefecture, town = (
        shown(Role.WARD_OFFICER, AKIHA),
        shown(Role.PREFECTURE_OFFICER, KAGOSHIMA),
        shown(Role.MUNICIPAL_OFFICER, KANOYA),
    )
    assert (len(ward.events), ward.collaborations.waiting) == (1, 1)
    assert ward.applications is None
    assert (prefecture.count, prefecture.events, prefecture.collaborations) == (0, None, None)
    assert (prefecture.applications, town.applications) == ([], [])
    assert prefecture.is_prefecture
    assert not town.is_prefecture


def test_a_resident_has_no_desk(client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(UserFactory())
    assert client.get("/staff/").status_code == 404


def test_the_page_on_personal_data_names_every_record_that_holds_people(client) -> None:  # type: ignore[no-untyped-def]
    response = client.get("/privacy/")
    page = response.content.decode()
    assert_html(response.content)
    for words in ("申込み", "利用者", "役職", "主体", "第62条"):
        assert words in page


def test_the_statement_on_accessibility_says_what_is_not_yet_checked(client) -> None:  # type: ignore[no-untyped-def]
    response = client.get("/accessibility/")
    assert_html(response.content)
    assert "まだ確かめていないこと" in response.content.decode()


def test_the_panel_of_grants_shows_what_is_not_over_and_an_officer_those_of_the_own_office() -> None:
    town, other = Town(), Town()
    mine, draft, over = town.submitted(), town.draft(), town.draft()
    elsewhere = other.submitted()
    actions.withdraw_draft(by=town.officer, application=over)
    assert desk.applications(Scope.of(town.prefecture)) == [mine]
    assert set(desk.applications(Scope.of(town.officer))) == {draft, mine}
    head = UserActor(officer(Role.PREFECTURE_HEAD, KAGOSHIMA))
    assert set(desk.applications(Scope.of(head))) == {elsewhere, mine}


def test_the_panel_names_the_year_of_each_file(client) -> None:  # type: ignore[no-untyped-def]
    """In April the files of the year before stand beside those of the new one."""
    town = Town()
    town.submitted()
    client.force_login(town.officer_user)
    assert (
        '買い物と見守りを支える事業</a><br><span class="small muted">令和8年度'
        in client.get("/staff/").content.decode()
    )
