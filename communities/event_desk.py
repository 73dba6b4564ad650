"""Meetings without a report on the desk, and what events hold about one person."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse

from portal.accounts.scope import Scope
from portal.kernel.clock import JST
from portal.kernel.ports import DeskItem

from .enums import EventState
from .enums_events import REPORT_DAYS
from .models import EventReport, Pitch
from .queries.event_after import events_to_report
from .rules import WARD_STAFF

SHOWN = 20


def desk_items(scope: Scope) -> Iterator[DeskItem]:
    """「報告がまだ」: meetings that are over, to be reported within two weeks. One query."""
    if not scope.areas(*WARD_STAFF):
        return
    for event in events_to_report(scope, SHOWN):
        held = event.state == EventState.HELD
        yield DeskItem(
            title="報告がまだの催し" if held else "開催の記録がまだの催し",
            meta=f"{event.title}・{event.area.name}",
            url=reverse(
                "communities:event_report" if held else "communities:staff_event_detail", args=[event.pk]
            ),
            action="報告を書く" if held else "記録する",
            due_on=event.ends_at.astimezone(JST).date() + timedelta(days=REPORT_DAYS),
        )


def personal_data(user_id: UUID) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Pitches and reports of one person. Two queries."""
    pitches = Pitch.objects.filter(user=user_id).select_related("event").order_by("created_at")
    reports = EventReport.objects.filter(reported_by=user_id).select_related("event").order_by("created_at")
    return {
        "ピッチの申込み": [
            {
                "催し": row.event.title, "話す人": row.name, "題": row.title, "ひとこと": row.note,
                "状態": row.get_state_display(), "申し込んだ日時": row.created_at,
            }
            for row in pitches
        ],
        "報告した催し": [{"催し": row.event.title, "報告した日時": row.reported_at} for row in reports],
    }  # fmt: skip
