"""Days that nobody means: one row with such a day would take every list down in which it stands."""

from datetime import date

import pytest

from communities.models import Collaboration, Event
from portal.accounts.enums import Role
from portal.areas.models import Authority
from tests.factories.accounts import appointment

from .cast import Cast, cast
from .test_pages import send

pytestmark = pytest.mark.django_db

MEETING = {
    "title": "いつかの会", "venue": "新津地区の公民館", "entry_method": "none", "collector": "community", "publish": "1",
}  # fmt: skip
RECORD = {
    "organisation_name": "むかしの学校", "organisation_kind": "school", "form": "shared_roles", "our_role": "会場",
    "their_role": "司会",
}  # fmt: skip


@pytest.fixture
def world() -> Cast:
    return cast()


@pytest.mark.parametrize("day", ["0001-01-01", "1800-01-01", "1999-12-31", "2101-01-01", "9999-12-31"])
def test_a_meeting_in_another_age_is_refused_with_everything_kept(world, day):
    client = world.client("organiser")
    address = f"/communities/{world.community.slug}/manage/events/new/"
    times = {"starts_at": f"{day}T10:00", "ends_at": f"{day}T12:00"}
    answer = send(client, address, {**MEETING, **times})
    assert answer.status_code == 422
    assert "2000年から2100年まで" in answer.content.decode()
    assert "いつかの会" in answer.content.decode()
    assert not Event.objects.filter(title=MEETING["title"]).exists()


@pytest.mark.parametrize("day", ["1873-01-01", "1999-12-31"])
def test_a_collaboration_of_another_age_is_refused(world, day):
    client = world.client("organiser")
    answer = send(
        client, f"/initiatives/{world.initiative.pk}/collaborations/new/", {**RECORD, "started_on": day}
    )
    assert answer.status_code == 422
    assert "2000年から" in answer.content.decode()
    assert not Collaboration.objects.filter(organisation__name="むかしの学校").exists()


def test_a_ward_officer_who_longer_holds_another_post_hosts_for_the_ward(world):
    who = world.people["ward"].user
    appointment(who, Role.CITY_FINANCE, "151009", starts_on=date(2001, 4, 1))
    host = Authority.objects.get(area="151009")
    values = {**MEETING, "collector": "city", "host": f"authority:{host.pk}"}
    times = {"starts_at": "2027-01-10T10:00", "ends_at": "2027-01-10T12:00"}
    answer = send(world.client("ward"), "/staff/events/new/", {**values, **times})
    assert answer.status_code == 303
    assert Event.objects.get(title=MEETING["title"]).area_id == "151050"
