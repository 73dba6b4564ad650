"""Who asks, and what they reach: `request.actor` and `request.scope`, worked out when a view first asks."""

from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.kernel.actors import Actor, UserActor, VisitorActor

from . import second_factor
from .scope import Scope


class Acting:
    """Mixed into the request's own class, so that actor and scope are plain objects and cost nothing unasked."""

    @cached_property
    def actor(self) -> Actor:
        return actor_of(self)  # type: ignore[arg-type]

    @cached_property
    def scope(self) -> Scope:
        return Scope.of(self.actor)


class ActorMiddleware:
    """Give every request its actor and scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.__class__ = _acting(type(request))
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person, else the visitor of this session. A visitor who writes gets a session first."""
    if request.user.is_authenticated:
        actor = UserActor(request.user)
        actor.memo["second_factor"] = second_factor.is_given(request)
        return actor
    writes = request.method not in ("GET", "HEAD", "OPTIONS") and not getattr(request, "csrf_failed", False)
    if request.session.session_key is None and writes:
        request.session.create()
    return VisitorActor.of_session(request.session.session_key)


def forget(request: HttpRequest) -> None:
    """Work out actor and scope again: somebody has just signed in or out."""
    for name in ("actor", "scope"):
        request.__dict__.pop(name, None)


@lru_cache(maxsize=8)
def _acting(kind: type[Any]) -> type[Any]:
    return type(kind.__name__, (Acting, kind), {})
