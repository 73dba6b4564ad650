"""What the officer's day holds about one person: notes about them, and what they did as staff."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from ..models import BulkRun, Contact, Inquiry, InquiryReply


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Conversations about the person in full, those they wrote and hold by name, their bulk runs, inquiries and answers. Six queries."""
    about = Contact.objects.filter(subject_kind="person", subject_id=user_id).order_by("created_at")
    wrote = Contact.objects.filter(recorded_by=user_id).order_by("created_at")
    holds = Contact.objects.filter(holder=user_id).order_by("created_at")
    runs = BulkRun.objects.filter(run_by=user_id).order_by("created_at")
    asked = Inquiry.objects.filter(asked_by=user_id).order_by("created_at")
    replies = (
        InquiryReply.objects.filter(answered_by=user_id)
        .select_related("recipient__inquiry")
        .order_by("created_at")
    )
    return {
        "照会": [
            *({"内容": "つくった照会", "件名": row.title, "日時": row.created_at} for row in asked),
            *(
                {"内容": f"回答(第{row.version}版)", "件名": row.recipient.inquiry.title, "日時": row.created_at,
                 "回答": "、".join(str(value) for value in row.values.values())}
                for row in replies
            ),
        ],
        "対応記録(本人について)": [
            {
                "あった日": row.happened_on, "手段": row.get_channel_display(), "内容": row.text,
                "約束したこと": row.promise, "いつまでに": row.due_on, "状態": row.get_state_display(),
            }
            for row in about
        ],
        "対応記録(職員として)": [
            *({"内容": "書いた記録", "相手": row.subject_title, "日": row.happened_on} for row in wrote),
            *({"内容": "受け持つ約束", "相手": row.subject_title, "日": row.due_on} for row in holds),
        ],
        "まとめて行った手続き": [
            {"手続き": row.get_step_display(), "できた数": row.done_count, "日時": row.created_at} for row in runs
        ],
    }  # fmt: skip
