"""Journeys start from the demo's world, which the actions themselves made."""

import pytest

from portal.kernel import sweeping
from tests.support.world import World


@pytest.fixture(scope="module")
def demo(world: World) -> World:
    """A world with the demo's people and records, made by the actions; what waited for a worker is woken again."""
    sweeping.sweep()
    return world


@pytest.fixture(params=[390, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """The two widths at which everything is looked at."""
    return int(request.param)
