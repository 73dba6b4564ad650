"""Menu ④ from its result to its end: the adopted one falls out, the 次点 takes its place, works, is inspected and paid."""

from pathlib import Path

import pytest
from django.urls import reverse

from grants.models import Amendment, Approval, Contract, Payment, Proposal
from tests.factories.contracts import Deal
from tests.factories.deciding import line_of
from tests.factories.grants import Town, menu
from tests.support.browser import People
from tests.support.processes import Worker
from tests.support.world import World

from .commission import START, at, choose, owner, paper_of, reads_paper
from .steps import Visitor

pytestmark = pytest.mark.usefixtures("world")
DESK, PHONE = 1280, 390
TERMS = {
    "reason": "公募した企画提案を審査会で審査し、次に優れた提案として繰り上げたため。",
    "estimated_yen": "1,450,000",
    "deposit_exempt": "on",
    "deposit_reason": "過去の実績から、履行しないおそれがないため",
    "starts_on": "R9.1.25",
    "ends_on": "R9.3.5",
}


def test_from_the_reserve_that_is_asked_to_the_closed_contract(
    world: World, worker: Worker, people: People, tmp_path: Path
) -> None:
    world.clock.set(START)
    menu(4)
    deal = Deal(Town(), others=("reserve", "not_adopted"))
    at(world, "2027-01-18")
    contract = _reserve_takes_over(people, deal)
    own = Visitor(people, PHONE, user=owner(deal.proposals[1]).user)
    desk = Visitor(people, DESK, user=deal.town.prefecture_user)
    _negotiated_and_signed(own, desk, deal, contract, tmp_path)
    at(world, "2027-01-26")
    own.go(contract.get_absolute_url()).fill({"started_on": "令和9年1月25日"}).press("着手を届け出る")
    _worked_jointly(people, own, deal, contract)
    _amended(own, desk, contract, tmp_path)
    at(world, "2027-03-15")
    own.go(contract.get_absolute_url()).fill(
        {"completed_on": "R9.3.15", "outcome": "手引きにまとめ、地区に引きついだ。"}
    )
    choose(choose(own, "report", tmp_path, "実績.pdf"), "deliverable", tmp_path, "手引き.pdf").press(
        "完了を届け出る"
    )
    desk.go("/staff/").go(contract.get_staff_url()).fill(
        {"inspected_on": "R9.3.15", "findings": "契約のとおり。"}
    )
    desk.press("検査に合格とする").reads("検査合格")
    own.go(contract.get_absolute_url()).press("委託料を請求する").reads("県の支払いを待っています")
    _paid_and_closed(people, desk, deal, contract, world)
    _papers(own, desk, contract)


def _reserve_takes_over(people: People, deal: Deal) -> Contract:
    """The adopted one cannot go on; the 次点 answers on a phone within its clock; the office begins with it."""
    desk = Visitor(people, DESK, user=deal.town.prefecture_user).go(deal.contract.get_staff_url())
    desk.fill({"ask": "on"})
    desk.page.locator("form[action$='/terminate/'] [name=note]").fill(
        "代表者の急病のため、辞退の申出があった。"
    )
    desk.press("契約を打ち切る").reads("契約を打ち切りました")
    reserve = deal.proposals[1]
    asked = Visitor(people, PHONE, user=owner(reserve).user).go(reserve.get_absolute_url())
    asked.reads("2027年(令和9年)1月26日").press("繰上げを受ける").reads("採択")
    assert Proposal.objects.get(pk=deal.proposals[2].pk).state == "not_adopted"
    desk.go(reserve.get_staff_url()).press("契約の協議を始める").reads("受託する団体の見積りを待っています")
    return Contract.objects.get(proposal=reserve)


