"""Answers: 303 after a write, files only as safe attachments."""

import re
from typing import Any, Protocol, cast

import structlog
from django.core.files.storage import default_storage
from django.db.models import Model
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from . import upload_sizes
from .models import StoredFile

log = structlog.get_logger("files")


class Addressed(Protocol):
    """Anything with an address of its own."""

    def get_absolute_url(self) -> str: ...


class SeeOther(HttpResponseRedirect):
    """303: the write is done, look there."""

    status_code = 303


def see_other(target: Model | Addressed | str, *args: Any, **kwargs: Any) -> SeeOther:
    """303 to an object's own address, a named address or a path of ours."""
    return SeeOther(resolve_url(cast(Model | str, target), *args, **kwargs))


def attachment(
    stored: StoredFile, *, filename: str = "", inline: bool = False, width: int = 0
) -> FileResponse:
    """The bytes of a stored file. The caller has asked `visible_to`; this adds what keeps a file from acting.

    `inline` is for our own PDFs and re-encoded images only. `width`: the smaller drawing of that width, else the whole
    picture. Raises Http404 when the storage has lost the bytes: the row is there, the operators read which in the log.
    """
    file, width = _opened(stored, width)
    response = FileResponse(
        file,
        as_attachment=not inline,
        filename=filename or stored.filename,
        content_type=upload_sizes.CONTENT_TYPE if width else stored.content_type,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _opened(stored: StoredFile, width: int) -> tuple[Any, int]:
    """The bytes and the width that they have. The log names the row and its owner's kind, never the file's name."""
    if stored.shredded_at is not None:
        raise Http404("保存期間が過ぎたため、廃棄しました。")
    names = {width: upload_sizes.name_of(stored.storage_name, width)} if width else {}
    for each, name in (names | {0: stored.storage_name}).items():
        try:
            return default_storage.open(name, "rb"), each
        except FileNotFoundError:
            log.error("bytes_missing", file=str(stored.pk), width=each, target=stored.target_type)
    raise Http404("この保存ファイルは、見つかりません。")


def picture(request: HttpRequest, stored: StoredFile) -> FileResponse:
    """A re-encoded picture, shown on a page, at most as wide as `?w=` asks for where a smaller drawing is kept.

    The same address and the same rule for every size: the caller has asked `visible_to`. It names no file of a person.
    """
    wanted = re.fullmatch(r"[1-9][0-9]{0,4}", request.GET.get("w", ""))
    width = min((each for each in stored.widths if wanted and each >= int(wanted[0])), default=0)
    ending = "webp" if width else stored.content_type.rpartition("/")[2]
    return attachment(stored, filename=f"photo.{ending}", inline=True, width=width)


def private(response: HttpResponse) -> HttpResponse:
    """For pages opened by a token: never cached, never named to another site, never indexed.

    Not `no-referrer`: a browser then sends `Origin: null` with the page's own forms, which CSRF protection refuses
    (docs/adr/0013).
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
