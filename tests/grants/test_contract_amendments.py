"""変更契約 of ④: another end, another price, what was done of work that ends early; every refusal; what its papers say."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from grants import actions as grants
from grants.contracts import personal, queries
from grants.contracts.actions import amending, ending, fulfilling
from grants.desk import cases
from grants.models import Amendment, Approval, CommissionCall, Commitment
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories.contracts import PRICE, Deal
from tests.factories.deciding import line_of, record
from tests.factories.grants import PDF_BYTES, Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .commission_support import body_of, mails, signed_in
from .pages import send, text_of
from .test_constraints import change, copy, refuses

LATER = date(2027, 3, 18)
WHY = "豪雨で試行が二週間おくれたため"


@pytest.fixture
def deal(town: Town, clock: ClockFile) -> Deal:
    """A contract that ends on 28 February and has begun on 26 January."""
    made = Deal(town, others=("reserve",))
    clock.set("2027-01-20T10:00:00+09:00")
    made.settle(ends_on=date(2027, 2, 28))
    made.quote()
    made.draft()
    made.sign()
    clock.set("2027-01-27T10:00:00+09:00")
    fulfilling.start_work(by=made.npo, contract=made.fresh(), started_on=date(2027, 1, 26))
    return made


def ask(deal: Deal, ends_on: date = LATER, price_yen: int = PRICE, **more: Any) -> Amendment:
    if price_yen != PRICE:
        more.setdefault("file", deal.paper(deal.npo, "変更の見積書.pdf"))
    values = {"ends_on": ends_on, "price_yen": price_yen, "reason": WHY, **more}
    return amending.ask_amendment(by=deal.npo, contract=deal.fresh(), **values)


def draft(deal: Deal, **more: Any) -> Approval:
    return amending.draft_amendment(by=deal.office, contract=deal.fresh(), **more)


def agree(deal: Deal, **more: Any) -> Amendment:
    approval = draft(deal, **more)
    number = {} if hasattr(approval, "commitment") else {"commitment_number": ""}
    grants.record_approval(by=deal.office, approval=approval, **record(deal.office, **number))
    return Amendment.objects.get(approval=approval)


def charged(deal: Deal) -> list[int]:
    rows = Commitment.objects.filter(approval__contract=deal.contract, released_at__isnull=True)
    return list(rows.order_by("created_at", "id").values_list("amount_yen", flat=True))


def test_the_end_is_extended_and_both_versions_can_be_read(deal: Deal) -> None:
    ask(deal)
    assert WHY in body_of("contract_amendment_asked", deal.office.user.email)
    titles = [item.title for item in cases.items(Scope.of(UserActor(deal.office.user)))]
    assert "「買い物と見守りのモデル業務」の契約の変更の申出に答える" in titles
    row = agree(deal)
    case = deal.fresh()
    assert (row.state, row.ends_before, case.ends_on, case.price_yen) == (
        "agreed",
        date(2027, 2, 28),
        LATER,
        PRICE,
    )
    assert charged(deal) == [PRICE]
    body = Document.objects.get(kind="grants.amendment", object_id=row.pk).snapshot["body"]
    assert (body["before_ends_on"], body["ends_on"], body["reason"]) == ("2027-02-28", "2027-03-18", WHY)
    assert "1450000" not in str(body), "予定価格 is not told"
    assert "contract_amended" in mails(deal.npo.user.email)
    assert "contract_amended_told" in mails(deal.town.officer_user.email)
    deal.report()
    assert deal.complete().state == "completed"


def test_a_higher_price_needs_its_quote_its_estimate_and_its_line(deal: Deal) -> None:
    with pytest.raises(Refusal, match="見積書を付けて"):
        ask(deal, price_yen=1_480_000, file=None)
    ask(deal, price_yen=1_480_000)
    line = line_of(deal.town, deal.proposal.call.theme.menu)
    for given, said in (
        (None, "変更後の予定価格"),
        (1_470_000, "変更後の予定価格"),
        (1_600_000, "上限額1,500,000円"),
    ):
        with pytest.raises(Refusal, match=said):
            draft(deal, estimated_yen=given, line=line)
    with pytest.raises(Refusal, match="科目を選んで"):
        draft(deal, estimated_yen=1_490_000)
    agree(deal, estimated_yen=1_490_000, line=line)
    case = deal.fresh()
    assert (case.price_yen, case.estimated_yen, charged(deal)) == (1_480_000, 1_490_000, [PRICE, 80_000])
    deal.report()
    deal.complete()
    deal.inspect()
    deal.invoice()
    assert deal.order().gross_yen == 1_480_000


def test_work_that_ends_early_is_paid_for_what_was_done(deal: Deal, clock: ClockFile) -> None:
    """出来高: a 打切り pays nothing, so the contract is amended down, completed, inspected and paid."""
    clock.set("2027-02-10T10:00:00+09:00")
    ask(deal, ends_on=date(2027, 2, 12), price_yen=600_000, reason="代表者の急病で、続けられないため")
    agree(deal)
    assert charged(deal) == [600_000], "what is not needed goes back to its 科目"
    deal.report()
    deal.complete()
    assert deal.inspect().state == "inspected"
    deal.invoice()
    assert deal.order().gross_yen == 600_000


def test_a_terminated_contract_gives_everything_back(deal: Deal) -> None:
    ask(deal, price_yen=1_480_000)
    agree(deal, estimated_yen=1_490_000, line=line_of(deal.town, deal.proposal.call.theme.menu))
    ask(deal, ends_on=date(2027, 3, 10), price_yen=1_480_000)
    approval = draft(deal)
    ending.terminate_contract(by=deal.office, contract=deal.fresh(), note="続けられないため")
    approval.refresh_from_db()
    assert (approval.state, charged(deal)) == ("dropped", [])
    assert [row.state for row in queries.amendments_of(deal.fresh())] == ["declined", "agreed"]


@pytest.mark.parametrize(("changes", "field"), [
    ({"ends_on": date(2027, 3, 19)}, "ends_on"), ({"ends_on": date(2027, 1, 26)}, "ends_on"),
    ({"ends_on": date(2027, 2, 28)}, "ends_on"), ({"price_yen": 1_500_001}, "price_yen"), ({"price_yen": 0}, "price_yen"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_at_its_field(deal: Deal, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refused:
        ask(deal, **changes)
    assert refused.value.field == field


def test_the_year_bounds_the_end_also_where_the_call_ended_earlier(deal: Deal) -> None:
    CommissionCall.objects.filter(pk=deal.proposal.call_id).update(ends_on=date(2027, 2, 28))
    assert ask(deal, ends_on=LATER).ends_on == LATER
    with pytest.raises(Refusal, match="もうあります"):
        ask(deal, ends_on=date(2027, 3, 1))


def test_after_its_end_nothing_is_changed(deal: Deal, clock: ClockFile) -> None:
    ask(deal)
    approval = draft(deal)
    clock.set("2027-03-01T10:00:00+09:00")
    with pytest.raises(Refusal, match="期間のうちの施行日") as refused:
        grants.record_approval(by=deal.office, approval=approval, **record(deal.office, commitment_number=""))
    assert refused.value.field == "effective_on"
    within = {"commitment_number": "", "decided_on": date(2027, 2, 26), "effective_on": date(2027, 2, 28)}
    grants.record_approval(by=deal.office, approval=approval, **record(deal.office, **within))
    assert deal.fresh().ends_on == LATER
    clock.set("2027-03-19T10:00:00+09:00")
    with pytest.raises(Refusal, match="過ぎた契約"):
        ask(deal, ends_on=date(2027, 3, 20))


def test_one_waits_at_a_time_and_is_answered_once(deal: Deal) -> None:
    ask(deal)
    deal.report()
    with pytest.raises(Refusal, match="結果が出てから"):
        deal.complete()
    approval = draft(deal)
    for late in (
        lambda: draft(deal),
        lambda: amending.withdraw_amendment(by=deal.npo, contract=deal.fresh()),
        lambda: amending.decline_amendment(by=deal.office, contract=deal.fresh(), note="x"),
    ):
        with pytest.raises(Refusal, match="決裁の途中"):
            late()
    grants.send_back_approval(by=deal.office, approval=approval, note="理由をくわしく")
    amending.decline_amendment(by=deal.office, contract=deal.fresh(), note="期間は足りるため")
    assert "期間は足りる" in body_of("contract_amendment_declined", deal.npo.user.email)
    with pytest.raises(Refusal, match="申出がありません"):
        amending.withdraw_amendment(by=deal.npo, contract=deal.fresh())
    ask(deal)
    amending.withdraw_amendment(by=deal.npo, contract=deal.fresh())
    assert deal.complete().state == "completed"
    with pytest.raises(Refusal, match="完了を届け出るまで"):
        ask(deal)


def test_who_may_what_and_who_reads_it(deal: Deal) -> None:
    case, stranger = deal.fresh(), Town().officer
    asked: dict[str, Any] = {"ends_on": LATER, "price_yen": PRICE, "reason": WHY}
    for by in (deal.office, deal.town.officer, stranger):
        with pytest.raises(PermissionDenied):
            amending.ask_amendment(by=by, contract=case, **asked)
    row = ask(deal)
    for by in (deal.npo, deal.town.officer, stranger, deal.accountant):
        with pytest.raises(PermissionDenied):
            amending.draft_amendment(by=by, contract=case)
        with pytest.raises(PermissionDenied):
            amending.decline_amendment(by=by, contract=case, note="x")
    agree(deal)
    paper = Document.objects.get(object_id=row.pk)
    for by, sees in (
        (deal.npo, True),
        (deal.accountant, True),
        (deal.town.officer, False),
        (stranger, False),
    ):
        assert documents.visible_to(Scope.of(UserActor(by.user))).filter(pk=paper.pk).exists() is sees
    assert personal.rows(deal.npo.user.pk)["契約の変更"][0]["理由"] == WHY


def test_by_their_pages(deal: Deal) -> None:
    npo, office = signed_in(deal.npo.user), signed_in(deal.office.user)
    own, staff = deal.contract.get_absolute_url(), deal.contract.get_staff_url()
    wrong = send(npo, own, action=f"{own}amend/", ends_on="R9.3.31", reason=WHY)
    assert wrong.status_code == 409
    assert "令和9年3月18日まで" in text_of(wrong)
    assert WHY in text_of(wrong), "what was typed is kept"
    paper = SimpleUploadedFile("変更の見積書.pdf", PDF_BYTES, "application/pdf")
    typed = {"ends_on": "R9.3.18", "price_yen": "1,480,000", "reason": WHY, "file": paper}
    assert send(npo, own, action=f"{own}amend/", **typed).status_code == 303
    assert "申出を取り下げる" in text_of(npo.get(own))
    line = line_of(deal.town, deal.proposal.call.theme.menu)
    filled = {"estimated_yen": "1,490,000", "line": str(line.pk)}
    assert send(office, staff, action=f"{staff}amend/", **filled).status_code == 303
    approval = Approval.objects.get(contract=deal.contract, state="drafted")
    said = text_of(office.get(approval.get_absolute_url()))
    assert "契約の変更" in said
    assert "1,400,000円から1,480,000円へ" in said
    grants.record_approval(by=deal.office, approval=approval, **record(deal.office))
    town = signed_in(deal.town.officer_user)
    for client, path, told in ((npo, own, True), (office, staff, True), (town, staff, False)):
        page = client.get(path)
        assert_html(page.content)
        assert "第1回の変更" in text_of(page)
        assert ("1,480,000円" in text_of(page)) is told


def test_constraints(deal: Deal) -> None:
    row = ask(deal)
    refuses("amendment_number_once", copy(row, state="withdrawn", ended_at=row.asked_at))
    refuses("amendment_one_open", copy(row, number=2))
    refuses("amendment_changes_something", change(row, ends_on=row.ends_before))
    refuses("amendment_price_proper", change(row, price_yen=0))
    refuses("amendment_agreed_iff_dated", change(row, agreed_on=LATER))
    refuses("amendment_ended_iff_stamped", change(row, ended_at=row.asked_at))
