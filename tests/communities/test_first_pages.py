"""The first page of a list is a prepared statement: it gives the rows that the list itself would give."""

from datetime import timedelta

import pytest

from communities import actions, queries
from communities.models import Community, Event
from portal.kernel import clock, paging
from tests.factories import communities as make

from .cast import cast

pytestmark = pytest.mark.django_db


def test_of_communities() -> None:
    made = cast()
    for number in range(paging.PER_PAGE + 3):
        with clock.at(clock.now() - timedelta(minutes=number % 3)):
            make.community()
    actions.hide_object(by=made.people["ward"], subject="community", row=made.community, reason="試験")
    rows = list(queries.newest_communities())
    assert rows == list(queries.published_communities()[: paging.PER_PAGE + 1])
    assert len(rows) == paging.PER_PAGE + 1
    assert made.community not in rows
    newest: Community = make.community()
    again = list(queries.newest_communities())
    assert again[0] == newest
    assert (again[0].people_count, again[0].theme_names) == (0, [])


def test_of_events() -> None:
    made = cast()
    for number in range(paging.PER_PAGE + 3):
        make.event(made.community, starts_at=clock.now() + timedelta(hours=1 + number % 3))
    rows = list(queries.soonest_events())
    assert rows == list(queries.upcoming_events()[: paging.PER_PAGE + 1])
    assert len(rows) == paging.PER_PAGE + 1
    with clock.at(clock.now() + timedelta(days=400)):
        assert list(queries.soonest_events()) == list(queries.upcoming_events()[:1]) == []
    assert all(isinstance(row, Event) for row in rows)
