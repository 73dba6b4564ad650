"""Saved searches and their mails: new public things once, at a good hour, nothing withdrawn, stopped by a link."""

import re
from datetime import date, datetime, time, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from communities import actions
from communities.calculations.following import end_of_quiet, is_quiet, next_time
from communities.models import Digest, DigestItem, SavedSearch
from communities.telling import digests
from portal.accounts.models import User
from portal.kernel import clock, jobs
from portal.kernel.actors import TokenActor, UserActor
from portal.kernel.clock import JST
from portal.kernel.models import AuditEntry, Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
MONDAY = datetime.combine(date(2026, 11, 23), time(12), tzinfo=JST)
HOURS = st.integers(0, 23)


def saved(who=None, **kwargs) -> SavedSearch:  # type: ignore[no-untyped-def]
    """A daily search of 秋葉区, quiet from 21 to 8."""
    values = {
        "area": area(AKIHA),
        "theme": None,
        "age": "",
        "frequency": "daily",
        "quiet_from": 21,
        "quiet_until": 8,
    }
    return actions.save_search(by=who or make.person(), **{**values, **kwargs})


def told(search: SavedSearch, at: datetime | None = None) -> str:
    """What the sweep after the search's time makes and sends: the last body, "" when no mail went out."""
    with clock.at(at or SavedSearch.objects.get(pk=search.pk).next_at):
        digests.wake_digests()
        for job in Job.objects.filter(kind=digests.JOB, state="waiting"):
            assert jobs.run(job.pk)
    return sent(search, at)


def sent(search: SavedSearch, at: datetime | None = None) -> str:
    with clock.at(at or clock.now() + timedelta(days=9)):
        row = OutboxMessage.objects.filter(template=digests.TEMPLATE, state="waiting").first()
        if row is None:
            return ""
        with clock.at(max(row.created_at, MONDAY)):
            assert jobs.run(Job.objects.get(key=f"mail:{row.pk}").pk)
    row.refresh_from_db()
    return _body(search) if row.state == "sent" else ""


def _body(search: SavedSearch) -> str:

    return next(message.body for message in reversed(mail.outbox) if search.user.email in message.to)


def test_what_is_published_after_the_search_is_told_once() -> None:
    with clock.at(MONDAY):
        host, by = make.community(), make.ward_officer()
        make.event(host, by=by, title="前からの会", starts_at=MONDAY + timedelta(days=20))
    with clock.at(MONDAY + timedelta(minutes=1)):
        search = saved()
    with clock.at(MONDAY + timedelta(hours=1)):
        event = make.event(host, by=by, title="新しい会 <b>", starts_at=MONDAY + timedelta(days=20))
        make.event(host, by=by, title="下書きの会", starts_at=MONDAY + timedelta(days=20), publish=False)
        make.event(
            make.community(place=area("151017")), title="北区の会", starts_at=MONDAY + timedelta(days=20)
        )
        make.community(name="新しい集まり")
    body = told(search)
    assert "新しい会 <b>" in body
    assert event.get_absolute_url() in body
    assert "新しい集まり" in body
    for other in ("前からの会", "下書きの会", "北区の会"):
        assert other not in body
    assert told(search) == ""
    assert OutboxMessage.objects.filter(template=digests.TEMPLATE).count() == 1
    assert DigestItem.objects.filter(search=search).count() == 2


def test_theme_and_age_narrow_what_is_told() -> None:
    with clock.at(MONDAY):
        food = saved(theme=make.theme("food"), age="children")
    with clock.at(MONDAY + timedelta(hours=1)):
        at = MONDAY + timedelta(days=20)
        host, by = make.community(themes=[make.theme("food")]), make.ward_officer()
        other = make.community(themes=[make.theme("nature")])
        make.event(
            host, by=by, title="小学生の会", starts_at=at, themes=[make.theme("food")], ages=["children"]
        )
        make.event(host, by=by, title="だれでもの会", starts_at=at, themes=[make.theme("food")])
        make.event(host, by=by, title="大人の会", starts_at=at, themes=[make.theme("food")], ages=["adults"])
        make.event(
            other, by=by, title="山の会", starts_at=at, themes=[make.theme("nature")], ages=["children"]
        )
    body = told(food)
    assert "小学生の会" in body
    assert "だれでもの会" in body
    assert "大人の会" not in body
    assert "山の会" not in body


