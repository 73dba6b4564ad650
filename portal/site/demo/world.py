"""The frame of the demo's world: its time, its people, and steps that are made once each.

Everything is dated relative to the first start, except what the sources date. A step is one transaction: after a
crash it is made again from the beginning, never half.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import transaction

from portal.accounts.models import User
from portal.areas.models import Area
from portal.kernel import audit, clock
from portal.kernel.actors import JobActor, UserActor

from ..models import DemoStep
from .people import DOMAIN

SEED = JobActor("seed_demo")


@dataclass(frozen=True, slots=True)
class World:
    """Helpers of the steps. `start` is the instant of the first start; days count from its day in Japan."""

    start: datetime

    @property
    def today(self) -> date:
        return self.start.astimezone(clock.JST).date()

    def day(self, offset: int) -> date:
        """The day `offset` days after the first start."""
        return self.today + timedelta(days=offset)

    def at(self, offset: int, hour: int = 10, minute: int = 0) -> datetime:
        """That day at a time in Japan."""
        return clock.at_jst(self.day(offset), time(hour, minute))

    @contextmanager
    def on(self, when: int | datetime) -> Iterator[None]:
        """Let the clock stand at ten o'clock of a day (an offset), or at an instant; never after the first start."""
        moment = when if isinstance(when, datetime) else self.at(when)
        with clock.at(min(moment, self.start)):
            yield

    def actor(self, key: str) -> UserActor:
        """A person of the demo as a fresh actor: what they reach is worked out at the clock's time."""
        return UserActor(User.objects.get(email=f"{key}@{DOMAIN}"))

    def area(self, code: str) -> Area:
        return Area.objects.select_related("parent").get(pk=code)


@dataclass(frozen=True, slots=True)
class SteadyWorld(World):
    """A world whose people hold the same posts on all its days: what each reaches is worked out once."""

    known: dict[str, UserActor] = field(default_factory=dict)

    def actor(self, key: str) -> UserActor:
        """The person, the same one every time."""
        if key not in self.known:
            self.known[key] = World.actor(self, key)
        return self.known[key]


Step = tuple[str, Callable[[World], object]]


def make(steps: Sequence[Step]) -> list[str]:
    """Make the steps that are missing, in order, and say which. A second call makes nothing.

    What a step records is written at its end: thousands of entries in a few statements.
    """
    done = dict(DemoStep.objects.values_list("name", "done_at"))
    world = World(min(done.values(), default=clock.now()))
    made = []
    for name, build in steps:
        if name in done:
            continue
        with transaction.atomic(), audit.gathered():
            build(world)
            with clock.at(world.start):
                row = DemoStep.objects.create(name=name)
                audit.record("site.demostep.done", by=SEED, target=row, data={"step": name})
        made.append(name)
    return made
