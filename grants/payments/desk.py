"""What payments put on the accountant's desk."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.fiscal import wareki
from portal.kernel.money import yen
from portal.kernel.ports import DeskItem

from . import queries

SHOWN = 20


def items(scope: Scope) -> Iterable[DeskItem]:
    """Orders that wait, the oldest first. One query.

    The last day on which their year can pay is their deadline from the day of its first reminder on
    (`GRANTS_REMINDER_DAYS`); until then the day of the order is told, for nobody pays in November by 31 May.
    """
    if scope.has(Role.ACCOUNTANT):
        near = clock.today_jst() + timedelta(days=max(settings.GRANTS_REMINDER_DAYS, default=0))
        for row in queries.open_of(scope).order_by("ordered_on", "id")[:SHOWN]:
            yield DeskItem(
                title=f"{row.title}を支払う",
                meta=f"{row.get_kind_display()}・差引 {yen(row.net_yen)}・{wareki(row.ordered_on)}の支出命令",
                url=row.get_absolute_url(), action="開く", due_on=row.last_on if row.last_on <= near else None,
            )  # fmt: skip
