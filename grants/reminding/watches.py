"""The deadlines of the grants that somebody is reminded of: a new one is one more entry of `WATCHES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from portal.kernel import clock
from portal.kernel.fiscal import wareki

from ..assets.enums import AssetState
from ..calculations.asking import asked_days, status_due
from ..calculations.payments import last_bank_day
from ..dispatch.enums import VisitState
from ..enums import EXAMINED, ApplicationState, NeedsState
from ..models import (
    Admission,
    Application,
    Asset,
    Correction,
    Menu,
    NeedsAnswer,
    Payment,
    Reclaim,
    StatusReport,
    Visit,
)
from ..payments.enums import PaymentState
from ..payments.queries import shut_out
from ..recovery.enums import ReclaimState
from ..settlement import queries as settlement

SCREENED_WITHIN = timedelta(days=180)  # what was submitted earlier is long overdue
STATUS_WITHIN = timedelta(days=75)  # no menu gives more time for a 状況報告, holidays included
AT_ONCE = 500  # of one kind; the rest is told by the next sweep


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing that is due. `since` is the day its deadline was set. To whom: a municipality (the code of its area), a
    section of the prefecture, the accountants of an authority (the code of its area), or addresses. Addresses in
    `without` hear nothing of it.
    """

    case: Model
    title: str
    due_on: date
    since: date
    url: str
    town: str = ""
    section: UUID | None = None
    accountants: str = ""
    people: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    greeting: str = "ご担当の方"


@dataclass(frozen=True, slots=True)
class Watch:
    """A kind of deadline: what must be done, and what is due between two days (both included).

    `recalled`: it can still be done when its day is over, so who must do it is told again then.
    """

    key: str
    words: str
    rows: Callable[[date, date], Iterator[Due]]
    recalled: bool = True


def _day(moment: object) -> date:
    return moment.astimezone(clock.JST).date()  # type: ignore[attr-defined, no-any-return]


def _closing(first: date, last: date) -> Iterator[Due]:
    drafts = Application.objects.filter(
        state=ApplicationState.DRAFT,
        call__closes_at__gt=clock.now(),
        call__closes_at__lte=clock.at_jst(last + timedelta(days=2)),
    ).select_related("call")
    for row in drafts.order_by("call__closes_at", "id")[:AT_ONCE]:
        due_on = row.call.deadline.effective
        if first <= due_on <= last:
            since = max(_day(row.created_at), _day(row.call.opens_at))
            yield Due(
                case=row, title=str(row), due_on=due_on, since=since, url=row.get_absolute_url(), town=row.municipality_id
            )  # fmt: skip


def _admitted(first: date, last: date) -> Iterator[Due]:
    rows = Admission.objects.filter(
        application__state=ApplicationState.DRAFT,
        until__gt=clock.at_jst(first),
        until__lte=clock.at_jst(last + timedelta(days=1)),
    ).select_related("application")
    for row in rows.order_by("until", "id")[:AT_ONCE]:
        if row.application and row.until_on and row.judged_at:
            yield Due(
                case=row.application, title=str(row.application), due_on=row.until_on, since=_day(row.judged_at),
                url=row.application.get_absolute_url(), town=row.municipality_id,
            )  # fmt: skip


def _corrections(first: date, last: date) -> Iterator[Due]:
    rows = Correction.objects.filter(ended_at__isnull=True, due_on__range=(first, last))
    for row in rows.select_related("application").order_by("due_on", "id")[:AT_ONCE]:
        yield Due(
            case=row.application, title=str(row.application), due_on=row.due_on, since=_day(row.asked_at),
            url=row.application.get_absolute_url(), town=row.application.municipality_id,
        )  # fmt: skip


def _screening(first: date, last: date) -> Iterator[Due]:
    waiting: QuerySet[Application] = Application.objects.filter(
        state__in=[ApplicationState.SUBMITTED, *sorted(EXAMINED)],
        menu__screen_days__isnull=False,
        submitted_at__gte=clock.at_jst(first - SCREENED_WITHIN),
    ).select_related("menu", "held_by")
    for row in waiting.order_by("submitted_at", "id")[:AT_ONCE]:
        if row.due_on and row.submitted_at and first <= row.due_on <= last:
            holder = row.held_by
            yield Due(
                case=row, title=str(row), due_on=row.due_on, since=_day(row.submitted_at), url=row.get_staff_url(),
                section=None if holder else row.office_id, people=(holder.email,) if holder else (),
            )  # fmt: skip


def _needs(first: date, last: date) -> Iterator[Due]:
    rows = NeedsAnswer.objects.filter(state=NeedsState.ASKED, survey__due_on__range=(first, last))
    for row in rows.select_related("survey__menu__programme").order_by("survey__due_on", "id")[:AT_ONCE]:
        yield Due(
            case=row, title=str(row.survey), due_on=row.survey.due_on, since=_day(row.survey.asked_at),
            url=row.get_absolute_url(), town=row.municipality_id,
        )  # fmt: skip


