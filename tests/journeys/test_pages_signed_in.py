"""The pages of people who have signed in: valid, accessible, at home with themselves, at both widths."""

import pytest

from tests.journeys.steps import Visitor, look
from tests.support.browser import People
from tests.support.world import World

pytestmark = pytest.mark.world(demo=True)
SIGNED_IN = {
    "resident-1": ("/me/", "/accounts/2fa/", "/accounts/email/", "{community}join/"),
    "organiser-akiha": ("{community}manage/", "{community}manage/events/new/", "{initiative}collaborations/new/"),
    "ward-akiha": (
        "/staff/", "/staff/communities/", "/staff/communities/new/", "/staff/events/", "/staff/events/new/",
        "/staff/collaborations/", "/staff/documents/", "/staff/outbox/", "/staff/jobs/", "/staff/access/",
    ),
    "city-hq": ("/staff/", "/staff/accounts/"),
    "muni-kanoya": (
        "/staff/", "/grants/applications/", "/grants/applications/new/", "{draft}edit/target/", "{draft}edit/plan/",
        "{closed}", "{changing}change/", "{reported}result/", "{settled}result/",
    ),
    "pref-officer": (
        "/staff/", "/staff/grants/", "{file}", "/staff/grants/?state=all", "{office_changing}change/", "{office_reported}result/",
        "{office_inspected}result/", "{office_closed}", "{office_revoked}recovery/", "{office_closed}dossier/", "{staff_contract}",
    ),
    "pref-accountant": ("/staff/", "/staff/grants/payments/", "{payment}", "{reclaim}", "{execution}", "{line}"),
    "auditor": ("/staff/", "/staff/grants/?state=all", "{office_settled}result/"),
    "advisor-1": ("/grants/advisor/", "/grants/advisor/visits/"),
    "npo-1": ("/me/", "{contract}"),
    "reviewer-3": ("{review}",),
    "secretariat": ("{panel}",),
}  # fmt: skip


@pytest.mark.parametrize("key", SIGNED_IN)
def test_pages_of_a_person(demo: World, people: People, places: dict[str, str], width: int, key: str) -> None:
    visitor = Visitor(people, width, key)
    for address in SIGNED_IN[key]:
        look(visitor, address.format(**places))