def test_nothing_new_makes_no_mail() -> None:
    with clock.at(MONDAY):
        search = saved()
    assert told(search) == ""
    assert not Digest.objects.exists()


def withdrawn_before_sending(end) -> OutboxMessage:  # type: ignore[no-untyped-def]
    """A mail is made, then `end(event, search)`, then the mail's turn comes."""
    with clock.at(MONDAY):
        search = saved()
    with clock.at(MONDAY + timedelta(hours=1)):
        event = make.event(starts_at=MONDAY + timedelta(days=20), title="消える会", host=make_old_host())
    with clock.at(search.next_at):
        digests.wake_digests()
        assert jobs.run(Job.objects.get(kind=digests.JOB).pk)
        end(event, search)
        row = OutboxMessage.objects.get(template=digests.TEMPLATE)
        assert jobs.run(Job.objects.get(key=f"mail:{row.pk}").pk)
    row.refresh_from_db()
    return row


def make_old_host():  # type: ignore[no-untyped-def]
    """A community that was there before the search."""
    with clock.at(MONDAY - timedelta(days=1)):
        return make.community()


@pytest.mark.parametrize("end", ["cancel", "stop", "account", "delete"])
def test_what_is_withdrawn_before_sending_is_not_sent(end: str) -> None:
    ends = {
        "cancel": lambda event, search: actions.cancel_event(by=make.ward_officer(), event=event, note="雪"),
        "stop": lambda event, search: actions.stop_search(by=owner(search), search=search),
        "account": lambda event, search: User.objects.filter(pk=search.user_id).update(is_active=False),
        "delete": lambda event, search: actions.end_search(by=owner(search), search=search),
    }

    row = withdrawn_before_sending(ends[end])
    assert (row.state, row.sealed_body, row.sent_at) == ("withdrawn", None, None)
    assert not [message for message in mail.outbox if row.to_address in message.to]


def owner(search: SavedSearch):  # type: ignore[no-untyped-def]

    return UserActor(search.user)


def test_the_mail_says_what_is_true_when_it_is_sent() -> None:
    with clock.at(MONDAY):
        search, host = saved(), make_old_host()
    with clock.at(MONDAY + timedelta(hours=1)):
        gone = make.event(host, starts_at=MONDAY + timedelta(days=20), title="なくなる会")
        make.event(host, starts_at=MONDAY + timedelta(days=21), title="のこる会")
    with clock.at(search.next_at):
        digests.wake_digests()
        assert jobs.run(Job.objects.get(kind=digests.JOB).pk)
        actions.cancel_event(by=make.ward_officer(), event=gone, note="雪")
        assert jobs.run(
            Job.objects.get(
                key__startswith="mail:",
                object_id=str(OutboxMessage.objects.get(template=digests.TEMPLATE).pk),
            ).pk
        )
    assert "のこる会" in _body(search)
    assert "なくなる会" not in _body(search)


def test_a_late_job_waits_for_the_end_of_the_quiet_hours() -> None:
    with clock.at(MONDAY):
        search = saved()
        make.event(host := make_old_host(), starts_at=MONDAY + timedelta(days=20))
        assert host
    night = clock.at_jst(date(2026, 11, 24), time(23, 30))
    assert told(search, night) == ""
    search.refresh_from_db()
    assert search.next_at == clock.at_jst(date(2026, 11, 25), time(8))
    assert "試験の会" in told(search)


