"""The steps of the demo's world, in order."""

from collections.abc import Callable

from portal.areas.queries import default_authority
from portal.indicators.actions import load_collaborations
from portal.indicators.proposal import EFFECTIVE_ON

from . import (
    step_circle,
    step_collaborations,
    step_commission,
    step_commission_contracts,
    step_commission_panels,
    step_communities,
    step_counter,
    step_dispatch,
    step_evening,
    step_event_running,
    step_events,
    step_feeds,
    step_grants,
    step_grants_asides,
    step_grants_assets,
    step_grants_decisions,
    step_grants_indirect,
    step_grants_results,
    step_initiatives,
    step_officer,
    step_people,
    step_platforms,
    step_profiles,
    step_states,
    step_supporters,
    step_tables,
    step_workshops,
)
from .world import SEED, SteadyWorld, Step, World, make


def _indicator(world: World) -> None:
    load_collaborations(by=SEED, authority=default_authority(), effective_on=EFFECTIVE_ON)


def _steady(build: Callable[[World], object]) -> Callable[[World], object]:
    """A step whose people keep their posts through all its days."""
    return lambda world: build(SteadyWorld(world.start))


STEPS: tuple[Step, ...] = (
    ("people", step_people.build),
    ("indicator", _indicator),
    ("communities", step_communities.build),
    ("events", step_events.build),
    ("running events", step_event_running.build),
    ("counter", step_counter.build),
    ("initiatives", step_initiatives.build),
    ("collaborations", step_collaborations.build),
    ("platforms", step_platforms.build),
    ("circle", step_circle.build),
    ("officer", step_officer.build),
    ("grants", _steady(step_grants.build)),
    ("decisions", _steady(step_grants_decisions.build)),
    ("passed on", _steady(step_grants_indirect.build)),
    ("asides", _steady(step_grants_asides.build)),
    ("results", _steady(step_grants_results.build)),
    ("assets", _steady(step_grants_assets.build)),
    ("dispatch", _steady(step_dispatch.build)),
    ("workshops", _steady(step_workshops.build)),
    ("commission", _steady(step_commission.build)),
    ("supporters", _steady(step_supporters.build)),
    ("panels", _steady(step_commission_panels.build)),
    ("contracts", _steady(step_commission_contracts.build)),
    ("profiles", step_profiles.build),
    ("feeds", step_feeds.build),
    ("an evening", step_evening.build),
    ("every state", step_states.build),
    ("tables", step_tables.build),
)


def seed() -> list[str]:
    """Make what is missing of the demo's world; returns the names of the steps made now."""
    return make(STEPS)
