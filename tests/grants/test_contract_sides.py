"""Who reads what of a contract, its joint work, its pages, its end before the end, and what waits on whose desk."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from grants.commission.actions import proposals as proponents
from grants.contracts import personal, queries
from grants.contracts.actions import ending, fulfilling
from grants.contracts.actions.meetings import record_meeting
from grants.desk import cases
from grants.desk import commission as desk
from grants.models import Approval, Commitment, Contract, JointMeeting, Proposal
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import person
from tests.factories.contracts import Deal
from tests.factories.deciding import line_of
from tests.factories.grants import PDF_BYTES, Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .commission_support import body_of, counted, mails, signed_in
from .pages import send, text_of
from .test_constraints import copy, refuses

MET = {
    "held_on": date(2027, 1, 26), "topics": "市の日取り", "settled": "毎週土曜日に開く",
    "present": {"prefecture": ["振興局 主査 試験 一郎"], "contractor": ["理事長 試験 花子", "試験 次郎"]},
}  # fmt: skip


@pytest.fixture
def deal(town: Town, clock: ClockFile) -> Deal:
    made = Deal(town, others=("reserve", "not_adopted"))
    clock.set("2027-01-20T10:00:00+09:00")
    return made


def at(clock: ClockFile, day: str) -> None:
    clock.set(f"{day}T10:00:00+09:00")


def scope(by: UserActor) -> Scope:
    return Scope.of(UserActor(by.user))


def waits(by: UserActor) -> list[str]:
    return [item.title for item in cases.items(scope(by))]


def test_each_side_reads_its_part(deal: Deal) -> None:
    secretariat, auditor = (actor(officer(role, KAGOSHIMA)) for role in (Role.SECRETARIAT, Role.AUDITOR))
    own_side = (deal.npo, deal.office, secretariat, auditor, deal.accountant)
    for by in own_side:
        assert list(queries.visible_to(scope(by))) == [deal.contract]
    for by in (deal.town.officer, Town().officer, person(), UserActor(deal.proposals[1].created_by)):
        assert not queries.visible_to(scope(by)), "nobody else before it is signed"
    deal.signed()
    town = scope(deal.town.officer)
    assert list(queries.visible_to(town)) == [deal.contract]
    assert not queries.files_of(deal.contract, town), "the 見積書 is between the parties"
    assert [row.kind for row in queries.files_of(deal.contract, scope(deal.npo))] == ["quote"]
    paper = Document.objects.get(kind="grants.contract", object_id=deal.contract.pk)
    for by, sees in (
        (deal.npo, True),
        (deal.accountant, True),
        (deal.town.officer, False),
        (person(), False),
    ):
        assert documents.visible_to(scope(by)).filter(pk=paper.pk).exists() is sees


def test_a_reviewer_excluded_from_the_proposal_reads_no_contract_by_a_post(deal: Deal) -> None:
    tied = officer(Role.AUDITOR, KAGOSHIMA)
    seat = deal.proposal.call.seats.create(user=tied, title="監査")
    seat.interests.create(
        proposal=deal.proposal, declared="conflict", kinds=["pay"], declared_at=deal.proposal.decided_at
    )
    assert not queries.visible_to(scope(actor(tied)))


def test_the_contractor_and_the_town_are_not_told_the_estimate(deal: Deal) -> None:
    deal.signed()
    for user, path, told in (
        (deal.npo.user, deal.contract.get_absolute_url(), False),
        (deal.town.officer_user, deal.contract.get_staff_url(), False),
        (deal.office.user, deal.contract.get_staff_url(), True),
    ):
        page = signed_in(user).get(path)
        assert_html(page.content)
        text = text_of(page)
        assert ("1,450,000円" in text) is told
        assert ("最も優れた提案" in text) is told
    assert "1,400,000円" not in text_of(signed_in(deal.town.officer_user).get(deal.contract.get_staff_url()))


def test_joint_work_is_minuted_by_any_side_with_who_was_there(deal: Deal, clock: ClockFile) -> None:
    with pytest.raises(Refusal, match="契約を結んでから"):
        record_meeting(by=deal.office, contract=deal.fresh(), **MET)  # type: ignore[arg-type]
    deal.signed()
    at(clock, "2027-01-27")
    case = deal.fresh()
    with pytest.raises(Refusal, match="先の日"):
        record_meeting(by=deal.npo, contract=case, **{**MET, "held_on": date(2027, 1, 28)})  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="契約日より前"):
        record_meeting(by=deal.npo, contract=case, **{**MET, "held_on": date(2027, 1, 19)})  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="二つ以上の側"):
        record_meeting(by=deal.npo, contract=case, **{**MET, "present": {"contractor": ["一人"]}})  # type: ignore[arg-type]
    for by in (person(), deal.accountant, Town().officer):
        with pytest.raises(PermissionDenied):
            record_meeting(by=by, contract=case, **MET)  # type: ignore[arg-type]
    for by in (deal.npo, deal.office, deal.town.officer):
        record_meeting(by=by, contract=case, **MET)  # type: ignore[arg-type]
    meeting = queries.meetings_of(case)[0]
    sides = [(row.side, row.name) for row in meeting.attendance.all()]
    assert sides[0] == ("prefecture", "振興局 主査 試験 一郎")
    assert len(sides) == 3
    refuses("jointattendance_position_once", copy(meeting.attendance.first()))


def test_by_their_pages_from_the_proposal_to_the_draft(deal: Deal) -> None:
    npo, office = signed_in(deal.npo.user), signed_in(deal.office.user)
    own, staff = deal.contract.get_absolute_url(), deal.contract.get_staff_url()
    assert own in text_of(npo.get(deal.proposal.get_absolute_url()))
    assert staff in text_of(office.get(deal.proposal.get_staff_url()))
    quote = send(npo, own, action=f"{own}quote/", price_yen="１，４００，０００円")
    assert quote.status_code == 422
    assert "１，４００，０００円" in text_of(quote), "what was typed is kept"
    paper = SimpleUploadedFile("見積書.pdf", PDF_BYTES, "application/pdf")
    assert send(npo, own, action=f"{own}quote/", price_yen="1,400,000", file=paper).status_code == 303
    typed = {
        "reason": "優れた提案のため",
        "estimated_yen": "1,450,000",
        "starts_on": "R9.1.25",
        "ends_on": "R9.3.19",
    }
    wrong = send(office, staff, action=f"{staff}terms/", **typed)
    assert wrong.status_code == 409
    assert "業務の期限(令和9年3月18日)まで" in text_of(wrong)
    assert send(office, staff, action=f"{staff}terms/", **{**typed, "ends_on": "R9.3.18"}).status_code == 303
    line = line_of(deal.town, deal.proposal.call.theme.menu)
    assert send(office, staff, action=f"{staff}draft/", line=str(line.pk)).status_code == 303
    assert Approval.objects.get(contract=deal.contract).get_absolute_url() in text_of(office.get(staff))
    approval = office.get(Approval.objects.get(contract=deal.contract).get_absolute_url())
    assert "支出負担行為の番号" in text_of(approval)


def test_by_their_pages_from_the_start_to_the_order(deal: Deal, clock: ClockFile) -> None:
    deal.signed()
    npo, office = signed_in(deal.npo.user), signed_in(deal.office.user)
    own, staff = deal.contract.get_absolute_url(), deal.contract.get_staff_url()
    at(clock, "2027-01-27")
    assert send(npo, own, action=f"{own}start/", started_on="令和9年1月26日").status_code == 303
    assert send(npo, own, action=f"{own}interim/", text="続けている。").status_code == 303
    meeting = reverse("grants:joint_meeting_new", args=[deal.contract.pk])
    minutes = {
        "held_on": "R9.1.26",
        "topics": "日取り",
        "present_contractor": "甲\n乙",
        "present_municipality": "丙",
    }
    assert send(signed_in(deal.town.officer_user), meeting, **minutes).status_code == 303
    assert JointMeeting.objects.get().attendance.count() == 3
    deal.complete()
    assert (
        send(office, staff, action=f"{staff}inspect/", inspected_on="R9.1.27", findings="可").status_code
        == 303
    )
    assert send(npo, own, action=f"{own}invoice/").status_code == 303
    assert send(office, staff, action=f"{staff}order/").status_code == 303
    for client, path in ((npo, own), (office, staff)):
        assert_html(client.get(path).content)
    assert "支払い待ち" in text_of(office.get(staff))
    assert deal.contract.title in text_of(office.get(reverse("grants:staff_contract_list")))


def test_a_terminated_contract_lets_the_next_one_be_asked(deal: Deal) -> None:
    deal.signed()
    with pytest.raises(Refusal, match="契約の協議が始まっています"):
        proponents.withdraw_proposal(by=deal.npo, proposal=deal.proposal, note="やめたい")
    ending.terminate_contract(by=deal.office, contract=deal.fresh(), note="代表者の急病のため", ask=True)
    assert deal.fresh().state == "terminated"
    assert Commitment.objects.get(approval__contract=deal.contract).released_at
    assert "急病" in body_of("contract_terminated", deal.npo.user.email)
    asked = Proposal.objects.get(pk=deal.proposals[1].pk)
    assert asked.reserve_until is not None
    assert "proposal_asked_up" in mails(asked.created_by.email)  # type: ignore[union-attr]
    assert "契約は打ち切られました" in text_of(
        signed_in(deal.npo.user).get(deal.proposal.call.get_absolute_url())
    )
    with pytest.raises(Refusal, match="いま「打切り」"):
        ending.terminate_contract(by=deal.office, contract=deal.fresh(), note="もう一度")


def test_terminating_a_draft_drops_its_approval_and_asks_nobody_by_itself(deal: Deal) -> None:
    deal.settle()
    deal.quote()
    approval = deal.draft()
    ending.terminate_contract(by=deal.office, contract=deal.fresh(), note="予算の組替えのため")
    approval.refresh_from_db()
    assert approval.state == "dropped"
    assert Commitment.objects.get(approval=approval).released_at
    assert Proposal.objects.get(pk=deal.proposals[1].pk).reserve_until is None


def test_what_waits_stands_on_the_desk_of_who_must_act(deal: Deal, clock: ClockFile) -> None:
    def own() -> list[str]:
        return [item.title for item in desk.items_of(scope(deal.npo))]

    assert own() == ["「買い物と見守りのモデル業務」の見積りを出す"]
    deal.settle()
    deal.quote()
    assert own() == []
    assert "「買い物と見守りのモデル業務」の契約の締結を起案する" in waits(deal.office)
    deal.draft()
    assert not [title for title in waits(deal.office) if "起案" in title]
    deal.sign()
    assert own() == ["「買い物と見守りのモデル業務」の着手を届け出る"]
    assert "「買い物と見守りのモデル業務」の協議を始め、記録する" in waits(deal.town.officer)
    at(clock, "2027-01-27")
    fulfilling.start_work(by=deal.npo, contract=deal.fresh(), started_on=date(2027, 1, 26))
    record_meeting(by=deal.town.officer, contract=deal.fresh(), **MET)  # type: ignore[arg-type]
    assert not [title for title in waits(deal.town.officer) if "協議" in title]
    deal.report()
    deal.complete()
    assert "「買い物と見守りのモデル業務」を検査する" in waits(deal.office)
    deal.inspect()
    assert own() == ["「買い物と見守りのモデル業務」の委託料を請求する"]
    deal.invoice()
    assert "「買い物と見守りのモデル業務」の支出命令を出す" in waits(deal.office)
    deal.order()
    assert not [title for title in waits(deal.office) if "支出命令" in title]
    page = signed_in(deal.npo.user).get(reverse("accounts:me"))
    assert "公募と審査" in text_of(page)


def test_lists_and_pages_cost_the_same_for_one_and_for_many(deal: Deal, clock: ClockFile) -> None:
    office = signed_in(deal.office.user)
    rows = reverse("grants:staff_contract_list")
    first, page = counted(office, rows), counted(office, deal.contract.get_staff_url())
    at(clock, "2026-11-25")
    for _ in range(3):
        Deal(Town())
    assert counted(office, rows) == first
    assert page <= 40
    assert Contract.objects.count() == 4


def test_what_one_did_is_among_what_is_held_of_them(deal: Deal) -> None:
    deal.signed()
    held = personal.rows(deal.npo.user.pk)
    assert held["業務委託契約"][0]["業務の名称"] == deal.contract.title
    assert held["契約の書類"][0]["書類"] == "見積書"
    assert personal.rows(deal.office.user.pk)["業務委託契約"]
