"""Reminders of menu ④ and of 状況報告: the side that must act, each stage once, nobody else; no panel mail names a proposal."""

from datetime import date

from django.test import Client
from django.urls import reverse

from grants.commission.actions import proposals as proponents
from grants.contracts.actions import amending, ending, fulfilling
from grants.models import Application, Menu, StatusReport
from grants.reminding import sweeping
from portal.kernel import clock as kernel_clock
from portal.kernel.models import OutboxMessage
from tests.factories.commission import Panel, person, published_call, ready_proposal
from tests.factories.contracts import Deal
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .pages import text_of
from .test_reminding import told

NAME = "買い物と見守りのモデル業務"


def sweep(clock: ClockFile, *days: str) -> list[int]:
    """How many mails the sweep of each day wrote; every day is swept twice."""
    written = []
    for day in days:
        clock.set(f"{day}T09:00:00+09:00")
        written.append(sweeping.remind()[1])
        assert sweeping.remind()[1] == 0
    return written


def test_a_draft_is_recalled_to_its_proponent_until_it_is_in(town: Town, clock: ClockFile) -> None:
    npo = person()
    made = ready_proposal(town, published_call(town), npo)
    assert sweep(clock, "2026-12-03", "2026-12-04", "2026-12-11") == [0, 2, 2], "the writer and the contact"
    assert told(npo.user) == [
        f"【あと14日】企画提案書を提出する:{NAME}",
        f"【あと7日】企画提案書を提出する:{NAME}",
    ]
    assert not told(town.prefecture_user)
    assert not told(town.officer_user)
    proponents.submit_proposal(by=npo, proposal=made, oath=True)
    assert sweep(clock, "2026-12-17") == [0]


def test_reviewers_who_owe_a_sheet_are_told_and_no_proposal_is_named(town: Town, clock: ClockFile) -> None:
    made = Panel(town)
    clock.set("2026-12-21T10:00:00+09:00")
    made.open()
    for row in range(2):
        made.declare(0, row, "conflict")
        made.declare(1, row)
        made.give(1, row, 80, seal=True)
    assert sweep(clock, "2027-01-08") == [1]
    assert [bool(told(one.user)) for one in made.reviewers] == [False, False, True]
    body = OutboxMessage.objects.get(template=sweeping.MAIL, to_address=made.reviewers[2].user.email).body
    assert not any(row.organisation.name in body or row.title in body for row in made.proposals)


def test_the_clock_of_a_reserve_is_recalled_to_it_alone(town: Town, clock: ClockFile) -> None:
    deal = Deal(town, others=("reserve", "reserve"))
    clock.set("2027-01-20T10:00:00+09:00")
    ending.terminate_contract(by=deal.office, contract=deal.fresh(), note="辞退のため", ask=True)
    assert sweep(clock, "2027-01-21", "2027-01-26") == [0, 2]
    first, second = (row.created_by for row in deal.proposals[1:])
    assert told(first) == [f"【あと1日】繰上げを受けるか返事をする:{NAME}"]
    assert not told(second)


def test_a_contract_is_recalled_to_who_must_act(town: Town, clock: ClockFile) -> None:
    deal = Deal(town)
    deal.accountant  # noqa: B018
    clock.set("2027-01-20T10:00:00+09:00")
    deal.signed()
    clock.set("2027-01-25T10:00:00+09:00")
    deal.fresh()
    sweep(clock, "2027-02-13")
    assert told(deal.npo.user) == [f"【あと7日】業務の中間報告を出す:{NAME}"]
    sweep(clock, "2027-03-11")
    assert told(deal.npo.user)[-1] == f"【あと7日】業務を終えて、完了を届け出る:{NAME}"
    assert not told(deal.office.user)
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 25))
    deal.report()
    clock.set("2027-03-15T10:00:00+09:00")
    deal.complete()
    assert sweep(clock, "2027-03-18") == [1]
    assert told(deal.office.user) == [f"【あと7日】業務を検査する:{NAME}"]
    deal.inspect()
    assert sweep(clock, "2027-03-19", "2027-03-25") == [0, 2], "the writer and the contact"
    assert told(deal.npo.user)[-1] == f"【あと7日】委託料を請求する:{NAME}"
    clock.set("2027-03-18T10:00:00+09:00")
    deal.invoice()
    sweep(clock, "2027-03-31")
    assert told(deal.npo.user)[-1] == f"【あと7日】委託料を請求する:{NAME}"
    sweep(clock, "2027-04-03")
    assert told(deal.office.user)[-1] == f"【あと14日】請求のあった委託料を支払う:{NAME}"
    assert not told(deal.accountant.user)
    deal.order()
    sweep(clock, "2027-04-10")
    assert told(deal.accountant.user) == [f"【あと7日】請求のあった委託料を支払う:{NAME}"]


