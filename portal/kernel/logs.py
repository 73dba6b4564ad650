"""What log lines may hold: the route instead of the path, the frames of a problem instead of its message."""

import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django_structlog.middlewares import RequestMiddleware

NAMED = "_named_in_logs"


class RouteRequestMiddleware(RequestMiddleware):
    """Binds the request's id and logs its route: paths carry tokens, queries carry what people searched for."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Asked when a request comes, before Django resolved its path, and again when it is answered."""
        named = request.__dict__.get(NAMED)
        if named is None:
            try:
                route = resolve(request.path_info).route
            except Resolver404:
                route = "(unknown)"
            named = request.__dict__[NAMED] = f"{request.method} /{route}"
        return str(named)


def without_values(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace exception information by the types and the frames: messages quote what people typed.

    Also drops the query string's neighbours that libraries add (`ip`, `user_agent`).
    """
    for name in ("ip", "user_agent", "referer"):
        event.pop(name, None)
    info = event.pop("exc_info", None)
    record = event.get("_record")
    if record is not None and getattr(record, "exc_info", None):
        info, record.exc_info, record.exc_text = record.exc_info, None, None
    if info is True:
        info = sys.exc_info()
    if isinstance(info, BaseException):
        info = (type(info), info, info.__traceback__)
    if info and info[0] is not None:
        event["problem"] = info[0].__name__
        event["frames"] = [_frame(frame) for frame in traceback.extract_tb(info[2])[-12:]]
    event.pop("exception", None)
    return event


def _frame(frame: traceback.FrameSummary) -> str:
    """Where, without the machine's folders."""
    return f"{'/'.join(frame.filename.rsplit('/', 3)[-3:])}:{frame.lineno} {frame.name}"
