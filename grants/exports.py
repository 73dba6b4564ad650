"""The prefecture's files as a file: through the same rule of seeing and the same filters as the queue."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.kernel.actors import Actor
from portal.kernel.exports import ExportColumn as Column
from portal.kernel.exports import ExportKind

from . import queries
from .filters import narrowed
from .models import Application


def _rows(by: Actor, params: Mapping[str, str]) -> QuerySet[Application]:
    scope = Scope.of(by)
    return queries.as_filed(narrowed(queries.with_case(queries.received(scope)), params, scope))


def _filed(name: str) -> Any:
    """What the newest submission says: a returned file is being written anew, and that is not filed yet."""
    return lambda row: row.filed[name]


APPLICATIONS = ExportKind(
    key="applications", label="提出された申請", rows=_rows, order=("submitted_at", "id"), roles=queries.READERS,
    params=("state", "year", "municipality", "office", "holder"),
    columns=(
        Column("年度", lambda row: row.menu.programme.year_label), Column("メニュー", lambda row: row.menu.mark_number, 10),
        Column("事業の名称", _filed("title"), 40), Column("市町村コード", lambda row: row.municipality_id, 12),
        Column("市町村", lambda row: row.municipality.name), Column("振興局・支庁", lambda row: row.office.name, 24),
        Column("コミプラ", lambda row: row.platform.name, 30), Column("型", _filed("type_label"), 24),
        Column("進め方", lambda row: row.get_mode_display(), 12), Column("総事業費(円)", _filed("total_yen")),
        Column("補助対象経費(円)", _filed("base_yen")), Column("交付申請額(円)", _filed("grant_yen")),
        Column("交付決定額(円)", lambda row: row.decided_yen), Column("確定額(円)", lambda row: row.settled_yen),
        Column("状態", lambda row: row.get_state_display()),
        Column("提出日時", lambda row: row.submitted_at, 20), Column("提出の回数", lambda row: row.version, 12),
        Column("担当", lambda row: row.held_by.name if row.held_by else ""), Column("審査の目安", lambda row: row.due_on),
        Column("補正の期限", lambda row: row.correct_on), Column("決定した日時", lambda row: row.decided_at, 20),
        Column("文書番号", lambda row: row.own_number, 20),
    ),
)  # fmt: skip
