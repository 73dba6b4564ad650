"""分割納付: the days on which the rest of a 返還 comes in, agreed by the office, replaced by a later agreement."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from django.db import transaction

from communities.saving import insert, insert_all, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import is_business_day
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import queries
from ...models import Instalment, InstalmentPlan, Reclaim
from .. import mails
from ..enums import INSTALMENTS_MAX, INSTALMENTS_MIN, INSTALMENTS_SPAN


@transaction.atomic
def agree_instalments(
    *, by: Actor, reclaim: Reclaim, reason: str, plan: Sequence[tuple[date, int]], own_number: str = ""
) -> InstalmentPlan:
    """Agree that what is open of the principal comes in on the days of `plan`, with the reason; an older plan is replaced.

    `own_number`: of the 決裁 that the office made outside. The 納期限 of the 納入通知 stays: 延滞金 counts from it upon what is open
    on each day (適正化法19条2項). Locks the case. Raises PermissionDenied, Refusal (collected, sums that do not add up, days).
    """
    permissions.require(by, "grants.issue_reclaim", reclaim)
    queries.lock(reclaim.application)
    reclaim.refresh_from_db(fields=["state", "repaid_yen"])
    if not reclaim.is_open or not reclaim.left_yen:
        raise Refusal("分割して納める返還額が残っていません。最新の内容を確かめてください。", code="moved")
    _check_sums(reclaim.left_yen, [amount for _, amount in plan])
    _check_days([on for on, _ in plan])
    reclaim.instalment_plans.filter(replaced_at__isnull=True).update(replaced_at=clock.now())
    row = insert(InstalmentPlan(reclaim=reclaim, reason=reason, own_number=own_number, agreed_by=user_of(by)))
    insert_all([Instalment(plan=row, due_on=on, amount_yen=amount) for on, amount in plan])
    reclaim.next_due_on = plan[0][0]
    reclaim.save(update_fields=["next_due_on"])
    data = {"times": len(plan), "amount_yen": reclaim.left_yen, "last_on": plan[-1][0]}
    audit.record("grants.reclaim.instalments", by=by, target=reclaim, data=data)
    mails.instalments(reclaim, row)
    return row


def _check_sums(left_yen: int, amounts: Sequence[int]) -> None:
    """The parts are what is open, no more and no less. Raises Refusal at the field."""
    if not INSTALMENTS_MIN <= len(amounts) <= INSTALMENTS_MAX or min(amounts) < 1:
        raise Refusal(
            f"分割納付は、{INSTALMENTS_MIN}回から{INSTALMENTS_MAX}回までで、どの回も1円からです。",
            field="plan",
            code="plan",
        )
    if sum(amounts) != left_yen:
        raise Refusal(
            f"各回の額の合計が{yen(sum(amounts))}で、残りの返還額({yen(left_yen)})と合いません。",
            field="plan",
            code="plan",
        )


def _check_days(days: Sequence[date]) -> None:
    """From tomorrow on, one after the other, on days on which a bank is open. Raises Refusal at the field."""
    today = clock.today_jst()
    in_order = all(earlier < later for earlier, later in pairwise([today, *days]))
    if not in_order or days[-1] > today + INSTALMENTS_SPAN or not all(map(is_business_day, days)):
        raise Refusal(
            "納期限は、明日から10年先までの、銀行が開いている日を、早い順に入れてください。",
            field="plan",
            code="days",
        )
