"""Answers: 303 after a write, files only as safe attachments."""

from typing import Any, Protocol, cast

from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from .models import StoredFile


class Addressed(Protocol):
    """Anything with an address of its own."""

    def get_absolute_url(self) -> str: ...


class SeeOther(HttpResponseRedirect):
    """303: the write is done, look there."""

    status_code = 303


def see_other(target: Model | Addressed | str, *args: Any, **kwargs: Any) -> SeeOther:
    """303 to an object's own address, a named address or a path of ours."""
    return SeeOther(resolve_url(cast(Model | str, target), *args, **kwargs))


def attachment(stored: StoredFile, *, filename: str = "", inline: bool = False) -> FileResponse:
    """The bytes of a stored file. The caller has asked `visible_to`; this adds what keeps a file from acting.

    `inline` is for our own PDFs and re-encoded images only.
    """
    response = FileResponse(
        default_storage.open(stored.storage_name, "rb"),
        as_attachment=not inline,
        filename=filename or stored.filename,
        content_type=stored.content_type,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def private(response: HttpResponse) -> HttpResponse:
    """For pages opened by a token: never cached, never named to another site, never indexed.

    Not `no-referrer`: a browser then sends `Origin: null` with the page's own forms, which CSRF protection refuses
    (docs/adr/0013).
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
