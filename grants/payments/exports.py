"""The accountant's list as a file: through the same rule of seeing as the list."""

from collections.abc import Mapping

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.kernel.actors import Actor
from portal.kernel.exports import ExportColumn as Column
from portal.kernel.exports import ExportKind

from ..models import Payment
from . import queries


def _rows(by: Actor, params: Mapping[str, str]) -> QuerySet[Payment]:
    rows = queries.with_row(queries.visible_to(Scope.of(by)))
    return queries.narrowed(rows, state=params.get("state", ""), year=params.get("year", ""))


PAYMENTS = ExportKind(
    key="payments", label="支払い", rows=_rows, order=("ordered_on", "id"), roles=queries.READERS, params=("state", "year"),
    asks_purpose=True, note="支払先の氏名が入ります。使い終わったら、ファイルを消してください。",
    columns=(
        Column("照合番号", lambda row: row.reference, 14), Column("支出命令番号", lambda row: row.order_number),
        Column("科目", lambda row: str(row.line) if row.line else "", 40),
        Column("年度", lambda row: row.year_label), Column("件名", lambda row: row.title, 40),
        Column("種類", lambda row: row.get_kind_display(), 20), Column("支払先", lambda row: row.payee, 24),
        Column("支払額", lambda row: row.gross_yen, 12), Column("源泉徴収額", lambda row: row.withheld_yen, 12),
        Column("差引支払額", lambda row: row.net_yen, 12), Column("状態", lambda row: row.get_state_display(), 12),
        Column("支出命令の日", lambda row: row.ordered_on), Column("支払日", lambda row: row.paid_on),
        Column("支出した年度", lambda row: row.charged_label), Column("過年度支出", lambda row: "過年度" if row.is_past_year else "", 8),
    ),
)  # fmt: skip
