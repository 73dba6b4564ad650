"""Who came: recorded by whoever keeps the list, safe twice, taken back."""

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions
from communities.models import EventSeats
from portal.kernel import audit
from portal.kernel.actors import TokenActor
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


def test_a_party_attends_once_however_often_its_code_is_read():
    officer, party = make.ward_officer(), make.registration(make.event())
    for _ in range(2):
        assert actions.mark_attended(by=officer, registration=party).state == "attended"
    events = [entry.event for entry in audit.history(party)]
    assert events.count("communities.registration.attend") == 1


def test_a_late_party_is_no_longer_absent_and_a_mistake_is_taken_back():
    officer, party = make.ward_officer(), make.registration(make.event(), party_size=3)
    assert actions.mark_absent(by=officer, registration=party).state == "absent"
    assert actions.mark_attended(by=officer, registration=party).state == "attended"
    assert actions.unmark_attendance(by=officer, registration=party).state == "confirmed"
    assert EventSeats.objects.get(event=party.event).confirmed_count == 3


def test_who_has_no_seat_cannot_have_come():
    officer, event = make.ward_officer(), make.event(capacity=1)
    make.registration(event)
    waiting = make.registration(event)
    for mark in (actions.mark_attended, actions.mark_absent):
        with pytest.raises(Refusal, match="いま「キャンセル待ち」です"):
            mark(by=officer, registration=waiting)


def test_only_who_keeps_the_list_marks():
    host = make.community()
    party = make.registration(make.event(host, collector="community"))
    strangers = (make.ward_officer(), make.person(), TokenActor("registration", f"registration:{party.pk}"))
    for stranger in strangers:
        with pytest.raises(PermissionDenied):
            actions.mark_attended(by=stranger, registration=party)
    assert actions.mark_attended(by=make.organiser(host), registration=party).state == "attended"
    with pytest.raises(PermissionDenied):
        actions.mark_attended(by=make.person(), registration=party)
