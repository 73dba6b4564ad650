"""What stands at the door of every request."""

import re
from collections.abc import Callable

import structlog
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from . import errors
from .refusals import Refusal

_BROKEN = re.compile(r"[\x00\ud800-\udfff]")
log = structlog.get_logger("requests")
Next = Callable[[HttpRequest], HttpResponse]


class GuardInput:
    """Refuse addresses that carry NUL or broken surrogates: no table can hold them, and no person types them."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        values = (value for _, group in request.GET.lists() for value in group)
        if _BROKEN.search(request.path_info) or any(map(_BROKEN.search, [*request.GET, *values])):
            return errors.page(400)
        return self.get_response(request)


class RefusalPages:
    """A Refusal that no form caught becomes a 409 page with its reason; a database too busy to answer becomes 503."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return errors.page(409, reason=exception.message)
        if isinstance(exception, OperationalError):
            log.exception("database_busy", exc_info=exception)
            response = errors.page(503)
            response.headers["Retry-After"] = "10"
            return response
        return None
