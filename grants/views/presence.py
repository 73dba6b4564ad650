"""Who else has a file open: an open page says every half minute that it is, and is told who else is there."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from portal.accounts.decorators import staff_required
from portal.kernel import permissions

from .. import actions, queries
from ..enums import Place, Side
from ..models import Application
from ..queries import READERS, presence
from ..rules import MUNICIPAL
from .common import find


@require_POST
@staff_required(*MUNICIPAL, *READERS)
def application_presence(request: HttpRequest, pk: UUID, place: str) -> HttpResponse:
    """Say that one is here, and hear who else is: 204 when nothing changed since the page was last told."""
    if place not in Place:
        raise Http404
    application = find(request, queries.with_case(queries.visible_to(request.scope)), pk)
    actions.be_present(by=request.actor, file=application, place=Place(place))
    side = presence.side_of(request.scope, application)
    context = presence_context(application, place, presence.others(application, side, request.scope.user_id))
    if request.POST.get("known") == context["present_known"]:
        return HttpResponse(status=204)
    return render(request, "grants/_presence.html", context)


def presence_context(application: Application, place: str, rows: list[dict[str, str]]) -> dict[str, Any]:
    """Who else has the file open, and whether somebody is in the same place."""
    return told(rows, place, reverse("grants:application_presence", args=[application.pk, place]))


def with_officers(request: HttpRequest, applications: QuerySet[Application]) -> QuerySet[Application]:
    """With the colleagues who have each open now, for a page of the prefecture. No query of its own."""
    return presence.noting_present(applications, Side.PREFECTURE, request.scope.user_id)


def officer_context(request: HttpRequest, application: Application, place: Place) -> dict[str, Any]:
    """Who else has the file open, for who works at `place`; nothing for a reader. The file comes `with_officers`."""
    if not permissions.check(request.actor, presence.needed(Side.PREFECTURE, place), application):
        return {}
    return presence_context(application, place, application.present)  # type: ignore[attr-defined]


def told(rows: list[dict[str, str]], place: str, url: str) -> dict[str, Any]:
    """The same for any file whose page says at `url` that it is open."""
    return {
        "present": [(row["name"], Place(row["place"]).label) for row in rows],
        "present_here": any(row["place"] == place for row in rows),
        "present_known": ",".join(f"{row['user']}:{row['place']}" for row in rows),
        "presence_url": url,
        "presence_seconds": presence.BEAT_SECONDS,
    }
