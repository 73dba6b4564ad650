"""Journeys start from the demo's world, which the actions themselves made."""

import pytest

from communities.models import Collaboration, Community, Event, Initiative
from grants.models import Application
from portal.kernel import sweeping
from tests.support.world import World


@pytest.fixture(scope="module")
def demo(world: World) -> World:
    """A world with the demo's people and records, made by the actions; what waited for a worker is woken again."""
    sweeping.sweep()
    return world


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


@pytest.fixture(params=[390, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """The two widths at which everything is looked at."""
    return int(request.param)
