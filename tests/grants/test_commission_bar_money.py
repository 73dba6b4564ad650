"""The permission bar of ④ after the contract: 執行管理, payments and their files, the students at its work.

An excluded reviewer holds every post of the prefecture that reads money, another one of the same posts is free: the walk
of the free one shows that what is asked for is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from grants.contracts.actions import fulfilling
from grants.execution.importing import Orders
from grants.models import BudgetLine, Payment, Placement, PlacementDay, SupportRequest
from grants.reminding import sweeping, watches
from grants.supporters import queries as supporters
from grants.supporters.papers import CERTIFICATE_KIND
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.documents import actions as issuing
from portal.documents import queries as documents
from portal.kernel import clock as now
from portal.kernel import exports
from portal.kernel.actors import UserActor
from portal.kernel.import_models import Import
from portal.kernel.models import OutboxMessage
from tests.factories.accounts import actor, appointment, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.contracts import Deal
from tests.factories.deciding import line_of
from tests.factories.grants import Town
from tests.factories.supporters import WANTED, Student
from tests.support.world import ClockFile

from .commission_support import signed_in
from .pages import text_of

POSTS = (Role.AUDITOR, Role.ACCOUNTANT, Role.PREFECTURE_OFFICER, Role.PREFECTURE_SECTION_CHIEF)
ACTIVITY = "委託の業務を手伝う活動"


@dataclass
class Followed:
    """A contract that waits to be paid, with a student's confirmed work on its theme and the travel ordered for it."""

    deal: Deal
    line: BudgetLine
    payment: Payment
    travel: Payment
    wanted: SupportRequest
    placement: Placement

    def posted(self) -> User:
        """Somebody in every post that reads the money, in the office of the town."""
        made = officer(POSTS[0], KAGOSHIMA)
        for role in POSTS[1:]:
            section = self.deal.town.office if role == Role.PREFECTURE_OFFICER else None
            appointment(made, role, KAGOSHIMA, section=section)
        return made

    def tied(self) -> User:
        made = self.posted()
        seat = self.deal.proposal.call.seats.create(user=made, title="審査委員")
        seat.interests.create(
            proposal=self.deal.proposal, declared="conflict", kinds=["pay"], declared_at=now.now()
        )
        return made

    @property
    def lists(self) -> Iterator[str]:
        """Every page that names money, papers or activities among others."""
        year = self.line.programme.slug
        yield reverse("grants:execution", args=[year])
        yield reverse("grants:execution_line", args=[year, self.line.pk])
        yield reverse("grants:payments")
        yield reverse("grants:support_list")
        yield reverse("grants:support_case", args=["theme", self.deal.proposal.call.theme_id])
        yield reverse("grants:supporter_detail", args=[self.placement.supporter_id])
        yield from ("/staff/", "/staff/documents/", "/staff/outbox/", "/staff/grants/contracts/")

    @property
    def pages(self) -> tuple[str, ...]:
        """Every page of one of them."""
        paper = documents.of(self.placement).get()
        return (
            self.payment.get_absolute_url(), self.travel.get_absolute_url(), self.wanted.get_absolute_url(),
            self.placement.get_absolute_url(), paper.get_absolute_url(), self.deal.contract.get_staff_url(),
        )  # fmt: skip

    def said(self, user: User) -> str:
        """All that the lists and the files taken out of them say."""
        client, by, texts = signed_in(user), actor(user), []
        for address in self.lists:
            answer = client.get(address)
            assert answer.status_code == 200, address
            texts.append(text_of(answer))
        for kind in ("payments", "execution"):
            export = exports.ask_for_export(by=by, kind=kind, form="csv", params={}, purpose="監査のため")
            texts.append(b"".join(exports.stream(export, by)).decode("utf-8-sig"))
        return "\n".join(texts)


@pytest.fixture
def followed(town: Town, clock: ClockFile) -> Followed:
    deal = Deal(town, others=("not_adopted",))
    theme = deal.proposal.call.theme
    clock.set("2027-01-20T10:00:00+09:00")
    deal.signed()
    clock.set("2027-02-01T10:00:00+09:00")
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 25))
    deal.report()
    deal.complete()
    deal.inspect()
    deal.invoice()
    payment = deal.order()
    values = WANTED | {"title": ACTIVITY, "first_on": date(2027, 1, 26), "last_on": date(2027, 1, 30)}
    wanted = SupportRequest.objects.create(
        menu=theme.menu, theme=theme, municipality=town.area, office=town.office, **values
    )
    return Followed(deal, line_of(town, theme.menu), payment, *worked(town, wanted))