def _negotiated_and_signed(own: Visitor, desk: Visitor, deal: Deal, contract: Contract, folder: Path) -> None:
    """見積, terms, 決裁 recorded from the office's own system; the contractor never reads the 予定価格."""
    own.go(contract.get_absolute_url())
    choose(own.fill({"price_yen": "１，４００，０００"}), "file", folder, "見積書.pdf").press("見積りを出す")
    line = line_of(deal.town, deal.proposal.call.theme.menu)
    desk.go(contract.get_staff_url()).fill(TERMS).press("条件を保存する").reads("契約の締結を起案する")
    desk.fill({"line": str(line.pk)}).press("この内容で起案する").press("決裁の画面を開く").reads(
        "1,450,000円"
    )
    _recorded(desk, folder, "く共第201号", commitment="負-201")
    own.go(contract.get_absolute_url()).reads("契約済み", "1,400,000円")
    assert "1,450,000円" not in own.page.locator("main").inner_text()
    assert "令和9年1月25日から令和9年3月5日まで" in reads_paper(own, paper_of(contract, "grants.contract"))


def _recorded(desk: Visitor, folder: Path, number: str, *, commitment: str = "") -> None:
    """What the office's own 文書管理 says of the 決裁."""
    today = Approval.objects.latest("drafted_at").drafted_at.date().isoformat()
    said = {
        "record_number": "起-55",
        "decided_on": today,
        "approver_title": "くらし共生協働課長",
        "approver_name": "決裁 花子",
    }
    said |= {"effective_on": today, "document_number": number} | (
        {"commitment_number": commitment} if commitment else {}
    )
    choose(desk.fill(said), "paper", folder, "決裁済.pdf").press("記録して決定する").reads("決裁済み")


def _worked_jointly(people: People, own: Visitor, deal: Deal, contract: Contract) -> None:
    """The municipality minutes a meeting of the three sides; the contractor reads it and reports."""
    town = Visitor(people, DESK, user=deal.town.officer_user).go(contract.get_staff_url())
    assert "1,400,000円" not in town.page.locator("main").inner_text(), "the money is between the parties"
    town.press("協議を記録する").fill(
        {"held_on": "R9.1.26", "topics": "市の日取りと分担", "settled": "毎週土曜日に開く"}
    )
    names = {
        "present_prefecture": "振興局 主査",
        "present_municipality": "企画課 係長",
        "present_contractor": "理事長",
    }
    town.fill(names).press("記録する").reads("毎週土曜日に開く")
    own.go(contract.get_absolute_url()).reads("毎週土曜日に開く").fill({"text": "週に一度、続けている。"})
    own.press("中間報告を出す").reads("中間報告済み")


def _amended(own: Visitor, desk: Visitor, contract: Contract, folder: Path) -> None:
    """The contractor needs two weeks more; 変更契約書."""
    own.page.get_by_text("契約の変更を申し出る").first.click()
    own.fill({"ends_on": "R9.3.18", "reason": "豪雨で試行がおくれたため"}).press("変更を申し出る").reads(
        "申出中"
    )
    desk.go(contract.get_staff_url()).press("申出のとおり起案する").press("決裁の画面を開く").reads(
        "豪雨で試行"
    )
    _recorded(desk, folder, "く共第202号")
    change = Amendment.objects.get(contract=contract, state="agreed")
    assert "令和9年3月18日まで" in reads_paper(own, paper_of(change, "grants.amendment"))


def _paid_and_closed(people: People, desk: Visitor, deal: Deal, contract: Contract, world: World) -> None:
    desk.go(contract.get_staff_url()).press("支出命令を出す").reads("支払い待ち")
    payment = Payment.objects.get(case_id=contract.pk)
    at(world, "2027-03-25")
    till = Visitor(people, DESK, user=deal.accountant.user).go(
        reverse("grants:payment_detail", args=[payment.pk])
    )
    till.fill({"paid_on": "R9.3.25"}).press("支払いを記録する")
    desk.go(contract.get_staff_url()).press("契約を終える").reads("終了")
    assert Contract.objects.get(pk=contract.pk).state == "closed"


def _papers(own: Visitor, desk: Visitor, contract: Contract) -> None:
    """検査調書 is the office's; 請求書 both read."""
    assert "契約のとおり。" in reads_paper(desk, paper_of(contract, "grants.contract_inspection"))
    assert "1,400,000円" in reads_paper(own, paper_of(contract, "grants.contract_invoice"))
    inspected = paper_of(contract, "grants.contract_inspection")
    assert own.page.request.get(f"/documents/{inspected.pk}/file/").status == 404
