"""What is held about who took lists out and brought tables in."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from portal.kernel import ports
from portal.kernel.export_models import Export
from portal.kernel.import_models import Import


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """What this person exported and for what, and the tables they sent or had registered. Two queries."""
    ref = f"user:{user_id}"
    taken = Export.objects.filter(owner_ref=ref).order_by("created_at", "id")
    brought = Import.objects.filter(Q(uploaded_by_ref=ref) | Q(asked_by_ref=ref)).order_by("created_at", "id")
    return {
        "書き出した一覧": [
            {
                "一覧": _label(ports.export_kinds.get(row.kind), row.kind),
                "形": row.get_form_display(), "絞り込み": "、".join(f"{key}={value}" for key, value in row.params.items()),
                "使いみち": row.purpose, "行": row.row_count, "日時": row.created_at,
            }
            for row in taken
        ],
        "表からの登録": [
            {
                "表": _label(ports.import_kinds.get(row.kind), row.kind),
                "ファイル": row.filename, "状態": row.get_state_display(), "行": row.row_count, "日時": row.created_at,
            }
            for row in brought
        ],
    }  # fmt: skip


def _label(kind: Any, key: str) -> str:
    """What the list is called; a list that is no longer there keeps its key."""
    return str(kind.label) if kind else key
