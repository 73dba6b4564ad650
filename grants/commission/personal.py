"""Everything menu ④ holds about one person, for 開示 (個人情報保護法76条)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from ..models import (
    CommissionCall,
    CommissionQuestion,
    CommissionTheme,
    PanelInterest,
    PanelSeat,
    Proposal,
    ProposalFile,
    QualificationAnswer,
    ScoreSheet,
    ThemeOpinion,
)


def rows(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Where this person wrote, proposed or judged something."""
    return {
        "テーマ": _themes(user_id),
        "企画提案の公募": _calls(user_id),
        "公募への質問": _questions(user_id),
        "企画提案": _proposals(user_id),
        "企画提案の書類": _files(user_id),
        "資格の判定": _qualifications(user_id),
        **_panel(user_id),
    }


def _themes(user_id: UUID) -> list[dict[str, Any]]:
    mine = Q(created_by=user_id) | Q(proposed_by=user_id) | Q(judged_by=user_id)
    return [
        {
            "テーマ": row.title,
            "作った": row.created_by_id == user_id,
            "提案した": row.proposed_by_id == user_id,
            "選定した": row.judged_by_id == user_id,
        }
        for row in CommissionTheme.objects.filter(mine).order_by("created_at", "id")
    ]


def _calls(user_id: UUID) -> list[dict[str, Any]]:
    mine = Q(created_by=user_id) | Q(published_by=user_id) | Q(panel_by=user_id)
    mine |= Q(announced_by=user_id) | Q(voided_by=user_id)
    return [
        {"業務の名称": row.title, "状態": row.get_state_display()}
        for row in CommissionCall.objects.filter(mine).order_by("created_at", "id")
    ]


def _questions(user_id: UUID) -> list[dict[str, Any]]:
    found = CommissionQuestion.objects.filter(Q(asked_by=user_id) | Q(answered_by=user_id))
    return [
        {
            "公募": str(row.call),
            "書いたこと": row.text if row.asked_by_id == user_id else row.answer,
            "名前": row.asker_name if row.asked_by_id == user_id else "",
            "メールアドレス": row.email if row.asked_by_id == user_id else "",
        }
        for row in found.select_related("call").order_by("asked_at", "id")
    ]


def _proposals(user_id: UUID) -> list[dict[str, Any]]:
    mine = Q(created_by=user_id) | Q(submitted_by=user_id) | Q(judged_by=user_id) | Q(withdrawn_by=user_id)
    return [
        {
            "企画": str(row),
            "団体": row.organisation.name,
            "作った": row.created_by_id == user_id,
            "提出した": row.submitted_by_id == user_id,
            "資格を審査した": row.judged_by_id == user_id,
            "代表者": row.representative if row.created_by_id == user_id else "",
            "担当者": row.contact_name if row.created_by_id == user_id else "",
        }
        for row in Proposal.objects.filter(mine).select_related("organisation").order_by("created_at", "id")
    ]


def _files(user_id: UUID) -> list[dict[str, Any]]:
    rows = ProposalFile.objects.filter(added_by=user_id).select_related("proposal", "file")
    return [
        {"企画": str(row.proposal), "書類": row.get_kind_display(), "ファイル名": row.file.filename}
        for row in rows.order_by("created_at", "id")
    ]


def _qualifications(user_id: UUID) -> list[dict[str, Any]]:
    rows = QualificationAnswer.objects.filter(answered_by=user_id).select_related("proposal")
    return [
        {
            "企画": str(row.proposal),
            "項目": row.key,
            "判定": row.get_verdict_display(),
            "気づいたこと": row.note,
        }
        for row in rows.order_by("answered_at", "id")
    ]


def _panel(user_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Where this person sat, declared, ruled, scored or gave an opinion."""
    seats = PanelSeat.objects.filter(Q(user=user_id) | Q(seated_by=user_id)).select_related("call")
    interests = PanelInterest.objects.filter(Q(seat__user=user_id) | Q(ruled_by=user_id))
    sheets = ScoreSheet.objects.filter(seat__user=user_id).select_related("proposal__call")
    opinions = ThemeOpinion.objects.filter(written_by=user_id).select_related("proposal")
    return {
        "審査委員の席": [
            {
                "公募": str(row.call),
                "審査委員": row.user_id == user_id,
                "職・専門": row.title if row.user_id == user_id else "",
            }
            for row in seats.order_by("seated_at", "id")
        ],
        "利害関係の申告": [
            {
                "公募": str(row.seat.call),
                "申告": row.get_declared_display(),
                "関係": row.kinds if row.seat.user_id == user_id else [],
            }
            for row in interests.select_related("seat__call").order_by("created_at", "id")
        ],
        "採点票": [
            {"公募": str(row.proposal.call), "状態": row.get_state_display(), "全体の意見": row.comment}
            for row in sheets.order_by("created_at", "id")
        ],
        "市町村の意見": [
            {"企画": str(row.proposal), "意見": row.text} for row in opinions.order_by("written_at", "id")
        ],
    }
