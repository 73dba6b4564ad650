"""Every constraint of the 委託先: one row that the database refuses."""

from grants.models import Commitment
from portal.kernel import clock
from tests.factories.agency import agency, reported_visits, started, submitted
from tests.factories.dispatch import Adviser
from tests.factories.grants import Town

from .test_constraints import change, copy, refuses


def test_contracts_statements_and_costs(town: Town) -> None:
    adviser, now = Adviser(town), clock.now()
    reported_visits(town, adviser, count=1)
    contract = agency(town)
    refuses("agencycontract_in_range", change(contract, amount_yen=0, case_yen=0))
    refuses("menu", copy(contract))
    refuses("commitment_one_source", change(Commitment.objects.get(agency=contract), agency=None))
    draft = started(town, contract)
    refuses("agencystatement_one_draft", copy(draft, number=9))
    refuses("agencystatement_checked_iff_stamped", change(draft, checked_at=now))
    refuses("agencystatement_submitted_iff_stamped", change(draft, submitted_at=now))
    refuses("agencystatement_sums_agree", change(draft, total_yen=1))
    refuses("agencystatement_number_once", copy(draft, state="dropped"))
    cost = draft.costs.get()
    refuses("visit", copy(cost))
    refuses("visitcost_office_through_agency", change(cost, statement=None))
    refuses("visitcost_withheld_within", change(cost, withheld_yen=99_999))


def test_nothing_is_submitted_without_a_sum(town: Town) -> None:
    reported_visits(town, Adviser(town), count=1)
    made = submitted(town, agency(town))
    zero = dict.fromkeys(("fee_yen", "travel_yen", "office_yen", "total_yen"), 0)
    refuses("agencystatement_sums_agree", change(made, **zero))
