"""Pages of the student supporters; named like their addresses."""

from .asking import support_act, support_case, support_detail, support_list, support_propose
from .placements import placement_act, placement_day, placement_detail
from .register import supporter_act, supporter_detail, supporter_list, supporter_paper, supporter_terms
from .student import (
    supporter_consent,
    supporter_days,
    supporter_entry,
    supporter_home,
    supporter_leave,
    supporter_offer_remove,
)

__all__ = [
    "placement_act",
    "placement_day",
    "placement_detail",
    "support_act",
    "support_case",
    "support_detail",
    "support_list",
    "support_propose",
    "supporter_act",
    "supporter_consent",
    "supporter_days",
    "supporter_detail",
    "supporter_entry",
    "supporter_home",
    "supporter_leave",
    "supporter_list",
    "supporter_offer_remove",
    "supporter_paper",
    "supporter_terms",
]
