"""Every fixed address of the interface answers as said: built ones open, parts to come say what will be there."""

import pytest
from django.urls import Resolver404, resolve

from grants import programmes
from portal.accounts.enums import Role
from portal.kernel.actors import JobActor
from portal.site import coming
from portal.site.coming import Audience
from tests.factories.accounts import UserFactory, officer
from tests.factories.areas import AKIHA, KAGOSHIMA, NIIGATA
from tests.support.html import assert_html

pytestmark = pytest.mark.django_db

# Addresses without an id, public and built now; the interface's own list.
BUILT = (
    "/", "/people/", "/communities/", "/platforms/", "/events/", "/grants/", "/grants/guide/", "/indicators/", "/search/", "/documents/verify/",
    "/accessibility/", "/privacy/", "/demo/", "/healthz", "/ui/", "/opendata/", "/opendata/151009_event.csv", "/feeds/", "/events.ics", "/wards/akiha/events.ics", "/accounts/login/", "/accounts/signup/",
    *(f"/wards/{slug}/" for slug in ("kita", "higashi", "chuo", "konan", "akiha", "minami", "nishi", "nishikan")),
)  # fmt: skip
BUILT_FOR_STAFF = (
    "/staff/grants/reviews/",
    "/staff/", "/staff/communities/", "/staff/communities/new/", "/staff/communities/import/", "/staff/events/", "/staff/events/new/", "/staff/events/import/",
    "/staff/collaborations/", "/staff/grants/", "/staff/indicators/", "/staff/documents/", "/staff/accounts/", "/staff/access/",
    "/staff/people/", "/staff/outbox/", "/staff/jobs/",
)  # fmt: skip
COMING = (
    "/hubstaff/", "/hubstaff/postings/", "/crowdfunding/", "/crowdfunding/estimate/",
)  # fmt: skip
COMING_FOR_STAFF = (
    "/staff/hubstaff/", "/staff/crowdfunding/", "/staff/donations/",
    "/staff/handover/",
)  # fmt: skip
WITH_AN_ID = (
    "/people/7f1c5b1e-0000-4000-8000-000000000000/", "/hubstaff/members/7f1c5b1e-0000-4000-8000-000000000000/",
    "/hubstaff/reports/2026/11/", "/crowdfunding/terakoya/", "/crowdfunding/terakoya/donate/", "/donations/token/",
    "/communities/nowhere/", "/communities/nowhere/posts/1/", "/opendata/151009_people.csv",
    "/wards/nowhere/", "/wards/nowhere/events.ics", "/feeds/akiha/", "/webhooks/stripe/", "/documents/verify/unknown/",
    "/events/7f1c5b1e-0000-4000-8000-000000000000/", "/initiatives/7f1c5b1e-0000-4000-8000-000000000000/",
    "/registrations/unknown/", "/grants/menus/kagoshima-r6/9/", "/indicators/collaborations/1999/",
)  # fmt: skip


@pytest.mark.parametrize("address", BUILT)
def test_public_addresses_that_are_built_open(client, address: str) -> None:  # type: ignore[no-untyped-def]
    programmes.load(by=JobActor("tests"))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", COMING)
def test_public_addresses_to_come_say_so_without_being_indexed(client, assert_queries, address: str) -> None:  # type: ignore[no-untyped-def]
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in page
    assert "これからつくります" in page
    assert_html(response.content)
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address", [*BUILT_FOR_STAFF, *COMING_FOR_STAFF, "/me/", "/grants/applications/", "/hubstaff/log/"]
)
def test_addresses_behind_the_sign_in_lead_there_first(client, address: str) -> None:  # type: ignore[no-untyped-def]
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/?next=%2F")


@pytest.mark.parametrize("address", COMING_FOR_STAFF)
def test_staff_addresses_to_come_open_for_their_roles_only(client, address: str) -> None:  # type: ignore[no-untyped-def]
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    page = next(page for page in coming.STAFF_PAGES if f"/{page.path}" == address)
    places = {Role.WARD_OFFICER: AKIHA, Role.PREFECTURE_OFFICER: KAGOSHIMA, Role.CITY_OFFICER: NIIGATA}
    role = next(role for role in places if role in page.roles)
    client.force_login(officer(role, places[role]))
    response = client.get(address)
    assert response.status_code == 200
    assert "noindex" in response.content.decode()


def test_the_diary_to_come_opens_for_anybody_signed_in(client) -> None:  # type: ignore[no-untyped-def]
    client.force_login(UserFactory())
    assert "これからつくります" in client.get("/hubstaff/log/").content.decode()


@pytest.mark.parametrize("address", WITH_AN_ID)
def test_addresses_with_an_id_that_leads_to_nothing_are_not_found(client, address: str) -> None:  # type: ignore[no-untyped-def]
    assert client.get(address).status_code == 404


def test_no_row_of_the_coming_table_is_hidden_by_a_page_that_exists() -> None:
    """A part that gets built takes its row out of the table."""
    for page in coming.PAGES:
        assert resolve(f"/{page.path}").view_name == f"site:{page.name}", page.path
    with pytest.raises(Resolver404):
        resolve("/crowdfunding/terakoya/")


def test_every_row_says_honestly_what_will_be_there() -> None:
    for page in coming.PAGES:
        assert 2 <= len(page.lines) <= 3, page.name
        assert page.until.startswith("いま")
        assert bool(page.until_url) == bool(page.until_label)
        assert bool(page.roles) == (page.audience is Audience.STAFF)
