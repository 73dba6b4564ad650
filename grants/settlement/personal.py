"""What the files after their decision hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import ChangeRequest, Inspection, Invoice, ResultFile, ResultReport, SheetTyped, StatusReport


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person wrote, reported or attached something."""
    return {
        **_changes(user_id),
        "実績報告": [
            {
                "申請": str(row.application),
                "書いた": row.saved_by_id == user_id,
                "報告した": row.filed_by_id == user_id,
                "実施した内容": row.content,
                "成果": row.outcome,
            }
            for row in ResultReport.objects.filter(Q(saved_by=user_id) | Q(filed_by=user_id))
            .select_related("application")
            .order_by("created_at", "id")
        ],
        "実績の証拠書類": [
            {"申請": str(row.report.application), "書類": row.title, "ファイル名": row.file.filename}
            for row in ResultFile.objects.filter(added_by=user_id)
            .select_related("report__application", "file")
            .order_by("created_at", "id")
        ],
        "検査調書": [
            {"申請": str(row.application), "検査した日": row.inspected_on, "所見": row.findings}
            for row in Inspection.objects.filter(inspected_by=user_id)
            .select_related("application")
            .order_by("created_at", "id")
        ],
        "請求書": [
            {"申請": str(row.application), "請求した日時": row.filed_at, "請求額": row.amount_yen}
            for row in Invoice.objects.filter(filed_by=user_id)
            .select_related("application")
            .order_by("filed_at", "id")
        ],
    }


def _changes(user_id: UUID) -> dict[str, Sequence[Mapping[str, Any]]]:
    """What they wanted to change, and how they said it stands."""
    return {
        "実績と変更の取り置いた入力": [
            {
                "申請": str(row.application),
                "何に": row.get_sheet_display(),
                "入力日時": row.typed_at,
                "内容": row.sent,
            }
            for row in SheetTyped.objects.filter(typed_by=user_id).select_related("application")
        ],
        "変更の申請": [
            {
                "申請": str(row.application),
                "書いた": row.saved_by_id == user_id,
                "申請した": row.filed_by_id == user_id,
                "変更の理由": row.reason,
            }
            for row in ChangeRequest.objects.filter(Q(saved_by=user_id) | Q(filed_by=user_id))
            .select_related("application")
            .order_by("created_at", "id")
        ],
        "状況報告": [
            {"申請": str(row.application), "いつの時点か": row.stood_on, "進み具合": row.content}
            for row in StatusReport.objects.filter(filed_by=user_id)
            .select_related("application")
            .order_by("filed_at", "id")
        ],
    }
