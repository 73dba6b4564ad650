"""Keeping files: staged when they arrive, attached when an action takes them, swept when nothing came of them.

The bytes are written once under a random name that no address ever shows; http.attachment hands them out.
"""

from __future__ import annotations

import hashlib
import io
import re
import secrets
import unicodedata
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.db.models import QuerySet

from . import audit, clock, upload_sizes
from .actors import Actor
from .names import clean_name
from .refusals import Refusal
from .upload_images import redraw
from .upload_kinds import DOCUMENTS, Kind, ending_of, kind_of
from .upload_models import FileState, StoredFile

MEGABYTE = 1_000_000
MAX_BYTES = 10 * MEGABYTE
MAX_STAGED = 60  # files that one person may have waiting
MAX_NAME = 120
PURGE_AT_ONCE = 1_000
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]+')


def stage(
    file: UploadedFile[Any], *, by: Actor, accept: tuple[Kind, ...] = DOCUMENTS, max_bytes: int = MAX_BYTES
) -> StoredFile:
    """Take in a file that a person sent, before it is known what becomes of it. It belongs to `by` alone.

    The kind is told by the content; pictures are redrawn without what cameras add, with smaller ones beside. Raises Refusal, with a sentence
    that says what to do, for an empty or too large file, a kind that is not accepted, a false name, macros.
    """
    filename = clean_filename(file.name or "")
    _check_size(file.size or 0, max_bytes)
    _check_quota(by)
    content = file.read()
    kind = kind_of(filename, io.BytesIO(content), accept)
    if kind.is_image:
        content = redraw(io.BytesIO(content), kind.content_type)
    sizes = upload_sizes.draw(content) if kind.is_image else upload_sizes.Sizes()
    stored = _row(content, filename, kind.content_type, sizes)
    stored.uploaded_by_ref = by.ref
    with transaction.atomic():
        stored.save(force_insert=True)
        audit.record(
            "kernel.storedfile.staged",
            by=by,
            target=stored,
            data={"size": stored.size, "content_type": stored.content_type, "sha256": stored.sha256},
        )
        _write(stored, content, sizes)
    return stored


def attach(stored: StoredFile, target: models.Model) -> StoredFile:
    """Let a staged file belong to `target`, in the caller's transaction and under its audit entry. Twice is once.

    Raises Refusal when the file has been swept or belongs to something else.
    """
    label, key = target._meta.label_lower, str(target.pk)
    with transaction.atomic():
        row = _locked(stored)
        if row is None:
            raise Refusal("ファイルをお預かりできる期間が過ぎました。もう一度選んでください。", code="swept")
        if row.state == FileState.ATTACHED and (row.target_type, row.target_id) != (label, key):
            raise Refusal(
                "このファイルは、ほかのものに添付されています。もう一度選んでください。", code="taken"
            )
        if row.state == FileState.STAGED:
            row.state, row.attached_at = FileState.ATTACHED, clock.now()
            row.target_type, row.target_id = label, key
            row.save(update_fields=["state", "attached_at", "target_type", "target_id"])
    for name in ("state", "attached_at", "target_type", "target_id"):
        setattr(stored, name, getattr(row, name))
    return stored


def release(stored: StoredFile) -> None:
    """Let an attached file go, in the caller's transaction: it belongs to nobody and is swept. Twice is once."""
    StoredFile.objects.filter(pk=stored.pk, state=FileState.ATTACHED).update(
        state=FileState.STAGED, attached_at=None, target_type="", target_id="", uploaded_by_ref=""
    )


def keep(
    content: bytes, *, name: str, filename: str, content_type: str, target: models.Model | None = None
) -> StoredFile:
    """Store a file that the portal made, under a storage name that the caller chose, attached at once.

    Safe twice: bytes of that name without a row (a killed job) are replaced, the same file again returns its row.
    Raises ValueError for other bytes under a name that has a row: what was issued is never overwritten.
    """
    sizes = upload_sizes.draw(content) if content_type.startswith("image/") else upload_sizes.Sizes()
    made = _row(content, clean_filename(filename), content_type, sizes, name)
    present = StoredFile.objects.filter(storage_name=name).first()
    if present is not None:
        if present.sha256 != made.sha256:
            raise ValueError(f"{name}: another file lies there")
        return present
    made.state, made.attached_at = FileState.ATTACHED, clock.now()
    if target is not None:
        made.target_type, made.target_id = target._meta.label_lower, str(target.pk)
    with transaction.atomic():
        made.save(force_insert=True)
        _erase(made)
        _write(made, content, sizes)
    return made


