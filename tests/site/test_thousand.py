"""A thousand rows cost what one row costs: the literal numbers of tests/communities hold there too."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.models import Community, Event
from portal.accounts.enums import Role
from portal.site.demo.scale import seed_scale
from tests.factories.accounts import officer
from tests.factories.areas import AKIHA
from tests.support.queries import counted
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


def cost(client: StrictClient, address: str) -> int:
    """How many statements the page runs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(counted(captured))


def test_lists_and_details_cost_the_same_at_a_thousand_rows(client: StrictClient) -> None:
    call_command("load_indicators", verbosity=0)
    assert seed_scale(1000) == 1000
    community, event = Community.objects.earliest("pk"), Event.objects.earliest("pk")
    ward = StrictClient()
    ward.force_login(officer(Role.WARD_OFFICER, AKIHA))
    expected = {
        "/communities/": 3,
        "/communities/?area=151050&theme=food": 3,
        "/events/": 3,
        community.get_absolute_url(): 6,
        event.get_absolute_url(): 2,
        "/": 6,
        "/wards/akiha/": 5,
    }
    assert {address: cost(client, address) for address in expected} == expected
    staff = {"/staff/communities/": 7, "/staff/events/": 7}
    assert {address: cost(ward, address) for address in staff} == staff
