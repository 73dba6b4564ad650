"""Contracts of menu ④ for tests: the way to an adopted proposal is written as rows, the contract goes by its actions."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import cached_property

from grants import actions as grants
from grants.commission.queries.proposals import whole
from grants.contracts import queries
from grants.contracts.actions import deciding, ending, fulfilling, negotiating
from grants.models import (
    Approval,
    CommissionCall,
    Contract,
    PanelSeat,
    Payment,
    Proposal,
    ScorePoint,
    ScoreSheet,
)
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.models import StoredFile

from .accounts import UserFactory, actor, officer
from .areas import KAGOSHIMA
from .commission import closed_call, published_call, qualified, submitted_proposal
from .deciding import line_of, record
from .grants import Town, staged

PRICE = 1_400_000
TERMS = negotiating.Terms(
    ground="地方自治法施行令第167条の2第1項第2号",
    reason="公募した企画提案を審査会で審査し、最も優れた提案として採択したため。",
    estimated_yen=1_450_000,
    deposit_exempt=True,
    deposit_reason="過去の実績から、履行しないおそれがないため",
    starts_on=date(2027, 1, 25),
    ends_on=date(2027, 3, 18),
)


def result(town: Town, *states: str, **terms: Any) -> list[Proposal]:
    """An announced call with one proposal a state ("adopted", "reserve", "not_adopted"), places in that order."""
    call = published_call(town, **terms)
    made = [submitted_proposal(town, call) for _ in states]
    closed_call(town, call)
    now = clock.now()
    seat = PanelSeat.objects.create(call=call, user=UserFactory(), title="審査委員")
    for place, (row, state) in enumerate(zip(made, states, strict=True), start=1):
        qualified(town, row)
        _score(seat, row, 95 - 10 * place)
        Proposal.objects.filter(pk=row.pk).update(state=state, place=place, scored_at=now, decided_at=now)
    CommissionCall.objects.filter(pk=call.pk).update(
        state="announced", panel_at=now, frozen_at=now, announced_at=now
    )
    return [whole(Proposal.objects.all()).get(pk=row.pk) for row in made]


def _score(seat: PanelSeat, proposal: Proposal, share: int) -> None:
    """One frozen sheet that gives `share` % of each item's points."""
    now = clock.now()
    sheet = ScoreSheet.objects.create(
        seat=seat, proposal=proposal, state="frozen", sealed_at=now, frozen_at=now
    )
    ScorePoint.objects.bulk_create(
        ScorePoint(sheet=sheet, item=item, points=item.points * share // 100)
        for item in seat.call.items.all()
    )


@dataclass
class Deal:
    """One contract and its sides. `to(...)` takes it as far as a state; the clock stands where the test set it."""

    town: Town
    others: tuple[str, ...] = ()
    proposals: list[Proposal] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.proposals = result(self.town, "adopted", *self.others)
        self.proposal = self.proposals[0]
        self.contract = negotiating.open_contract(by=self.office, proposal=self.proposal)

    @cached_property
    def office(self) -> UserActor:
        return self.town.prefecture

    @cached_property
    def npo(self) -> UserActor:
        return UserActor(User.objects.get(pk=self.proposal.created_by_id))

    @cached_property
    def accountant(self) -> UserActor:
        return actor(officer(Role.ACCOUNTANT, KAGOSHIMA))

    def paper(self, by: UserActor, name: str = "書類.pdf") -> StoredFile:
        return staged(by, name)

    def fresh(self) -> Contract:
        self.contract = queries.with_case(Contract.objects.all()).get(pk=self.contract.pk)
        return self.contract

    def settle(self, **changes: Any) -> Contract:
        """The terms of the office."""
        values = {name: getattr(TERMS, name) for name in negotiating.Terms.__dataclass_fields__} | changes
        case = self.fresh()
        terms = negotiating.Terms(**values)
        return negotiating.save_terms(by=self.office, contract=case, revision=case.revision, terms=terms)

    def quote(self, price_yen: int = PRICE) -> Contract:
        paper = self.paper(self.npo, "見積書.pdf")
        return negotiating.give_quote(by=self.npo, contract=self.fresh(), price_yen=price_yen, file=paper)

    def draft(self) -> Approval:
        line = line_of(self.town, self.proposal.call.theme.menu)
        return deciding.draft_contract(by=self.office, contract=self.fresh(), line=line)

    def sign(self, **changed: Any) -> Contract:
        approval = Approval.objects.get(contract=self.contract, state="drafted")
        grants.record_approval(by=self.office, approval=approval, **record(self.office, **changed))
        return self.fresh()

    def signed(self) -> Contract:
        self.settle()
        self.quote()
        self.draft()
        return self.sign()

    def started(self) -> Contract:
        self.signed()
        fulfilling.start_work(by=self.npo, contract=self.fresh(), started_on=clock.today_jst())
        return self.fresh()

    def report(self) -> Contract:
        fulfilling.report_interim(by=self.npo, contract=self.fresh(), text="週に一度、続けている。")
        return self.fresh()

    def complete(self, completed_on: date | None = None) -> Contract:
        fulfilling.complete_work(
            by=self.npo, contract=self.fresh(), completed_on=completed_on or clock.today_jst(), outcome="手引きにまとめた。",
            report=self.paper(self.npo, "実績.pdf"), deliverable=self.paper(self.npo, "手引き.pdf"),
        )  # fmt: skip
        return self.fresh()

    def inspect(self) -> Contract:
        ending.inspect_work(
            by=self.office, contract=self.fresh(), inspected_on=clock.today_jst(), findings="契約のとおり。"
        )
        return self.fresh()

    def invoice(self) -> Contract:
        fulfilling.invoice(by=self.npo, contract=self.fresh())
        return self.fresh()

    def order(self) -> Payment:
        return ending.order_contract_payment(by=self.office, contract=self.fresh())
