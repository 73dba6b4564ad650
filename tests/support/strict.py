"""Strictness the product's own error handling would hide: undefined template variables and unexpected 500s fail."""

import sys
from typing import Any

from django.http import HttpResponseBase
from django.template import engines
from django.template.base import FilterExpression, Node
from django.template.defaulttags import ForNode
from django.test import Client
from django.test.signals import setting_changed

from .database import ROOT

FOREIGN = (str(ROOT / ".venv"),)


class UndefinedVariable(AssertionError):
    """A template of ours used a name that its view did not give it."""


def _template_of_caller() -> str:
    """The file of the template whose node is being rendered: the nearest node on the stack knows its origin."""
    frame = sys._getframe(2)
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return str(node.origin.name)
        frame = frame.f_back  # type: ignore[assignment]
    return ""


class Undefined(str):
    """What Django puts in place of an undefined variable (`string_if_invalid`); using it in our templates fails."""

    def __new__(cls) -> "Undefined":
        return super().__new__(cls, "%s")

    def __mod__(self, name: Any) -> str:
        origin = _template_of_caller()
        if origin.startswith(str(ROOT)) and not origin.startswith(FOREIGN):
            raise UndefinedVariable(f"{{{{ {name} }}}} is undefined in {origin}")
        return ""

    def __str__(self) -> str:
        return ""


_resolve = FilterExpression.resolve


def _strict_resolve(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
    """`{% for x in undefined %}` is silent in Django; here it fails like `{{ undefined }}`."""
    if ignore_failures and isinstance(sys._getframe(1).f_locals.get("self"), ForNode):
        ignore_failures = False
    return _resolve(self, context, ignore_failures)


def _make_engine_strict(*, setting: str = "TEMPLATES", **_: Any) -> None:
    """A test that overrides one of these settings makes Django build its template engine anew."""
    if setting in {"TEMPLATES", "DEBUG", "INSTALLED_APPS"}:
        engines["django"].engine.string_if_invalid = Undefined()  # type: ignore[attr-defined]


def make_templates_strict() -> None:
    """From now on an undefined variable in a template of ours raises UndefinedVariable in this process."""
    FilterExpression.resolve = _strict_resolve  # type: ignore[method-assign]
    _make_engine_strict()
    setting_changed.connect(_make_engine_strict, dispatch_uid="strict templates")


class StrictClient(Client):
    """Django's client, which lets exceptions through; an answer that says 500 without one fails too."""

    def request(self, **request: Any) -> HttpResponseBase:  # type: ignore[override]
        response = super().request(**request)
        if self.raise_request_exception:
            assert response.status_code < 500, f"{response.status_code} for {request['PATH_INFO']}"
        return response
