"""Mails about a contract of ④ go to no post of who is excluded from its proposal: those of each step, and the reminders."""

from datetime import date

from grants.contracts.actions import amending, fulfilling
from grants.models import PanelInterest, PanelSeat
from grants.reminding import sweeping
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.kernel import clock as kernel_clock
from portal.kernel.models import OutboxMessage
from tests.factories.accounts import UserFactory, appointment
from tests.factories.areas import KAGOSHIMA
from tests.factories.contracts import PRICE, Deal
from tests.factories.grants import Town
from tests.support.world import ClockFile


def posted(deal: Deal) -> User:
    """An officer of the office who is secretary and accountant too, and sits in the panel."""
    user: User = UserFactory()
    for role in (Role.PREFECTURE_OFFICER, Role.SECRETARIAT, Role.ACCOUNTANT):
        section = deal.town.office if role == Role.PREFECTURE_OFFICER else None
        appointment(user, role, KAGOSHIMA, section=section)
    seat = PanelSeat.objects.create(call=deal.proposal.call, user=user, title="審査委員")
    PanelInterest.objects.create(
        seat=seat, proposal=deal.proposal, declared="clear", declared_at=kernel_clock.now()
    )
    return user


def told(user: User) -> set[str]:
    rows = OutboxMessage.objects.filter(to_address=user.email)
    return {name.rpartition("/")[2] for name in rows.values_list("template", flat=True)}


def test_who_is_excluded_hears_nothing_by_any_post(town: Town, clock: ClockFile) -> None:
    deal = Deal(town)
    free, tied = posted(deal), posted(deal)
    PanelInterest.objects.filter(seat__user=tied).update(declared="conflict", kinds=["kinship"])
    clock.set("2027-01-20T10:00:00+09:00")
    deal.signed()
    clock.set("2027-01-25T10:00:00+09:00")
    amending.ask_amendment(
        by=deal.npo, contract=deal.fresh(), ends_on=date(2027, 3, 17), price_yen=PRICE, reason="豪雨のため"
    )
    amending.draft_amendment(by=deal.office, contract=deal.fresh())
    deal.sign(commitment_number="")
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 25))
    deal.report()
    clock.set("2027-03-15T10:00:00+09:00")
    deal.complete()
    clock.set("2027-03-18T09:00:00+09:00")
    sweeping.remind()
    assert "deadline_near" in told(free), "the inspection"
    deal.inspect()
    deal.invoice()
    deal.order()
    OutboxMessage.objects.filter(to_address=free.email, template=sweeping.MAIL).delete()
    clock.set("2027-04-10T09:00:00+09:00")
    sweeping.remind()
    steps = (
        "quoted",
        "begun",
        "amendment_asked",
        "amended_told",
        "started",
        "reported",
        "completed",
        "invoiced",
    )
    assert told(free) == {f"contract_{step}" for step in steps} | {"deadline_near"}
    assert told(tied) == set()
