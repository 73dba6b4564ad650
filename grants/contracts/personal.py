"""Everything contracts hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import Amendment, Contract, ContractFile, JointMeeting, PartialWork

STEPS = ("created", "quoted", "started", "completed", "inspected", "invoiced", "closed")


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person took a step, handed a paper in, or wrote minutes. Names in an attendance are kept as text."""
    mine = Q()
    for name in STEPS:
        mine |= Q(**{f"{name}_by": user_id})
    files = ContractFile.objects.filter(added_by=user_id).select_related("contract", "file")
    meetings = JointMeeting.objects.filter(written_by=user_id).select_related("contract")
    changes = Amendment.objects.filter(asked_by=user_id).select_related("contract")
    return {
        "契約の出来形": _parts(user_id),
        "契約の変更": [
            {"業務の名称": row.contract.title, "何回目": row.number, "理由": row.reason}
            for row in changes.order_by("asked_at", "id")
        ],
        "業務委託契約": [
            {
                "業務の名称": row.title,
                "状態": row.get_state_display(),
                "検査した": row.inspected_by_id == user_id,
            }
            for row in Contract.objects.filter(mine).order_by("created_at", "id")
        ],
        "契約の書類": [
            {
                "業務の名称": row.contract.title,
                "書類": row.get_kind_display(),
                "ファイル名": row.file.filename,
            }
            for row in files.order_by("created_at", "id")
        ],
        "協議の記録": [
            {"業務の名称": row.contract.title, "日": row.held_on}
            for row in meetings.order_by("held_on", "id")
        ],
    }


def _parts(user_id: UUID) -> list[Mapping[str, Any]]:
    """Where this person inspected, decided or invoiced the accepted part of a terminated contract."""
    parts = PartialWork.objects.filter(
        Q(inspected_by=user_id) | Q(decided_by=user_id) | Q(invoiced_by=user_id)
    ).select_related("contract")
    return [
        {
            "業務の名称": row.contract.title,
            "状態": row.get_state_display(),
            "検査した": row.inspected_by_id == user_id,
        }
        for row in parts.order_by("created_at", "id")
    ]