def test_an_end_that_was_amended_is_recalled_anew(town: Town, clock: ClockFile) -> None:
    deal = Deal(town)
    clock.set("2027-01-20T10:00:00+09:00")
    deal.settle(ends_on=date(2027, 2, 26))
    deal.quote()
    deal.draft()
    deal.sign()
    sweep(clock, "2027-02-19")
    asked = {"ends_on": date(2027, 3, 18), "price_yen": 1_400_000, "reason": "豪雨でおくれたため"}
    amending.ask_amendment(by=deal.npo, contract=deal.fresh(), **asked)
    amending.draft_amendment(by=deal.office, contract=deal.fresh())
    deal.sign(commitment_number="")
    before = len(told(deal.npo.user))
    sweep(clock, "2027-02-25")
    assert not [said for said in told(deal.npo.user)[before:] if "完了を届け出る" in said]
    sweep(clock, "2027-03-11")
    assert told(deal.npo.user)[-1] == f"【あと7日】業務を終えて、完了を届け出る:{NAME}"


def test_a_running_project_reports_how_it_stands(town: Town, clock: ClockFile) -> None:
    case = decided(town)
    assert case.ends_on is not None
    sweep(clock, "2027-01-08")
    assert told(town.officer_user) == [f"【あと7日】状況を報告する:{case}(令和8年12月31日の状況)"]
    assert not told(town.prefecture_user)
    StatusReport.objects.create(
        application=case, number=1, stood_on=date(2026, 12, 31), outlook="on_time", content="順調", spent_yen=0,
        filed_at=kernel_clock.now(),
    )  # fmt: skip
    sweep(clock, "2027-01-14")
    assert len(told(town.officer_user)) == 1


def test_the_days_of_a_status_are_data_of_its_menu(town: Town, clock: ClockFile, client: Client) -> None:
    """15 February 2027 and five days: a Saturday, moved to Monday the 22nd. Told, and on the desk until it is in."""
    case = decided(town)
    terms = {"status_days": ["02-15"], "status_within_days": 5, "status_shift": "next_business_day"}
    Menu.objects.filter(pk=case.menu_id).update(**terms)
    Application.objects.filter(pk=case.pk).update(ends_on=date(2027, 3, 20))
    sweep(clock, "2027-01-08")
    assert not told(town.officer_user)
    sweep(clock, "2027-02-21")
    assert told(town.officer_user) == [f"【あと1日】状況を報告する:{case}(令和9年2月15日の状況)"]
    client.force_login(town.officer_user)
    item = f"{case}の2月15日の状況を報告する"
    desk = text_of(client.get(reverse("site:desk")))
    assert item in desk
    assert "2月22日" in desk
    assert "それぞれ5日以内に報告してください" in text_of(client.get(case.get_status_url()))
    StatusReport.objects.create(
        application=case, number=1, stood_on=date(2027, 2, 15), outlook="on_time", content="順調", spent_yen=0,
        filed_at=kernel_clock.now(),
    )  # fmt: skip
    assert item not in text_of(client.get(reverse("site:desk")))


def test_a_menu_without_days_asks_for_no_status(town: Town, clock: ClockFile, client: Client) -> None:
    case = decided(town)
    Menu.objects.filter(pk=case.menu_id).update(status_days=[])
    sweep(clock, "2027-01-08")
    assert not told(town.officer_user)
    client.force_login(town.officer_user)
    assert "の状況を報告する" not in text_of(client.get(reverse("site:desk")))


def test_the_day_of_an_interim_report_is_data_of_its_menu(
    town: Town, clock: ClockFile, client: Client
) -> None:
    """A quarter of 25 January to 18 March 2027 is over on 7 February, a Sunday: moved back to Friday the 5th."""
    deal = Deal(town)
    clock.set("2027-01-25T10:00:00+09:00")
    deal.signed()
    menu = Menu.objects.filter(pk=deal.fresh().proposal.call.theme.menu_id)
    menu.update(interim_percent=25, interim_shift="previous_business_day")
    contract = deal.fresh()
    assert (contract.starts_on, contract.ends_on) == (date(2027, 1, 25), date(2027, 3, 18))
    fulfilling.start_work(by=deal.npo, contract=contract, started_on=date(2027, 1, 25))
    sweep(clock, "2027-02-04")
    assert told(deal.npo.user)[-1] == f"【あと1日】業務の中間報告を出す:{NAME}"
    client.force_login(deal.npo.user)
    assert "2027年(令和9年)2月5日(金)" in text_of(client.get(deal.contract.get_absolute_url()))
    assert "2月5日" in text_of(client.get(reverse("accounts:me")))
