"""Reads. `visible_to` is the one rule for list, page and file: a document is seen by whoever sees its case."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.crypto import constant_time_compare

from portal.accounts.scope import Scope
from portal.kernel import ports
from portal.kernel.models import Job, TransitionNote

from .calculations import read_check_number
from .enums import DocumentState
from .models import Document

RELATED = ("authority", "section")


def visible_to(scope: Scope) -> QuerySet[Document]:
    """Documents about cases that `scope` may see, by the rule of the app that owns them. No query of its own."""
    return _visible(scope, ports.document_kinds)


def one_visible_to(scope: Scope, pk: UUID) -> QuerySet[Document]:
    """The document `pk`, when `scope` may see it: only the rule of its own kind is asked, not all of them. One query."""
    key = Document.objects.filter(pk=pk).values_list("kind", flat=True).first()
    return _visible(scope, [kind for kind in ports.document_kinds if kind.key == key]).filter(pk=pk)


def _visible(scope: Scope, kinds: Iterable[ports.DocumentKind]) -> QuerySet[Document]:
    """Kinds with one rule are asked about together: a rule is long, and many papers are of one kind of case."""
    keys: dict[Callable[[Scope], QuerySet[Model]], list[str]] = {}
    for kind in kinds:
        keys.setdefault(kind.visible_to, []).append(kind.key)
    seen = Q(pk__in=[])
    for rule, of_rule in keys.items():
        seen |= Q(kind__in=of_rule, object_id__in=rule(scope).order_by().values("pk"))
    return Document.objects.filter(seen)


def of(obj: Model) -> QuerySet[Document]:
    """The documents about one case, newest first. The caller has asked whether the case may be seen."""
    kinds = [kind.key for kind in ports.document_kinds if kind.model.lower() == obj._meta.label_lower]
    return Document.objects.filter(kind__in=kinds, object_id=obj.pk).order_by("-created_at", "-id")


def for_verification() -> QuerySet[Document]:
    """What the public page needs, in one query."""
    return Document.objects.select_related(*RELATED, "replaced_by").defer("snapshot", "replaced_by__snapshot")


def by_check_number(text: str) -> Document | None:
    """The document whose 確認番号 was typed; None when there is none. At most one query."""
    parts = read_check_number(text)
    if parts is None:
        return None
    found = Document.objects.filter(year=parts.year, code=parts.code, number=parts.number).defer("snapshot")
    return next((row for row in found if constant_time_compare(row.check_suffix, parts.check)), None)


def existing(kind_key: str, object_id: UUID, version: str) -> Document | None:
    """The document already issued for this version of the case."""
    return Document.objects.filter(kind=kind_key, object_id=object_id, version=version).first()


def numbered(documents: QuerySet[Document], text: str) -> QuerySet[Document]:
    """Those whose 確認番号 (with or without its last four characters) or own 文書番号 is `text`."""
    text = text.strip()
    parts = read_check_number(text) or read_check_number(f"{text}-0000")
    own = Q(own_number=text)
    return documents.filter(own | Q(year=parts.year, code=parts.code, number=parts.number) if parts else own)


def for_list(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With the issuing body, without the frozen content."""
    return documents.select_related(*RELATED).defer("snapshot")


def job_of(document: Document) -> Job | None:
    """The job that makes this document's file."""
    return Job.objects.filter(key=document.job_key).first()


def for_page(documents: QuerySet[Document]) -> QuerySet[Document]:
    """With everything the page of one document shows: issuing body, chain, file."""
    return documents.select_related(*RELATED, "file", "replaces", "replaced_by").defer(
        "snapshot", "replaces__snapshot", "replaced_by__snapshot"
    )


def reason_of(document: Document) -> str:
    """Why a document was declared void; empty when it was not, or when the reason has been erased."""
    if document.state != DocumentState.VOID:
        return ""
    notes = TransitionNote.objects.filter(
        target_type=document._meta.label_lower, target_id=str(document.pk), transition="void"
    )
    return notes.values_list("text", flat=True).first() or ""
