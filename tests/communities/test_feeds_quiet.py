"""Nobody is written to in their quiet hours: neither when a mail is made nor when its turn to be sent comes late."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail

from communities import actions
from communities.models import SavedSearch
from communities.telling import digests
from portal.kernel import clock, jobs
from portal.kernel.actors import UserActor
from portal.kernel.clock import JST
from portal.kernel.models import Job, OutboxMessage
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area

pytestmark = pytest.mark.django_db
MONDAY = datetime.combine(date(2026, 11, 23), time(12), tzinfo=JST)
NIGHT = clock.at_jst(date(2026, 11, 24), time(23, 30))
MORNING = clock.at_jst(date(2026, 11, 25), time(8))


def waiting_mail() -> tuple[SavedSearch, Job]:
    """A mail made at eight in the morning that no worker has sent."""
    with clock.at(MONDAY - timedelta(days=1)):
        host = make.community()
    with clock.at(MONDAY):
        search = actions.save_search(
            by=make.person(),
            area=area(AKIHA),
            theme=None,
            age="",
            frequency="daily",
            quiet_from=21,
            quiet_until=8,
        )
    with clock.at(MONDAY + timedelta(hours=1)):
        make.event(host, starts_at=MONDAY + timedelta(days=20), title="夜には知らせない会")
    with clock.at(search.next_at):
        digests.wake_digests()
        assert jobs.run(Job.objects.get(kind=digests.JOB).pk)
    row = OutboxMessage.objects.get(template=digests.TEMPLATE)
    return search, Job.objects.get(key=f"mail:{row.pk}")


def test_a_mail_whose_turn_comes_at_night_waits_for_the_morning() -> None:
    search, job = waiting_mail()
    with clock.at(NIGHT):
        for _ in range(8):  # however often a worker comes by
            assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.run_after, job.attempts, job.lease_token) == ("waiting", MORNING, 0, None)
    assert not mail.outbox
    assert OutboxMessage.objects.get(template=digests.TEMPLATE).state == "waiting"
    with clock.at(MORNING - timedelta(minutes=1)):
        assert not jobs.run(job.pk)
    with clock.at(MORNING):
        assert job in jobs.due(clock.now())
        assert jobs.run(job.pk)
    assert [message.to for message in mail.outbox] == [[search.user.email]]
    assert "夜には知らせない会" in mail.outbox[0].body


def test_quiet_hours_chosen_after_the_mail_was_made_hold_it_too() -> None:
    search, job = waiting_mail()
    by = UserActor(search.user)
    noon = clock.at_jst(date(2026, 11, 24), time(12))
    with clock.at(noon):
        actions.change_search(by=by, search=search, quiet_from=11, quiet_until=14)
        assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert job.run_after == clock.at_jst(date(2026, 11, 24), time(14))
    assert not mail.outbox


def test_what_was_stopped_in_the_night_is_withdrawn_in_the_morning() -> None:
    search, job = waiting_mail()
    with clock.at(NIGHT):
        assert not jobs.run(job.pk)
        actions.stop_search(by=UserActor(search.user), search=search)
    with clock.at(MORNING):
        assert jobs.run(job.pk)
    assert OutboxMessage.objects.get(template=digests.TEMPLATE).state == "withdrawn"
    assert not mail.outbox
