"""廃止: asked for by the chief, answered by the chain; cap and 科目 keep what may still be settled, the file goes to its end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants import actions as grants
from grants.advances.actions import requesting as advancing
from grants.carrying.actions import requesting as carrying
from grants.models import Application, CapUse, Commitment, Reclaim, StopRequest
from grants.recovery.actions import reclaiming
from grants.settlement import queries as settlement
from grants.settlement.actions import changing, paying, results
from grants.settlement.details import details
from grants.settlement.queries import desk as turns
from grants.settlement.queries.money import balance_of
from grants.stopping import personal
from grants.stopping.actions import deciding, requesting
from grants.stopping.papers import APPROVAL, REFUSAL, REQUEST
from grants.subgrants import actions as sub
from portal.accounts.scope import Scope
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel import audit, clock, ports
from portal.kernel.fiscal import next_business_day
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor
from tests.factories.advances import allowing
from tests.factories.advances import granted as advance_granted
from tests.factories.advances import paid as paid_advance
from tests.factories.advances import requested as advance_requested
from tests.factories.carrying import asked as carry_asked
from tests.factories.deciding import decided, open_approval, record
from tests.factories.grants import Town, staged
from tests.factories.settlement import accountant, expenses_of, incomes_of, inspected, settled
from tests.factories.stopping import asked, signed, stopped
from tests.factories.subgrants import draft as sub_draft
from tests.factories.subgrants import indirect, written
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, copy, refuses


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def charged(case: Application) -> int:
    rows = Commitment.objects.filter(approval__application=case, released_at__isnull=True)
    return sum(row.amount_yen for row in rows)


def reported_as(town: Town, case: Application, *, share: int) -> Application:
    """The result of a stopped project: `share` of every line in hundredths, none of the income."""
    rows = [
        type(row)(
            setsu=row.setsu, description=row.description, budget_yen=row.budget_yen,
            actual_yen=row.actual_yen * share // 100, ineligible_yen=row.ineligible_yen * share // 100,
        )
        for row in expenses_of(case)
    ]  # fmt: skip
    incomes = [
        type(row)(kind=row.kind, description=row.description, budget_yen=row.budget_yen, actual_yen=0)
        for row in incomes_of(case)
    ]
    results.save_result(
        by=town.officer, application=case, expenses=rows, incomes=incomes, completed_on=clock.today_jst(),
        claimed_yen=case.decided_yen, content="途中まで運行した。", outcome="なし", next_steps="", outlay_yen=None,
        own_number="",
    )  # fmt: skip
    return case


def test_an_abandoned_project_that_spent_nothing_gives_everything_free_and_is_closed(
    town: Town, case: Application
) -> None:
    before = charged(case)
    stopped(town, case, kind="abandoned", spent_yen=0)
    assert (case.state, case.stopped, case.decided_yen) == ("decided", "abandoned", 0)
    assert (before, charged(case), CapUse.objects.get(application=case).amount_yen) == (710_000, 0, 0)
    assert list(turns.for_town(Scope.of(town.officer), date(2000, 1, 1)).values_list("todo", flat=True)) == [
        "report"
    ]
    results.file_result(by=town.chief, application=reported_as(town, case, share=0))
    settled(town, inspected(town, case))
    assert (case.settled_yen, balance_of(case).left_yen) == (0, 0)
    assert paying.close_application(by=town.prefecture, application=case).state == "closed"


def test_money_paid_before_a_stop_comes_back_by_the_settlement(town: Town) -> None:
    case = allowing(town)
    paid_advance(town, advance_granted(town, advance_requested(town, case)))
    stopped(town, case)
    assert (case.decided_yen, charged(case)) == (200_000, 300_000)  # what is out holds its 科目
    assert CapUse.objects.get(application=case).amount_yen == 200_000
    reported_as(town, case, share=30)
    results.add_evidence(
        by=town.officer, application=case, title="領収書", file=staged(town.officer, "領.pdf")
    )
    results.file_result(by=town.chief, application=case)
    settled(town, inspected(town, case))
    assert balance_of(case).due_back_yen == 100_000
    with pytest.raises(Refusal, match="まだ返還されていない"):
        paying.close_application(by=town.prefecture, application=case)
    due_on = next_business_day(clock.today_jst() + timedelta(days=20))
    reclaim: Reclaim = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=due_on)
    reclaiming.collect_reclaim(by=actor(accountant()), reclaim=reclaim, collected_on=clock.today_jst())
    assert charged(case) == 200_000
    assert paying.close_application(by=town.prefecture, application=case).state == "closed"


def test_papers_mails_history_and_what_the_chain_reads(town: Town, case: Application) -> None:
    row = asked(town, case)
    assert list(turns.for_office(Scope.of(town.prefecture)).values_list("todo", flat=True)) == ["stop"]
    assert Document.objects.get(kind=REQUEST).snapshot["body"]["keep_yen"] == 200_000
    deciding.draft_stop(by=town.prefecture, stop=row)
    assert ("精算の見込額", "200,000円") in details(open_approval(case))
    assert CapUse.objects.get(application=case).amount_yen == 710_000  # until it is signed
    signed(town, case)
    letter = Document.objects.get(kind=APPROVAL)
    assert letter.snapshot["body"]["before_yen"] == 710_000
    for paper in (letter, Document.objects.get(kind=REQUEST)):
        assert papers.content(paper).startswith(b"%PDF")
    sent = OutboxMessage.objects.filter(template__contains="stop_").values_list("template", flat=True)
    assert {name.rsplit("/", 1)[-1] for name in sent} == {"stop_requested", "stop_granted"}
    assert all(entry.event in ports.audit_presenters for entry in audit.history(case))
    assert len(personal.rows(town.chief_user.pk)["廃止"]) == 1


def test_a_refusal_leaves_the_project_as_it_was(town: Town, case: Application) -> None:
    row = asked(town, case)
    deciding.draft_stop_refusal(by=town.prefecture, stop=row, reason="つづけられる見込みがあるため。")
    signed(town, case)
    row.refresh_from_db()
    assert (case.state, case.stopped, case.decided_yen, row.state) == ("decided", "", 710_000, "declined")
    assert Document.objects.get(kind=REFUSAL).snapshot["body"]["why_not"] == "つづけられる見込みがあるため。"
    assert charged(case) == CapUse.objects.get(application=case).amount_yen == 710_000
    assert asked(town, case).state == "requested"  # it may be asked again


def test_taken_back_or_sent_back_nothing_moves(town: Town, case: Application) -> None:
    row = asked(town, case)
    deciding.draft_stop(by=town.prefecture, stop=row)
    grants.send_back_approval(by=town.prefecture, approval=open_approval(case), note="日を確かめて。")
    deciding.draft_stop(by=town.prefecture, stop=row)
    requesting.take_back_stop(by=town.chief, stop=row)
    case.refresh_from_db()
    assert (case.state, case.decided_yen, case.approvals.filter(state="drafted").count()) == (
        "decided",
        710_000,
        0,
    )
    assert Document.objects.get(kind=REQUEST).state == "void"
    with pytest.raises(Refusal):
        requesting.take_back_stop(by=town.chief, stop=row)


def test_what_is_refused(town: Town, case: Application) -> None:
    for day in (date(2026, 3, 31), date(2027, 4, 1)):
        with pytest.raises(Refusal, match=r"令和9年3月31日まで") as refused:
            asked(town, case, stops_on=day)
        assert refused.value.field == "stops_on"
    carry = carry_asked(town, case)
    with pytest.raises(Refusal, match="繰越しの申請"):
        asked(town, case)
    carrying.take_back_carry_over(by=town.chief, carry=carry)
    row = asked(town, case)
    with pytest.raises(Refusal, match="いま「変更の審査中」"):
        asked(town, case)
    with pytest.raises(Refusal, match="変更の申請がありません"):
        changing.take_back_change(by=town.chief, application=case)
    case.refresh_from_db()
    deciding.draft_stop(by=town.prefecture, stop=row)
    with pytest.raises(Refusal, match="決裁が進んでいます"):
        deciding.draft_stop(by=town.prefecture, stop=row)
    early = record(town.prefecture, decided_on=date(2026, 11, 24), commitment_number="")
    with pytest.raises(Refusal, match="申請日より前"):
        grants.record_approval(by=town.prefecture, approval=open_approval(case), **early)
    signed(town, case)
    with pytest.raises(Refusal, match="廃止が承認されています"):
        asked(town, case)
    with pytest.raises(Refusal, match="廃止が承認されています"):
        carry_asked(town, case)
    with pytest.raises(Refusal, match="廃止が承認されています"):
        advancing.request_advance(by=town.chief, application=case, amount_yen=1000, reason="他", plan=[])
    with pytest.raises(Refusal, match="廃止が承認されています"):
        changing.request_change(by=town.chief, application=case)


def test_the_result_is_due_from_the_approval_and_says_no_later_day(
    town: Town, case: Application, clock: ClockFile
) -> None:
    row = asked(town, case, stops_on=date(2026, 11, 20))
    clock.set("2026-12-18T10:00:00+09:00")
    deciding.draft_stop(by=town.prefecture, stop=row)
    signed(town, case)
    assert settlement.due_on(case) == date(2027, 1, 17)
    results.save_result(
        by=town.officer, application=case, expenses=[], incomes=[], completed_on=date(2026, 11, 21), claimed_yen=0,
        content="途中まで運行した。", outcome="なし",
    )  # fmt: skip
    with pytest.raises(Refusal, match="廃止の日") as refused:
        results.file_result(by=town.chief, application=case)
    assert refused.value.field == "completed_on"


def test_after_the_year_it_is_refused_and_what_was_asked_in_it_can_be_refused(
    town: Town, case: Application, clock: ClockFile
) -> None:
    row = asked(town, case)
    clock.set("2027-04-01T10:00:00+09:00")
    deciding.draft_stop(by=town.prefecture, stop=row)
    with pytest.raises(Refusal, match="令和8年度のうちの日"):
        signed(town, case)
    grants.send_back_approval(by=town.prefecture, approval=open_approval(case), note="年度が終わった。")
    deciding.draft_stop_refusal(by=town.prefecture, stop=row, reason="年度が終わったため。")
    signed(town, case)
    assert case.state == "decided"
    with pytest.raises(Refusal, match="期間は、令和9年3月31日で終わりました"):
        asked(town, case, stops_on=date(2027, 3, 31))


def test_below_a_stopped_file_nothing_is_decided(town: Town) -> None:
    case = indirect(town)
    row = sub.submit_subgrant(by=town.officer, subgrant=written(town, sub_draft(town, case)))
    stopped(town, case)
    with pytest.raises(Refusal, match="廃止が承認されています"):
        sub.decide_subgrant(by=town.chief, subgrant=row, decided_yen=1000, document_number="1")
    assert sub.refuse_subgrant(by=town.chief, subgrant=row, note="事業が終わったため。").state == "refused"


def test_who_may_and_what_the_table_holds(town: Town, case: Application) -> None:
    for by in (town.officer, town.prefecture, Town(office=town.office).chief):
        with pytest.raises(PermissionDenied):
            requesting.request_stop(
                by=by, application=case, kind="stopped", reason="他", stops_on=clock.today_jst(), spent_yen=0
            )
    row = asked(town, case)
    for by in (town.chief, Town().prefecture):
        with pytest.raises(PermissionDenied):
            deciding.draft_stop(by=by, stop=row)
        with pytest.raises(PermissionDenied):
            deciding.draft_stop_refusal(by=by, stop=row, reason="他")
    with pytest.raises(PermissionDenied):
        requesting.take_back_stop(by=town.officer, stop=row)
    kept = StopRequest.objects.get()
    refuses("stoprequest_one_live", copy(kept))
    refuses("stoprequest_says_why", change(kept, reason=""))
    refuses("stoprequest_keeps_within_decision", change(kept, keep_yen=kept.before_yen + 1))
    refuses("stoprequest_granted_iff_stamped", change(kept, granted_at=kept.requested_at))
    refuses("stoprequest_declined_iff_stamped", change(kept, declined_at=kept.requested_at))
    refuses("stoprequest_taken_back_iff_stamped", change(kept, taken_back_at=kept.requested_at))
    refuses("application_stopped_once_decided", change(town.draft(), stopped="stopped"))
    refuses("application_decided_within_grant", change(case, decided_yen=0))


def test_the_way_by_clicking(town: Town, case: Application) -> None:
    chief, office, url = StrictClient(), StrictClient(), reverse("grants:stop", args=[case.pk])
    chief.force_login(town.chief_user)
    office.force_login(town.prefecture_user)
    assert url in chief.get(case.get_absolute_url()).content.decode()
    assert_html(chief.get(url).content)
    typed = {"kind": "stopped", "reason": "台風で道が止まったため。", "spent_yen": "401,000"}
    bad = send(chief, url, action=url, stops_on="いつか", **typed)
    assert bad.status_code == 422
    assert "台風で道が止まったため。" in text_of(bad)
    assert send(chief, url, action=url, stops_on="R9.9.1", **typed).status_code == 409
    assert send(chief, url, action=url, stops_on="R8.11.25", **typed).status_code == 303
    assert "廃止の申請を、県が審査しています" in text_of(chief.get(case.get_absolute_url()))
    assert url in office.get(case.get_staff_url()).content.decode()
    assert url in office.get(reverse("site:desk")).content.decode()
    refuse = reverse("grants:stop_act", args=[case.pk, "refuse"])
    assert send(office, url, action=refuse, reason="").status_code == 422
    act = reverse("grants:stop_act", args=[case.pk, "draft"])
    assert send(office, url, action=act)["Location"] == open_approval(case).get_absolute_url()
    assert_html(office.get(url).content)
    signed(town, case)
    assert "事業の廃止が承認されました" in text_of(chief.get(case.get_absolute_url()))
    assert "実績報告を待っています" in text_of(office.get(case.get_staff_url()))
    assert "実績報告を開く" in text_of(chief.get(url))
    assert chief.post(reverse("grants:stop_act", args=[case.pk, "steal"]), {}).status_code == 404
