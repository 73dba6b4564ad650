"""How two people stop writing to each other."""

from portal.kernel.actors import TokenActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from ..enums.people import ExchangeState

EXCHANGE = Workflow(
    name="exchange",
    model="communities.Exchange",
    states=ExchangeState,
    verbose_name="やりとり",
    transitions=(
        Transition(
            name="stop",
            label="やりとりをやめる",
            sources=frozenset({ExchangeState.OPEN}),
            target=ExchangeState.STOPPED,
            permission="communities.stop_exchange",
            actors=frozenset({UserActor, TokenActor}),
            stamp="stopped",
        ),
    ),
)
