"""The reports of ①, ② and the student supporters: who owes one is reminded before its day, and after it until it is in."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from portal.kernel import clock

from ..dispatch.enums import Side, VisitState
from ..models import Placement, SupporterTerms, Visit, VisitReport, Workshop
from ..supporters import queries as supporters
from ..supporters.enums import REPORT_DAYS, PlacementState
from ..workshop.enums import WorkshopState
from .watches import AT_ONCE, Due, Watch, _day

KEPT_UP = timedelta(days=90)  # no menu gives more time for a report, the days after it included


def _visits(first: date, last: date) -> Iterator[Due]:
    """A visit that was held: each side reports for itself."""
    rows = Visit.objects.filter(
        state=VisitState.HELD, ends_at__gte=clock.at_jst(first - KEPT_UP), ends_at__lte=clock.now()
    ).annotate(by_advisor=_reported(Side.ADVISOR), by_town=_reported(Side.MUNICIPALITY))
    rows = rows.select_related("advisor__user", "dispatch__menu")
    for row in rows.order_by("ends_at", "id")[:AT_ONCE]:
        advisor = row.advisor.user
        owes = advisor is not None and advisor.is_active and not row.by_advisor
        if first <= row.report_due_on <= last:
            yield Due(
                case=row, title=f"{row.dispatch.title} 第{row.number}回", due_on=row.report_due_on, since=row.on,
                url=row.get_absolute_url(),
                town="" if row.by_town else row.dispatch.municipality_id,
                people=(advisor.email,) if advisor is not None and owes else (),
            )  # fmt: skip


def _reported(side: Side) -> Exists:
    return Exists(VisitReport.objects.filter(visit=OuterRef("pk"), side=side))


def _workshops(first: date, last: date) -> Iterator[Due]:
    """A workshop that is over: the 窓口 reports."""
    rows = Workshop.objects.filter(
        state=WorkshopState.DECIDED, ends_at__lte=clock.now(), ends_at__gte=clock.at_jst(first - KEPT_UP)
    )
    for row in rows.select_related("menu").order_by("ends_at", "id")[:AT_ONCE]:
        due_on = row.report_due_on
        if due_on is not None and row.ends_at is not None and first <= due_on <= last:
            yield Due(
                case=row, title=row.title, due_on=due_on, since=_day(row.ends_at), url=row.get_absolute_url(),
                town=row.municipality_id,
            )  # fmt: skip


def _activities(first: date, last: date) -> Iterator[Due]:
    """Activities of a student that are over: the student reports."""
    rows = supporters.with_placement(Placement.objects.filter(state=PlacementState.ACCEPTED)).filter(
        last_on__lte=clock.today_jst(), last_on__gte=first - KEPT_UP
    )
    days = dict(SupporterTerms.objects.values_list("authority_id", "report_days"))
    for row in rows.order_by("last_on", "id")[:AT_ONCE]:
        student, last_on = row.supporter, row.last_on  # type: ignore[attr-defined]
        due_on = row.due_on(days.get(student.authority_id, REPORT_DAYS), last_on)
        if first <= due_on <= last and student.user.is_active:
            yield Due(
                case=row, title=row.request.title, due_on=due_on, since=last_on, url=row.get_absolute_url(),
                people=(student.user.email,), greeting=f"{student.name} 様",
            )  # fmt: skip


WATCHES: list[Watch] = [
    Watch("visit_report", "派遣の内容と成果を報告する", _visits),
    Watch("workshop_report", "ワークショップの実施を報告する", _workshops),
    Watch("activity_report", "活動を報告する", _activities),
]
