"""The door of the demo: people as buttons where DEMO is on, and no door at all where it is off."""

import pytest

from portal.accounts.models import User
from portal.kernel import clock
from portal.site.demo import people
from portal.site.demo.step_people import build
from portal.site.demo.world import World
from tests.support.html import assert_html

pytestmark = pytest.mark.django_db


@pytest.fixture
def staffed(today):  # type: ignore[no-untyped-def]
    """The people of the demo, without the rest of its world."""
    build(World(clock.now()))


def enter(client, key: str, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/demo/", {"persona": key, **more})


def test_without_demo_there_is_no_door(client, staffed, settings) -> None:  # type: ignore[no-untyped-def]
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert enter(client, "sysadmin").status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_list_shows_every_person_with_a_button_and_who_comes_later(client, staffed) -> None:  # type: ignore[no-untyped-def]
    response = client.get("/demo/")
    page = response.content.decode()
    assert_html(response.content)
    assert all(f'value="{persona.key}"' in page for persona in people.PERSONAS)
    assert all(key in page and f'value="{key}"' not in page for key, _, _ in people.LATER)


def test_before_the_seed_nobody_has_a_button(client) -> None:  # type: ignore[no-untyped-def]
    page = client.get("/demo/").content.decode()
    assert 'name="persona"' not in page
    assert enter(client, "ward-akiha").status_code == 404


@pytest.mark.parametrize(
    ("key", "target"), [("ward-akiha", "/staff/"), ("pref-officer", "/staff/"), ("resident-1", "/")]
)
def test_a_button_signs_in_and_leads_to_the_desk_or_home(client, staffed, key: str, target: str) -> None:  # type: ignore[no-untyped-def]
    response = enter(client, key)
    assert (response.status_code, response.headers["Location"]) == (303, target)
    signed_in = User.objects.get(pk=client.session["_auth_user_id"])
    assert signed_in.email == people.BY_KEY[key].email
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/events/", "/events/"),
        ("https://evil.example/", "/staff/"),
        ("//evil.example/", "/staff/"),
        ("javascript:alert(1)", "/staff/"),
    ],
)
def test_next_leads_only_within_the_portal(client, staffed, wanted: str, reached: str) -> None:  # type: ignore[no-untyped-def]
    assert enter(client, "ward-akiha", next=wanted).headers["Location"] == reached


@pytest.mark.parametrize("key", ["", "nobody", "donor-1", "ward-akiha@hiroba.example"])
def test_who_is_not_listed_cannot_enter(client, staffed, key: str) -> None:  # type: ignore[no-untyped-def]
    assert enter(client, key).status_code == 404


def test_the_list_is_the_interface_s() -> None:
    """Keys are a contract: interface.md, Demo."""
    interface = (
        "ward-kita ward-akiha ward-nishikan city-hq city-chief city-finance city-accountant muni-kagoshima muni-kanoya "
        "muni-kanoya-chief muni-kirishima pref-officer pref-officer-2 pref-section-chief pref-head pref-accountant secretariat "
        "consultation-desk reviewer-1 reviewer-2 reviewer-3 advisor-1 lecturer-1 student-1 hub-kita hub-akiha hub-nishikan "
        "host-akiha npo-1 auditor organiser-akiha organiser-nishikan resident-1 resident-2 donor-1 sysadmin"
    )
    listed = [*(persona.key for persona in people.PERSONAS), *(key for key, _, _ in people.LATER)]
    assert sorted(listed) == sorted(interface.split())
