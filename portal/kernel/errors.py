"""Error pages: what happened, then what to do. They work without the database."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER, rotate_token
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

FOREIGN = (REASON_BAD_ORIGIN.split("%s")[0], REASON_BAD_REFERER.split("%s")[0])


def page(status: int, *, reason: str = "", template: str = "") -> HttpResponse:
    """The error page of `status`, with a reason in Japanese when there is one."""
    html = render_to_string(f"errors/{template or status}.html", {"reason": reason, "status": status})
    return HttpResponse(html, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself is broken; 413 when it is too big."""
    return page(
        413 if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent) else 400
    )


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the reason the permission gives."""
    return page(403, reason=str(exception) if isinstance(exception, PermissionDenied) else "")


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return page(404)


def too_many_requests(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too often in a short time."""
    return page(429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form from another site gets an error page; our own stale form comes back filled, with a fresh token.

    The view runs again in a read-only transaction and `form.acts` refuses, so nothing can be written.
    """
    if reason.startswith(FOREIGN):
        return page(403, reason="ほかのサイトから送られた内容は、受け付けません。")
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return page(404)
    if not getattr(match.func, "keeps_form", False):
        return page(403, template="403_csrf")
    rotate_token(request)
    request.csrf_failed = True  # type: ignore[attr-defined]
    return _run_read_only(request, match.func, match.args, match.kwargs)


def _run_read_only(request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response: HttpResponse = view(request, *args, **kwargs)
            transaction.set_rollback(True)
    except Http404:
        return page(404)
    except PermissionDenied as denied:
        return page(403, reason=str(denied))
    except DatabaseError:
        return page(403, template="403_csrf")
    if response.status_code < 400:
        response.status_code = 403
    return response
