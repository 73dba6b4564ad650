"""What the officer's day holds about one person: notes about them, and what they did as staff."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from .models import BulkRun, Contact


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Conversations about the person in full, those they wrote and hold by name, their bulk runs. Four queries."""
    about = Contact.objects.filter(subject_kind="person", subject_id=user_id).order_by("created_at")
    wrote = Contact.objects.filter(recorded_by=user_id).order_by("created_at")
    holds = Contact.objects.filter(holder=user_id).order_by("created_at")
    runs = BulkRun.objects.filter(run_by=user_id).order_by("created_at")
    return {
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
