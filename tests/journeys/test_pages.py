"""Every page of the two threads: valid, accessible, light, at home with itself, at both widths."""

import re

import brotli
import pytest

from communities.models import Collaboration, Community, Event, Initiative
from grants.models import Application
from tests.journeys.steps import Visitor
from tests.support.browser import People
from tests.support.html import assert_html
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
SIGNED_IN = {
    "resident-1": ("/me/", "/accounts/2fa/", "/accounts/email/", "{community}join/"),
    "organiser-akiha": ("{community}manage/", "{community}manage/events/new/", "{initiative}collaborations/new/"),
    "ward-akiha": (
        "/staff/", "/staff/communities/", "/staff/communities/new/", "/staff/events/", "/staff/events/new/",
        "/staff/collaborations/", "/staff/documents/", "/staff/outbox/", "/staff/jobs/", "/staff/access/",
    ),
    "city-hq": ("/staff/", "/staff/accounts/"),
    "muni-kanoya": ("/staff/", "/grants/applications/", "/grants/applications/new/", "{draft}edit/target/", "{draft}edit/plan/"),
    "pref-officer": ("/staff/", "/staff/grants/", "{file}"),
}  # fmt: skip


@pytest.fixture(scope="module")
def places(demo: World) -> dict[str, str]:
    """The addresses of records that the demo holds."""
    community = Community.objects.get(name="「タイトル未定」")
    event = Event.objects.filter(host_community=community, state="published").first()
    initiative = Initiative.objects.filter(community=community).first()
    counted = Collaboration.objects.filter(state="counted").order_by("-fiscal_year").first()
    draft = Application.objects.get(state="draft", municipality_id="462039")
    file = Application.objects.filter(state="submitted").first()
    return {
        "community": community.get_absolute_url(), "event": event.get_absolute_url(),
        "initiative": initiative.get_absolute_url(), "collaboration": counted.get_absolute_url(),
        "year": str(counted.fiscal_year), "draft": f"/grants/applications/{draft.pk}/",
        "file": f"/staff/grants/applications/{file.pk}/",
    }  # fmt: skip


def look(visitor: Visitor, address: str) -> None:
    """Open the page; axe, sideways scrolling, and the HTML as it was sent."""
    visitor.go(address)
    answer = visitor.page.request.get(address)
    assert_html(answer.body())


@pytest.mark.parametrize("address", PUBLIC)
def test_public_page(demo: World, people: People, places: dict[str, str], width: int, address: str) -> None:
    look(Visitor(people, width), address.format(**places))


@pytest.mark.parametrize("key", SIGNED_IN)
def test_pages_of_a_person(demo: World, people: People, places: dict[str, str], width: int, key: str) -> None:
    visitor = Visitor(people, width, key)
    for address in SIGNED_IN[key]:
        look(visitor, address.format(**places))


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
