"""The floors stand beside the product and assert their own statements; deep addresses lead where they say."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from bench.addresses import deep_cursor
from bench.floors.views import makes
from bench.pages import in_turn, quoted
from bench.servers import Visitor
from communities import queries
from communities.models import Community
from portal.kernel import paging
from tests.factories.communities import community, event
from tests.support.processes import Server
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture(scope="module")
def row(world: World) -> Community:
    found = community()
    event(found)
    return found


@pytest.fixture(scope="module")
def visitor(world: World, row: Community) -> Iterator[Visitor]:
    process: Server = world.server(DJANGO_SETTINGS_MODULE="tests.bench.settings")
    process.command[process.command.index("portal.wsgi")] = "bench.floors.wsgi"
    process.start()
    opened = Visitor(int(process.url.rpartition(":")[2]))
    yield opened
    opened.close()
    process.stop()


@pytest.mark.parametrize(
    "path", ["/floor/empty/", "/floor/list/", "/floor/list-counted/", "/floor/detail/{slug}/"]
)
def test_every_floor_answers_twice_with_exactly_its_statements(
    visitor: Visitor, row: Community, path: str
) -> None:
    """A floor with another number of statements answers 500, and `fetch` raises."""
    shown = row if "detail" in path else Community.objects.order_by("-published_at", "-id")[0]
    for _ in range(2):
        took, page = visitor.fetch(path.format(slug=row.slug))
        assert took > 0
        assert 14_000 < len(page) < 40_000
        if "empty" not in path:
            assert shown.name.encode() in page


def test_the_empty_layout_is_the_products_own(visitor: Visitor) -> None:
    page = visitor.fetch("/layout/")[1].decode()
    assert "協働ひろば" in page
    assert 'id="main"' in page


def test_the_product_is_served_untouched_and_knows_no_floor(visitor: Visitor, row: Community) -> None:
    page = visitor.fetch(row.get_absolute_url())[1].decode()
    assert row.name in page
    assert "/floor/" not in page
    with pytest.raises(RuntimeError, match="404"):
        visitor.fetch("/floors/")


def test_a_floor_that_asks_more_than_it_says_fails() -> None:
    @makes(1)
    def greedy(request: object) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.execute("SELECT 2")
        return HttpResponse()

    with pytest.raises(AssertionError, match="2 statements instead of 1"):
        greedy(RequestFactory().get("/"))


def test_a_deep_address_starts_with_the_row_it_names(world: World) -> None:
    for _ in range(45):
        community()
    rows = queries.published_communities()
    order = ("-published_at", "-id")
    query = deep_cursor(rows, "/communities/", order, 40)
    page = paging.keyset(RequestFactory().get("/communities/" + query), rows, order=order)
    assert page.items[0] == rows[40]


def test_pages_are_fetched_in_turn_and_each_as_often() -> None:
    seen: list[str] = []

    def fetch(name: str) -> float:
        seen.append(name)
        return 0.001

    times = in_turn(6, lambda: fetch("a"), lambda: fetch("b"))
    assert [len(one) for one in times] == [6, 6]
    measured = "".join(seen[-12:])
    assert measured in {"baabbaabbaab", "abbaabbaabba"}


def test_japanese_addresses_are_sent_as_a_browser_sends_them() -> None:
    assert quoted("/search/?q=未定") == "/search/?q=%E6%9C%AA%E5%AE%9A"
