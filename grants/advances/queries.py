"""Reads of advance payments. An advance is seen by who sees its file."""

from collections.abc import Iterable
from datetime import date

from django.db.models import CharField, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat, JSONObject

from portal.kernel import clock

from ..calculations import advances as sums
from ..models import Advance, Application, Payment
from ..payments.enums import PaymentState
from .enums import LIVE, AdvanceState

SLOT = Concat(Value("advance:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())


def _payments() -> QuerySet[Payment]:
    """Of the advance outside: what was ordered and not taken back."""
    rows = Payment.objects.filter(case_type="grants.application", case_id=OuterRef("application"), slot=SLOT)
    return rows.exclude(state=PaymentState.CANCELLED)


def of_file(application: Application) -> list[Advance]:
    """The advances of one file, the newest first, each with `payment` ({id, state, paid_on} or None). Two queries."""
    payment = _payments().values(said=JSONObject(id="id", state="state", paid_on="paid_on"))[:1]
    rows = Advance.objects.filter(application=application).select_related("approval", "requested_by")
    found = rows.annotate(payment=Subquery(payment)).prefetch_related("months")
    return list(found.order_by("-number"))


def live_yen(application: Application, *, but: Advance | None = None) -> int:
    """What was asked for or granted in advance, without `but`, in yen. One query."""
    rows = application.advances.filter(state__in=LIVE)
    rows = rows.exclude(pk=but.pk) if but else rows
    return sum(rows.values_list("amount_yen", flat=True))


def room_of(application: Application, *, but: Advance | None = None) -> int:
    """What may still be asked for in advance. One query."""
    return sums.room(
        decided_yen=application.decided_yen or 0,
        percent=application.menu.advance_percent,
        live_yen=[live_yen(application, but=but)],
    )


def room_in(application: Application, rows: Iterable[Advance]) -> int:
    """The same, where all advances of the file are loaded. No query."""
    live = [row.amount_yen for row in rows if row.state in LIVE]
    percent = application.menu.advance_percent
    return sums.room(decided_yen=application.decided_yen or 0, percent=percent, live_yen=live)


def unpaid(application: Application) -> QuerySet[Advance]:
    """Asked for or granted, and not paid yet."""
    paid = _payments().filter(state=PaymentState.PAID)
    return application.advances.filter(~Exists(paid), state__in=LIVE)


def ordered(application: Application) -> QuerySet[Payment]:
    """What was ordered or paid in advance. Its order was not taken back."""
    rows = Payment.objects.filter(case_type="grants.application", case_id=application.pk, kind="advance")
    return rows.exclude(state=PaymentState.CANCELLED)


def payment_of(advance: Advance) -> Payment | None:
    """Its order, paid or not. One query."""
    return ordered(advance.application).filter(slot=advance.slot).first()


def to_order() -> QuerySet[Advance]:
    """Granted advances of the file outside (`OuterRef("pk")`) that nobody has ordered yet, for the desk."""
    granted = Advance.objects.filter(application=OuterRef("pk"), state=AdvanceState.GRANTED)
    return granted.filter(~Exists(_payments()))


def months_of(application: Application) -> list[date]:
    """The months a 資金計画 may name: from this one to the planned end."""
    today = clock.today_jst()
    last = application.ends_on or today
    return sums.months(today, max(today, last))


def next_number(application: Application) -> int:
    """Of an advance that is asked for now. One query."""
    latest = application.advances.order_by("-number").values_list("number", flat=True).first()
    return (latest or 0) + 1
