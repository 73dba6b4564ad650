"""The access table against the portal: every address has a row, and every standing gets the answer the row says."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from unittest.mock import patch

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.template.backends.django import Template
from django.urls import reverse

from portal.accounts import scope
from portal.accounts.enums import Role
from portal.areas import site as authorities
from portal.site import access
from portal.site.access_rows import PARTS, WITHOUT_ROW
from portal.site.routes import patterns
from tests.factories.accounts import appointment, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA
from tests.support.html import assert_html
from tests.support.queries import watched_writes
from tests.support.strict import StrictClient

from . import matrix

CLOSED = {302, 303, 403, 404, 405, 429}  # 303: led away, and nothing written
OF_VISITS = {"django_session"}
ROWS = [row for _, rows in PARTS for row in rows]
BUILT = pytest.mark.parametrize(
    "standing", [pytest.param(one, id=one.key) for one in access.STANDINGS if one.built]
)


@pytest.fixture(autouse=True)
def nothing_beside_the_answers(settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Forty thousand requests: their sessions lie in memory, and that they came and went is not written down.

    What is asked of a page is undone again, so who somebody is and which governments there are stays the same: it is
    read once in a test.
    """
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cache"
    logging.disable(logging.INFO)
    known = {name: cache(getattr(scope, name)) for name in ("_posts_of", "_standings_of")}
    user_of = cache(ModelBackend().get_user)
    with (
        patch.multiple(scope, **known),
        patch.object(authorities, "_read", cache(authorities._read)),
        patch.object(ModelBackend, "get_user", lambda self, pk: user_of(pk)),
    ):
        yield
    logging.disable(logging.NOTSET)


def client_of(world: matrix.World, standing: access.Standing) -> StrictClient:
    """The browser of somebody of this standing."""
    client = StrictClient()
    if user := world.users[standing.key]:
        client.force_login(user)
    return client


def test_every_address_has_a_row_or_says_why_not() -> None:
    rows = {row.route for row in ROWS}
    assert rows | set(WITHOUT_ROW) == set(patterns())
    assert not rows & set(WITHOUT_ROW)


@BUILT
def test_every_standing_gets_the_answer_of_the_table(
    case_world: matrix.World, standing: access.Standing
) -> None:
    client = client_of(case_world, standing)
    wrong = [fault for row in ROWS if (fault := answered_wrongly(client, row, standing, case_world))]
    assert not wrong, "\n".join(wrong)


@contextmanager
def undrawn() -> Iterator[None]:
    """Templates give nothing: that a door is closed is known before its page is drawn."""
    with patch.object(Template, "render", lambda self, context=None, request=None: ""):
        yield


def is_drawn(row: access.Row, standing: access.Standing) -> bool:
    """Whoever may open a page sees it drawn; the page of a closed door is the same for all but visitors and residents."""
    return row.answer(standing) is access.Answer.MAY or standing.key in ("anonymous", "resident")


def answered_wrongly(client, row, standing, world) -> str:  # type: ignore[no-untyped-def]
    """Ask once, undo whatever it did, and say what differs from the row; empty when nothing does."""
    address = reverse(row.route, kwargs=world.cases[row.case])
    with transaction.atomic(), nullcontext() if is_drawn(row, standing) else undrawn():
        status = client.generic(row.method, address).status_code
        transaction.set_rollback(True)
    expected = row.answer(standing)
    if status in expected.statuses:
        return ""
    return f"{row.route} [{row.case}] {standing.key}: {status}, the table says {expected.name}"


@BUILT
def test_nobody_writes_where_they_may_not_even_look(
    case_world: matrix.World, standing: access.Standing
) -> None:
    """Every address takes an empty POST from every standing: who may not open it gets no further, and nothing is stored."""
    wrong = []
    client = client_of(case_world, standing)
    for row in (row for row in ROWS if row.answer(standing) is not access.Answer.MAY):
        with transaction.atomic(), watched_writes() as written, undrawn():
            status = client.post(reverse(row.route, kwargs=case_world.cases[row.case])).status_code
            transaction.set_rollback(True)
        if status not in CLOSED or set(written) - OF_VISITS:
            wrong.append(f"{row.route} [{row.case}] {standing.key}: {status}, {written}")
    assert not wrong, "\n".join(wrong)


def test_standings_of_parts_to_come_are_shown_as_not_built() -> None:
    coming = [standing for standing in access.STANDINGS if not standing.built]
    assert coming
    assert all(ROWS[0].answer(standing) is access.Answer.UNBUILT for standing in coming)


@pytest.mark.django_db
def test_the_table_is_a_page_for_staff(client) -> None:  # type: ignore[no-untyped-def]
    assert client.get("/staff/access/").status_code == 302
    client.force_login(officer(Role.CITY_CHIEF, NIIGATA))
    response = client.get("/staff/access/")
    assert_html(response.content)
    page = response.content.decode()
    assert "未実装" in page
    assert all(standing.label in page for standing in access.STANDINGS)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PREFECTURE_OFFICER, Role.PREFECTURE_SECTION_CHIEF])
def test_who_works_for_two_governments_opens_what_who_works_for_one_opens(
    case_world: matrix.World, role: Role
) -> None:
    """They are led to one of the two; no page asks for the only one."""
    alone, both = officer(role, KAGOSHIMA), officer(role, KAGOSHIMA)
    appointment(both, Role.AUDITOR, NIIGATA)
    rows = [row for row in ROWS if not row.case and row.method == "GET"]
    with undrawn():
        for row in rows:
            address, said = reverse(row.route), []
            for user in (alone, both):
                client = StrictClient()
                client.force_login(user)
                said.append(client.get(address).status_code)
            assert said[0] >= 300 or said[1] == said[0], f"{address}: {said}"
