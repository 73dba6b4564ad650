"""What a person does with their own desk.

snooze_item(by=officer, item=item, until_on=date(2026, 12, 1), reason="世話人の返事を待っています")
"""

from datetime import date, timedelta

from django.db import transaction

from portal.kernel import audit, clock
from portal.kernel.actors import UserActor
from portal.kernel.ports import DeskItem
from portal.kernel.refusals import Refusal

from .desk_keys import digest, latest_day
from .models import DeskSnooze

KEPT = timedelta(days=30)  # what came back longer ago is forgotten


@transaction.atomic
def snooze_item(*, by: UserActor, item: DeskItem, until_on: date, reason: str) -> DeskSnooze:
    """Put a to-do off until a day, for oneself only. Again: with the new day and reason.

    Never past its deadline, and a late one for a week at most. Raises Refusal.
    """
    today, latest = clock.today_jst(), latest_day(item)
    if until_on <= today:
        raise Refusal("あしたより後の日を選んでください。", field="until_on", code="past")
    if until_on > latest:
        raise Refusal(
            f"この仕事は、{latest.month}月{latest.day}日までにまた出します。それより後にはできません。",
            field="until_on", code="late",
        )  # fmt: skip
    DeskSnooze.objects.filter(user=by.user, until_on__lt=today - KEPT).delete()
    snooze, _ = DeskSnooze.objects.update_or_create(
        user=by.user, item=digest(item), defaults={"until_on": until_on, "reason": reason}
    )
    audit.record("site.desksnooze.set", by=by, target=snooze, data={"until_on": until_on})
    return snooze


@transaction.atomic
def wake_item(*, by: UserActor, item: DeskItem) -> DeskSnooze | None:
    """Put a to-do back on one's desk now. Twice changes nothing."""
    snooze = DeskSnooze.objects.select_for_update().filter(user=by.user, item=digest(item)).first()
    if snooze is not None:
        audit.record("site.desksnooze.woken", by=by, target=snooze)
        DeskSnooze.objects.filter(pk=snooze.pk).delete()
    return snooze