def worked(town: Town, wanted: SupportRequest) -> tuple[Payment, SupportRequest, Placement]:
    """A confirmed placement of one day with its travel ordered and its certificate, as rows."""
    student = Student(town)
    placement = Placement.objects.create(
        request=wanted, supporter=student.row, state="confirmed", accepted_at=now.now(), reported_at=now.now(),
        confirmed_at=now.now(), work="記録した。",
    )  # fmt: skip
    PlacementDay.objects.create(
        placement=placement, supporter=student.row, on=wanted.first_on, state="confirmed", minutes=60, travel_yen=900,
        is_insured=True, confirmed_at=now.now(),
    )  # fmt: skip
    programme = wanted.menu.programme
    travel = Payment.objects.create(
        authority=programme.authority, case_type="grants.placement", case_id=placement.pk, slot="travel",
        title=f"学生サポーター「{wanted.title}」", kind="travel", payee=student.row.name, payee_user=student.user,
        gross_yen=900, net_yen=900, fiscal_year=programme.fiscal_year, ordered_on=wanted.last_on + timedelta(days=1),
    )  # fmt: skip
    issuing.issue(
        CERTIFICATE_KIND, placement, by=town.prefecture, authority=programme.authority, section=None,
        year=programme.fiscal_year,
    )  # fmt: skip
    return travel, wanted, placement


def test_no_money_no_file_and_no_student_tells_an_excluded_reviewer_of_the_contract(
    followed: Followed,
) -> None:
    deal = followed.deal
    words = (deal.proposal.organisation.name, followed.payment.reference, followed.travel.reference, ACTIVITY)
    tied, free = followed.tied(), followed.posted()
    text = followed.said(free)
    assert not [word for word in words if word not in text], "the walk reads what is there"
    text = followed.said(tied)
    assert not [word for word in words if word in text]
    for address in followed.pages:
        assert signed_in(free).get(address).status_code == 200, address
        assert signed_in(tied).get(address).status_code == 404, address


def test_a_file_of_the_accounts_names_no_payment_that_is_shut_to_who_reads_it_in(followed: Followed) -> None:
    for user, seen in ((followed.posted(), True), (followed.tied(), False)):
        ground = Orders(Import(place=KAGOSHIMA), actor(user))
        for payment in (followed.payment, followed.travel):
            values = {"reference": payment.reference, "number": "08-1", "paid_on": None, "amount_yen": None}
            faults = ground.complete(values, {})
            assert (values.get("title") == payment.title) is seen
            assert bool(faults) is not seen


def test_the_sums_of_a_line_stay_whole_for_everybody(followed: Followed) -> None:
    """What a 科目 has left is no secret of one contract; only the rows behind it are."""
    address = reverse("grants:execution_line", args=[followed.line.programme.slug, followed.line.pk])
    price = f"{followed.payment.gross_yen:,}円"
    assert price in text_of(signed_in(followed.tied()).get(address))


def test_a_reviewer_tied_to_another_proposal_reads_the_students(followed: Followed) -> None:
    """Only who is excluded from the proposal that became the contract is shut out."""
    other = followed.posted()
    proposal = followed.deal.proposals[1]
    seat = proposal.call.seats.create(user=other, title="審査委員")
    seat.interests.create(proposal=proposal, declared="conflict", kinds=["pay"], declared_at=now.now())
    seen = supporters.requests_visible_to(Scope.of(UserActor(other)))
    assert followed.wanted in seen


def test_the_reminder_of_the_last_bank_day_reaches_no_accountant_who_is_excluded(
    followed: Followed, clock: ClockFile, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Its words name the contract or the activity. Who is excluded from another proposal of the call hears of both."""
    tied, free, other = followed.tied(), followed.posted(), followed.posted()
    seat = followed.deal.proposal.call.seats.create(user=other, title="審査委員")
    seat.interests.create(
        proposal=followed.deal.proposals[1], declared="conflict", kinds=["pay"], declared_at=now.now()
    )
    clock.set("2027-05-25T09:00:00+09:00")
    with django_assert_max_num_queries(4):
        found = {due.case.pk: due for due in watches._payments(date(2027, 5, 25), date(2027, 6, 1))}
    for payment in (followed.payment, followed.travel):
        assert found[payment.pk].without == {tied.email}
    sweeping.remind()
    for payment in (followed.payment, followed.travel):
        rows = OutboxMessage.objects.filter(template=sweeping.MAIL, body__contains=str(payment))
        told = set(rows.values_list("to_address", flat=True))
        assert {free.email, other.email} <= told
        assert tied.email not in told
