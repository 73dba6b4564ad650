"""Addresses that only the database knows, told as JSON: `python -m bench.addresses` in the environment of a database."""

import json
from typing import Any

import django

DEEP = 80_000
PER_PAGE = 20


def deep_cursor(rows: Any, path: str, order: tuple[str, ...], start: int) -> str:
    """The query that leads to the row number `start` of a list, as its own pager would write it."""
    from django.test import RequestFactory

    from portal.kernel import paging

    before = list(rows.values_list("pk", flat=True)[start - PER_PAGE : start + 1])
    page = paging.keyset(
        RequestFactory().get(path), rows.filter(pk__in=before), order=order, per_page=PER_PAGE
    )
    return page.next_url


def session_of(user: Any) -> str:
    """A cookie that signs `user` in."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return f"hiroba_session={client.cookies['hiroba_session'].value}"


def main() -> dict[str, str]:
    from communities.models import Community, Event
    from communities.queries import published_communities, upcoming_events
    from grants.models import Application
    from portal.accounts.enums import Role
    from portal.accounts.models import Appointment
    from portal.kernel import paging

    rows = published_communities()
    file = Application.objects.filter(state="screening").latest("submitted_at", "id")
    community = Community.objects.get(slug="keisoku-000500")
    event = community.events.filter(state="published").order_by("starts_at").first()
    found = {
        "detail": community.get_absolute_url(),
        "slug": community.slug,
        "grants_officer": session_of(file.held_by),
        "grants_file": file.get_staff_url(),
        "event": event.get_absolute_url(),
        "officer": session_of(Appointment.objects.filter(role=Role.WARD_OFFICER, area="151050").first().user),
    }
    if rows.count() > DEEP + PER_PAGE:
        found["deep"] = "/communities/" + deep_cursor(rows, "/communities/", ("-published_at", "-id"), DEEP)
        found["deep_holds"] = rows[DEEP].get_absolute_url()
    coming = upcoming_events()
    if paging.capped_count(coming, DEEP + PER_PAGE) > DEEP + PER_PAGE:
        found["deep_events"] = "/events/" + deep_cursor(coming, "/events/", ("starts_at", "id"), DEEP)
        deep = Event(pk=coming.values_list("pk", flat=True)[DEEP])
        found["deep_event_holds"] = deep.get_absolute_url()
    return found


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main()))
