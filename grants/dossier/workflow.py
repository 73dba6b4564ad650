"""The procedure of a blacked-out copy, as a table."""

from portal.kernel.actors import JobActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the table names its permissions
from .enums import RedactionState

MAKE = Transition(
    name="make",
    label="黒塗りの写しを作る",
    sources=frozenset({RedactionState.DRAFT}),
    target=RedactionState.MAKING,
    permission="grants.redact_dossier",
    stamp="making",
)
FINISH = Transition(
    name="finish",
    label="できあがる",
    sources=frozenset({RedactionState.MAKING}),
    target=RedactionState.MADE,
    permission="grants.redact_dossier",
    actors=frozenset({JobActor}),
    stamp="made",
)

REDACTION = Workflow(
    name="redaction",
    model="grants.Redaction",
    states=RedactionState,
    verbose_name="黒塗りの写し",
    transitions=(MAKE, FINISH),
)
