"""Who may do what to a document. The app that owns the case decides; the kind names its permissions."""

from typing import Any

import rules
from django.apps import apps

from portal.kernel import permissions, ports
from portal.kernel.actors import Actor

from .models import Document


def object_of(document: Document) -> Any | None:
    """The case a document is about, in one query; None when its kind or the case is gone."""
    kind = ports.document_kinds.get(document.kind)
    return apps.get_model(kind.model)._default_manager.filter(pk=document.object_id).first() if kind else None


@rules.predicate
def may_void(actor: Actor, document: Document) -> bool:
    """The kind names a permission for it, and the actor has that on the case."""
    kind = ports.document_kinds.get(document.kind)
    if kind is None or not kind.void_permission:
        return False
    case = object_of(document)
    return case is not None and bool(permissions.check(actor, kind.void_permission, case))


@rules.predicate
def may_issue(actor: Actor, document: Document) -> bool:
    """Whoever may issue the next version may have the earlier one replaced by it."""
    kind = ports.document_kinds.get(document.kind)
    case = object_of(document) if kind else None
    return kind is not None and case is not None and bool(permissions.check(actor, kind.permission, case))


permissions.define(
    "documents.void_document", may_void, reason="この文書を無効にできるのは、文書を発行した担当者だけです。"
)
permissions.define(
    "documents.replace_document",
    may_issue,
    reason="この文書を差し替えられるのは、新しい版を発行できる人だけです。",
)
permissions.define(
    "documents.finish_document", rules.always_deny, reason="文書の作成は、自動処理が終えます。"
)
