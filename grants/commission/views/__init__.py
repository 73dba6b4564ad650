"""Pages of menu ④; named like their addresses."""

from .calls import call_detail, call_paper, call_question
from .calls_staff import (
    staff_call,
    staff_call_edit,
    staff_call_move,
    staff_call_new,
    staff_question,
    staff_review_list,
)
from .panel_staff import (
    staff_announce,
    staff_interest_rule,
    staff_panel,
    staff_panel_open,
    staff_ranking,
    staff_seat_leave,
    staff_seat_new,
    staff_tie,
)
from .proposals import (
    proposal_autosave,
    proposal_detail,
    proposal_edit,
    proposal_file,
    proposal_file_remove,
    proposal_list,
    proposal_new,
    proposal_preview,
    proposal_take_up,
    proposal_withdraw,
)
from .proposals_staff import staff_opinion, staff_proposal, staff_proposal_judge
from .reviewing import review_call, review_declare, review_list, review_score, review_sheet
from .themes import theme_autosave, theme_detail, theme_give_up, theme_list, theme_new, theme_propose
from .themes_staff import staff_theme, staff_theme_list

__all__ = [
    "call_detail",
    "call_paper",
    "call_question",
    "proposal_autosave",
    "proposal_detail",
    "proposal_edit",
    "proposal_file",
    "proposal_file_remove",
    "proposal_list",
    "proposal_new",
    "proposal_preview",
    "proposal_take_up",
    "proposal_withdraw",
    "review_call",
    "review_declare",
    "review_list",
    "review_score",
    "review_sheet",
    "staff_announce",
    "staff_call",
    "staff_call_edit",
    "staff_call_move",
    "staff_call_new",
    "staff_interest_rule",
    "staff_opinion",
    "staff_panel",
    "staff_panel_open",
    "staff_proposal",
    "staff_proposal_judge",
    "staff_question",
    "staff_ranking",
    "staff_review_list",
    "staff_seat_leave",
    "staff_seat_new",
    "staff_theme",
    "staff_theme_list",
    "staff_tie",
    "theme_autosave",
    "theme_detail",
    "theme_give_up",
    "theme_list",
    "theme_new",
    "theme_propose",
]
