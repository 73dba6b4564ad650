"""Procedures of the grants as tables (workflows.md 'Grants'). Transitions are shared constants; tables compose them."""

from portal.kernel.workflow import Transition, Workflow

from .enums import ApplicationState

SUBMIT = Transition(
    name="submit",
    label="提出する",
    sources=frozenset({ApplicationState.DRAFT}),
    target=ApplicationState.SUBMITTED,
    permission="grants.submit_application",
    stamp="submitted",
)
SCREEN = Transition(
    name="screen",
    label="担当になって形式審査を始める",
    sources=frozenset({ApplicationState.SUBMITTED}),
    target=ApplicationState.SCREENING,
    permission="grants.screen_application",
    stamp="held",
)
WITHDRAW_DRAFT = Transition(
    name="withdraw_draft",
    label="下書きを取りやめる",
    sources=frozenset({ApplicationState.DRAFT}),
    target=ApplicationState.WITHDRAWN,
    permission="grants.edit_application",
    stamp="withdrawn",
)

SUBSIDY = Workflow(
    name="subsidy",
    model="grants.Application",
    states=ApplicationState,
    verbose_name="申請",
    transitions=(SUBMIT, SCREEN, WITHDRAW_DRAFT),
)
