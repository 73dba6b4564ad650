"""The life of a document as a table (workflows.md, Documents). The owner of the case decides who may void."""

from portal.kernel.actors import JobActor, TokenActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from .enums import LIVE_STATES, DocumentState

FINISH = Transition(
    name="finish",
    label="作成を終える",
    sources=frozenset({DocumentState.ISSUING}),
    target=DocumentState.ISSUED,
    permission="documents.finish_document",
    actors=frozenset({JobActor}),
    stamp="rendered",
)
REPLACE = Transition(
    name="replace",
    label="差し替える",
    sources=frozenset(LIVE_STATES),
    target=DocumentState.REPLACED,
    permission="documents.replace_document",
    actors=frozenset({UserActor, JobActor, TokenActor}),
)
VOID = Transition(
    name="void",
    label="無効にする",
    sources=frozenset(LIVE_STATES),
    target=DocumentState.VOID,
    permission="documents.void_document",
    actors=frozenset({UserActor, JobActor}),
    needs_note=True,
    stamp="voided",
)

DOCUMENT = Workflow(
    name="document",
    model="documents.Document",
    states=DocumentState,
    transitions=(FINISH, REPLACE, VOID),
    verbose_name="文書",
)
