"""Taking 100,000 rows out costs a thousand times what 100 do, not a million: each chunk is one range of an index."""

from itertools import islice

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.exporting import KINDS
from portal.kernel import ports
from tests.factories import communities as make

pytestmark = pytest.mark.django_db
WARDS = ("151050", "151017", "151041")


def many(kind: str, count: int) -> None:
    """At least `count` rows of this list in each of three wards, or of 鹿屋市."""
    for code in WARDS:
        by, place = make.usual(code=code), make.area(code)
        where = make.community(by=by, place=place)
        of = make.initiative(where, by)
        for _ in range(count):
            if kind == "communities":
                make.community(by=by, place=place)
            elif kind == "events":
                make.event(where, by=by)
            elif kind == "collaborations":
                make.collaboration(of, by=by)
            elif kind == "people":
                make.organiser(where)
            else:
                make.platform()


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        ("communities", "community_area_recent"),
        ("events", "event_area_recent"),
        ("platforms", "platform_area_recent"),
        ("collaborations", "collaboration_area"),
        ("people", "user_created_at"),
    ],
)
def test_each_chunk_is_one_range_of_the_index(kind: str, index: str) -> None:
    by, list_kind = make.city_officer(), ports.export_kinds[kind]
    if kind == "platforms":
        by = make.municipal_officer()
    many(kind, 5)
    with CaptureQueriesContext(connection) as made:
        list(islice(list_kind.walk(by, {}, chunk=2), 5))
    later = [one["sql"] for one in made if ") < (" in one["sql"] or ") > (" in one["sql"]]
    assert later, [one["sql"] for one in made]
    with connection.cursor() as cursor:
        for name in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
            cursor.execute(f"SET LOCAL enable_{name} = off")
        cursor.execute(f"EXPLAIN {later[0]}")
        plan = [line for (line,) in cursor.fetchall()]
    place = next(number for number, line in enumerate(plan) if f"using {index} " in line)
    assert "Index Cond" in plan[place + 1], "\n".join(plan)
    assert "ROW(" in plan[place + 1], "\n".join(plan)
    assert ("area_id" in plan[place + 1]) == bool(list_kind.apart), "\n".join(plan)
    table = list_kind.rows(by, {}).model._meta.db_table
    assert not [line for line in plan if "Sort Key" in line and f"{table}." in line], "\n".join(plan)


@pytest.mark.parametrize("kind", ["communities", "events"])
def test_every_row_of_every_area_once_area_by_area(kind: str) -> None:
    many(kind, 4)
    by, list_kind = make.city_officer(), ports.export_kinds[kind]
    found = [(row.area_id, row.pk) for row in list_kind.walk(by, {}, chunk=3)]
    assert sorted(found) == sorted(list_kind.rows(by, {}).values_list("area_id", "pk"))
    assert len(set(found)) == len(found)
    assert [code for code, _ in found] == sorted(code for code, _ in found)


def test_no_list_is_sorted_anew_for_every_chunk() -> None:
    """A new list says which column leads its index, or has an index of its own, or is small."""
    small = {"registrations", "answers"}  # of one event, of one paper
    assert {kind.key for kind in KINDS if not kind.apart} == small | {"people"}
