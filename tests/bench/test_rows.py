"""The rows that are measured over: events spread evenly around now, and the officer's spreadsheet as the product reads it."""

import re

import pytest
from django.db import connection

from bench import event_rows, exports, office
from communities.models import Event, EventSeats
from portal.kernel import clock, ports
from portal.kernel.search_models import SearchEntry
from portal.site.demo.people import PERSONAS
from tests.factories import communities as make
from tests.factories import imports as tables
from tests.support.pages import form_values

pytestmark = pytest.mark.django_db


def spread(total: int) -> list[tuple[int, float, str]]:
    """(ward, minutes from now, state) of the events 0 … total - 1, as the statements place them."""
    columns = event_rows.changed("n")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n %% 8, extract(epoch FROM {columns['starts_at']} - %(now)s) / 60, {columns['state']}"
            f" FROM generate_series(0, {total - 1}) AS n",
            {"now": clock.now()},
        )
        return cursor.fetchall()


def test_one_begins_every_ten_minutes_half_of_them_before_now() -> None:
    rows = spread(1_600)
    assert sorted(float(at) for _, at, _ in rows) == [10.0 * step for step in range(-800, 801) if step]
    assert {state for _, at, state in rows if at < 0} == {"held"}
    assert {state for _, at, state in rows if at > 0} == {"published"}


def test_a_larger_table_shows_the_same_around_now() -> None:
    """Each ward as much before as after, and what lies near does not change with the number of events."""
    few, many = spread(1_600), spread(3_200)
    near = lambda rows: sorted(row for row in rows if abs(row[1]) <= 8_000)  # noqa: E731
    assert near(few) == near(many)
    for ward in range(8):
        assert sum(1 for row in few if row[0] == ward and row[1] > 0) == 100
        assert sum(1 for row in few if row[0] == ward and row[1] < 0) == 100


@pytest.mark.parametrize("model", [Event, EventSeats, SearchEntry])
def test_copies_carry_every_column(model) -> None:  # type: ignore[no-untyped-def]
    made = event_rows.copied(model, {"id": "x"})
    names = re.findall(r"\(([^)]*)\) SELECT", made)[0].split(", ")
    assert names == [field.column for field in model._meta.concrete_fields]
    assert made.count("old.") == len(names) - ("id" in names)


def test_no_two_copies_have_one_key() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(DISTINCT {event_rows.identity('n')}) FROM generate_series(1, 5000) AS n"
        )
        assert cursor.fetchone() == (5_000,)


def test_the_officers_spreadsheet_is_read_without_a_fault() -> None:
    by = make.ward_officer()
    imported = tables.previewed(office.spreadsheet(30, "ab12"), by=by)
    assert (imported.row_count, imported.ready_count) == (30, 30)
    mapped = {"name", "kana", "area", "summary", "story", "founded_on", "place"}
    assert (
        set(imported.mapping)
        == mapped
        <= {column.name for column in ports.import_kinds["communities"].columns}
    )


def test_a_form_is_sent_as_a_browser_sends_it(client) -> None:  # type: ignore[no-untyped-def]
    by = make.ward_officer()
    client.force_login(by.user, backend="django.contrib.auth.backends.ModelBackend")
    imported = tables.sent(office.spreadsheet(3, "ab12"), by=by)
    for address in (office.START, f"/staff/imports/{imported.pk}/columns/"):
        page = client.get(address).content
        mine, theirs = office.Form(page.decode()).values, form_values(page)
        assert {**mine, "csrfmiddlewaretoken": "", "once": ""} == {
            **theirs,
            "csrfmiddlewaretoken": "",
            "once": "",
        }
        assert mine["csrfmiddlewaretoken"]


def test_the_people_who_measure_are_in_the_demo() -> None:
    asking = {persona for persona, _ in exports.LISTS.values()}
    assert {office.PERSONA, *asking} <= {persona.key for persona in PERSONAS}