def test_the_same_moment_swept_twice_makes_one_mail() -> None:
    with clock.at(MONDAY):
        search = saved()
        make.event(make_old_host(), starts_at=MONDAY + timedelta(days=20))
    with clock.at(search.next_at):
        assert digests.wake_digests() == ("お知らせ", 1)
        assert digests.wake_digests() == ("お知らせ", 0)
        job = Job.objects.get(kind=digests.JOB)
        assert jobs.run(job.pk)
        Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
        assert jobs.run(job.pk)
    assert OutboxMessage.objects.filter(template=digests.TEMPLATE).count() == 1


def test_the_link_in_the_mail_stops_without_signing_in_and_only_by_the_button() -> None:
    search = saved()
    path = digests.stop_url(search).partition("//")[2].partition("/")[2]
    client = StrictClient()
    page = client.get(f"/{path}")
    assert page.headers["Cache-Control"] == "no-store"
    search.refresh_from_db()
    assert search.is_on
    key = re.search(r'name="once" value="([^"]+)"', page.content.decode())[1]
    for _ in range(2):
        assert client.post(f"/{path}", {"once": key}).status_code == 303
    search.refresh_from_db()
    assert not search.is_on
    assert "お知らせを止めました" in client.get(f"/{path}").content.decode()
    assert AuditEntry.objects.filter(event="communities.savedsearch.stopped").count() == 1
    assert client.get("/following/" + "A" * 46 + "/").status_code == 404


def test_another_persons_link_or_hand_changes_nothing() -> None:
    mine, other = saved(), saved()
    for by in (make.person(), TokenActor("following", f"savedsearch:{other.pk}")):
        with pytest.raises(PermissionDenied):
            actions.stop_search(by=by, search=mine)
        with pytest.raises(PermissionDenied):
            actions.end_search(by=by, search=mine)
    client = StrictClient()
    client.force_login(other.user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/me/following/{mine.pk}/").status_code == 404


def test_the_same_conditions_twice_and_too_many_are_refused(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    who = make.person()
    saved(who)
    with pytest.raises(Refusal, match="同じ条件"):
        saved(who)
    monkeypatch.setattr("communities.actions.following.SEARCHES_MAX", 1)
    with pytest.raises(Refusal, match="1件まで"):
        saved(who, area=None)


def test_turned_on_again_it_tells_only_what_is_published_from_then_on() -> None:
    with clock.at(MONDAY):
        search = saved(frequency="off")
        host = make_old_host()
        make.event(host, starts_at=MONDAY + timedelta(days=20), title="止めている間の会")
    with clock.at(MONDAY + timedelta(hours=2)):
        actions.change_search(by=owner(search), search=search, frequency="daily")
    with clock.at(MONDAY + timedelta(hours=3)):
        make.event(host, starts_at=MONDAY + timedelta(days=20), title="その後の会")
    body = told(search)
    assert "その後の会" in body
    assert "止めている間の会" not in body


@given(HOURS, HOURS, HOURS)
def test_quiet_hours_cover_what_lies_between_their_ends(hour: int, start: int, end: int) -> None:
    covered = {(start + step) % 24 for step in range((end - start) % 24)}
    assert is_quiet(hour, start, end) is (hour in covered)


@given(HOURS, HOURS, st.integers(0, 366 * 24 * 60), st.sampled_from(["daily", "weekly"]))
def test_the_next_time_is_later_not_quiet_and_on_its_day(start: int, end: int, at: int, often: str) -> None:
    now = MONDAY + timedelta(minutes=at)
    found = next_time(now, often, start, end).astimezone(JST)
    assert found > now
    assert not is_quiet(found.hour, start, end)
    assert found - now <= timedelta(days=9 if often == "weekly" else 3)
    ended = end_of_quiet(now, start, end).astimezone(JST)
    assert ended >= now
    assert not is_quiet(ended.hour, start, end)
