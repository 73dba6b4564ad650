"""Everything the grants hold about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import (
    Application,
    ApplicationPart,
    Attachment,
    CheckAnswer,
    Correction,
    NeedsAnswer,
    NeedsSurvey,
    Remark,
    SetAside,
)


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person started, saved, attached, submitted or took, asked or answered something."""
    roles = Q(created_by=user_id) | Q(submitted_by=user_id) | Q(held_by=user_id) | Q(withdrawn_by=user_id)
    roles |= Q(reviewing_by=user_id)
    return {
        "補助金の申請": [
            {
                "事業の名称": str(row),
                "作った": row.created_by_id == user_id,
                "提出した": row.submitted_by_id == user_id,
                "担当": row.held_by_id == user_id,
                "状態": row.get_state_display(),
            }
            for row in Application.objects.filter(roles).order_by("created_at", "id")
        ],
        "申請の部分の保存": [
            {"申請": str(row.application), "部分": row.get_key_display(), "保存日時": row.saved_at}
            for row in ApplicationPart.objects.filter(saved_by=user_id)
            .select_related("application")
            .order_by("saved_at", "id")
        ],
        "添付した書類": [
            {"申請": str(row.application), "書類": row.title, "ファイル名": row.file.filename}
            for row in Attachment.objects.filter(added_by=user_id)
            .select_related("application", "file")
            .order_by("created_at", "id")
        ],
        **_needs(user_id),
        "取り置いた入力": [
            {"部分": row.part.get_key_display(), "入力日時": row.typed_at, "内容": row.sent}
            for row in SetAside.objects.filter(typed_by=user_id).select_related("part")
        ],
        **_examining(user_id),
    }


def _examining(user_id: UUID) -> dict[str, Sequence[Mapping[str, Any]]]:
    """What they asked, answered and found while a file was examined."""
    return {
        "補正の指摘と回答": [
            {
                "申請": str(row.application),
                "部分": row.get_part_display(),
                "書いたこと": row.text if row.written_by_id == user_id else row.answer,
            }
            for row in Remark.objects.filter(Q(written_by=user_id) | Q(answered_by=user_id))
            .select_related("application")
            .order_by("created_at", "id")
        ],
        "補正の依頼": [
            {"申請": str(row.application), "期限": row.due_on, "依頼した日時": row.asked_at}
            for row in Correction.objects.filter(asked_by=user_id)
            .select_related("application")
            .order_by("asked_at")
        ],
        "審査の項目の判定": [
            {
                "申請": str(row.application),
                "項目": row.key,
                "判定": row.get_verdict_display(),
                "気づいたこと": row.note,
            }
            for row in CheckAnswer.objects.filter(answered_by=user_id)
            .select_related("application")
            .order_by("answered_at", "id")
        ],
    }


def _needs(user_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Where this person asked, answered or noticed in a 要望調査."""
    return {
        "要望調査の回答": [
            {
                "調査": str(row),
                "提出した": row.answered_by_id == user_id,
                "内示した": row.noticed_by_id == user_id,
            }
            for row in NeedsAnswer.objects.filter(
                Q(saved_by=user_id) | Q(answered_by=user_id) | Q(noticed_by=user_id)
            )
            .select_related("municipality", "survey__menu__programme")
            .order_by("created_at", "id")
        ],
        "要望調査": [
            {"調査": str(row), "照会日時": row.asked_at}
            for row in NeedsSurvey.objects.filter(asked_by=user_id).select_related("menu__programme")
        ],
    }
