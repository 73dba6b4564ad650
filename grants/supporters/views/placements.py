"""The page of one placement, for the student, the receiving municipality and the office."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from communities.queries.notes import reason_of
from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from ...forms import PostButton
from ...models import Placement, PlacementDay
from ...payments import queries as payments
from ...views.visits import frame
from .. import queries
from ..actions import placing, working
from ..enums import DayState, PlacementState
from ..forms import CallOffForm, DayForm, DeclineForm, ReportForm, SendBackForm


@dataclass(frozen=True, slots=True)
class Act:
    """One form of the page: what it does, in which states it stands there, who may, what is said then."""

    form: type[Any]
    action: Callable[..., Any]
    states: frozenset[str]
    permission: str
    said: str


PROPOSED, ACCEPTED, REPORTED, CONFIRMED = (
    frozenset({state.value})
    for state in (
        PlacementState.PROPOSED, PlacementState.ACCEPTED, PlacementState.REPORTED, PlacementState.CONFIRMED,
    )
)  # fmt: skip
ANSWER, RUN = "grants.answer_placement", "grants.run_placement"
ACTS: dict[str, Act] = {
    "accept": Act(PostButton, placing.accept_placement, PROPOSED, ANSWER, "引き受けました。受け入れる市町村にメールで知らせます。"),
    "decline": Act(DeclineForm, placing.decline_placement, PROPOSED, ANSWER, "引き受けないことを伝えました。"),
    "report": Act(ReportForm, working.report_placement, ACCEPTED, ANSWER, "活動を報告しました。"),
    "confirm": Act(PostButton, working.confirm_placement, REPORTED, RUN, "活動を確認しました。活動証明書を作っています。"),
    "send_back": Act(SendBackForm, working.send_back_report, REPORTED, RUN, "報告を直してもらうよう、学生に知らせます。"),
    "order": Act(PostButton, working.order_travel, CONFIRMED, RUN, "交通費の支出命令を出しました。"),
    "call_off": Act(
        CallOffForm, placing.call_off_placement, PROPOSED | ACCEPTED, "grants.call_off_placement",
        "活動を取りやめました。相手にメールで知らせます。",
    ),
}  # fmt: skip
NOTES = {
    PlacementState.ACCEPTED: "send_back",
    PlacementState.DECLINED: "decline",
}  # between student and prefecture
DAY_ACTS: dict[str, tuple[type[Any], Callable[..., Any], str, str]] = {
    "record": (DayForm, working.record_day, "grants.record_placement_day", "活動を記録しました。"),
    "confirm": (DayForm, working.confirm_day, "grants.confirm_placement_day", "活動の日を確認しました。"),
    "drop": (PostButton, working.drop_day, "grants.drop_placement_day", "この日の活動を取りやめました。"),
}


@require_safe
@signed_in
def placement_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One placement as its sides see it."""
    return _page(request, _find(request, pk))


