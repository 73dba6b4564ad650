"""How many statements a page costs: the same literal number at 1 and at 10 rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities import actions
from tests.factories import communities as make
from tests.support.queries import counted

from .cast import Cast, cast
from .parts import gathered

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Cast:
    return cast()


def more(made: Cast, count: int = 9) -> None:
    """Nine more of everything that a page lists."""
    for number in range(count):
        make.community()
        make.event(made.community, starts_at=make.moment(2 + number))
        make.registration(made.event)
        make.member(made.community, show_name=True)
        actions.join_community(by=make.person(), community=made.community)
        row = make.initiative(made.community)
        make.counted(made.initiative)
        make.collaboration(row)
        make.platform()
        for grow in gathered("MORE").values():
            grow(made)


def addresses(made: Cast) -> dict[str, tuple[str, str, int]]:
    """name → (person, address, statements)."""
    c, e, i = made.community, made.event, made.initiative
    return {
        "community list": ("anonymous", "/communities/", 3),
        "community list by area and theme": ("anonymous", "/communities/?area=151050&theme=food", 3),
        "community list by words": ("anonymous", "/communities/?q=試験", 3),
        "community": ("anonymous", c.get_absolute_url(), 6),
        "community, signed in": ("member", c.get_absolute_url(), 11),
        "organiser's desk": ("organiser", f"{c.get_absolute_url()}manage/", 11),
        "event list": ("anonymous", "/events/", 3),
        "event list by words": ("anonymous", "/events/?q=試験", 3),
        "event": ("anonymous", e.get_absolute_url(), 2),
        "event, signed in": ("member", e.get_absolute_url(), 7),
        "event, registering": ("anonymous", f"{e.get_absolute_url()}register/", 4),
        "initiative": ("anonymous", i.get_absolute_url(), 4),
        "initiative, signed in": ("organiser", i.get_absolute_url(), 9),
        "collaboration": ("anonymous", made.counted.get_absolute_url(), 2),
        "platforms": ("anonymous", "/platforms/", 3),
        "staff communities": ("ward", "/staff/communities/", 7),
        "staff community": ("ward", f"/staff/communities/{c.pk}/", 12),
        "staff events": ("ward", "/staff/events/", 7),
        "staff event": ("ward", f"/staff/events/{e.pk}/", 10),
        "staff collaborations": ("ward", "/staff/collaborations/", 7),
        "staff collaboration": ("ward", f"/staff/collaborations/{made.submitted.pk}/", 9),
        "staff platforms": ("municipal", "/staff/platforms/", 7),
        **{name: (who, address(made), cost) for name, (who, address, cost) in gathered("COSTS").items()},
    }


def measured(made: Cast) -> dict[str, int]:
    """Statements of every page, as they are counted against the limits."""
    found = {}
    for name, (who, address, _) in addresses(made).items():
        client = made.client(who)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200, name
        found[name] = len(counted(captured))
    return found


def test_every_page_costs_the_same_literal_number_at_one_and_at_ten_rows(world):
    expected = {name: count for name, (_, _, count) in addresses(world).items()}
    assert measured(world) == expected
    more(world)
    assert measured(world) == expected


def test_no_page_passes_the_limit_of_its_kind(world):
    """Anonymous lists 3, details 6, signed in 5 more, staff 12."""
    for name, (who, _, count) in addresses(world).items():
        if who == "anonymous":
            assert count <= (3 if "list" in name else 6), name
        else:
            assert count <= (12 if name.startswith("staff") else 11), name
