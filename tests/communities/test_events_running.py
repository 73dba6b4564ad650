"""What still runs is found among a month of what is over without reading what is over."""

from datetime import timedelta

import pytest
from django.db import connection

from communities import queries
from portal.kernel import clock
from tests.factories import communities as make
from tests.factories.areas import AKIHA

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("codes", [None, [AKIHA]], ids=["everywhere", "ward"])
def test_the_end_of_an_event_is_asked_of_the_index(codes: list[str] | None) -> None:
    """4,453 rows of a busy month were read to show 20: the condition must stand with the index, not behind it."""
    statement, params = queries.upcoming_events(codes).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}", params)
        plan = [line for (line,) in cursor.fetchall()]
    place = next(number for number, line in enumerate(plan) if "using event_public" in line)
    assert "ends_at >=" in plan[place + 1], "\n".join(plan)
    assert "Index Cond" in plan[place + 1]


def test_a_meeting_that_runs_is_listed_and_one_that_is_over_is_not() -> None:
    by = make.ward_officer()
    community = make.community(by=by)
    now = clock.now()
    with clock.at(now - timedelta(days=20)):
        running = make.event(
            community, by=by, starts_at=now - timedelta(days=19), ends_at=now + timedelta(hours=1)
        )
        make.event(community, by=by, starts_at=now - timedelta(days=3), ends_at=now - timedelta(minutes=1))
    coming = make.event(community, by=by, starts_at=now + timedelta(days=1), ends_at=now + timedelta(days=2))
    with clock.at(now):
        assert list(queries.upcoming_events([AKIHA])) == [running, coming]
