"""Reminders: seven days and one day ahead, one mail each, by day, not for what was called off or moved."""

from datetime import timedelta

import pytest

from communities import actions
from communities.actions.asks import edit_ask
from communities.actions.counter import receive_registration
from communities.telling import reminders
from portal.kernel import clock as kernel_clock
from portal.kernel import jobs
from portal.kernel.models import Job, OutboxMessage
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


def at(event, days, hour=10):
    """That many days before the event, at an hour in Japan."""
    day = event.starts_at.astimezone(kernel_clock.JST).date() - timedelta(days=days)
    return f"{day.isoformat()}T{hour:02}:00:00+09:00"


def run():
    reminders.plan()
    for pk in Job.objects.filter(kind="communities.remind", state="waiting").values_list("pk", flat=True):
        assert jobs.run(pk)
    return OutboxMessage.objects.filter(template="communities/mail/reminder").count()


@pytest.fixture
def event():
    return make.event(starts_at=make.moment(20), capacity=2)


def test_each_party_with_seats_is_told_once_a_week_and_once_a_day_ahead(event, clock):
    party, waiting = make.registration(event, party_size=2), make.registration(event)
    counts = []
    for days, hour in ((8, 10), (7, 7), (7, 10), (7, 15), (6, 10), (1, 10), (1, 20), (0, 8)):
        clock.set(at(event, days, hour))
        counts.append(run())
    assert counts == [0, 0, 1, 1, 1, 2, 2, 2]
    assert waiting.state == "waiting"
    mails = OutboxMessage.objects.filter(template="communities/mail/reminder")
    assert {(mail.to_address, mail.is_secret) for mail in mails} == {(party.email, True)}


def test_nobody_is_told_at_night(event, clock):
    make.registration(event)
    for hour in (0, 7, 21, 23):
        clock.set(at(event, 7, hour))
        assert run() == 0, hour


def test_the_settings_of_the_event_are_kept(event, clock):
    make.registration(event)
    edit_ask(by=make.ward_officer(), event=event, remind_week=False, remind_day=True)
    clock.set(at(event, 7))
    assert run() == 0
    clock.set(at(event, 1))
    assert run() == 1


def test_a_cancelled_event_and_a_cancelled_party_are_left_alone(event, clock):
    officer = make.ward_officer()
    gone = make.registration(event)
    make.registration(event)
    actions.cancel_registration(by=officer, registration=gone)
    clock.set(at(event, 7))
    assert run() == 1
    clock.set(at(event, 1))
    reminders.plan()
    actions.cancel_event(by=make.fresh(officer), event=event, note="雨のため")
    assert run() == 1


def test_a_job_that_dies_and_runs_again_sends_nothing_twice(event, clock):
    make.registration(event)
    clock.set(at(event, 7))
    run()
    job = Job.objects.get(kind="communities.remind")
    Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
    assert run() == 1


def test_people_without_a_mailbox_have_their_slip(event, clock):
    receive_registration(
        by=make.ward_officer(), event=event, channel="counter", name="試験 ハル", kana="シケン ハル", phone="0250-22-0000",
        consent=True,
    )  # fmt: skip
    clock.set(at(event, 7))
    assert run() == 0