@keeps_form
@require_POST
@signed_in
def placement_act(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """One step; refused, the page comes again with everything that was typed."""
    if act not in ACTS:
        raise Http404
    placement, shape = _find(request, pk), ACTS[act]
    _require(request, shape.permission, placement)
    form = _form(request, placement, act, request.POST)
    if form.acts(shape.action, by=request.actor, placement=placement):
        messages.success(request, shape.said)
        return see_other(placement)
    return _page(request, placement, {act: form})


@keeps_form
@require_POST
@signed_in
def placement_day(request: HttpRequest, pk: UUID, day_pk: UUID, act: str) -> HttpResponse:
    """One step of one day."""
    if act not in DAY_ACTS:
        raise Http404
    placement = _find(request, pk)
    day = get_object_or_404(PlacementDay, pk=day_pk, placement=placement)
    day.placement = placement
    _, action, permission, said = DAY_ACTS[act]
    _require(request, permission, day)
    form = _day_form(request, placement, day, act, request.POST)
    if form.acts(action, by=request.actor, day=day):
        messages.success(request, said)
        return see_other(placement)
    return _page(request, placement, failed_day=(day_pk, act, form))


def _require(request: HttpRequest, permission: str, obj: Any) -> None:
    verdict = permissions.check(request.actor, permission, obj)
    if not verdict:
        raise PermissionDenied(verdict.reason)


def _find(request: HttpRequest, pk: UUID) -> Placement:
    rows = queries.with_placement(queries.placements_visible_to(request.scope))
    placement = get_object_or_404(rows, pk=pk)
    set_authority(request, placement.request.menu.programme.authority)
    return placement


def _form(request: HttpRequest, placement: Placement, act: str, data: Any = None) -> Any:
    shape = ACTS[act].form
    more = {"placement": placement} if shape is ReportForm else {}
    return shape(data, at=placement.get_act_url(act), once=request, **more)


def _day_form(
    request: HttpRequest, placement: Placement, day: PlacementDay, act: str, data: Any = None
) -> Any:
    shape = DAY_ACTS[act][0]
    more = {"day": day, "act": act} if shape is DayForm else {}
    return shape(data, at=placement.get_day_url(day, act), once=request, **more)


def _offered(
    request: HttpRequest, placement: Placement, days: list[PlacementDay], paying: list[Any], travels: bool
) -> list[str]:
    """The steps that this person can take now."""
    open_days = [day for day in days if day.is_open]
    worked = any(day.state in (DayState.RECORDED, DayState.CONFIRMED) for day in days)
    here = {
        "report": all(day.has_come for day in open_days),
        "confirm": not open_days and worked,
        "order": not paying and travels,
        "call_off": not worked and (placement.is_running or not is_student(request, placement)),
    }
    return [
        name
        for name, shape in ACTS.items()
        if placement.state in shape.states
        and here.get(name, True)
        and permissions.check(request.actor, shape.permission, placement)
    ]


def is_student(request: HttpRequest, placement: Placement) -> bool:
    """Whether the page is opened by the student it is about."""
    return placement.supporter.user_id == request.scope.user_id


def _day_forms(
    request: HttpRequest, placement: Placement, day: PlacementDay, alone: bool
) -> dict[str, OnceForm]:
    """The steps of one day: the student records, the receiving side confirms; the last one is not dropped alone."""
    works = placement.state in (PlacementState.ACCEPTED, PlacementState.REPORTED)
    if not day.is_open or not works:
        return {}
    here = {
        "record": placement.is_running and day.has_come and day.state == DayState.KEPT,
        "confirm": day.has_come,
        "drop": not alone,
    }
    return {
        act: _day_form(request, placement, day, act)
        for act, (_, _, permission, _) in DAY_ACTS.items()
        if here[act] and permissions.check(request.actor, permission, day)
    }


def _day_rows(
    request: HttpRequest, placement: Placement, days: list[PlacementDay], failed: Any
) -> list[tuple[PlacementDay, dict[str, OnceForm]]]:
    rows = []
    for day in days:
        day.placement = placement
        forms = _day_forms(request, placement, day, len(days) == 1)
        if failed is not None and failed[0] == day.pk:
            forms[failed[1]] = failed[2]
        rows.append((day, forms))
    return rows


def _page(
    request: HttpRequest,
    placement: Placement,
    failed: dict[str, OnceForm] | None = None,
    failed_day: tuple[UUID, str, OnceForm] | None = None,
) -> HttpResponse:
    days = list(placement.days.exclude(state=DayState.DROPPED))
    terms = queries.terms_of(placement.request.menu.programme.authority)
    count, minutes, yen = queries.totals(days)
    keeps = permissions.check(request.actor, "grants.keep_supporter", placement.supporter).allowed
    is_mine = is_student(request, placement)
    paying = list(payments.of_case(placement)) if keeps else []
    note = NOTES.get(placement.state, "call_off") if is_mine or keeps else "call_off"
    offered = _offered(request, placement, days, paying, bool(yen and terms.pays_travel))
    forms = {name: _form(request, placement, name) for name in offered} | (failed or {})
    refused = failed_day[2] if failed_day else next(iter((failed or {}).values()), None)
    context = {
        "placement": placement, "wanted": placement.request, "forms": forms, "form": refused, "terms": terms,
        "rows": _day_rows(request, placement, days, failed_day), "count": count, "minutes": minutes, "yen": yen,
        "due_on": placement.due_on(terms.report_days, days[-1].on) if days else None, "is_mine": is_mine,
        "keeps": keeps, "documents": documents.of(placement) if is_mine or keeps else [], "payments": paying,
        "reason": reason_of(placement, note), **frame(request),
    }  # fmt: skip
    status = refused.status if refused else 200
    return render(request, "grants/supporters/placement.html", context, status=status)
