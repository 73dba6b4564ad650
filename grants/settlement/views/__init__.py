"""Pages of the files after their decision; named like their addresses."""

from .changes import (
    change,
    change_autosave,
    change_edit,
    change_settle,
    change_submit,
    change_take_back,
    staff_change,
    staff_change_act,
)
from .office import staff_result, staff_result_act
from .results import (
    result,
    result_attach,
    result_autosave,
    result_edit,
    result_file,
    result_file_remove,
    result_invoice,
    result_settle,
    result_submit,
)
from .status import status

__all__ = [
    "change",
    "change_autosave",
    "change_edit",
    "change_settle",
    "change_submit",
    "change_take_back",
    "result",
    "result_attach",
    "result_autosave",
    "result_edit",
    "result_file",
    "result_file_remove",
    "result_invoice",
    "result_settle",
    "result_submit",
    "staff_change",
    "staff_change_act",
    "staff_result",
    "staff_result_act",
    "status",
]