def _visits(first: date, last: date) -> Iterator[Due]:
    span = (clock.at_jst(first), clock.at_jst(last + timedelta(days=1)))
    rows = Visit.objects.filter(state=VisitState.DATED, starts_at__gte=span[0], starts_at__lt=span[1])
    for row in rows.select_related("dispatch", "advisor__user").order_by("starts_at", "id")[:AT_ONCE]:
        advisor = row.advisor.user
        yield Due(
            case=row.dispatch, title=f"{row.dispatch.title} 第{row.number}回", due_on=_day(row.starts_at),
            since=_day(row.created_at), url=row.get_absolute_url(), town=row.dispatch.municipality_id,
            people=(advisor.email,) if advisor is not None and advisor.is_active else (),
        )  # fmt: skip


def _payments(first: date, last: date) -> Iterator[Due]:
    """The last bank day on which the year can still pay (地方自治法235条の5): to no accountant whom the payment is shut to."""
    years = [year for year in range(first.year - 1, last.year + 1) if first <= last_bank_day(year) <= last]
    own = Q(carried=False, fiscal_year__in=years)
    carried = Q(carried=True, fiscal_year__in=[year - 1 for year in years])
    rows = Payment.objects.filter(own | carried, state=PaymentState.ORDERED)
    found = list(rows.select_related("authority").order_by("ordered_on", "id")[:AT_ONCE])
    tied = shut_out(found)
    for row in found:
        yield Due(
            case=row, title=str(row), due_on=row.last_on, since=row.ordered_on,
            url=reverse("grants:payment_detail", args=[row.pk]), accountants=row.authority.area_id,
            without=frozenset(tied.get(row.case_id, ())),
        )  # fmt: skip


def _reclaims(first: date, last: date) -> Iterator[Due]:
    """The 納期限 of a 納入通知; under a 分割納付 that of the next instalment."""
    rows = Reclaim.objects.annotate(awaited_on=Coalesce("next_due_on", "due_on"))
    rows = rows.filter(state=ReclaimState.ORDERED, awaited_on__range=(first, last))
    for row in rows.select_related("application").order_by("awaited_on", "id")[:AT_ONCE]:
        yield Due(
            case=row.application, title=str(row.application), due_on=row.expected_on, since=_day(row.ordered_at),
            url=row.get_absolute_url(), town=row.application.municipality_id,
        )  # fmt: skip


def _results(first: date, last: date) -> Iterator[Due]:
    """The result is due by the menu's days after the planned end."""
    rows = Application.objects.filter(state=ApplicationState.DECIDED, ends_on__gte=first - SCREENED_WITHIN)
    for row in rows.select_related("menu").order_by("ends_on", "id")[:AT_ONCE]:
        due_on = settlement.due_on(row)
        if due_on and row.decided_at and first <= due_on <= last:
            yield Due(
                case=row, title=str(row), due_on=due_on, since=_day(row.decided_at), url=row.get_result_url(),
                town=row.municipality_id,
            )  # fmt: skip


def _limits(first: date, last: date) -> Iterator[Due]:
    """A 処分制限期間 that ends by itself: both sides know from which day on the piece is free."""
    rows = Asset.objects.filter(state=AssetState.HELD, until_on__range=(first, last))
    for row in rows.select_related("application").order_by("until_on", "id")[:AT_ONCE]:
        yield Due(
            case=row.application, title=f"{row.name}({row.application})", due_on=row.until_on,
            since=_day(row.created_at), url=row.get_absolute_url(), town=row.application.municipality_id,
            section=row.application.office_id,
        )  # fmt: skip


def _statuses(first: date, last: date) -> Iterator[Due]:
    """状況報告 of what runs on over a day on which its menu asks for one, until one as of that day or later is in. Of what is
    to stop nobody asks how it goes on.
    """
    decided = Application.objects.filter(state=ApplicationState.DECIDED, stopped="")
    for menu in Menu.objects.filter(Exists(decided.filter(menu=OuterRef("pk")))).exclude(status_days=[]):
        for stood_on in asked_days(menu.status_days, first - STATUS_WITHIN, last):
            due_on = status_due(stood_on, menu.status_within_days, menu.status_shift)
            if first <= due_on <= last:
                yield from _owing(decided.filter(menu=menu), stood_on, due_on)


def _owing(rows: QuerySet[Application], stood_on: date, due_on: date) -> Iterator[Due]:
    reported = StatusReport.objects.filter(application=OuterRef("pk"), stood_on__gte=stood_on)
    rows = rows.filter(~Exists(reported), ends_on__gt=stood_on, decided_at__lt=clock.at_jst(stood_on))
    for row in rows.order_by("ends_on", "id")[:AT_ONCE]:
        if row.decided_at:
            yield Due(
                case=row, title=f"{row}({wareki(stood_on)}の状況)", due_on=due_on, since=_day(row.decided_at),
                url=row.get_status_url(), town=row.municipality_id,
            )  # fmt: skip


WATCHES: list[Watch] = [
    Watch("closing", "申請を提出する", _closing, recalled=False),
    Watch("admitted", "締切のあとに受理された申請を提出する", _admitted, recalled=False),
    Watch("correction", "補正して、もう一度提出する", _corrections, recalled=False),
    Watch("screening", "審査を進める", _screening),
    Watch("needs", "要望調査に答える", _needs),
    Watch("visit", "派遣を迎える", _visits, recalled=False),
    Watch("result", "実績を報告する", _results),
    Watch("status", "状況を報告する", _statuses),
    Watch("reclaim", "補助金を返還する", _reclaims),
    Watch("asset", "取得財産の処分制限期間が終わる", _limits, recalled=False),
    Watch("payment", "年度内の支払いを終える", _payments, recalled=False),
]
