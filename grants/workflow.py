"""Procedures of the grants as tables (workflows.md 'Grants'). Transitions are shared constants; tables compose them."""

from portal.kernel.workflow import Transition, Workflow

from .enums import EDITABLE, EXAMINED, ApplicationState

SUBMIT = Transition(
    name="submit",
    label="提出する",
    sources=EDITABLE,
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

RETURN_FOR_CORRECTION = Transition(
    name="return_for_correction",
    label="補正を依頼する",
    sources=EXAMINED,
    target=ApplicationState.RETURNED,
    permission="grants.examine_application",
)
RESUME = Transition(
    name="resume",
    label="このまま形式審査をつづける",
    sources=frozenset({ApplicationState.RETURNED}),
    target=ApplicationState.SCREENING,
    permission="grants.examine_application",
    needs_note=True,
)
LAPSE = Transition(
    name="lapse",
    label="取り下げとして扱う",
    sources=frozenset({ApplicationState.RETURNED}),
    target=ApplicationState.WITHDRAWN,
    permission="grants.examine_application",
    needs_note=True,
    stamp="withdrawn",
)
PASS = Transition(
    name="pass",
    label="内容審査に進める",
    sources=frozenset({ApplicationState.SCREENING}),
    target=ApplicationState.REVIEWING,
    permission="grants.examine_application",
    stamp="reviewing",
)
WITHDRAW = Transition(
    name="withdraw",
    label="申請を取り下げる",
    sources=frozenset({ApplicationState.SUBMITTED, ApplicationState.RETURNED}) | EXAMINED,
    target=ApplicationState.WITHDRAWN,
    permission="grants.withdraw_application",
    needs_note=True,
    stamp="withdrawn",
)

SUBSIDY = Workflow(
    name="subsidy",
    model="grants.Application",
    states=ApplicationState,
    verbose_name="申請",
    transitions=(
        SUBMIT,
        SCREEN,
        RETURN_FOR_CORRECTION,
        RESUME,
        LAPSE,
        PASS,
        WITHDRAW_DRAFT,
        WITHDRAW,
    ),
)
