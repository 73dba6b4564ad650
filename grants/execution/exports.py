"""執行管理 as files: the 科目 with their sums."""

from collections.abc import Mapping

from django.db.models import QuerySet

from portal.accounts.scope import Scope
from portal.kernel.actors import Actor
from portal.kernel.exports import ExportColumn as Column
from portal.kernel.exports import ExportKind

from ..enums import Setsu
from ..models import BudgetLine
from ..payments.queries import READERS
from . import queries
from .sums import left, uncommitted


def _rows(by: Actor, params: Mapping[str, str]) -> QuerySet[BudgetLine]:
    programmes = queries.programmes_of(Scope.of(by))
    if params.get("programme"):
        programmes = programmes.filter(slug=params["programme"])
    return queries.lines(programmes)


EXECUTION = ExportKind(
    key="execution", label="執行管理", rows=_rows, order=("kan", "id"), roles=READERS, params=("programme",),
    columns=(
        Column("年度", lambda row: row.programme.year_label), Column("事業", lambda row: row.programme.title, 40),
        Column("款", lambda row: row.kan), Column("項", lambda row: row.kou), Column("目", lambda row: row.moku),
        Column("節", lambda row: Setsu(row.setsu).heading, 24), Column("予算額", lambda row: row.amount_yen, 14),
        Column("負担行為の予定", lambda row: row.planned_yen, 14), Column("支出負担行為", lambda row: row.committed_yen, 14),
        Column("うち繰越し", lambda row: row.carried_yen, 14),
        Column("支出命令", lambda row: row.ordered_yen, 14), Column("支出済", lambda row: row.paid_yen, 14),
        Column("うち概算払", lambda row: row.advanced_yen, 14),
        Column("戻入", lambda row: row.returned_yen, 14), Column("予算の残", uncommitted, 14), Column("未払", left, 14),
    ),
)  # fmt: skip
