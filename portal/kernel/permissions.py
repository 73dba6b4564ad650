"""Who may do what to a loaded row: standing ∧ phase, as named predicates with the reason a person sees when refused.

Seeing is decided by each app's `visible_to(scope)`; here is only doing. Predicates are `rules` predicates of
(actor, obj), so they compose with & | ~ and never query in a loop.
"""

from dataclasses import dataclass
from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from .actors import Actor

_reasons: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an actor may, and if not, why not, in Japanese."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def define(name: str, predicate: Any, *, reason: str) -> None:
    """Register permission `name` ("app.verb_noun"). Raises KeyError when the name is taken."""
    rules.add_perm(name, predicate)  # type: ignore[no-untyped-call]
    _reasons[name] = reason


def names() -> list[str]:
    """Every permission there is, sorted."""
    return sorted(_reasons)


def check(actor: Actor, name: str, obj: Any) -> Verdict:
    """Whether `actor` may do `name` to `obj`. Raises KeyError for a permission nobody defined."""
    reason = _reasons[name]
    return Verdict(True) if _allows(name, actor, obj) else Verdict(False, reason)


def require(actor: Actor, name: str, obj: Any) -> None:
    """Raise PermissionDenied with the reason when `actor` may not do `name` to `obj`."""
    verdict = check(actor, name, obj)
    if not verdict:
        raise PermissionDenied(verdict.reason)


def _allows(name: str, actor: Actor, obj: Any) -> bool:
    return bool(rules.has_perm(name, actor, obj))  # type: ignore[no-untyped-call]
