"""The register of advisors: the public list, the officers' pages."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.decorators import staff_required
from portal.accounts.enums import Role
from portal.areas.models import Authority
from portal.areas.site import set_authority
from portal.kernel import clock, paging, permissions
from portal.kernel.forms import keeps_form
from portal.kernel.http import see_other

from .. import actions
from ..dispatch import queries
from ..forms.dispatch import AdvisorForm
from ..models import Advisor
from ..queries import READERS
from .common import own_authority

KEEP = "grants.keep_advisors"


@require_safe
def advisors(request: HttpRequest) -> HttpResponse:
    """Who may be sent, as far as each agreed to be shown."""
    page = paging.keyset(request, queries.public_advisors(clock.now()), order=("kana", "id"), per_page=40)
    if page.items:
        set_authority(request, page.items[0].authority)
    return render(request, "grants/advisors.html", {"page": page})


@require_safe
@staff_required(*READERS)
def advisor_list(request: HttpRequest) -> HttpResponse:
    """The register of one's authority."""
    page = paging.keyset(request, queries.advisors_of(request.scope), order=("kana", "id"), per_page=40)
    may = permissions.check(request.actor, KEEP, _authority(request))
    return render(request, "grants/advisor_list.html", {"page": page, "may": may})


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def advisor_new(request: HttpRequest) -> HttpResponse:
    """Register one."""
    authority = _authority(request)
    permissions.require(request.actor, KEEP, authority)
    form = AdvisorForm(request.POST or None, authority=authority, once=request)
    if form.acts(actions.register_advisor, by=request.actor, authority=authority):
        messages.success(request, "アドバイザーを登録しました。")
        return see_other(form.result)
    return render(request, "grants/advisor_form.html", {"form": form}, status=form.status)


@require_safe
@staff_required(*READERS)
def advisor_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One advisor: the entry, what they offer, what is booked."""
    advisor = _find(request, pk)
    now = clock.now()
    booked = queries.advisor_visits().filter(advisor=advisor, ends_at__gt=now)
    context = {
        "advisor": advisor,
        "offers": queries.free_offers(advisor, now)[:60],
        "booked": booked.select_related("dispatch__municipality").order_by("starts_at", "id")[:60],
        "offices": advisor.offices.all(),
        "may": permissions.check(request.actor, KEEP, advisor.authority),
    }
    return render(request, "grants/advisor_detail.html", context)


@keeps_form
@require_http_methods(["GET", "POST"])
@staff_required(*READERS)
def advisor_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the entry."""
    advisor = _find(request, pk)
    verdict = permissions.check(request.actor, KEEP, advisor.authority)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    form = AdvisorForm(request.POST or None, authority=advisor.authority, advisor=advisor, once=request)
    if form.acts(actions.change_advisor, by=request.actor, advisor=advisor):
        messages.success(request, "アドバイザーの登録を直しました。")
        return see_other(advisor)
    return render(request, "grants/advisor_form.html", {"form": form, "advisor": advisor}, status=form.status)


def _authority(request: HttpRequest) -> Authority:
    """The government one works for as a reader of its grants."""
    return own_authority(request, Role.PREFECTURE_OFFICER, otherwise=READERS)


def _find(request: HttpRequest, pk: UUID) -> Advisor:
    advisor = get_object_or_404(queries.advisors_of(request.scope), pk=pk)
    set_authority(request, advisor.authority)
    return advisor
