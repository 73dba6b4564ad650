"""What 廃棄 takes away: every text, name, plan and file of one file, wherever in the grants it lies.

What belongs to a file is found by the foreign keys that lead to it, so a table that is added later is erased too, unless it
is named in KEPT. Amounts, days, states, numbers and digests stay: the figures of the years, the 確認番号 and the audit log
survive. Who acted stays by reference only, as in the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast

from portal.documents.models import Document
from portal.kernel import uploads
from portal.kernel.fields import Line, Text
from portal.kernel.models import OutboxMessage, StoredFile, TransitionNote

from ..models import Application, BatchItem, LetterBatch, Payment, Proposal, SupportRequest
from ..models.kept import Kept

MARK = "廃棄済み"
KEPT: dict[str, frozenset[str]] = {
    "Application": frozenset({"title", "own_number"}),
    "Approval": frozenset({"title", "record_number", "document_number", "approver_title"}),
    "ApprovalStep": frozenset({"title"}),
    "Commitment": frozenset({"number"}),
    "Asset": frozenset({"name", "spec"}),
    "Dispatch": frozenset({"title", "own_number"}),
    "Workshop": frozenset({"title", "own_number"}),
    "Proposal": frozenset({"title"}),
    "Contract": frozenset({"title"}),
    "LetterBatch": frozenset({"record_number", "document_number", "commitment_number", "approver_title"}),
}  # what a figure or a number is found by again
WORDS = (Line, Text, models.JSONField, models.EmailField)
APART = frozenset({"Hold", "TermExtension", "Discard"})  # the record of keeping and throwing away itself
FROZEN = (
    "grants.ApplicationSnapshot:snapshot_is_frozen",
    "documents.Document:document_frozen",
)  # opened here and nowhere else: an erased paper keeps its number, its day and its digest


@dataclass(slots=True)
class Erased:
    """How many rows were emptied and how many files ended."""

    rows: int = 0
    files: int = 0


def erase(case: Kept) -> Erased:
    """Empty a locked file in the caller's transaction; the bytes of its files go when that is committed."""
    done, keys, stored = Erased(), [str(case.pk)], set[Any]()
    with pgtrigger.ignore(*FROZEN):
        for rows in (*owned(case), *_students(case), *_batches(case)):
            keys += [str(key) for key in rows.values_list("pk", flat=True)]
            done.rows += _empty(rows)
            stored |= _files(rows)
        payments = Payment.objects.filter(case_id__in=keys)
        keys += [str(key) for key in payments.values_list("pk", flat=True)]
        done.rows += payments.exclude(payee=MARK).update(payee=MARK, payee_user=None)
        papers = Document.objects.filter(object_id__in=keys)
        stored |= _files(papers)
        done.rows += papers.update(snapshot={})
    done.rows += TransitionNote.objects.filter(target_id__in=keys).update(text=MARK)
    done.rows += OutboxMessage.objects.filter(about_id__in=keys).delete()[0]
    done.files = uploads.shred(StoredFile.objects.filter(pk__in=stored))
    return done


def owned(case: Kept) -> Iterator[QuerySet[Any]]:
    """The rows of each table of the grants that belong to the file, itself first."""
    yield from _below(type(case), [case.pk])


def _students(case: Kept) -> Iterator[QuerySet[Any]]:
    """④: supporters are wanted for the theme, not for one proposal; what they wrote goes with the last file of the theme."""
    if not isinstance(case, Proposal):
        return
    files = Proposal.objects.filter(call__theme=case.call.theme_id, submitted_at__isnull=False)
    if not files.filter(erased_at__isnull=True).exclude(pk=case.pk).exists():
        wanted = SupportRequest.objects.filter(theme=case.call.theme_id)
        yield from _below(SupportRequest, list(wanted.values_list("pk", flat=True)))


def _batches(case: Kept) -> Iterator[QuerySet[Any]]:
    """What a batch says of all its files – 不交付の理由, 伺い, the office's 決裁 – goes with the last of them."""
    if not isinstance(case, Application):
        return
    items = BatchItem.objects.filter(batch=OuterRef("pk"))
    others = items.filter(application__erased_at__isnull=True).exclude(application=case.pk)
    yield LetterBatch.objects.filter(Exists(items.filter(application=case.pk)), ~Exists(others))


def _below(file: type[models.Model], keys: list[Any]) -> Iterator[QuerySet[Any]]:
    for model, paths in paths_to_file(file).items():
        found = Q()
        for path in paths:
            found |= Q(**{f"{path}__in": keys})
        yield model._default_manager.filter(found)


def paths_to_file(file: type[models.Model]) -> dict[type[models.Model], list[str]]:
    """By table: every chain of foreign keys that leads to a file of this kind, no table twice in one chain."""
    found: dict[type[models.Model], list[str]] = {file: ["pk"]}
    waiting: list[tuple[tuple[type[models.Model], ...], str]] = [((file,), "")]
    while waiting:
        chain, path = waiting.pop(0)
        for model in apps.get_app_config("grants").get_models():
            if model.__name__ in APART or model in chain:
                continue
            for field in model._meta.concrete_fields:
                if field.related_model is chain[-1]:
                    longer = f"{field.name}__{path}" if path else field.name
                    found.setdefault(model, []).append(longer)
                    waiting.append(((*chain, model), longer))
    return found


def texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns of a table that hold people's words."""
    kept = KEPT.get(model.__name__, frozenset())
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, WORDS) or field.name.endswith("_key")
        if field.name not in kept
    ]


def _empty(rows: QuerySet[Any]) -> int:
    values: dict[str, Any] = {}
    for field in texts(rows.model):
        if isinstance(field, models.JSONField):
            values[field.name] = field.get_default() if field.has_default() else {}
        elif isinstance(field, models.EmailField):
            values[field.name] = ""
        elif field.name.endswith("_key"):  # a name made comparable, of which no two may be alike
            values[field.name] = Cast("pk", output_field=models.CharField())
        else:
            values[field.name] = Case(
                When(**{field.name: ""}, then=Value("")), default=Value(MARK), output_field=field
            )
    return rows.update(**values) if values else 0


def _files(rows: QuerySet[Any]) -> set[Any]:
    names = [field.name for field in rows.model._meta.concrete_fields if field.related_model is StoredFile]
    return {key for name in names for key in rows.values_list(name, flat=True) if key is not None}
