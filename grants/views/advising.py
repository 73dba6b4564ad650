"""The advisor's two screens: what waits for an answer, and the visits; beside them the times they offer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.documents import queries as documents
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import OnceForm, keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..agency import queries as agency
from ..dispatch import queries
from ..dispatch.enums import DispatchState
from ..forms import NoteForm, PostButton
from ..forms.dispatch import OfferForm
from ..models import Advisor, AdvisorOffer, Dispatch
from ..payments import queries as payments
from ..payments.papers import with_notices

ANSWER = "grants.answer_dispatch"
SHOWN = 40  # payments of each way
ANSWERS: dict[str, tuple[type[Any], Callable[..., Any], str]] = {
    "accept": (PostButton, actions.accept_dispatch, "引き受けました。決定は、メールで知らせます。"),
    "decline": (NoteForm, actions.decline_dispatch, "引き受けないことを伝えました。"),
}


@require_safe
@signed_in
def advisor_home(request: HttpRequest) -> HttpResponse:
    """What I am asked, and the times I offer."""
    advisor = _advisor(request)
    waiting = queries.with_case(queries.of_advisor(request.scope)).filter(state=DispatchState.PROPOSED)
    page = paging.keyset(request, waiting, order=("proposed_at", "id"), filled=("proposed_at",), per_page=20)
    context = {"page": page, **_times(request, advisor), "form": _offer_form(request)}
    return render(request, "grants/advisor_home.html", context)


@require_safe
@signed_in
def advisor_visits(request: HttpRequest) -> HttpResponse:
    """My visits, the latest first; what I have to report; what I was paid, with the tax that was withheld."""
    _advisor(request)
    page = paging.keyset(
        request, queries.visits_of_advisor(request.scope), order=("-starts_at", "id"), per_page=20
    )
    paid = payments.of_payee(request.scope)[:SHOWN]
    context = {
        "page": page, "to_report": queries.advisor_reports(request.scope),
        "payments": with_notices(request.scope, paid),
        "through_agency": agency.costs_of_advisor(request.scope)[:SHOWN],
    }  # fmt: skip
    return render(request, "grants/advisor_visits.html", context)


@require_safe
@signed_in
def advisor_case(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One dispatch as its advisor sees it."""
    return _page(request, _case(request, pk))


@keeps_form
@require_POST
@signed_in
def advisor_answer(request: HttpRequest, pk: UUID, act: str) -> HttpResponse:
    """Take it on, or not."""
    if act not in ANSWERS:
        raise Http404
    dispatch = _case(request, pk)
    shape, action, said = ANSWERS[act]
    form = shape(request.POST, at=dispatch.get_answer_url(act), once=request)
    if form.acts(action, by=request.actor, dispatch=dispatch):
        messages.success(request, said)
        return see_other("grants:advisor_home")
    return _page(request, dispatch, act, form)


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def advisor_calendar(request: HttpRequest) -> HttpResponse:
    """The times I offer, and what is booked of them."""
    advisor = _advisor(request)
    form = _offer_form(request, request.POST or None)
    if form.acts(actions.offer_time, by=request.actor, advisor=advisor):
        messages.success(request, "空いている時間を出しました。")
        return see_other("grants:advisor_home")
    context = {"form": form, **_times(request, advisor)}
    return render(request, "grants/advisor_calendar.html", context, status=form.status)


@require_POST
@signed_in
def advisor_offer_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a time back."""
    advisor = _advisor(request)
    offer = get_object_or_404(AdvisorOffer.objects.select_related("advisor"), pk=pk, advisor=advisor)
    form = PostButton(request.POST, once=request)
    if form.acts(actions.withdraw_time, by=request.actor, offer=offer):
        messages.success(request, "空いている時間を取り下げました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other("grants:advisor_home")


def _offer_form(request: HttpRequest, data: Any = None) -> OfferForm:
    return OfferForm(data, at=reverse("grants:advisor_calendar"), once=request)


def _times(request: HttpRequest, advisor: Advisor) -> dict[str, Any]:
    """The times that are offered, each with its way back, and what is booked. Two queries."""
    now = clock.now()
    offers = advisor.offers.filter(ends_at__gt=now).order_by("starts_at", "id")
    booked = queries.visits_of_advisor(request.scope).filter(ends_at__gt=now).order_by("starts_at", "id")
    return {
        "offers": [(row, PostButton(at=row.get_remove_url(), once=request)) for row in offers],
        "booked": booked[:60],
    }


def _advisor(request: HttpRequest) -> Advisor:
    """The advisor that this person is; 404 for everybody else."""
    advisor = queries.own_advisors(request.scope).order_by("created_at", "id").first()
    if advisor is None:
        raise Http404
    set_authority(request, advisor.authority)
    return advisor


def _case(request: HttpRequest, pk: UUID) -> Dispatch:
    dispatch = get_object_or_404(queries.with_case(queries.of_advisor(request.scope)), pk=pk)
    set_authority(request, dispatch.menu.programme.authority)
    return dispatch


def _page(
    request: HttpRequest, dispatch: Dispatch, act: str = "", failed: OnceForm | None = None
) -> HttpResponse:
    forms = {
        name: shape(at=dispatch.get_answer_url(name), once=request) for name, (shape, _, _) in ANSWERS.items()
    }
    if failed is not None:
        forms[act] = failed
    context = {
        "dispatch": dispatch,
        "forms": forms,
        "form": failed,
        "is_waiting": dispatch.state == DispatchState.PROPOSED
        and permissions.check(request.actor, ANSWER, dispatch).allowed,
        "documents": documents.of(dispatch).filter(kind__in=queries.PAPERS_OF_ADVISOR),
        "visits": queries.visits_of(dispatch),
        "may_date": queries.may_date(dispatch, request.actor),
    }
    status = failed.status if failed is not None else 200
    return render(request, "grants/advisor_case.html", context, status=status)
