"""The rows of a plan as a form hands them to an action."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..models import Advisor


@dataclass(frozen=True, slots=True, kw_only=True)
class LecturerRow:
    """One lecturer. `key` is the row in the form, for messages at its boxes. `fee_yen` None: by the register,
    else 0. `email`: of the account of a lecturer who is not of the register, with which they see their own page.
    """

    key: str = ""
    advisor: "Advisor | None" = None
    name: str = ""
    email: str = ""
    affiliation: str = ""
    topic: str = ""
    payee_kind: str = "person"
    fee_yen: int | None = None
    travel_yen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRow:
    """Who does one thing and who pays for it."""

    kind: str
    doer: str
    payer: str
    note: str = ""
