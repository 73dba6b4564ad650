"""One page with several forms, each for one step of a contract: which stand there, and what one of them did."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ...models import Amendment, Approval, Contract, PartialWork


@dataclass(frozen=True, slots=True)
class Act:
    """One form of a page: in which states it stands there, what it does, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    states: frozenset[str]
    said: str
    knows: bool = False  # whether the form is made for the contract
    deciding: bool = False  # whether it stands there too while a 決裁 runs
    part: frozenset[str] = frozenset()  # of a terminated contract: in which states of its 出来形
    permission: str = ""  # where it is not that of the whole page
    asked: bool | None = None  # whether a change of the contract must wait for its answer, or none may


def made(
    request: HttpRequest, contract: Contract, shape: Act, at: str, data: Any = None, files: Any = None
) -> Any:
    """The form of one step."""
    more = {"contract": contract} if shape.knows else {}
    return shape.form(data, files, at=at, once=request, **more)


def of_part(acts: dict[str, Act], part: PartialWork | None) -> list[str]:
    """The names of the steps with the accepted part of a terminated contract."""
    return [name for name, shape in acts.items() if part is not None and part.state in shape.part]


def standing(
    acts: dict[str, Act], contract: Contract, approval: Approval | None, amendments: Iterable[Amendment]
) -> list[str]:
    """The names of the steps that the page offers now, given the contract's open 決裁 and its changes.

    While the contract itself is decided the other steps wait; while a change is, only what is about changes does.
    """
    asked = any(row.is_open for row in amendments)
    return [
        name
        for name, shape in acts.items()
        if contract.state in shape.states
        and shape.asked in (None, asked)
        and (not approval or shape.deciding or not (contract.is_negotiating or shape.asked is not None))
    ]
