"""Every page of the two threads: valid, accessible, light, at home with itself, at both widths."""

import re

import brotli
import pytest

from tests.journeys.steps import Visitor, look
from tests.support.browser import People
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)
FIRST_VIEW = 100_000  # bytes, without photographs
PUBLIC = (
    "/", "/wards/kita/", "/wards/akiha/", "/wards/nishikan/", "/communities/", "{community}", "/events/", "{event}",
    "{event}register/", "{initiative}", "{collaboration}", "/platforms/", "/search/?q=ピッチ", "/search/?q=", "/grants/",
    "/grants/menus/kagoshima-r6/1/", "/grants/menus/kagoshima-r6/3/", "/indicators/", "/indicators/collaborations/{year}/",
    "/hubstaff/", "/crowdfunding/", "/opendata/", "/accessibility/", "/privacy/", "/accounts/login/", "/accounts/signup/",
    "/documents/verify/", "/demo/",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page(demo: World, people: People, places: dict[str, str], width: int, address: str) -> None:
    look(Visitor(people, width), address.format(**places))


@pytest.mark.parametrize(
    "address", ["/", "/wards/akiha/", "/communities/", "{community}", "{event}", "/indicators/"]
)
def test_first_view_is_light(demo: World, people: People, places: dict[str, str], address: str) -> None:
    """Pages as they are, files as whitenoise sends them (brotli): a first visit costs at most 100 KB."""
    page = people.open(width=390)
    sizes: dict[str, int] = {}

    def note(response) -> None:  # type: ignore[no-untyped-def]
        body = response.body()
        packed = "/static/" in response.url and not re.search(r"\.(png|jpe?g|webp)$", response.url)
        sizes[response.url] = len(brotli.compress(body)) if packed else len(body)

    page.on("response", note)
    page.goto(address.format(**places))
    page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) <= FIRST_VIEW, sizes
