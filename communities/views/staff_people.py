"""The people who act in an officer's areas: the list, and one of them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.accounts.decorators import staff_required
from portal.kernel import paging, ports
from portal.kernel.http import private

from .. import queries
from ..forms.filters_people import PeopleFilter
from ..profiles.acting import acting
from ..queries import staff_people
from ..rules import READERS


@require_safe
@staff_required(*READERS)
def staff_person_list(request: HttpRequest) -> HttpResponse:
    """Who acts in one's areas, by ward, role, theme and name; those who came last stand first."""
    chosen = PeopleFilter.of(request)
    rows = staff_people.people_chosen(
        request.scope, area=chosen.area, role=chosen.role, theme=chosen.theme, words=chosen.words
    )
    # Never by name: the cursor stands in the address.
    page = paging.keyset(request, rows, order=("-created_at", "-id"), per_page=50)
    options = staff_people.people_options(request.scope)
    context = {
        "page": page, "chosen": chosen, "people": [acting(row) for row in page],
        "choices": chosen.choices(options["area"], options["theme"]),
    }  # fmt: skip
    return private(render(request, "communities/staff_person_list.html", context))


@require_safe
@staff_required(*READERS)
def staff_person_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person: where they act and in which role, what they opened, what was said with them."""
    person = acting(get_object_or_404(staff_people.people_in_areas(request.scope), pk=pk))
    organised = [row.community_id for row in person.organises]
    subject = ports.subjects["person"]
    context = {
        "person": person,
        "events": list(staff_people.events_run_by(request.scope, organised)[:10]) if organised else [],
        "may_note": subject.rows(request.scope).filter(pk=pk).exists(),
        "contacts": list(queries.contacts_about("person", pk, request.scope)[:5]),
    }
    return private(render(request, "communities/staff_person_detail.html", context))
