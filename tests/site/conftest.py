"""The clock of these tests, and rows that pages show."""

from datetime import date, datetime, timedelta

import pytest

from communities.enums import CommunityState, EventState
from communities.models import Community, Event, EventSeats, Initiative
from portal.kernel import clock
from tests.factories.areas import AKIHA, area
from tests.support.factories import number

TODAY = date(2026, 11, 25)


@pytest.fixture
def today():  # type: ignore[no-untyped-def]
    """Noon of 25 November 2026."""
    with clock.at(TODAY):
        yield TODAY


def community(ward: str = AKIHA, **fields: object) -> Community:
    """A public community, newest last; give `state` and `published_at=None` for a draft."""
    n = number()
    values = {
        "name": f"試験の会{n}",
        "kana": "シケンノカイ",
        "slug": f"site-{n}",
        "summary": f"試験{n}のひとこと",
        "state": CommunityState.PUBLISHED,
        "published_at": clock.at_jst(TODAY - timedelta(days=30)) + timedelta(minutes=n),
        **fields,
    }
    return Community.objects.create(area=area(ward), **values)


def event(host: Community, day: int = 7, *, capacity: int | None = 20, **fields: object) -> Event:
    """A public event of `host`, `day` days from today at ten."""
    starts_at: datetime = clock.at_jst(TODAY + timedelta(days=day)) + timedelta(hours=10)
    values = {
        "title": f"試験の集まり{number()}",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "venue": "集会所",
        "collector": "community",
        "state": EventState.PUBLISHED,
        "published_at": clock.at_jst(TODAY - timedelta(days=3)),
        **fields,
    }
    made = Event.objects.create(host_community=host, area=host.area, **values)
    EventSeats.objects.create(event=made, capacity=capacity)
    return made


def initiative(host: Community, stage: str = "running") -> Initiative:
    return Initiative.objects.create(
        community=host,
        area=host.area,
        title=f"試験の取組{number()}",
        summary="試験",
        stage=stage,
        stage_changed_at=clock.at_jst(TODAY - timedelta(days=1)),
    )
