"""{% document_link document %}: one document on any page, with its state and the way to its file."""

from typing import Any

from django import template

from portal.documents import queries
from portal.documents.models import Document

register = template.Library()


@register.inclusion_tag("documents/_document_link.html", takes_context=True)
def document_link(context: Any, document: Document, progress: bool = True) -> dict[str, Any]:
    """Title, 確認番号, and 準備中 (with the progress of its job), the download, or what became of it.

    No query, except one while the file is being made; `progress=False` in long lists keeps it at none.
    """
    waiting = progress and not document.is_ready
    return {
        "document": document,
        "job": queries.job_of(document) if waiting else None,
    }
