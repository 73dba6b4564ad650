"""出来形 of a terminated contract: inspected by one, decided by another, invoiced and paid once; the charge comes down to it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from grants import actions as grants
from grants.contracts import queries
from grants.contracts.actions import ending, parting
from grants.contracts.enums import ContractState, PartState
from grants.contracts.papers import INSPECTION_KIND, INVOICE_KIND
from grants.documents import named
from grants.models import BudgetLine, Commitment, Menu, PartialWork, Payment
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.documents import queries as documents
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, appointment, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.contracts import PRICE, Deal
from tests.factories.grants import Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .commission_support import signed_in
from .pages import send, text_of
from .test_constraints import change, copy, refuses

FOUND = {"inspected_on": date(2027, 2, 10), "percent": 33, "findings": "週に一度の市を6回開いた。"}
SUM = PRICE * 33 // 100


@pytest.fixture
def deal(town: Town, clock: ClockFile) -> Deal:
    """Started on 25 January, terminated on 10 February 2027 with its part to be inspected."""
    made = Deal(town)
    clock.set("2027-01-25T10:00:00+09:00")
    made.started()
    clock.set("2027-02-10T10:00:00+09:00")
    ending.terminate_contract(
        by=made.office, contract=made.fresh(), note="担い手が続けられないため", part=True
    )
    return made


@pytest.fixture
def chief_user(db: None) -> User:
    return officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)


@pytest.fixture
def chief(chief_user: User) -> UserActor:
    return actor(chief_user)


def part(deal: Deal) -> PartialWork:
    return PartialWork.objects.get(contract=deal.contract)


def charged(deal: Deal) -> int:
    live = Commitment.objects.filter(approval__contract=deal.contract, released_at__isnull=True)
    return sum(live.values_list("amount_yen", flat=True))


def test_the_part_is_inspected_decided_invoiced_and_paid_once(deal: Deal, chief: UserActor) -> None:
    contract = deal.fresh()
    assert (contract.state, part(deal).state, charged(deal)) == (ContractState.TERMINATED, "waiting", PRICE)
    parting.inspect_part(by=deal.office, contract=contract, **FOUND)
    assert (part(deal).amount_yen, charged(deal)) == (SUM, PRICE)
    with pytest.raises(Refusal, match="いま「検査済み"):
        parting.inspect_part(by=deal.office, contract=deal.fresh(), **FOUND)
    parting.decide_part(by=chief, contract=deal.fresh())
    assert charged(deal) == SUM
    told = OutboxMessage.objects.get(
        to_address=deal.npo.user.email, template="grants/commission/mail/contract_part_decided"
    )
    assert f"{SUM:,}円" in told.body
    with pytest.raises(Refusal, match="請求のあった出来形"):
        parting.order_part_payment(by=deal.office, contract=deal.fresh())
    parting.invoice_part(by=deal.npo, contract=deal.fresh())
    payment = parting.order_part_payment(by=deal.office, contract=deal.fresh())
    assert (payment.gross_yen, payment.slot) == (SUM, "part")
    with pytest.raises(Refusal, match="もう支出命令"):
        parting.order_part_payment(by=deal.office, contract=deal.fresh())
    with pytest.raises(Refusal, match="請求のあった契約"):
        ending.order_contract_payment(by=deal.office, contract=deal.fresh())
    grants.enter_payment(by=deal.accountant, payment=payment, paid_on=date(2027, 2, 10))
    assert (part(deal).state, deal.fresh().state) == (PartState.PAID, ContractState.TERMINATED)
    assert Payment.objects.filter(case_id=contract.pk).count() == 1


def test_the_papers_say_the_part_and_its_tax(deal: Deal, chief: UserActor) -> None:
    parting.inspect_part(by=deal.office, contract=deal.fresh(), **FOUND)
    parting.decide_part(by=chief, contract=deal.fresh())
    parting.invoice_part(by=deal.npo, contract=deal.fresh())
    found = {row.kind: row.snapshot["body"] for row in documents.of(deal.contract)}
    inspection, invoice = found["grants.contract_inspection"], found["grants.contract_invoice"]
    assert inspection["part"] == {"percent": 33, "amount_yen": SUM, "ended_on": "2027-02-10"}
    assert inspection["sender"] == [named("検査職員", deal.town.prefecture_user.name)]
    assert (invoice["part"]["amount_yen"], invoice["tax_yen"]) == (SUM, Menu().tax_in(SUM))


def test_who_inspected_does_not_decide_and_no_one_tied_inspects(
    deal: Deal, chief: UserActor, chief_user: User
) -> None:
    appointment(deal.town.prefecture_user, Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)
    both = actor(User.objects.get(pk=deal.town.prefecture_user.pk))
    parting.inspect_part(by=both, contract=deal.fresh(), **FOUND)
    with pytest.raises(PermissionDenied, match="べつの"):
        parting.decide_part(by=both, contract=deal.fresh())
    for stranger in (deal.npo, deal.town.officer, deal.accountant):
        with pytest.raises(PermissionDenied):
            parting.decide_part(by=stranger, contract=deal.fresh())
    parting.send_back_part(by=chief, contract=deal.fresh(), note="数をたしかめてください。")
    row = part(deal)
    assert (row.state, row.percent, row.inspected_by, row.amount_yen) == (PartState.WAITING, None, None, None)
    assert [paper.state for paper in documents.of(deal.contract).filter(kind=INSPECTION_KIND)] == ["void"]
    with pytest.raises(PermissionDenied):
        parting.inspect_part(by=chief, contract=deal.fresh(), **FOUND)
    parting.inspect_part(by=deal.office, contract=deal.fresh(), **{**FOUND, "percent": 40})
    parting.decide_part(by=chief, contract=deal.fresh())
    living = documents.of(deal.contract).filter(kind=INSPECTION_KIND).exclude(state="void").get()
    assert living.snapshot["body"]["part"]["percent"] == 40


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"inspected_on": date(2027, 2, 11)}, "inspected_on"),
        ({"inspected_on": date(2027, 1, 24)}, "inspected_on"),
        ({"percent": 0}, "percent"),
        ({"percent": 101}, "percent"),
        ({"findings": " "}, "findings"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_box(deal: Deal, values: dict[str, object], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        parting.inspect_part(by=deal.office, contract=deal.fresh(), **{**FOUND, **values})  # type: ignore[arg-type]
    assert (refused.value.field, part(deal).state) == (field, PartState.WAITING)


def test_nothing_accepted_releases_the_charge(deal: Deal) -> None:
    parting.drop_part(by=deal.office, contract=deal.fresh(), note="成果がなかったため")
    assert (part(deal).state, charged(deal)) == (PartState.DROPPED, 0)
    with pytest.raises(Refusal):
        parting.drop_part(by=deal.office, contract=deal.fresh(), note="もう一度")


def agreed(deal: Deal, chief: UserActor, *, invoiced: bool) -> None:
    parting.inspect_part(by=deal.office, contract=deal.fresh(), **FOUND)
    parting.decide_part(by=chief, contract=deal.fresh())
    if invoiced:
        parting.invoice_part(by=deal.npo, contract=deal.fresh())


def papers(deal: Deal) -> list[str]:
    kinds = (INSPECTION_KIND, INVOICE_KIND)
    return sorted(row.state for row in documents.of(deal.contract).filter(kind__in=kinds))


@pytest.mark.parametrize("invoiced", [False, True])
def test_what_was_decided_can_be_given_up_by_who_decides(
    deal: Deal, chief: UserActor, invoiced: bool
) -> None:
    agreed(deal, chief, invoiced=invoiced)
    assert charged(deal) == SUM
    with pytest.raises(PermissionDenied, match="べつの、課長か決裁者"):
        parting.drop_part(by=deal.office, contract=deal.fresh(), note="取りやめる")
    parting.drop_part(by=chief, contract=deal.fresh(), note="成果に誤りがあったため")
    row = part(deal)
    assert (row.state, charged(deal), row.amount_yen, row.decided_by) == (PartState.DROPPED, 0, None, None)
    assert set(papers(deal)) == {"void"}
    with pytest.raises(Refusal):
        parting.invoice_part(by=deal.npo, contract=deal.fresh())


@pytest.mark.parametrize("invoiced", [False, True])
def test_after_another_inspection_the_charge_is_that_of_the_new_decision(
    deal: Deal, chief: UserActor, invoiced: bool
) -> None:
    agreed(deal, chief, invoiced=invoiced)
    with pytest.raises(PermissionDenied):
        parting.send_back_part(by=deal.office, contract=deal.fresh(), note="数えなおす")
    parting.send_back_part(by=chief, contract=deal.fresh(), note="回数の数えちがい")
    row = part(deal)
    assert (row.state, row.decided_at, row.invoiced_at, charged(deal)) == (PartState.WAITING, None, None, SUM)
    assert set(papers(deal)) == {"void"}
    mails = OutboxMessage.objects.filter(to_address=deal.npo.user.email)
    told = mails.get(template="grants/commission/mail/contract_part_sent_back")
    assert "回数の数えちがい" in told.body
    parting.inspect_part(by=deal.office, contract=deal.fresh(), **{**FOUND, "percent": 40})
    parting.decide_part(by=chief, contract=deal.fresh())
    assert charged(deal) == PRICE * 40 // 100
    assert mails.filter(template="grants/commission/mail/contract_part_decided").count() == 2
    parting.invoice_part(by=deal.npo, contract=deal.fresh())
    living = documents.of(deal.contract).filter(kind=INVOICE_KIND).exclude(state="void").get()
    assert living.snapshot["body"]["part"]["percent"] == 40
    payment = parting.order_part_payment(by=deal.office, contract=deal.fresh())
    assert payment.gross_yen == PRICE * 40 // 100


def test_the_charge_rises_only_within_what_its_line_has_left(deal: Deal, chief: UserActor) -> None:
    agreed(deal, chief, invoiced=False)
    parting.send_back_part(by=chief, contract=deal.fresh(), note="回数の数えちがい")
    line = Commitment.objects.get(approval__contract=deal.contract).line
    used = line.commitments.filter(released_at__isnull=True).values_list("amount_yen", flat=True)
    BudgetLine.objects.filter(pk=line.pk).update(amount_yen=sum(used))
    parting.inspect_part(by=deal.office, contract=deal.fresh(), **{**FOUND, "percent": 40})
    with pytest.raises(Refusal, match="足りません"):
        parting.decide_part(by=chief, contract=deal.fresh())
    assert (part(deal).state, charged(deal)) == (PartState.INSPECTED, SUM)


def test_under_an_ordered_payment_nothing_is_taken_back(
    deal: Deal, chief: UserActor, chief_user: User
) -> None:
    agreed(deal, chief, invoiced=True)
    page, boss = deal.contract.get_staff_url(), signed_in(chief_user)
    buttons = ("出来形を支払わない", "検査にもどす")
    assert all(button in text_of(boss.get(page)) for button in buttons)
    assert not any(button in text_of(signed_in(deal.town.prefecture_user).get(page)) for button in buttons)
    payment = parting.order_part_payment(by=deal.office, contract=deal.fresh())
    for step in (parting.drop_part, parting.send_back_part):
        with pytest.raises(Refusal, match="先に、支出命令を取り消して"):
            step(by=chief, contract=deal.fresh(), note="取りやめる")
    assert (part(deal).state, charged(deal)) == (PartState.INVOICED, SUM)
    assert not any(button in text_of(boss.get(page)) for button in buttons)
    grants.cancel_payment(by=deal.office, payment=payment, note="取りやめる")
    sent = {"note": "成果に誤りがあったため"}
    assert send(boss, page, action=deal.contract.get_staff_act_url("part_drop"), **sent).status_code == 303
    assert (part(deal).state, charged(deal)) == (PartState.DROPPED, 0)


def test_without_a_part_the_charge_is_released_and_nothing_can_be_inspected(
    town: Town, clock: ClockFile
) -> None:
    made = Deal(town)
    clock.set("2027-01-25T10:00:00+09:00")
    made.signed()
    with pytest.raises(Refusal, match="着手していない"):
        ending.terminate_contract(by=made.office, contract=made.fresh(), note="辞退のため", part=True)
    ending.terminate_contract(by=made.office, contract=made.fresh(), note="辞退のため")
    assert (charged(made), queries.part_of(made.fresh())) == (0, None)
    with pytest.raises(Refusal, match="出来形を検査する契約ではありません"):
        parting.inspect_part(by=made.office, contract=made.fresh(), **FOUND)
    url = made.contract.get_staff_act_url("part_inspect")
    assert signed_in(town.prefecture_user).post(url, {}).status_code == 404


def test_each_side_finds_its_step_on_the_desk_and_on_the_page(
    deal: Deal, chief_user: User, client: Client
) -> None:
    desk, me = reverse("site:desk"), reverse("accounts:me")
    page = deal.contract.get_staff_url()
    office, boss, npo = (signed_in(user) for user in (deal.town.prefecture_user, chief_user, deal.npo.user))
    act = deal.contract.get_staff_act_url
    assert "の出来形を検査する" in text_of(office.get(desk))
    assert_html(office.get(page).content)
    assert (
        send(office, page, action=act("part_inspect"), inspected_on="R9.2.10", percent="").status_code == 422
    )
    sent = {"inspected_on": "R9.2.10", "percent": "33", "findings": "6回開いた。"}
    assert send(office, page, action=act("part_inspect"), **sent).status_code == 303
    assert "出来形の支払いを決める" not in text_of(office.get(page))
    assert office.post(act("part_decide"), {}).status_code == 403
    assert "の出来形の支払いを決める" in text_of(boss.get(desk))
    assert send(boss, page, action=act("part_decide")).status_code == 303
    own = deal.contract.get_absolute_url()
    assert "の出来形を請求する" in text_of(npo.get(me))
    assert_html(npo.get(own).content)
    assert send(npo, own, action=deal.contract.get_act_url("part_invoice")).status_code == 303
    assert "の出来形の支出命令を出す" in text_of(office.get(desk))
    assert send(office, page, action=act("part_order")).status_code == 303
    assert "出来形" not in text_of(office.get(desk))


def test_the_constraints_hold(deal: Deal, chief: UserActor) -> None:
    row = part(deal)
    refuses("grants_partialwork_contract_id_key", copy(row))
    refuses("partialwork_inspected_whole", change(row, state="inspected"))
    refuses("partialwork_ends_iff_stamped", change(row, dropped_at=row.created_at))
    parting.inspect_part(by=deal.office, contract=deal.fresh(), **FOUND)
    same = {"state": "decided", "decided_at": row.created_at, "decided_by": deal.town.prefecture_user}
    refuses("partialwork_decided_by_another", change(row, **same))
