"""Pages of the files after their decision; named like their addresses."""

from .office import staff_result, staff_result_act
from .results import (
    result,
    result_attach,
    result_edit,
    result_file,
    result_file_remove,
    result_invoice,
    result_submit,
)

__all__ = [
    "result",
    "result_attach",
    "result_edit",
    "result_file",
    "result_file_remove",
    "result_invoice",
    "result_submit",
    "staff_result",
    "staff_result_act",
]
