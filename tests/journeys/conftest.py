"""Journeys start from the demo's world, which the actions themselves made."""

import pytest
from django.core.management import call_command

from tests.support.world import World


@pytest.fixture(scope="module")
def demo(world: World) -> World:
    """A world with the demo's people and records."""
    for command in ("load_programmes", "load_indicators", "seed_demo"):
        call_command(command, verbosity=0)
    return world


@pytest.fixture(params=[390, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """The two widths at which everything is looked at."""
    return int(request.param)
