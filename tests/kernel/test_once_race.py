"""Two clicks at the same moment are one submission."""

from portal.kernel.models import Heartbeat
from tests.support.threads import race
from tests.support.world import World

from .test_once import bound, create, key


def test_two_clicks_at_once_are_one_submission(world: World) -> None:
    once = key()
    outcomes = race(*[lambda: bound(name="race", once=once).acts(create)] * 6)
    assert [outcome.value for outcome in outcomes] == [True] * 6, [outcome.error for outcome in outcomes]
    assert Heartbeat.objects.filter(name="race").count() == 1


def test_two_texts_with_one_key_at_once_are_one_submission_and_one_refusal(world: World) -> None:
    once = key()
    outcomes = race(
        *[lambda name=name: bound(name=name, once=once).acts(create) for name in ("left", "right")]
    )
    assert sorted(outcome.value for outcome in outcomes) == [False, True]
    assert Heartbeat.objects.filter(name__in=["left", "right"]).count() == 1
