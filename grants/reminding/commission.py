"""The deadlines of menu ④ that somebody is reminded of: proponents, reviewers, contractors, the office that inspects and pays.

No mail about a panel names a proposal: a conflicted reviewer is among the readers.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, Max, OuterRef, Prefetch
from django.urls import reverse

from portal.kernel import clock

from ..commission.enums import JUDGED, CallState, ProposalState, SheetState
from ..commission.mails.proposals import people
from ..commission.queries.excluding import excluded_addresses
from ..contracts.enums import WORKING, ContractState
from ..contracts.queries import interim_on
from ..models import CommissionCall, Contract, PanelInterest, PanelSeat, Payment, Proposal, ScoreSheet
from ..models.commission_panel import EXCLUDED
from ..payments.enums import PaymentState
from .watches import AT_ONCE, Due, Watch, _day

INSPECTED_WITHIN = timedelta(days=10)  # 政府契約の支払遅延防止等に関する法律5条 and 第5条 of the contract
INVOICED_WITHIN = timedelta(
    days=14
)  # of the inspection: the contract names no day, the year's payments end on 31 May
PAID_WITHIN = timedelta(days=30)  # the same law, 6条, and 第6条 of the contract
CONTRACT = (
    "proposal__created_by",
    "proposal__submitted_by",
    "proposal__call__theme__menu__programme__authority",
)


def _drafts(first: date, last: date) -> Iterator[Due]:
    """A draft of a proposal whose call closes."""
    rows = Proposal.objects.filter(
        state=ProposalState.DRAFT, call__state=CallState.PUBLISHED, call__closes_at__gt=clock.now(),
        call__closes_at__lte=clock.at_jst(last + timedelta(days=1)),
    )  # fmt: skip
    rows = rows.select_related("call", "created_by", "submitted_by").order_by("call__closes_at", "id")
    for row in rows[:AT_ONCE]:
        since = max(_day(row.created_at), _day(row.call.published_at or row.created_at))
        yield Due(
            case=row, title=row.call.title, due_on=row.call.closing_day, since=since, url=row.get_edit_url(),
            people=tuple(people(row)),
        )  # fmt: skip


def _sheets(first: date, last: date) -> Iterator[Due]:
    """The panel meets on the day of the presentation: who has a sheet to seal, or an interest to declare, before it."""
    sealed = ScoreSheet.objects.filter(seat=OuterRef("seat"), proposal=OuterRef("proposal"))
    owed = PanelInterest.objects.filter(
        ~EXCLUDED,
        ~Exists(sealed.exclude(state=SheetState.DRAFT)),
        seat=OuterRef("pk"),
        proposal__state__in=JUDGED,
    )
    seats = PanelSeat.objects.filter(Exists(owed), left_at__isnull=True, user__is_active=True)
    calls = CommissionCall.objects.filter(
        state=CallState.PANEL, frozen_at__isnull=True, presentation_on__range=(first, last)
    ).prefetch_related(Prefetch("seats", queryset=seats.select_related("user"), to_attr="owing"))
    for call in calls.order_by("presentation_on", "id")[:AT_ONCE]:
        if call.presentation_on and call.panel_at and call.owing:
            yield Due(
                case=call, title=call.title, due_on=call.presentation_on, since=_day(call.panel_at),
                url=reverse("grants:review_call", args=[call.pk]), people=tuple(seat.user.email for seat in call.owing),
            )  # fmt: skip


def _reserves(first: date, last: date) -> Iterator[Due]:
    """A 次点 that was asked answers within its clock."""
    rows = Proposal.objects.filter(
        reserve_until__gt=clock.now(), reserve_until__lte=clock.at_jst(last + timedelta(days=1))
    )
    rows = rows.select_related("call", "created_by", "submitted_by").order_by("reserve_until", "id")
    for row in rows[:AT_ONCE]:
        if row.reserve_until is None:
            continue
        due_on = _day(row.reserve_until - timedelta(seconds=1))
        yield Due(
            case=row, title=row.call.title, due_on=due_on, since=due_on - timedelta(days=row.call.reserve_days),
            url=row.get_absolute_url(), people=tuple(people(row)),
        )  # fmt: skip


def _completions(first: date, last: date) -> Iterator[Due]:
    """The work is done by the last day of the contract, as it was signed or amended."""
    rows = Contract.objects.filter(state__in=WORKING, ends_on__range=(first, last))
    rows = rows.select_related(*CONTRACT).annotate(amended_on=Max("amendments__agreed_on"))
    for row in rows.order_by("ends_on", "id")[:AT_ONCE]:
        if row.ends_on and row.signed_on:
            since = max(row.signed_on, row.amended_on or row.signed_on)
            yield _own(row, row.ends_on, since)


def _interims(first: date, last: date) -> Iterator[Due]:
    """The interim report comes by the menu's part of the contract's time."""
    rows = Contract.objects.filter(
        state__in=[ContractState.SIGNED, ContractState.STARTED], starts_on__lte=last, ends_on__gte=first
    )
    for row in rows.select_related(*CONTRACT).order_by("ends_on", "id")[:AT_ONCE]:
        due_on = interim_on(row)
        if due_on and row.signed_on and first <= due_on <= last:
            yield _own(row, due_on, row.signed_on)


def _own(row: Contract, due_on: date, since: date) -> Due:
    return Due(
        case=row, title=row.title, due_on=due_on, since=since, url=row.get_absolute_url(),
        people=tuple(people(row.proposal)),
    )  # fmt: skip


def _inspections(first: date, last: date) -> Iterator[Due]:
    span = (clock.at_jst(first - INSPECTED_WITHIN), clock.at_jst(last + timedelta(days=1) - INSPECTED_WITHIN))
    rows = Contract.objects.filter(
        state=ContractState.COMPLETED, completed_at__gte=span[0], completed_at__lt=span[1]
    )
    found = list(rows.order_by("completed_at", "id")[:AT_ONCE])
    tied = excluded_addresses(row.proposal_id for row in found)
    for row in found:
        if row.completed_at:
            since = _day(row.completed_at)
            yield Due(
                case=row, title=row.title, due_on=since + INSPECTED_WITHIN, since=since, url=row.get_staff_url(),
                section=row.office_id, without=frozenset(tied.get(row.proposal_id, ())),
            )  # fmt: skip


def _invoices(first: date, last: date) -> Iterator[Due]:
    """What was inspected is invoiced: the contractor, two weeks long."""
    rows = Contract.objects.filter(
        state=ContractState.INSPECTED,
        inspected_on__range=(first - INVOICED_WITHIN, last - INVOICED_WITHIN),
    )
    for row in rows.select_related(*CONTRACT).order_by("inspected_on", "id")[:AT_ONCE]:
        if row.inspected_on:
            yield _own(row, row.inspected_on + INVOICED_WITHIN, row.inspected_on)


def _terms(first: date, last: date) -> Iterator[Due]:
    """What was invoiced is paid in time: the office orders it, then the accountant pays."""
    span = (clock.at_jst(first - PAID_WITHIN), clock.at_jst(last + timedelta(days=1) - PAID_WITHIN))
    ordered = Payment.objects.filter(
        case_type="grants.contract", case_id=OuterRef("pk"), state=PaymentState.ORDERED
    )
    rows = Contract.objects.filter(
        state=ContractState.INVOICED, invoiced_at__gte=span[0], invoiced_at__lt=span[1]
    ).annotate(is_ordered=Exists(ordered))
    found = list(rows.select_related(*CONTRACT).order_by("invoiced_at", "id")[:AT_ONCE])
    tied = excluded_addresses(row.proposal_id for row in found)
    for row in found:
        if row.invoiced_at:
            since, home = _day(row.invoiced_at), row.proposal.call.theme.menu.programme.authority.area_id
            yield Due(
                case=row, title=row.title, due_on=since + PAID_WITHIN, since=since, url=row.get_staff_url(),
                section=None if row.is_ordered else row.office_id, accountants=home if row.is_ordered else "",
                without=frozenset(tied.get(row.proposal_id, ())),
            )  # fmt: skip


WATCHES: list[Watch] = [
    Watch("proposal", "企画提案書を提出する", _drafts, recalled=False),
    Watch("sheets", "利害関係を申告し、採点票を提出する", _sheets),
    Watch("reserve", "繰上げを受けるか返事をする", _reserves, recalled=False),
    Watch("completion", "業務を終えて、完了を届け出る", _completions),
    Watch("interim", "業務の中間報告を出す", _interims),
    Watch("inspection", "業務を検査する", _inspections),
    Watch("invoice", "委託料を請求する", _invoices),
    Watch("term", "請求のあった委託料を支払う", _terms),
]
