"""The 科目 of ① and ②: charged with the decision, following the payments, let go with the end; 執行管理 shows it."""

import pytest
from django.test import Client

from grants import actions
from grants.dispatch import queries
from grants.execution import queries as execution
from grants.execution.sums import left, uncommitted
from grants.models import Approval, BudgetLine, Dispatch, Payment, Programme, Workshop
from grants.workshop import queries as workshop_queries
from grants.workshop.actions import running
from portal.accounts.scope import Scope
from portal.kernel.refusals import Refusal
from tests.factories import workshop as workshops
from tests.factories.agency import agency, reported_visits
from tests.factories.deciding import line_of, record
from tests.factories.dispatch import Adviser, accepted, menu
from tests.factories.grants import Town

from .pages import send, text_of


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def sums(line: BudgetLine) -> dict[str, int]:
    row = execution.lines(Programme.objects.filter(pk=line.programme_id)).get(pk=line.pk)
    return {
        "planned": row.planned_yen, "charged": row.committed_yen, "ordered": row.ordered_yen,
        "free": uncommitted(row), "left": left(row),
    }  # fmt: skip


def signed(town: Town, made: Dispatch, line: BudgetLine, **more: int) -> Approval:
    approval = actions.draft_dispatch_decision(by=town.prefecture, dispatch=made, line=line, **more)
    return actions.record_approval(by=town.prefecture, approval=approval, **record(town.prefecture))


def charged_visit(town: Town, adviser: Adviser, line: BudgetLine, amount_yen: int) -> Dispatch:
    """A dispatch whose one visit was reported, charged with so much."""
    made = reported_visits(town, adviser, count=1)[0].dispatch
    Dispatch.objects.filter(pk=made.pk).update(state="accepted", decided_at=None)
    made.refresh_from_db()
    signed(town, made, line, amount_yen=amount_yen)
    made.refresh_from_db()
    return made


def test_a_decision_is_charged_and_one_beyond_the_line_is_refused(town: Town, adviser: Adviser) -> None:
    line = line_of(town, menu(), amount_yen=70_000)
    made = accepted(town, adviser)
    with pytest.raises(Refusal, match="科目を選んでください") as missing:
        actions.draft_dispatch_decision(by=town.prefecture, dispatch=made)
    assert missing.value.field == "line"
    with pytest.raises(Refusal, match="足りません") as beyond:
        actions.draft_dispatch_decision(by=town.prefecture, dispatch=made, line=line, amount_yen=70_001)
    assert beyond.value.code == "budget"
    assert not Approval.objects.filter(dispatch=made).exists()
    approval = actions.draft_dispatch_decision(by=town.prefecture, dispatch=made, line=line)
    assert sums(line) == {"planned": 40_000, "charged": 0, "ordered": 0, "free": 30_000, "left": 0}
    actions.send_back_approval(by=town.prefecture, approval=approval, note="額を確かめること。")
    assert sums(line)["free"] == 70_000
    signed(town, made, line)
    assert sums(line) == {"planned": 0, "charged": 40_000, "ordered": 0, "free": 30_000, "left": 40_000}
    made.refresh_from_db()
    actions.cancel_dispatch(by=town.prefecture, dispatch=made, note="災害のため。", document_number="9号")
    assert sums(line) == {"planned": 0, "charged": 0, "ordered": 0, "free": 70_000, "left": 0}


def test_the_charge_follows_what_is_paid_as_far_as_the_line_holds(town: Town, adviser: Adviser) -> None:
    line = line_of(town, menu(), amount_yen=30_000)
    made = charged_visit(town, adviser, line, 20_000)
    visit = made.visits.get()
    with pytest.raises(Refusal, match="足りません"):
        actions.order_visit_payment(by=town.prefecture, visit=visit, travel_yen=10_001)
    assert not Payment.objects.exists()
    [payment] = actions.order_visit_payment(by=town.prefecture, visit=visit, travel_yen=3_200)
    assert payment.line == line
    assert sums(line) == {"planned": 0, "charged": 23_200, "ordered": 23_200, "free": 6_800, "left": 23_200}
    assert payment not in execution.unassigned(line.programme, Scope.of(town.prefecture))


def test_what_was_not_needed_is_free_again_at_the_end(town: Town, adviser: Adviser) -> None:
    line = line_of(town, menu(), amount_yen=50_000)
    made = charged_visit(town, adviser, line, 45_000)
    actions.order_visit_payment(by=town.prefecture, visit=made.visits.get())
    Payment.objects.update(
        state="paid", paid_on="2026-11-25", paid_at="2026-11-25T03:00:00Z", charged_year=2026
    )
    actions.close_dispatch(by=town.prefecture, dispatch=made)
    assert sums(line) == {"planned": 0, "charged": 20_000, "ordered": 20_000, "free": 30_000, "left": 0}


def test_where_an_agency_pays_its_contract_is_charged_and_not_the_decision(
    town: Town, adviser: Adviser
) -> None:
    contract = agency(town)
    made = accepted(town, adviser)
    approval = actions.draft_dispatch_decision(by=town.prefecture, dispatch=made)
    assert not hasattr(approval, "commitment")
    assert sums(contract.line)["charged"] == 500_000


def test_fees_by_the_hour_are_expected_for_as_long_as_the_first_visit(town: Town) -> None:
    made = accepted(town, Adviser(town, {"fee_yen": 8_000, "fee_unit": "hour"}))
    assert queries.expected_fees(made) == 32_000


def test_the_lecturers_of_a_workshop_are_charged_too(town: Town) -> None:
    made = workshops.agreed(town)
    line, expected = line_of(town, made.menu, amount_yen=200_000), workshop_queries.expected_fees(made)
    assert expected
    with pytest.raises(Refusal, match="科目を選んでください"):
        actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made, line=line)
    actions.record_approval(by=town.prefecture, approval=approval, **record(town.prefecture))
    assert sums(line)["charged"] == expected
    made = Workshop.objects.get(pk=made.pk)
    running.change_workshop(by=town.prefecture, workshop=made, note="講師が替わる。")
    again = workshops.agreed(town, Workshop.objects.get(pk=made.pk))
    second = actions.draft_workshop_decision(
        by=town.prefecture, workshop=again, line=line, amount_yen=expected + 1_000
    )
    actions.record_approval(by=town.prefecture, approval=second, **record(town.prefecture))
    assert (sums(line)["planned"], sums(line)["charged"]) == (0, expected + 1_000)
    running.cancel_workshop(
        by=town.prefecture, workshop=Workshop.objects.get(pk=made.pk), note="災害のため。"
    )
    assert sums(line)["charged"] == 0


def test_the_officer_chooses_the_line_on_the_page(town: Town, adviser: Adviser) -> None:
    line = line_of(town, menu())
    made = accepted(town, adviser)
    desk = Client()
    desk.force_login(town.prefecture_user)
    url, act = made.get_staff_url(), made.get_act_url("draft")
    assert '"40,000"' in text_of(desk.get(url))
    assert send(desk, url, action=act, line="").status_code == 422
    assert send(desk, url, action=act).status_code == 303
    approval = Approval.objects.get(dispatch=made)
    shown = text_of(desk.get(approval.get_absolute_url()))
    assert (str(line) in shown, "40,000円" in shown, "助言 花子" in shown) == (True, True, True)
