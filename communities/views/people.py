"""People who act: the directory, one person's page, their photo. Nothing here may be kept by a cache."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.areas.site import authority_of, set_authority
from portal.kernel import http, paging, search
from portal.kernel.http import private

from .. import queries
from ..forms.filters import ListFilter
from ..models import Profile
from ..profiles.cards import Card, card_of

FOUND = 60


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Who is open to this viewer, by area, theme and words."""
    chosen = ListFilter.of(request)
    if chosen.area:
        set_authority(request, chosen.area)
    rows = queries.people_listed(request.scope, chosen.area, chosen.theme)
    context = {"chosen": chosen, "cards": [], "page": None, "areas": [], "themes": [], "most": 0}
    if chosen.words:
        people, context["most"] = found(request, chosen, rows)
    else:
        options = queries.filter_options(authority_of(request).area_id)
        context["areas"] = chosen.chips("area", options["area"], "すべての地域")
        context["themes"] = chosen.chips("theme", options["theme"], "すべてのテーマ")
        context["page"] = page = paging.keyset(
            request, rows, order=("-opened_at", "-id"), filled=("opened_at",)
        )
        people = page.items
    context["cards"] = cards(people)
    return private(render(request, "communities/person_list.html", context))


def found(request: HttpRequest, chosen: ListFilter, rows) -> tuple[list[Profile], int]:
    """The people whose open words hold what is asked, best first. Two queries."""
    hits = search.find(
        chosen.words, audience=request.scope.audience, kinds=["person"], limit=FOUND,
        area_codes=[chosen.area] if chosen.area else None,
    )  # fmt: skip
    order = {hit.object_id: place for place, hit in enumerate(hits.items)}
    people = sorted(rows.filter(pk__in=list(order)), key=lambda row: order[str(row.pk)])
    return people, FOUND if hits.has_more else 0


def cards(people: list[Profile]) -> list[Card]:
    """What this viewer sees of each."""
    return [card for person in people if (card := card_of(person, near=person.is_near))]


def visible_person(request: HttpRequest, pk: UUID) -> tuple[Profile, Card]:
    """The person of this address and what this viewer sees; 404 for everybody else."""
    rows = queries.with_names(queries.profiles_visible_to(request.scope)).select_related("photo")
    profile = get_object_or_404(rows, pk=pk)
    card = card_of(profile, near=profile.is_near)
    if card is None:
        raise Http404
    return profile, card


@require_safe
def person_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What this person opened to this viewer, and where they openly belong."""
    profile, card = visible_person(request, pk)
    memberships = list(queries.communities_shown_with(profile)[:20])
    initiatives = queries.initiatives_in([row.community_id for row in memberships])
    context = {
        "profile": profile, "card": card, "memberships": memberships,
        "initiatives": list(initiatives[:20]) if memberships else [],
        "is_own": profile.user_id == request.scope.user_id,
    }  # fmt: skip
    return private(render(request, "communities/person_detail.html", context))


@require_safe
def person_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The photo, where it is open to this viewer; 404 the moment it is not."""
    profile, card = visible_person(request, pk)
    if not card.photo or profile.photo is None:
        raise Http404
    return http.picture(request, profile.photo)
