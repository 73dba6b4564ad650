"""A refusal: the request was understood, and the answer is no, with a reason a person can act on.

with of_row(3): ...        # in an action for many: a refusal inside knows that it is about the fourth
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError


class Refusal(Exception):
    """Raised by actions. `message` is Japanese and shown as it is; `field` names the form field it belongs to.

    Inside an action's transaction it undoes everything the action did.
    """

    def __init__(self, message: str, *, field: str | None = None, code: str = "refused") -> None:
        super().__init__(message)
        self.message, self.field, self.code = message, field, code


@contextmanager
def of_row(number: int) -> Iterator[None]:
    """Let what is refused inside say which of many rows it is about, counted from 0. It is raised on as it is."""
    try:
        yield
    except (Refusal, ValidationError, PermissionDenied) as no:
        vars(no).setdefault("row_number", number)
        raise


def row_of(no: Exception) -> int | None:
    """The row that a refusal of an action for many is about; None when it is about all of them."""
    found: int | None = vars(no).get("row_number")
    return found
