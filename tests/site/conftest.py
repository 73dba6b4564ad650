"""The clock of these tests, and rows that pages show."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction

from communities.enums import CommunityState, EventState
from communities.models import Community, Event, EventSeats, Initiative
from portal.kernel import clock
from tests.factories.areas import AKIHA, area
from tests.support import database, demo
from tests.support.factories import number
from tests.support.world import point_at

from . import matrix

TODAY = date(2026, 11, 25)


@pytest.fixture
def today():  # type: ignore[no-untyped-def]
    """Noon of 25 November 2026."""
    with clock.at(TODAY):
        yield TODAY


@pytest.fixture(scope="module")
def people_and_cases(template_database, django_db_setup, django_db_blocker, test_folder):  # type: ignore[no-untyped-def]
    """The world of the access table: built once for a run, and a copy of its own for each module."""
    name = f"{django_db_setup}_access"
    with django_db_blocker.unblock():
        made = demo.kept("cases", template_database, test_folder / "files", _build_cases)
        database.copy_template(name, made.name)
        point_at(name)
        yield matrix.World(made.said.users_now(), made.said.cases)
        point_at(django_db_setup)
    database.drop(name)


def _build_cases(name: str) -> matrix.Said:
    """Build it in database `name`; nobody is woken for the jobs that wait there."""
    home = connection.settings_dict["NAME"]
    point_at(name)
    with clock.at(TODAY), transaction.atomic():
        made = matrix.build()
        connection.run_on_commit = []
    point_at(home)
    return matrix.Said({key: user and user.pk for key, user in made.users.items()}, made.cases)


@pytest.fixture
def case_world(people_and_cases: matrix.World) -> Iterator[matrix.World]:
    """The same for one test, at its time: what the test changes is undone."""
    with clock.at(TODAY), transaction.atomic():
        yield people_and_cases
        transaction.set_rollback(True)


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
