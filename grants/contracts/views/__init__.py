"""Pages of contracts; named like their addresses."""

from .contractor import contract_act, contract_detail, contract_file
from .meetings import joint_meeting_new
from .staff import staff_contract, staff_contract_act, staff_contract_list, staff_contract_new

__all__ = [
    "contract_act",
    "contract_detail",
    "contract_file",
    "joint_meeting_new",
    "staff_contract",
    "staff_contract_act",
    "staff_contract_list",
    "staff_contract_new",
]
