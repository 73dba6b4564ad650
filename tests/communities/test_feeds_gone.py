"""Gone means gone: what moderation hides or its owner ends is in no calendar, feed, data file, paper or mail."""

from datetime import timedelta
from typing import Any

import pytest

from communities import actions
from communities.feeds import calendars
from communities.models import Circular, Community, Event
from communities.papers.circular import content
from communities.telling import digests
from portal.kernel import clock, jobs
from portal.kernel.actors import UserActor
from portal.kernel.clock import JST
from portal.kernel.models import Job, OutboxMessage
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db
WORD = "消えるはずの言葉"


def addresses(event: Event, community: Community, calendar: str) -> list[str]:
    """Every public address of mine that could say it."""
    return [
        "/events.ics", "/wards/akiha/events.ics", "/events.ics?area=151050", f"{community.get_absolute_url()}events.ics",
        f"/events/{event.pk}.ics", f"/calendars/{calendar}", "/feeds/events/", "/feeds/communities/",
        "/feeds/areas/151050/events/", "/feeds/areas/151050/communities/", "/opendata/151009_event.csv",
        "/opendata/151009_event_local-50.csv", "/opendata/151009_event_standard-current.csv", "/opendata/151009_community.csv",
        "/opendata/151009_initiative.csv",
    ]  # fmt: skip


def saying(places: list[str]) -> list[str]:
    """Those that say the word."""
    client = StrictClient()
    return [place for place in places if WORD in _text(client.get(place))]


def _text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.replace(b"\r\n ", b"").decode() if answer.status_code == 200 else ""


def test_what_moderation_hides_is_gone_from_every_calendar_feed_and_file() -> None:

    who = make.person()
    community = make.community(name=f"会 {WORD}")
    event = make.event(community, title=f"催し {WORD}")
    initiative = make.initiative(community, title=f"取組 {WORD}")
    make.registration(event, who)
    secret = calendars.secret_url(actions.open_calendar(by=who)).rsplit("/", 1)[1]
    places = addresses(event, community, secret)
    assert saying(places) == places
    by = make.ward_officer()
    for subject, row in (("event", event), ("initiative", initiative), ("community", community)):
        actions.hide_object(by=by, subject=subject, row=row, reason="確かめています")
    assert saying(places) == []


def test_what_is_hidden_does_not_stand_in_the_next_paper() -> None:
    event = make.event(title=WORD)
    month = event.starts_at.astimezone(JST).date().replace(day=1)
    paper = Circular(area=area(AKIHA), month=month)
    assert WORD in str(content(paper))
    actions.hide_object(by=make.ward_officer(), subject="event", row=event, reason="確かめています")
    assert WORD not in str(content(paper))


@pytest.mark.parametrize("when", ["before it is made", "before it is sent"])
def test_what_is_hidden_is_not_mailed(when: str) -> None:
    community = make.community()
    search = actions.save_search(
        by=make.person(), area=area(AKIHA), theme=None, age="", frequency="daily", quiet_from=0, quiet_until=0
    )
    event = make.event(community, title=WORD, starts_at=make.moment(30))

    def hide() -> None:
        actions.hide_object(by=make.ward_officer(), subject="event", row=event, reason="確かめています")

    with clock.at(search.next_at + timedelta(seconds=1)):
        if when == "before it is made":
            hide()
        digests.wake_digests()
        assert jobs.run(Job.objects.get(kind=digests.JOB).pk)
        row = OutboxMessage.objects.filter(template=digests.TEMPLATE).first()
        if row is not None:
            hide()
            assert jobs.run(Job.objects.get(key=f"mail:{row.pk}").pk)
            row.refresh_from_db()
    assert (row is None) is (when == "before it is made")
    assert row is None or row.state == "withdrawn"


def test_a_mail_once_withdrawn_stays_withdrawn() -> None:
    community = make.community()
    search = actions.save_search(
        by=make.person(), area=area(AKIHA), theme=None, age="", frequency="daily", quiet_from=0, quiet_until=0
    )
    make.event(community, starts_at=make.moment(30))
    with clock.at(search.next_at):
        digests.wake_digests()
        assert jobs.run(Job.objects.get(kind=digests.JOB).pk)
        row = OutboxMessage.objects.get(template=digests.TEMPLATE)
        actions.stop_search(by=_owner(search), search=search)
        job = Job.objects.get(key=f"mail:{row.pk}")
        assert jobs.run(job.pk)
        actions.change_search(by=_owner(search), search=search, frequency="daily")
        Job.objects.filter(pk=job.pk).update(state="waiting", finished_at=None)
        assert jobs.run(job.pk)
    row.refresh_from_db()
    assert (row.state, row.sent_at) == ("withdrawn", None)


def _owner(search: Any) -> Any:

    return UserActor(search.user)
