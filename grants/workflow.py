"""Procedures of the grants as tables (workflows.md 'Grants'). Transitions are shared constants; tables compose them."""

from portal.kernel.workflow import Transition, Workflow

from .enums import EDITABLE, EXAMINED, WITHDRAWABLE, ApplicationState
from .enums.approving import ApprovalState
from .settlement.workflow import AFTER

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
    sources=WITHDRAWABLE,
    target=ApplicationState.WITHDRAWN,
    permission="grants.withdraw_application",
    needs_note=True,
    stamp="withdrawn",
)

DRAFT_DECISION = Transition(
    name="draft_decision",
    label="交付決定を起案する",
    sources=frozenset({ApplicationState.REVIEWING}),
    target=ApplicationState.DECIDING,
    permission="grants.draft_decision",
)
DRAFT_REJECTION = Transition(
    name="draft_rejection",
    label="不交付決定を起案する",
    sources=EXAMINED,
    target=ApplicationState.DECIDING,
    permission="grants.draft_decision",
    needs_note=True,
)
SIGN = Transition(
    name="sign",
    label="決裁を終えて交付を決定する",
    sources=frozenset({ApplicationState.DECIDING}),
    target=ApplicationState.DECIDED,
    permission="grants.conclude_application",
    stamp="decided",
)
SIGN_REJECTION = Transition(
    name="sign_rejection",
    label="決裁を終えて不交付を決定する",
    sources=frozenset({ApplicationState.DECIDING}),
    target=ApplicationState.REJECTED,
    permission="grants.conclude_application",
    stamp="decided",
)
SEND_BACK = Transition(
    name="send_back",
    label="起案を差し戻す",
    sources=frozenset({ApplicationState.DECIDING}),
    target=ApplicationState.REVIEWING,
    permission="grants.conclude_application",
    needs_note=True,
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
        DRAFT_DECISION,
        DRAFT_REJECTION,
        SIGN,
        SIGN_REJECTION,
        SEND_BACK,
        WITHDRAW_DRAFT,
        WITHDRAW,
        *AFTER,
    ),
)

COMPLETE_APPROVAL = Transition(
    name="complete",
    label="決裁を終える",
    sources=frozenset({ApprovalState.DRAFTED}),
    target=ApprovalState.SIGNED,
    permission="grants.handle_approval",
    stamp="signed",
)
SEND_BACK_APPROVAL = Transition(
    name="send_back",
    label="差し戻す",
    sources=frozenset({ApprovalState.DRAFTED}),
    target=ApprovalState.SENT_BACK,
    permission="grants.handle_approval",
    needs_note=True,
    stamp="sent_back",
)
DROP_APPROVAL = Transition(
    name="drop",
    label="起案を取りやめる",
    sources=frozenset({ApprovalState.DRAFTED}),
    target=ApprovalState.DROPPED,
    permission="grants.drop_approval",
    stamp="dropped",
)

APPROVAL = Workflow(
    name="approval",
    model="grants.Approval",
    states=ApprovalState,
    verbose_name="決裁",
    transitions=(COMPLETE_APPROVAL, SEND_BACK_APPROVAL, DROP_APPROVAL),
)
