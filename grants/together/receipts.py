"""The receipt of what was filed under ①, ② or ④: the paper with its number, and the digest of everything it says."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.accounts.models import User
from portal.documents.models import Document

from .drafts import Draft


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was filed, when and by whom. `digest`: SHA-256 of the content frozen at the submission (canonical JSON)."""

    document: Document
    submitted_at: datetime
    submitted_by: User | None
    digest: str


def receipt(draft: Draft, documents: Iterable[Document], kind: str) -> Receipt | None:
    """Of the newest paper of `kind` among the draft's own, newest first; None before it was filed or once it is erased."""
    paper = next((row for row in documents if row.kind == kind and row.snapshot), None)
    submitted_at = getattr(draft, "submitted_at", None)
    if paper is None or submitted_at is None:
        return None
    canonical = json.dumps(paper.snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Receipt(paper, submitted_at, draft.submitted_by, digest)  # type: ignore[union-attr]
