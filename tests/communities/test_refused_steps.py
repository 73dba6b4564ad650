"""A step that is refused after the state had moved: the page shows what is stored, not what was undone."""

import pytest

from communities.models import Evidence
from tests.factories import communities as make

from .cast import Cast, cast
from .test_pages import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Cast:
    return cast()


def test_a_record_without_proof_is_still_shown_as_waiting_for_the_ward(world):
    row = world.submitted
    Evidence.objects.filter(collaboration=row).delete()
    answer = send(
        world.client("ward"), f"/staff/collaborations/{row.pk}/", {"step": "ward_confirm", "note": ""}
    )
    assert answer.status_code == 409
    assert answer.context["collaboration"].state == "submitted"
    assert answer.context["collaboration"].ward_confirmed_at is None


def test_a_meeting_of_a_draft_community_is_still_shown_as_a_draft(world):
    event = make.event(world.draft, by=world.people["ward"], publish=False)
    answer = send(world.client("ward"), f"/staff/events/{event.pk}/", {"step": "publish", "note": ""})
    assert answer.status_code == 409
    assert answer.context["event"].state == "draft"
