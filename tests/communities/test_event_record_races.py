"""One report, one record: however many ask at once."""

import pytest

from communities import actions
from communities.models import Activity, Event
from portal.kernel import clock
from tests.factories import communities as make
from tests.support.threads import race

pytestmark = pytest.mark.usefixtures("world")


def test_two_who_record_the_same_meeting_get_the_same_record():
    by = make.ward_officer()
    event = make.event(by=by, starts_at=make.moment(-1), publish=False)
    actions.publish_event(by=by, event=event)
    actions.hold_event(by=by, event=event)
    actions.report_event(by=by, event=event, result="話した", adults_count=3)

    def record():
        return actions.record_event(
            by=make.ward_officer(), event=Event.objects.get(pk=event.pk), title="話す会", held_on=clock.today_jst(),
            summary="話した",
        )  # fmt: skip

    outcomes = race(*[record] * 6)
    assert all(outcome.ok for outcome in outcomes)
    assert {outcome.value.pk for outcome in outcomes} == {Activity.objects.get(event=event).pk}
