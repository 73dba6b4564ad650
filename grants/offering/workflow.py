"""Procedures of what is offered, as tables."""

from portal.kernel.workflow import Transition, Workflow

from ..enums import ProgrammeState
from . import rules as rules  # the tables name its permissions

PUBLISH = Transition(
    name="publish",
    label="公開する",
    sources=frozenset({ProgrammeState.DRAFT}),
    target=ProgrammeState.PUBLISHED,
    permission="grants.run_programme",
    stamp="published",
)
CLOSE = Transition(
    name="close",
    label="終了する",
    sources=frozenset({ProgrammeState.PUBLISHED}),
    target=ProgrammeState.CLOSED,
    permission="grants.run_programme",
    stamp="closed",
)

PROGRAMME = Workflow(
    name="programme",
    model="grants.Programme",
    states=ProgrammeState,
    verbose_name="事業",
    transitions=(PUBLISH, CLOSE),
)
