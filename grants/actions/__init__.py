"""Writes of the grants: one function, one use case; keyword-only, atomic, audited."""

from .answering import answer_remark, withdraw
from .approving import Conclusion
from .batching import ask_drafts, ask_letters, ask_notices, ask_signatures
from .budget_lines import remove_budget_line, save_budget_line
from .caps import record_outside_use
from .deciding import draft_decision, draft_rejection
from .deputising import end_deputy, name_deputy, view_deputised
from .dispatch_advisors import change_advisor, offer_time, register_advisor, withdraw_time
from .dispatch_cases import (
    accept_dispatch,
    decline_dispatch,
    discard_dispatch,
    propose_advisor,
    return_dispatch,
    save_dispatch,
    start_dispatch,
    submit_dispatch,
    withdraw_dispatch,
)
from .dispatch_deciding import draft_dispatch_decision, draft_dispatch_refusal
from .dispatch_paying import cancel_dispatch, close_dispatch, order_visit_payment
from .dispatch_visits import call_off_visit, date_visit, hold_visit, move_visit, report_visit
from .drafting import Conflict, save_budget, save_confirm, save_plan, save_target
from .examining import (
    answer_checks,
    end_correction,
    extend_correction,
    pass_screening,
    remove_remark,
    return_for_correction,
    take_over,
    write_remark,
)
from .keeping import keep_typed, settle_typed
from .needs import (
    agree_above_notice,
    ask_needs,
    notice_needs,
    remind_needs,
    return_needs,
    save_needs,
    send_needs,
)
from .offering import change_rows, change_types, change_words
from .papers import add_attachment, remove_attachment
from .payments import cancel_payment, enter_payment, order_payment
from .presence import be_present, forget_presences
from .programmes import (
    change_chain,
    change_menu,
    change_papers,
    change_programme,
    copy_programme,
    move_programme,
    pass_budget,
    save_call,
)
from .signing import record_approval, send_back_approval, sign_approval
from .starting import start_application
from .submitting import submit, take, withdraw_draft
from .workshop_deciding import draft_workshop_decision, draft_workshop_refusal

__all__ = [
    "Conclusion",
    "Conflict",
    "accept_dispatch",
    "add_attachment",
    "agree_above_notice",
    "answer_checks",
    "answer_remark",
    "ask_drafts",
    "ask_letters",
    "ask_needs",
    "ask_notices",
    "ask_signatures",
    "be_present",
    "call_off_visit",
    "cancel_dispatch",
    "cancel_payment",
    "change_advisor",
    "change_chain",
    "change_menu",
    "change_papers",
    "change_programme",
    "change_rows",
    "change_types",
    "change_words",
    "close_dispatch",
    "copy_programme",
    "date_visit",
    "decline_dispatch",
    "discard_dispatch",
    "draft_decision",
    "draft_dispatch_decision",
    "draft_dispatch_refusal",
    "draft_rejection",
    "draft_workshop_decision",
    "draft_workshop_refusal",
    "end_correction",
    "end_deputy",
    "enter_payment",
    "extend_correction",
    "forget_presences",
    "hold_visit",
    "keep_typed",
    "move_programme",
    "move_visit",
    "name_deputy",
    "notice_needs",
    "offer_time",
    "order_payment",
    "order_visit_payment",
    "pass_budget",
    "pass_screening",
    "propose_advisor",
    "record_approval",
    "record_outside_use",
    "register_advisor",
    "remind_needs",
    "remove_attachment",
    "remove_budget_line",
    "remove_remark",
    "report_visit",
    "return_dispatch",
    "return_for_correction",
    "return_needs",
    "save_budget",
    "save_budget_line",
    "save_call",
    "save_confirm",
    "save_dispatch",
    "save_needs",
    "save_plan",
    "save_target",
    "send_back_approval",
    "send_needs",
    "settle_typed",
    "sign_approval",
    "start_application",
    "start_dispatch",
    "submit",
    "submit_dispatch",
    "take",
    "take_over",
    "view_deputised",
    "withdraw",
    "withdraw_dispatch",
    "withdraw_draft",
    "withdraw_time",
    "write_remark",
]
