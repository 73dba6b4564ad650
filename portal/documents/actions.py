"""Writes: issue a number, make its file, void it.

`issue` runs in the transaction of the action it belongs to, as the last thing there that locks
(case → cap → budget line → counter). The paper itself is made later, by a job, from the snapshot alone.
"""

import secrets
from collections.abc import Callable

from django.db import connection, models, transaction

from portal.areas.models import Authority, Section
from portal.kernel import audit, clock, jobs, permissions, ports, uploads
from portal.kernel.actors import Actor
from portal.kernel.models import StoredFile
from portal.kernel.ports import DocumentKind
from portal.kernel.refusals import Refusal

from . import numbering, papers, queries, snapshots, workflow
from .calculations import check_suffix
from .enums import LIVE_STATES, DocumentState
from .models import Document

RENDER = "documents.render"


def issue(
    kind_key: str,
    obj: models.Model,
    *,
    by: Actor,
    authority: Authority,
    section: Section | None,
    year: int,
    own_number: str = "",
) -> Document:
    """Give the paper `kind_key` about `obj` its number, date (today in Japan) and frozen content.

    `year` is the 会計年度 (or tax year) the number belongs to; numbers have no gap per kind, authority, section, year.
    The same version of the case again gives the same document; a later version replaces the earlier one.
    Raises PermissionDenied, Refusal (that version was voided), KeyError (unknown kind), ValueError (no transaction).
    """
    if not connection.in_atomic_block:
        raise ValueError(f"{kind_key}: issue() must run inside the action's transaction")
    kind = ports.document_kinds[kind_key]
    permissions.require(by, kind.permission, obj)
    version = kind.version(obj)
    if earlier := queries.existing(kind.key, obj.pk, version):
        return _again(earlier)
    content = kind.snapshot(obj)
    replaced = _replace_live(kind, obj, by)
    counter = numbering.lock_counter(kind.key, authority, section, year)
    if earlier := queries.existing(kind.key, obj.pk, version):  # issued while we waited for the counter
        return _again(earlier)
    document = _new(
        kind, obj, version, authority=authority, section=section, year=year, number=numbering.advance(counter)
    )
    document.own_number, document.replaces = own_number, replaced
    document.snapshot = snapshots.frozen(kind, content, document)
    document.save(force_insert=True)
    _note_issue(document, kind.key, by)
    return document


def make_file(document: Document, *, by: Actor, hold: Callable[[], None]) -> Document:
    """Make and store the file of `document` from its snapshot. Safe twice: a second file is never kept.

    Files are named by the document, so what a killed run left behind is replaced. `hold` runs inside the last
    transaction and raises when the caller has lost the work to another runner (jobs.Running.conclude).
    """
    if document.is_ready:
        return document
    content = papers.content(document)
    with transaction.atomic():
        hold()
        rows = Document.objects.select_for_update(no_key=True, of=("self",)).defer("snapshot")
        document = rows.get(pk=document.pk)
        if document.is_ready:
            return document
        stored = uploads.keep(
            content,
            name=f"documents/{document.year}/{document.pk}.pdf",
            filename=papers.file_name(document),
            content_type="application/pdf",
            target=document,
        )
        return _finish(document, stored, by=by)


def void(document: Document, *, by: Actor, note: str) -> Document:
    """Declare a document void, with the reason. Its number stays taken (欠番), its paper is kept.

    Raises Refusal (no reason, already replaced or void), PermissionDenied.
    """
    return workflow.DOCUMENT.apply(document, "void", by=by, note=note)


def _again(document: Document) -> Document:
    if document.state == DocumentState.VOID:
        raise Refusal(
            "この版の文書は無効になっています。内容を改めてから、もう一度発行してください。", code="void"
        )
    return document


def _replace_live(kind: DocumentKind, obj: models.Model, by: Actor) -> Document | None:
    live = Document.objects.filter(kind=kind.key, object_id=obj.pk, state__in=LIVE_STATES).first()
    return workflow.DOCUMENT.apply(live, "replace", by=by) if live else None


def _new(
    kind: DocumentKind,
    obj: models.Model,
    version: str,
    *,
    authority: Authority,
    section: Section | None,
    year: int,
    number: int,
) -> Document:
    return Document(
        kind=kind.key,
        code=kind.code,
        title=kind.title,
        object_id=obj.pk,
        version=version,
        authority=authority,
        section=section,
        year=year,
        number=number,
        issued_on=clock.today_jst(),
        token=secrets.token_urlsafe(16),
        check_suffix=check_suffix(kind.key, authority.pk, section.pk if section else None, year, number),
    )


def _finish(document: Document, stored: StoredFile, *, by: Actor) -> Document:
    if document.state == DocumentState.ISSUING:
        return workflow.DOCUMENT.apply(document, "finish", by=by, file=stored, sha256=stored.sha256)
    document.file, document.sha256, document.rendered_at = stored, stored.sha256, clock.now()
    document.save(update_fields=["file", "sha256", "rendered_at"])
    audit.record("documents.document.filed", by=by, target=document, data={"sha256": stored.sha256})
    return document


def _note_issue(document: Document, kind_key: str, by: Actor) -> None:
    """Record the issue and have the file made after commit."""
    audit.record(
        "documents.document.issued",
        by=by,
        target=document,
        data={
            "number": document.check_number,
            "kind": kind_key,
            "object": str(document.object_id),
            "version": document.version,
        },
    )
    jobs.enqueue(RENDER, key=document.job_key, obj=document, by=by)
