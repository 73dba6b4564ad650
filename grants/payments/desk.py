"""What payments put on the accountant's desk."""

from collections.abc import Iterable

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.money import yen
from portal.kernel.ports import DeskItem

from . import queries

SHOWN = 20


def items(scope: Scope) -> Iterable[DeskItem]:
    """Orders that wait, the oldest first, due by the last day their year can pay. One query."""
    if scope.has(Role.ACCOUNTANT):
        for row in queries.open_of(scope).order_by("ordered_on", "id")[:SHOWN]:
            yield DeskItem(
                title=f"{row.title}を支払う", meta=f"{row.get_kind_display()}・差引 {yen(row.net_yen)}",
                url=row.get_absolute_url(), action="開く", due_on=row.last_on,
            )  # fmt: skip
