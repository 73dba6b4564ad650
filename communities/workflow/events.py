"""How an event runs."""

from portal.kernel.actors import JobActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from ..enums import EventState

EVENT = Workflow(
    name="event",
    model="communities.Event",
    states=EventState,
    verbose_name="催し",
    transitions=(
        Transition(
            name="publish",
            label="公開する",
            sources=frozenset({EventState.DRAFT}),
            target=EventState.PUBLISHED,
            permission="communities.run_event",
            actors=frozenset({UserActor, JobActor}),
            stamp="published",
        ),
        Transition(
            name="close_entries",
            label="受付を終える",
            sources=frozenset({EventState.PUBLISHED}),
            target=EventState.ENTRIES_CLOSED,
            permission="communities.run_event",
            actors=frozenset({UserActor, JobActor}),
        ),
        Transition(
            name="reopen_entries",
            label="受付を再開する",
            sources=frozenset({EventState.ENTRIES_CLOSED}),
            target=EventState.PUBLISHED,
            permission="communities.run_event",
        ),
        Transition(
            name="hold",
            label="開催した",
            sources=frozenset({EventState.PUBLISHED, EventState.ENTRIES_CLOSED}),
            target=EventState.HELD,
            permission="communities.run_event",
            actors=frozenset({UserActor, JobActor}),
        ),
        Transition(
            name="report",
            label="報告する",
            sources=frozenset({EventState.HELD}),
            target=EventState.REPORTED,
            permission="communities.run_event",
        ),
        Transition(
            name="postpone",
            label="延期する",
            sources=frozenset({EventState.PUBLISHED, EventState.ENTRIES_CLOSED}),
            target=EventState.POSTPONED,
            permission="communities.run_event",
            needs_note=True,
            stamp="postponed",
        ),
        Transition(
            name="resume",
            label="新しい日で公開する",
            sources=frozenset({EventState.POSTPONED}),
            target=EventState.PUBLISHED,
            permission="communities.run_event",
            actors=frozenset({UserActor, JobActor}),
        ),
        Transition(
            name="cancel",
            label="中止する",
            sources=frozenset({EventState.PUBLISHED, EventState.ENTRIES_CLOSED, EventState.POSTPONED}),
            target=EventState.CANCELLED,
            permission="communities.run_event",
            actors=frozenset({UserActor, JobActor}),
            needs_note=True,
            stamp="cancelled",
        ),
    ),
)