def shred(files: QuerySet[StoredFile]) -> int:
    """Take the bytes and names of files away for good; size and digest stay. Twice is once. Returns how many.

    In the caller's transaction: the bytes go when it is committed.
    """
    rows = list(
        files.filter(shredded_at__isnull=True).select_for_update(no_key=True, of=("self",)).order_by("pk")
    )
    files.filter(pk__in=[row.pk for row in rows]).update(shredded_at=clock.now(), filename="廃棄済み")
    for row in rows:
        transaction.on_commit(partial(_erase, row))
    return len(rows)


def purge_staged(*, older_than: timedelta) -> int:
    """Remove what was staged before and never attached, rows and bytes; at most 1,000 a call. Returns how many.

    A crash in between leaves at worst a row whose bytes are gone, and the next sweep ends it.
    """
    ended = 0
    old = StoredFile.objects.filter(state=FileState.STAGED, created_at__lt=clock.now() - older_than)
    for pk in list(old.order_by("created_at").values_list("pk", flat=True)[:PURGE_AT_ONCE]):
        with transaction.atomic():
            row = (
                StoredFile.objects.select_for_update(skip_locked=True)
                .filter(pk=pk, state=FileState.STAGED)
                .first()
            )
            if row is None or _is_held(row):
                continue
            row.delete()
            _erase(row)
            ended += 1
    return ended


def clean_filename(name: str) -> str:
    """Return a name that is safe to show and to save under: no path, no unseen characters, at most 120 characters.

    The ending stays. Kanji stay as they are.
    """
    base = "".join(char for char in re.split(r"[/\\]", name)[-1] if not _is_unseen(char))
    base = clean_name(_NOT_IN_NAMES.sub("_", base)).strip(". _") or "ファイル"
    ending = base[len(base) - len(ending_of(base)) :]
    return base.removesuffix(ending)[: MAX_NAME - len(ending)].rstrip() + ending


def _is_unseen(char: str) -> bool:
    """Control and format characters, broken surrogates, line separators."""
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def size_label(size: int) -> str:
    """Return 「1.2MB」, 「340KB」."""
    return f"{size / MEGABYTE:.1f}MB" if size >= MEGABYTE else f"{max(1, round(size / 1000))}KB"


def _check_size(size: int, max_bytes: int) -> None:
    if size == 0:
        raise Refusal("ファイルの中身が空です。選び直してください。", code="empty")
    if size > max_bytes:
        limit = size_label(max_bytes).replace(".0MB", "MB")
        raise Refusal(f"ファイルが大きすぎます({size_label(size)})。{limit}までにしてください。", code="size")


def _check_quota(by: Actor) -> None:
    if (
        by.kind == "user"
        and StoredFile.objects.filter(
            uploaded_by_ref=by.ref, state=FileState.STAGED, created_at__gt=clock.now() - timedelta(days=1)
        ).count()
        >= MAX_STAGED
    ):
        raise Refusal(
            "送りかけのファイルが多すぎます。先に送信を済ませるか、しばらく待ってください。", code="quota"
        )


def _row(
    content: bytes, filename: str, content_type: str, sizes: upload_sizes.Sizes, name: str = ""
) -> StoredFile:
    if not name:
        token = secrets.token_hex(20)
        name = f"files/{token[:2]}/{token}"
    return StoredFile(
        filename=filename,
        content_type=content_type,
        size=len(content),
        storage_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        width=sizes.width,
        height=sizes.height,
        widths=sorted(sizes.smaller),
    )


def _write(row: StoredFile, content: bytes, sizes: upload_sizes.Sizes) -> None:
    """Write the bytes and those of the smaller pictures under exactly these names; nothing stays behind when that fails."""
    smaller = {upload_sizes.name_of(row.storage_name, width): each for width, each in sizes.smaller.items()}
    try:
        for name, each in {**smaller, row.storage_name: content}.items():
            _write_one(name, each)
    except Exception:
        for name in smaller:
            default_storage.delete(name)
        raise


def _write_one(name: str, content: bytes) -> None:
    written = default_storage.save(name, ContentFile(content))
    if written != name:
        default_storage.delete(written)
        raise OSError(f"{name}: the storage has it already")


def _erase(row: StoredFile) -> None:
    """The bytes and those of the smaller pictures. What is gone already is no mistake."""
    for name in (row.storage_name, *(upload_sizes.name_of(row.storage_name, each) for each in row.widths)):
        default_storage.delete(name)


def _locked(stored: StoredFile) -> StoredFile | None:
    return StoredFile.objects.select_for_update(no_key=True, of=("self",)).filter(pk=stored.pk).first()


def _is_held(row: StoredFile) -> bool:
    """Whether any record points at the file although it was never attached."""
    for relation in row._meta.related_objects:
        if relation.related_model._default_manager.filter(**{relation.field.name: row.pk}).exists():
            return True
    return False
