"""The wall of what grew out of a community, and the way of one initiative from stage to stage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from portal.kernel.models import AuditEntry

from ..enums import Stage
from ..models import Initiative

STARTED = "communities.initiative.started"


def wall_of(initiatives: Iterable[Initiative]) -> list[tuple[str, list[tuple[str, str]], str]]:
    """Every stage with its initiatives, 終了 only when one ended: (stage, [(title, address)], words for none). No query."""
    rows = list(initiatives)
    return [
        (
            str(stage.label),
            [(row.title, row.get_absolute_url()) for row in rows if row.stage == stage],
            "まだありません。",
        )
        for stage in Stage
        if stage != Stage.ENDED or any(row.stage == stage for row in rows)
    ]


@dataclass(frozen=True, slots=True)
class Move:
    """One step on the way: when it came to which stage. Who moved it is for staff and organisers."""

    at: datetime
    label: str
    is_now: bool = False


def way_of(initiative: Initiative) -> list[Move]:
    """From the first line to where it stands, oldest first, as the record of audit has it. One query."""
    rows = AuditEntry.objects.filter(
        target_type="communities.initiative",
        target_id=str(initiative.pk),
        event__startswith="communities.initiative.",
    ).order_by("id")
    moves = [
        Move(row.at, str(Stage(row.data.get("to", Stage.IDEA)).label))
        for row in rows
        if row.event == STARTED or "to" in row.data
    ]
    return [*moves[:-1], Move(moves[-1].at, moves[-1].label, is_now=True)] if moves else []
