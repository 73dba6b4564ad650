"""Pages of the grants: public, the municipality's, the prefecture's."""

from .advising import (
    advisor_answer,
    advisor_calendar,
    advisor_case,
    advisor_home,
    advisor_offer_remove,
    advisor_visits,
)
from .advisors import advisor_detail, advisor_edit, advisor_list, advisor_new, advisors
from .approvals import approval_act, approval_detail, approval_list, approval_paper
from .correcting import application_changes, remark_answer
from .deciding import staff_decide, staff_decide_act
from .deputies import deputy_end, deputy_list
from .dispatch_writing import dispatch_autosave, dispatch_edit
from .dispatches import (
    dispatch_detail,
    dispatch_list,
    dispatch_new,
    dispatch_preview,
    dispatch_submit,
    dispatch_withdraw,
)
from .drafts import application_detail, application_list, application_new, application_withdraw
from .editing import application_autosave, application_edit, application_settle
from .examining import remark_remove, staff_examine, staff_examine_act
from .guide import guide
from .letters import letter_batch, letters_new, letters_sign, needs_notices
from .needs_answering import needs_answer, needs_list, needs_send
from .needs_asking import needs_agree, needs_ask, needs_case, needs_remind, needs_return, needs_survey
from .papers import application_preview, attachment_file, attachment_remove
from .payments import payment_cancel, payment_detail, payments
from .programme_forms import (
    programme_call_edit,
    programme_call_new,
    programme_chain,
    programme_copy,
    programme_edit,
    programme_papers,
    programme_pass_budget,
    programme_terms,
)
from .programme_parts import programme_part
from .programmes import (
    programme_budget,
    programme_budget_remove,
    programme_changes,
    programme_detail,
    programme_list,
    programme_move,
)
from .public import home, menu_detail
from .staff import staff_application_detail, staff_application_take, staff_cap_list, staff_queue
from .staff_dispatches import staff_dispatch, staff_dispatch_act, staff_dispatches
from .submitting import application_submit
from .visits import visit_act, visit_detail, visit_new

__all__ = [
    "advisor_answer",
    "advisor_calendar",
    "advisor_case",
    "advisor_detail",
    "advisor_edit",
    "advisor_home",
    "advisor_list",
    "advisor_new",
    "advisor_offer_remove",
    "advisor_visits",
    "advisors",
    "application_autosave",
    "application_changes",
    "application_detail",
    "application_edit",
    "application_list",
    "application_new",
    "application_preview",
    "application_settle",
    "application_submit",
    "application_withdraw",
    "approval_act",
    "approval_detail",
    "approval_list",
    "approval_paper",
    "attachment_file",
    "attachment_remove",
    "deputy_end",
    "deputy_list",
    "dispatch_autosave",
    "dispatch_detail",
    "dispatch_edit",
    "dispatch_list",
    "dispatch_new",
    "dispatch_preview",
    "dispatch_submit",
    "dispatch_withdraw",
    "guide",
    "home",
    "letter_batch",
    "letters_new",
    "letters_sign",
    "menu_detail",
    "needs_agree",
    "needs_answer",
    "needs_ask",
    "needs_case",
    "needs_list",
    "needs_notices",
    "needs_remind",
    "needs_return",
    "needs_send",
    "needs_survey",
    "payment_cancel",
    "payment_detail",
    "payments",
    "programme_budget",
    "programme_budget_remove",
    "programme_call_edit",
    "programme_call_new",
    "programme_chain",
    "programme_changes",
    "programme_copy",
    "programme_detail",
    "programme_edit",
    "programme_list",
    "programme_move",
    "programme_papers",
    "programme_part",
    "programme_pass_budget",
    "programme_terms",
    "remark_answer",
    "remark_remove",
    "staff_application_detail",
    "staff_application_take",
    "staff_cap_list",
    "staff_decide",
    "staff_decide_act",
    "staff_dispatch",
    "staff_dispatch_act",
    "staff_dispatches",
    "staff_examine",
    "staff_examine_act",
    "staff_queue",
    "visit_act",
    "visit_detail",
    "visit_new",
]
