"""The list of the retention as a file: through the same rule of seeing as the page."""

from collections.abc import Mapping

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.kernel.actors import Actor
from portal.kernel.exports import ExportColumn as Column
from portal.kernel.exports import ExportKind

from ..models import Application
from ..queries import READERS
from . import queries
from .enums import DiscardState


def _rows(by: Actor, params: Mapping[str, str]) -> QuerySet[Application]:
    return queries.narrowed(queries.ended(Scope.of(by)), params.get("show", "due"))


def holding(row: Application) -> str:
    """What keeps a file beyond its term, in words."""
    found = (("is_held", "保留"), ("is_bound", "処分制限期間中の財産"), ("is_owed", "納入待ちの返還"))
    return "、".join(words for name, words in found if getattr(row, name))


def _discard(row: Application) -> str:
    state = row.discard_state  # type: ignore[attr-defined]
    return str(DiscardState(state).label) if state else ""


RETENTION = ExportKind(
    key="retention", label="文書の保存と廃棄", rows=_rows, order=("kept_until", "id"), roles=READERS, params=("show",),
    columns=(
        Column("年度", lambda row: row.menu.programme.year_label), Column("メニュー", lambda row: row.menu.mark_number, 10),
        Column("事業の名称", lambda row: row.title, 40), Column("市町村", lambda row: row.municipality.name),
        Column("状態", lambda row: row.get_state_display()), Column("終わった日", lambda row: row.ended_on),
        Column("保存年数", lambda row: row.menu.retention_years, 10), Column("保存する最後の日", lambda row: row.kept_until),
        Column("残す理由", holding, 30), Column("廃棄", _discard, 12),
        Column("交付決定額(円)", lambda row: row.decided_yen), Column("確定額(円)", lambda row: row.settled_yen),
        Column("廃棄した日時", lambda row: row.erased_at, 20),
    ),
)  # fmt: skip
