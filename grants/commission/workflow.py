"""Procedures of menu ④ as tables (workflows.md 'COMMISSION')."""

from portal.kernel.actors import JobActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the tables name its permissions
from .enums import CallState, QuestionState, ThemeState

PROPOSE = Transition(
    name="propose",
    label="県に提案する",
    sources=frozenset({ThemeState.DRAFT}),
    target=ThemeState.PROPOSED,
    permission="grants.propose_theme",
    stamp="proposed",
)
SELECT = Transition(
    name="select",
    label="選定する",
    sources=frozenset({ThemeState.PROPOSED}),
    target=ThemeState.SELECTED,
    permission="grants.judge_theme",
    stamp="judged",
)
DECLINE = Transition(
    name="decline",
    label="選定しない",
    sources=frozenset({ThemeState.PROPOSED}),
    target=ThemeState.NOT_SELECTED,
    permission="grants.judge_theme",
    needs_note=True,
    stamp="judged",
)

THEME = Workflow(
    name="commission_theme",
    model="grants.CommissionTheme",
    states=ThemeState,
    verbose_name="テーマ",
    transitions=(PROPOSE, SELECT, DECLINE),
)

PUBLISH = Transition(
    name="publish",
    label="公募を始める",
    sources=frozenset({CallState.DRAFT}),
    target=CallState.PUBLISHED,
    permission="grants.run_call",
    stamp="published",
)
CLOSE = Transition(
    name="close",
    label="締め切る",
    sources=frozenset({CallState.PUBLISHED}),
    target=CallState.CLOSED,
    permission="grants.run_call",
    actors=frozenset({UserActor, JobActor}),
    stamp="closed",
)
OPEN_PANEL = Transition(
    name="open_panel",
    label="審査を始める",
    sources=frozenset({CallState.CLOSED}),
    target=CallState.PANEL,
    permission="grants.keep_panel",
    stamp="panel",
)
ANNOUNCE = Transition(
    name="announce",
    label="結果を公表する",
    sources=frozenset({CallState.PANEL}),
    target=CallState.ANNOUNCED,
    permission="grants.run_call",
    stamp="announced",
)
VOID = Transition(
    name="void",
    label="公募を取りやめる",
    sources=frozenset({CallState.PUBLISHED, CallState.CLOSED, CallState.PANEL}),
    target=CallState.VOID,
    permission="grants.run_call",
    needs_note=True,
    stamp="voided",
)

CALL = Workflow(
    name="commission_call",
    model="grants.CommissionCall",
    states=CallState,
    verbose_name="公募",
    transitions=(PUBLISH, CLOSE, OPEN_PANEL, ANNOUNCE, VOID),
)

ANSWER = Transition(
    name="answer",
    label="回答して公開する",
    sources=frozenset({QuestionState.ASKED}),
    target=QuestionState.ANSWERED,
    permission="grants.answer_question",
    stamp="answered",
)

QUESTION = Workflow(
    name="commission_question",
    model="grants.CommissionQuestion",
    states=QuestionState,
    verbose_name="質問",
    transitions=(ANSWER,),
)
