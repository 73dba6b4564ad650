"""One page with several forms, each for one step of a contract: which stand there, and what one of them did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ...models import Contract


@dataclass(frozen=True, slots=True)
class Act:
    """One form of a page: in which states it stands there, what it does, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    states: frozenset[str]
    said: str
    knows: bool = False  # whether the form is made for the contract
    deciding: bool = False  # whether it stands there too while a 決裁 runs


def made(
    request: HttpRequest, contract: Contract, shape: Act, at: str, data: Any = None, files: Any = None
) -> Any:
    """The form of one step."""
    more = {"contract": contract} if shape.knows else {}
    return shape.form(data, files, at=at, once=request, **more)


def standing(acts: dict[str, Act], contract: Contract, *, deciding: bool) -> list[str]:
    """The names of the steps that the page offers now."""
    return [
        name
        for name, shape in acts.items()
        if contract.state in shape.states and (shape.deciding or not deciding)
    ]
