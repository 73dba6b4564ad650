"""Answers that programs fetch again and again: calendars, feeds, data files. Each has an ETag; unchanged means 304."""

import hashlib
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

FRESH_SECONDS = 300


def published(
    request: HttpRequest, body: bytes, content_type: str, *, filename: str = "", secret: bool = False
) -> HttpResponse:
    """200 with the body, or 304 when the asker has these very bytes. `filename` makes it a download.

    A `secret` answer (an address only its owner knows) is kept by nobody but the asker, and never indexed.
    """
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = get_conditional_response(request, etag=etag)
    response = known if known is not None else HttpResponse(body, content_type=content_type)
    return dressed(response, etag, filename=filename, secret=secret)  # type: ignore[return-value]


def streamed(
    request: HttpRequest, parts: Iterator[bytes], content_type: str, *, etag: str, filename: str
) -> HttpResponseBase:
    """Like `published` for a file that is made while it is sent; `etag` comes from what the file is made of."""
    etag = f'"{etag}"'
    known = get_conditional_response(request, etag=etag)
    response = known if known is not None else StreamingHttpResponse(parts, content_type=content_type)
    return dressed(response, etag, filename=filename)


def dressed(
    response: HttpResponseBase, etag: str, *, filename: str = "", secret: bool = False
) -> HttpResponseBase:
    """The headers that all of them carry."""
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    if secret:
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "same-origin"
    else:
        response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    if filename and response.status_code == 200:
        response.headers["Content-Disposition"] = content_disposition_header(True, filename) or ""
    return response
