"""Procedures of menu ④ as tables (workflows.md 'COMMISSION')."""

from portal.kernel.actors import JobActor, UserActor
from portal.kernel.workflow import Transition, Workflow

from . import rules as rules  # the tables name its permissions
from .enums import CallState, ProposalState, QuestionState, SheetState, ThemeState

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
DISCARD = Transition(
    name="discard",
    label="下書きを取りやめる",
    sources=frozenset({ThemeState.DRAFT}),
    target=ThemeState.DISCARDED,
    permission="grants.write_theme",
)
TAKE_BACK = Transition(
    name="take_back",
    label="提案を取り下げる",
    sources=frozenset({ThemeState.PROPOSED}),
    target=ThemeState.WITHDRAWN,
    permission="grants.propose_theme",
)

THEME = Workflow(
    name="commission_theme",
    model="grants.CommissionTheme",
    states=ThemeState,
    verbose_name="テーマ",
    transitions=(PROPOSE, SELECT, DECLINE, DISCARD, TAKE_BACK),
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

SUBMIT = Transition(
    name="submit",
    label="提出する",
    sources=frozenset({ProposalState.DRAFT}),
    target=ProposalState.SUBMITTED,
    permission="grants.write_proposal",
    stamp="submitted",
)
QUALIFY = Transition(
    name="qualify",
    label="資格があると認める",
    sources=frozenset({ProposalState.SUBMITTED}),
    target=ProposalState.QUALIFIED,
    permission="grants.qualify_proposal",
    stamp="judged",
)
DISQUALIFY = Transition(
    name="disqualify",
    label="資格がないとする",
    sources=frozenset({ProposalState.SUBMITTED}),
    target=ProposalState.DISQUALIFIED,
    permission="grants.qualify_proposal",
    needs_note=True,
    stamp="judged",
)
SCORE = Transition(
    name="score",
    label="採点がそろう",
    sources=frozenset({ProposalState.QUALIFIED}),
    target=ProposalState.SCORED,
    permission="",
    actors=frozenset({JobActor}),
    stamp="scored",
)
ADOPT = Transition(
    name="adopt",
    label="採択する",
    sources=frozenset({ProposalState.SCORED}),
    target=ProposalState.ADOPTED,
    permission="grants.qualify_proposal",
    stamp="decided",
)
RESERVE = Transition(
    name="place_reserve",
    label="次点とする",
    sources=frozenset({ProposalState.SCORED}),
    target=ProposalState.RESERVE,
    permission="grants.qualify_proposal",
    stamp="decided",
)
REJECT = Transition(
    name="reject",
    label="採択しない",
    sources=frozenset({ProposalState.SCORED}),
    target=ProposalState.NOT_ADOPTED,
    permission="grants.qualify_proposal",
    stamp="decided",
)
TAKE_UP = Transition(
    name="take_up",
    label="繰上げを受ける",
    sources=frozenset({ProposalState.RESERVE}),
    target=ProposalState.ADOPTED,
    permission="grants.write_proposal",
    stamp="decided",
)
LAPSE = Transition(
    name="lapse",
    label="返事の期限が過ぎる",
    sources=frozenset({ProposalState.RESERVE}),
    target=ProposalState.NOT_ADOPTED,
    permission="",
    actors=frozenset({JobActor}),
    stamp="decided",
)
WITHDRAW = Transition(
    name="withdraw",
    label="取り下げる",
    sources=frozenset(
        set(ProposalState) - {ProposalState.DISQUALIFIED, ProposalState.NOT_ADOPTED, ProposalState.WITHDRAWN}
    ),
    target=ProposalState.WITHDRAWN,
    permission="grants.write_proposal",
    needs_note=True,
    stamp="withdrawn",
)

PROPOSAL = Workflow(
    name="commission_proposal",
    model="grants.Proposal",
    states=ProposalState,
    verbose_name="企画提案",
    transitions=(
        SUBMIT,
        QUALIFY,
        DISQUALIFY,
        SCORE,
        ADOPT,
        RESERVE,
        REJECT,
        TAKE_UP,
        LAPSE,
        WITHDRAW,
    ),
)

SEAL = Transition(
    name="seal",
    label="採点票を提出する",
    sources=frozenset({SheetState.DRAFT}),
    target=SheetState.SEALED,
    permission="grants.score_proposal",
    stamp="sealed",
)
REOPEN = Transition(
    name="reopen",
    label="採点票を書きなおす",
    sources=frozenset({SheetState.SEALED}),
    target=SheetState.DRAFT,
    permission="grants.score_proposal",
)
FREEZE = Transition(
    name="freeze",
    label="採点を確定する",
    sources=frozenset({SheetState.SEALED}),
    target=SheetState.FROZEN,
    permission="",
    actors=frozenset({JobActor}),
    stamp="frozen",
)

SHEET = Workflow(
    name="commission_sheet",
    model="grants.ScoreSheet",
    states=SheetState,
    verbose_name="採点票",
    transitions=(SEAL, REOPEN, FREEZE),
)
