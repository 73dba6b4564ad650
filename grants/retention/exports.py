"""The list of the retention as a file: through the same rule of seeing as the page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.kernel.actors import Actor
from portal.kernel.exports import ExportColumn as Column
from portal.kernel.exports import ExportKind

from ..queries import READERS
from . import queries
from .enums import DiscardState
from .kinds import KINDS


def _rows(by: Actor, params: Mapping[str, str]) -> QuerySet[Any]:
    kind = params.get("kind", "")
    rows = queries.ended(Scope.of(by), kind if kind in KINDS else "application")
    return queries.narrowed(rows, params.get("show", "due"))


def _discard(row: Any) -> str:
    state = row.discard_state
    return str(DiscardState(state).label) if state else ""


RETENTION = ExportKind(
    key="retention", label="文書の保存と廃棄", rows=_rows, order=("kept_until", "id"), roles=READERS, params=("kind", "show"),
    columns=(
        Column("年度", lambda row: row.menu.programme.year_label), Column("メニュー", lambda row: row.menu.mark_number, 10),
        Column("名称", str, 40), Column("市町村", lambda row: row.municipality.name),
        Column("状態", lambda row: row.get_state_display()), Column("終わった日", lambda row: row.ended_on),
        Column("保存年数", lambda row: row.menu.retention_years, 10), Column("保存する最後の日", lambda row: row.kept_until),
        Column("残す理由", lambda row: "、".join(row.holding), 30), Column("廃棄", _discard, 12),
        Column("交付決定額(円)", lambda row: getattr(row, "decided_yen", None)), Column("確定額(円)", lambda row: getattr(row, "settled_yen", None)),
        Column("廃棄した日時", lambda row: row.erased_at, 20),
    ),
)  # fmt: skip
