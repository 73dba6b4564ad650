"""How a party gets its seats, waits for them, answers an offer, gives them back, and comes."""

from functools import partial

from portal.kernel.actors import JobActor, TokenActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from ..enums import RegistrationState as State

_PEOPLE = frozenset({UserActor, TokenActor})
_answer = partial(
    Transition, sources=frozenset({State.OFFERED}), permission="communities.answer_offer", actors=_PEOPLE
)
_draw = partial(
    Transition,
    sources=frozenset({State.ENTERED}),
    permission="communities.draw_lottery",
    actors=frozenset({UserActor, JobActor}),
)
_mark = partial(Transition, permission="communities.check_in")

REGISTRATION = Workflow(
    name="registration",
    model="communities.Registration",
    states=State,
    verbose_name="申込み",
    transitions=(
        Transition(
            name="offer",
            label="席を案内する",
            sources=frozenset({State.WAITING}),
            target=State.OFFERED,
            permission="communities.offer_seat",
            actors=frozenset({UserActor, JobActor}),
        ),
        _answer(name="accept", label="参加する", target=State.CONFIRMED),
        _answer(name="decline", label="辞退する", target=State.CANCELLED, stamp="cancelled"),
        Transition(
            name="expire",
            label="期限が切れる",
            sources=frozenset({State.OFFERED}),
            target=State.WAITING,
            permission="communities.offer_seat",
            actors=frozenset({JobActor}),
        ),
        _draw(name="win", label="当選", target=State.CONFIRMED),
        _draw(name="lose", label="落選(キャンセル待ち)", target=State.WAITING),
        Transition(
            name="cancel",
            label="取り消す",
            sources=frozenset({State.ENTERED, State.CONFIRMED, State.WAITING, State.OFFERED}),
            target=State.CANCELLED,
            stamp="cancelled",
            permission="communities.cancel_registration",
            actors=_PEOPLE,
        ),
        _mark(
            name="attend",
            label="参加を記録する",
            sources=frozenset({State.CONFIRMED, State.ABSENT}),
            target=State.ATTENDED,
        ),
        _mark(
            name="miss",
            label="欠席を記録する",
            sources=frozenset({State.CONFIRMED, State.ATTENDED}),
            target=State.ABSENT,
        ),
        _mark(
            name="unmark",
            label="記録を取り消す",
            sources=frozenset({State.ATTENDED, State.ABSENT}),
            target=State.CONFIRMED,
        ),
    ),
)
