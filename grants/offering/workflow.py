"""Procedures of what is offered, as tables."""

from portal.kernel.workflow import Transition, Workflow

from ..enums import NeedsState, ProgrammeState
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

ANSWER = Transition(
    name="answer",
    label="要望を提出する",
    sources=frozenset({NeedsState.ASKED}),
    target=NeedsState.ANSWERED,
    permission="grants.send_needs",
    stamp="answered",
)
RETURN_ANSWER = Transition(
    name="return_answer",
    label="市町村に戻す",
    sources=frozenset({NeedsState.ANSWERED}),
    target=NeedsState.ASKED,
    permission="grants.judge_needs",
    needs_note=True,
)
NOTICE = Transition(
    name="notice",
    label="内示をする",
    sources=frozenset({NeedsState.ANSWERED}),
    target=NeedsState.NOTICED,
    permission="grants.judge_needs",
    stamp="noticed",
)

NEEDS = Workflow(
    name="needs",
    model="grants.NeedsAnswer",
    states=NeedsState,
    verbose_name="要望調査の回答",
    transitions=(ANSWER, RETURN_ANSWER, NOTICE),
)
