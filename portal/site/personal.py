"""What the entrance holds about one person: what they put off on their own desk."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from .models import DeskSnooze


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """The rows of あとで. One query."""
    rows = DeskSnooze.objects.filter(user=user_id).order_by("until_on", "id")
    return {
        "あとでにした仕事": [
            {"また出す日": row.until_on, "理由": row.reason, "決めた日時": row.created_at} for row in rows
        ]
    }
