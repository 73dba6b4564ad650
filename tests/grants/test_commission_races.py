"""Menu ④ with real threads: the last two sheets, an announcement and a withdrawal, twin contracts, a change and a 打切り."""

from datetime import date

import pytest

from grants import actions as grants
from grants.commission.actions import announcing, qualifying, scoring
from grants.commission.actions import proposals as proponents
from grants.contracts.actions import amending, ending, negotiating
from grants.models import (
    Amendment,
    Approval,
    CommissionCall,
    Commitment,
    Contract,
    PanelInterest,
    Proposal,
)
from portal.kernel.refusals import Refusal
from tests.factories.commission import FIT, Panel, closed_call, published_call, submitted_proposal
from tests.factories.contracts import Deal, result
from tests.factories.deciding import line_of, record
from tests.factories.grants import Town
from tests.support.threads import race
from tests.support.world import World

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def town(world: World) -> Town:
    world.clock.set("2026-11-25T10:00:00+09:00")
    made = Town()
    assert made.officer
    assert made.chief
    assert made.prefecture
    return made


@pytest.fixture
def running(town: Town, world: World) -> Panel:
    made = Panel(town)
    world.clock.set("2026-12-21T10:00:00+09:00")
    return made.open()


def interest(made: Panel, reviewer: int, proposal: int) -> PanelInterest:
    return PanelInterest.objects.select_related("seat").get(pk=made.interest(reviewer, proposal).pk)


def fresh(row: Proposal) -> Proposal:
    return Proposal.objects.select_related(
        "organisation", "call__theme__menu__programme__authority__area", "call__theme__municipality"
    ).get(pk=row.pk)


def test_of_the_last_two_sheets_the_later_freezes_all_once(running: Panel) -> None:
    for place in range(2):
        for one in range(3):
            running.declare(one, place)
            running.give(one, place, 80, seal=(one, place) not in {(0, 1), (1, 1)})
    outcomes = race(
        *(
            lambda one=one: scoring.seal_sheet(by=running.reviewers[one], interest=interest(running, one, 1))
            for one in range(2)
        )
    )
    assert all(outcome.ok for outcome in outcomes), outcomes
    assert CommissionCall.objects.get(pk=running.call.pk).frozen_at is not None
    assert {fresh(row).state for row in running.proposals} == {"scored"}


def test_an_announcement_and_a_withdrawal_leave_one_true_result(running: Panel) -> None:
    running.finish((85, 75))
    call = CommissionCall.objects.select_related(
        "theme__menu__programme__authority__area", "theme__municipality"
    ).get(pk=running.call.pk)
    outcomes = race(
        lambda: announcing.announce(by=running.town.prefecture, call=call),
        lambda: proponents.withdraw_proposal(
            by=running.npos[0], proposal=fresh(running.proposals[0]), note="人が足りない"
        ),
    )
    assert all(outcome.ok for outcome in outcomes), outcomes
    first, second = (fresh(row) for row in running.proposals)
    assert first.state == "withdrawn"
    assert (second.state == "adopted") != (second.state == "reserve" and second.reserve_until is not None)


def test_two_officers_begin_one_contract(town: Town) -> None:
    (proposal,) = result(town, "adopted")
    outcomes = race(
        *(lambda: negotiating.open_contract(by=town.prefecture, proposal=fresh(proposal)) for _ in range(2))
    )
    assert sorted(outcome.ok for outcome in outcomes) == [False, True], outcomes
    assert all(isinstance(outcome.error, Refusal) for outcome in outcomes if not outcome.ok), outcomes
    assert Contract.objects.filter(proposal=proposal).count() == 1


def test_two_proposals_of_one_organisation_do_not_both_qualify(town: Town, world: World) -> None:
    call = published_call(town)
    name = f"競う会{call.pk}"
    rows = [submitted_proposal(town, call, organisation_name=name) for _ in range(2)]
    closed_call(town, call)
    outcomes = race(
        *(
            lambda row=row: qualifying.judge_qualification(
                by=town.prefecture, proposal=fresh(row), step="qualify", answers=FIT
            )
            for row in rows
        )
    )
    assert sorted(outcome.ok for outcome in outcomes) == [False, True], outcomes
    assert sorted(fresh(row).state for row in rows) == ["qualified", "submitted"]


def test_a_change_that_is_decided_while_the_contract_is_ended_leaves_no_charge(
    town: Town, world: World
) -> None:
    deal = Deal(town)
    world.clock.set("2027-01-20T10:00:00+09:00")
    deal.signed()
    amending.ask_amendment(
        by=deal.npo, contract=deal.fresh(), ends_on=date(2027, 3, 17), price_yen=1_480_000, reason="試行を増やす",
        file=deal.paper(deal.npo),
    )  # fmt: skip
    line = line_of(town, deal.proposal.call.theme.menu)
    asked = {"contract": deal.fresh(), "line": line, "estimated_yen": 1_490_000}
    approval = amending.draft_amendment(by=deal.office, **asked)
    said, case = record(deal.office), deal.fresh()
    approval = Approval.objects.select_related("menu__programme__authority").get(pk=approval.pk)
    outcomes = race(
        lambda: grants.record_approval(by=deal.office, approval=approval, **said),
        lambda: ending.terminate_contract(by=deal.office, contract=case, note="続けられないため"),
    )
    assert outcomes[1].ok, outcomes
    assert outcomes[0].ok or isinstance(outcomes[0].error, Refusal), outcomes
    assert deal.fresh().state == "terminated"
    assert Amendment.objects.get(contract=case).state == ("agreed" if outcomes[0].ok else "declined")
    assert not Commitment.objects.filter(approval__contract=case, released_at__isnull=True).exists()
