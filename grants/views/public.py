"""Public pages: the four menus with the source's numbers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.areas.site import set_authority
from portal.kernel import clock

from .. import queries
from ..calling import intake
from ..commission.queries import calls as commission_calls
from ..dispatch import queries as dispatch
from ..enums import Table
from ..relief import queries as relief
from ..rules import MUNICIPAL
from ..workshop import queries as workshop


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest programme with its four menus; the years before below."""
    programmes = list(queries.programmes()[:10])
    if not programmes:
        raise Http404
    current = programmes[0]
    set_authority(request, current.authority)
    calls = list(queries.announced_calls(clock.now()))
    context = {"programme": current, "menus": current.menus.all(), "calls": calls, "earlier": programmes[1:]}
    return render(request, "grants/home.html", context)


@require_safe
def menu_detail(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """One menu, word for word, with its terms as data."""
    menu = get_object_or_404(queries.menus(), programme__slug=programme, number=number)
    set_authority(request, menu.programme.authority)
    calls = list(relief.noting_extension(menu.calls.filter(closes_at__gt=clock.now())))
    context: dict[str, Any] = {
        "menu": menu,
        "types": menu.project_types.all(),
        "calls": calls,
        "now": clock.now(),
        "begins": not request.user.is_authenticated or request.scope.has(*MUNICIPAL),  # type: ignore[attr-defined]
        "takes_dispatches": menu.table == Table.DISPATCH and dispatch.menus(clock.now()).contains(menu),
        "takes_workshops": menu.table == Table.WORKSHOP and workshop.menus(clock.now()).contains(menu),
    }
    if menu.table in (Table.DISPATCH, Table.WORKSHOP):
        let = bool(calls) or not relief.for_scope(request.scope, clock.now()).filter(call__menu=menu).exists()  # type: ignore[attr-defined]
        context["intake"] = intake(menu, clock.now(), let=not let)
    if menu.table == Table.COMMISSION:
        context["commission_calls"] = commission_calls.of_menu(menu)[:20]
    return render(request, "grants/menu_detail.html", context)
