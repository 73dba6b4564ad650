"""繰越し: asked for inside the year, granted by the chain; amount and cap stay, report and payment have a year more."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants import actions as grants
from grants.advances.actions import deciding as advancing
from grants.carrying import personal
from grants.carrying.actions import deciding, requesting
from grants.carrying.papers import APPROVAL, REQUEST
from grants.execution import queries as execution
from grants.models import Application, CapUse, CarryOver, Programme
from grants.recovery.charging import booking
from grants.settlement import queries as settlement
from grants.settlement.actions import results
from grants.settlement.details import details
from grants.settlement.queries import desk as turns
from portal.accounts.scope import Scope
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel import audit, ports
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor
from tests.factories.advances import allowing, granted, requested
from tests.factories.carrying import UNTIL, asked, carried
from tests.factories.deciding import decided, open_approval, record
from tests.factories.grants import Town
from tests.factories.settlement import accountant, changing, inspected, ordered, reported, settled, written
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, copy, refuses


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def test_a_carried_file_keeps_amount_and_cap_and_has_a_year_more(
    town: Town, case: Application, clock: ClockFile
) -> None:
    asked_for = asked(town, case)
    assert list(turns.for_office(Scope.of(town.prefecture)).values_list("todo", flat=True)) == ["carry_over"]
    with pytest.raises(Refusal, match="繰越しの申請の結果"):
        results.file_result(by=town.chief, application=case)
    requesting.take_back_carry_over(by=town.chief, carry=asked_for)
    assert Document.objects.get(kind=REQUEST).state == "void"
    carried(town, case)
    assert (case.state, case.carried, case.ends_on, case.decided_yen) == (
        "decided",
        "appropriated",
        UNTIL,
        710_000,
    )
    assert CapUse.objects.get(application=case).account.fiscal_year == 2026
    assert settlement.due_on(case) == date(2027, 10, 30)
    letter = Document.objects.get(kind=APPROVAL)
    assert letter.snapshot["body"]["ends_on"] == "2027-09-30"
    assert papers.content(letter).startswith(b"%PDF")
    line = execution.lines(Programme.objects.filter(pk=case.menu.programme_id)).get()
    assert (line.carried_yen, line.committed_yen) == (710_000, 710_000)
    assert all(entry.event in ports.audit_presenters for entry in audit.history(case))
    assert len(personal.rows(town.chief_user.pk)["繰越し"]) == 2
    clock.set("2027-10-01T10:00:00+09:00")
    reported(town, case, completed_on=date(2027, 9, 30))
    settled(town, inspected(town, case))
    payment = ordered(town, case)
    assert (payment.fiscal_year, payment.carried, payment.last_on) == (2026, True, date(2028, 5, 31))
    clock.set("2028-05-31T10:00:00+09:00")
    grants.enter_payment(by=actor(accountant()), payment=payment, paid_on=date(2028, 5, 31))
    assert (payment.charged_year, payment.is_past_year) == (2026, False)


def test_an_order_on_its_way_may_be_paid_a_year_longer_too(town: Town, clock: ClockFile) -> None:
    case = allowing(town)
    payment = advancing.order_advance(by=town.prefecture, advance=granted(town, requested(town, case)))
    carried(town, case)
    clock.set("2027-06-01T10:00:00+09:00")
    payment.refresh_from_db()
    grants.enter_payment(by=actor(accountant()), payment=payment, paid_on=date(2027, 6, 1))
    reclaim: Any = type("Row", (), {"application": case, "cause": "revoked"})
    assert (booking(reclaim, date(2028, 5, 31)), booking(reclaim, date(2028, 6, 1))) == ("return", "revenue")


def test_a_change_of_a_carried_file_may_be_dated_in_the_next_year(
    town: Town, case: Application, clock: ClockFile
) -> None:
    carried(town, case)
    clock.set("2027-05-10T10:00:00+09:00")
    changing(town, case, content="会場を変える。")
    from grants.settlement.actions import answering

    answering.draft_approval(by=town.prefecture, application=case)
    values = record(town.prefecture, document_number="く共第760号", commitment_number="")
    grants.record_approval(by=town.prefecture, approval=open_approval(case), **values)
    assert Application.objects.get(pk=case.pk).state == "decided"


def test_it_is_refused_after_the_year_twice_and_for_days_that_cannot_be(
    town: Town, case: Application, clock: ClockFile
) -> None:
    for day in (date(2027, 3, 31), date(2028, 4, 1)):
        with pytest.raises(Refusal, match="令和9年度のうち") as refused:
            asked(town, case, ends_on=day)
        assert refused.value.field == "ends_on"
    carry = asked(town, case)
    with pytest.raises(Refusal, match="もう申請されている"):
        asked(town, case)
    for day in (date(2026, 11, 26), date(2026, 3, 31)):
        with pytest.raises(Refusal, match="議決日は"):
            deciding.draft_carry_over(by=town.prefecture, carry=carry, authorised_on=day)
    deciding.draft_carry_over(by=town.prefecture, carry=carry, authorised_on=date(2026, 11, 25))
    assert ("議決日", "令和8年11月25日") in details(open_approval(case))
    early = record(town.prefecture, decided_on=date(2026, 11, 24), commitment_number="")
    with pytest.raises(Refusal, match=r"議決日.*より前"):
        grants.record_approval(by=town.prefecture, approval=open_approval(case), **early)
    clock.set("2027-04-01T10:00:00+09:00")
    late = record(town.prefecture, commitment_number="")
    with pytest.raises(Refusal, match="令和8年度のうちの日"):
        grants.record_approval(by=town.prefecture, approval=open_approval(case), **late)
    grants.send_back_approval(by=town.prefecture, approval=open_approval(case), note="年度が終わった。")
    deciding.decline_carry_over(by=town.prefecture, carry=carry, note="年度が終わったため。")
    with pytest.raises(Refusal, match="3月31日まででした"):
        asked(town, case)


def test_who_may(town: Town, case: Application) -> None:
    for by in (town.officer, town.prefecture, Town(office=town.office).chief):
        with pytest.raises(PermissionDenied):
            requesting.request_carry_over(
                by=by, application=case, kind="accident", reason="他", ends_on=UNTIL
            )
    carry = asked(town, case)
    for by in (town.chief, Town().prefecture):
        with pytest.raises(PermissionDenied):
            deciding.draft_carry_over(by=by, carry=carry, authorised_on=date(2026, 11, 25))
        with pytest.raises(PermissionDenied):
            deciding.decline_carry_over(by=by, carry=carry, note="他")
    grants.withdraw(by=town.chief, application=case, note="やめます。")
    carry.refresh_from_db()
    assert carry.state == "declined"
    written_now = CarryOver.objects.get()
    refuses("carryover_says_why_and_until", change(written_now, reason=""))
    refuses("carryover_granted_iff_stamped", change(written_now, granted_at=carry.requested_at))
    refuses("carryover_ended_iff_stamped", change(written_now, declined_at=None))
    change(written_now, state="requested", declined_at=None, declined_by=None)()
    refuses("carryover_one_live", copy(written_now, state="requested", declined_at=None))
    refuses("application_carried_once_decided", change(town.draft(), carried="accident"))


def test_the_way_by_clicking(town: Town, case: Application) -> None:
    chief, office, url = StrictClient(), StrictClient(), case.get_carry_over_url()
    chief.force_login(town.chief_user)
    office.force_login(town.prefecture_user)
    assert url in chief.get(case.get_absolute_url()).content.decode()
    assert_html(chief.get(url).content)
    typed = {"kind": "accident", "reason": "台風で道が止まったため。"}
    bad = send(chief, url, action=url, ends_on="いつか", **typed)
    assert bad.status_code == 422
    assert "台風で道が止まったため。" in text_of(bad)
    assert send(chief, url, action=url, ends_on="R9.3.1", **typed).status_code == 409
    assert send(chief, url, action=url, ends_on="R9.9.30", **typed).status_code == 303
    assert "繰越しの申請が届いています" in text_of(office.get(case.get_staff_url()))
    assert url in office.get(reverse("site:desk")).content.decode()
    act = reverse("grants:carry_over_act", args=[case.pk, "draft"])
    assert send(office, url, action=act, authorised_on="").status_code == 422
    assert (
        send(office, url, action=act, authorised_on="R8.11.25")["Location"]
        == open_approval(case).get_absolute_url()
    )
    assert_html(office.get(url).content)
    back = reverse("grants:carry_over_act", args=[case.pk, "take_back"])
    assert send(chief, url, action=back).status_code == 303
    assert not case.approvals.filter(state="drafted").exists()
    assert chief.post(reverse("grants:carry_over_act", args=[case.pk, "steal"]), {}).status_code == 404
    assert written(town, case, completed_on=date(2026, 11, 25)).carried == ""
