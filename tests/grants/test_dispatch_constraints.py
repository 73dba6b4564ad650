"""Every constraint of menu ①: one row that the database refuses."""

from datetime import timedelta

import pytest

from grants import actions
from grants.models import AdvisorOffer
from portal.kernel import clock
from tests.factories.dispatch import FIRST, Adviser, draft, proposed, requested
from tests.factories.grants import Town

from .test_constraints import change, copy, refuses


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def test_advisors(town: Town, adviser: Adviser) -> None:
    row = adviser.row
    refuses("advisor_one_of_a_person", copy(row))
    refuses("advisor_has_fields", change(row, fields=[]))
    refuses("advisor_years_in_order", change(row, active_to=2025))
    refuses("advisor_fee_in_range", change(row, fee_yen=1_000_001))
    actions.offer_time(by=adviser.actor, advisor=row, starts_at=FIRST, ends_at=FIRST + timedelta(hours=1))
    offer = AdvisorOffer.objects.get()
    refuses("advisoroffer_times_do_not_overlap", copy(offer))
    refuses("advisoroffer_ends_after_start", change(offer, ends_at=offer.starts_at))


def test_dispatches(town: Town, adviser: Adviser) -> None:
    first, second, third = draft(town), requested(town), proposed(town, adviser)
    now = clock.now()
    refuses("dispatch_submitted_iff_left_draft", change(first, version=1))
    refuses("dispatch_submitted_complete", change(second, issue=""))
    refuses("dispatch_visits_in_range", change(first, visits_wanted=13))
    refuses("dispatch_advisor_iff_given", change(third, advisor=None))
    refuses("dispatch_accepted_iff_answered", change(third, accepted_at=now))
    refuses("dispatch_decided_iff_stamped", change(third, decided_at=now))
    refuses("dispatch_closed_iff_stamped", change(third, closed_at=now))
    refuses("dispatch_withdrawn_iff_stamped", change(third, withdrawn_at=now))


def test_visits(town: Town, adviser: Adviser) -> None:
    visit = proposed(town, adviser).visits.get()
    refuses(
        "visit_number_once",
        copy(visit, starts_at=FIRST + timedelta(days=1), ends_at=FIRST + timedelta(days=2)),
    )
    refuses("visit_number_in_range", change(visit, number=13))
    refuses("visit_ends_after_start", change(visit, ends_at=visit.starts_at))
    refuses("visit_advisor_not_twice", copy(visit, number=2))
