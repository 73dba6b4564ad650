"""What moderation hides is named on no public page: not where it stood, and not where something else leads to it."""

from typing import Any

import pytest
from django.core.management import call_command

from communities import actions
from communities.actions import groups
from tests.factories import communities as make

from .cast import Cast, cast
from .test_html import reads

pytestmark = pytest.mark.django_db

NAME = "消えるべき名前"


@pytest.fixture
def world() -> Cast:
    """A community with everything that can lead to an initiative, an event and the community itself."""
    made = cast()
    call_command("load_indicators")
    by, where = made.people["ward"], made.community
    make.activity(where, by, title="記録", event=made.event, initiative=made.initiative)
    group = groups.start_group(by=by, community=where, name="教育の部会")
    problem = groups.write_problem(by=by, group=group, title="場がない")
    groups.write_measure(by=by, problem=problem, title="ひらく", initiative=made.initiative)
    return made


def public(made: Cast) -> set[str]:
    """Every page that somebody without an account opens."""
    where = {address for people, address in reads(made).values() if "anonymous" in people}
    year = made.counted.fiscal_year
    return where | {"/", "/wards/akiha/", f"/indicators/collaborations/{year}/", f"/search/?q={NAME[:5]}"}


def saying(made: Cast, where: set[str]) -> set[str]:
    """Those of these pages that say the name."""
    client, found = made.client("anonymous"), set()
    for address in where:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if NAME in body.decode():
            found.add(address)
    return found


@pytest.mark.parametrize(
    ("subject", "field", "least"),
    [("initiative", "title", 5), ("event", "title", 4), ("community", "name", 8)],
)
def test_hidden_is_named_nowhere(world: Cast, subject: str, field: str, least: int) -> None:
    row: Any = getattr(world, subject)
    edit = {
        "initiative": actions.edit_initiative,
        "event": actions.edit_event,
        "community": actions.edit_community,
    }[subject]
    edit(by=world.people["ward"], **{subject: row}, **{field: NAME})
    where = public(world)
    assert len(saying(world, where)) >= least
    actions.hide_object(by=world.people["ward"], subject=subject, row=row, reason="試験")
    assert saying(world, where) == set()
