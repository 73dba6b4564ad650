"""The student's own screens: the entry, the activities, the free days; and the guardian's page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.decorators import signed_in
from portal.areas.site import set_authority
from portal.kernel import clock, paging, tokens
from portal.kernel.actors import TokenActor
from portal.kernel.forms import ButtonForm, keeps_form
from portal.kernel.http import private, see_other

from ...forms import PostButton
from ...models import Supporter, SupporterOffer
from ...models.supporters import CONSENT
from .. import queries
from ..actions import register
from ..enums import DayState
from ..forms import DaysForm, EntryForm

LEAVE = "/grants/supporter/leave/"


@require_safe
@signed_in
def supporter_home(request: HttpRequest) -> HttpResponse:
    """My entry in the register and my activities; who has none is told how to begin."""
    supporter = _newest(request)
    rows = queries.with_placement(queries.of_student(request.scope))
    page = paging.keyset(request, rows, order=("-created_at", "-id"), per_page=20)
    context = {
        "supporter": supporter,
        "page": page,
        "leave": PostButton(at=LEAVE, once=request),
        "is_offered": supporter is not None or queries.offering().exists(),
    }
    return render(request, "grants/supporters/home.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def supporter_entry(request: HttpRequest) -> HttpResponse:
    """Ask to be registered, or mend what I said."""
    found = _newest(request)
    supporter = found if found is not None and found.is_live else None
    form = EntryForm(request.POST or None, supporter=supporter, once=request)
    if supporter is None:
        done = form.acts(register.apply_as_supporter, by=request.actor)
    else:
        done = form.acts(register.change_supporter, by=request.actor, supporter=supporter)
    if done:
        messages.success(request, "登録の内容を保存しました。")
        return see_other("grants:supporter_home")
    context = {"form": form, "supporter": supporter}
    return render(request, "grants/supporters/entry.html", context, status=form.status)


@keeps_form
@require_http_methods(["GET", "POST"])
@signed_in
def supporter_days(request: HttpRequest) -> HttpResponse:
    """The days I have time, and those that are booked."""
    supporter = _live(request)
    form = DaysForm(request.POST or None, once=request)
    if form.acts(register.offer_days, by=request.actor, supporter=supporter):
        messages.success(request, "活動できる日を出しました。")
        return see_other("grants:supporter_days")
    today = clock.today_jst()
    booked = {
        day.on: day.placement
        for placement in queries.of_student(request.scope).filter(days__on__gte=today).distinct()
        for day in placement.days.exclude(state=DayState.DROPPED).select_related("placement__request")
    }
    rows = [
        (row, booked.get(row.on), PostButton(at=row.get_remove_url(), once=request))
        for row in supporter.offers.filter(on__gt=today)
    ]
    context = {"form": form, "rows": rows, "supporter": supporter}
    return render(request, "grants/supporters/days.html", context, status=form.status)


@require_POST
@signed_in
def supporter_offer_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a day back."""
    mine = SupporterOffer.objects.filter(supporter__in=queries.own(request.scope)).select_related("supporter")
    offer = get_object_or_404(mine, pk=pk)
    form = PostButton(request.POST, once=request)
    if form.acts(register.withdraw_day, by=request.actor, offer=offer):
        messages.success(request, "活動できる日を取り下げました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other("grants:supporter_days")


@require_POST
@signed_in
def supporter_leave(request: HttpRequest) -> HttpResponse:
    """Leave the register."""
    supporter = _live(request)
    form = PostButton(request.POST, at=LEAVE, once=request)
    if form.acts(register.leave_register, by=request.actor, supporter=supporter):
        messages.success(request, "学生サポーターの登録をやめました。ありがとうございました。")
    else:
        messages.error(request, " ".join(form.non_field_errors()))
    return see_other("grants:supporter_home")


@keeps_form
@require_http_methods(["GET", "POST"])
def supporter_consent(request: HttpRequest, token: str) -> HttpResponse:
    """The guardian's page, without an account: what it is about, and the consent; once given, only that it was."""
    supporter, version = _by_token(token)
    set_authority(request, supporter.authority)
    form = ButtonForm(request.POST if request.method == "POST" else None, once=request)
    by = TokenActor(CONSENT, f"supporter:{supporter.pk}")
    if form.acts(register.consent_as_guardian, by=by, supporter=supporter, version=version):
        return private(see_other(request.path))
    terms = queries.terms_of(supporter.authority)
    context = {"form": form, "supporter": supporter, "terms": terms}
    return private(render(request, "grants/supporters/consent.html", context, status=form.status))


def _by_token(token: str) -> tuple[Supporter, int]:
    """The entry of a guardian's link that is still the newest one; 404 for any other."""
    try:
        pk, version = tokens.read(CONSENT, token)
    except tokens.BadToken:
        raise Http404("このリンクは使えません。") from None
    supporter = get_object_or_404(Supporter.objects.select_related("authority__area"), pk=pk)
    if supporter.token_version != version or not supporter.is_live:
        raise Http404("このリンクは、もう使えません。")
    return supporter, version


def _newest(request: HttpRequest) -> Supporter | None:
    supporter = queries.own(request.scope).first()
    if supporter is not None:
        set_authority(request, supporter.authority)
    return supporter


def _live(request: HttpRequest) -> Supporter:
    """My entry that counts now; 404 without one."""
    supporter = _newest(request)
    if supporter is None or not supporter.is_live:
        raise Http404
    return supporter
