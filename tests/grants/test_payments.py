"""Payments: what is withheld, ordered once, entered by the accountant, within the year or as 過年度支出, and the end of a dispatch."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from grants import actions
from grants.calculations import payments as sums
from grants.dispatch.enums import DispatchState
from grants.models import Payment, Visit
from grants.payments import desk, personal, queries
from grants.payments.enums import PaymentKind, PaymentState
from grants.payments.rates import rates
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import audit
from portal.kernel.fiscal import FiscalYear, is_business_day
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA
from tests.factories.dispatch import Adviser, reported
from tests.factories.grants import Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, copy, refuses

TODAY = date(2026, 12, 10)


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


@pytest.fixture
def accountant(town: Town) -> User:
    return officer(Role.ACCOUNTANT, KAGOSHIMA)


@pytest.fixture
def visit(town: Town, adviser: Adviser, clock: ClockFile) -> Visit:
    return reported(town, adviser, clock)


def order(town: Town, visit: Visit, **values: Any) -> list[Payment]:
    return actions.order_visit_payment(by=town.prefecture, visit=visit, **values)


def test_the_table_of_rates() -> None:
    assert [sums.rate_on(rates(), on).share for on in (date(2012, 12, 31), date(2013, 1, 1), date(2037, 12, 31), date(2038, 1, 1))] == [1000, 1021, 1021, 1000]  # fmt: skip
    with pytest.raises(ValueError, match="税率がありません"):
        sums.rate_on(rates(), date(1980, 1, 1))
    rate = sums.rate_on(rates(), TODAY)
    cases = {20_000: 2_042, 11_137: 1_137, 1: 0, 9: 0, 1_000_000: 102_100, 1_500_000: 204_200, 0: 0}
    assert {gross: sums.withheld(gross, rate) for gross in cases} == cases


@given(gross=st.integers(0, 10_000_000))
def test_what_is_withheld_and_what_is_paid_are_the_gross(gross: int) -> None:
    rate = sums.rate_on(rates(), TODAY)
    found = sums.sums(gross, rate)
    assert found.withheld_yen + found.net_yen == gross
    assert 0 <= found.withheld_yen <= gross
    if gross <= rate.threshold_yen:
        assert found.withheld_yen * 10_000 <= gross * 1021 < (found.withheld_yen + 1) * 10_000
    assert sums.withheld(gross + 1, rate) >= found.withheld_yen
    assert sums.sums(gross, None).withheld_yen == 0


@given(fee=st.integers(0, 1_000_000), minutes=st.integers(0, 720))
def test_the_fee_by_the_hour_is_never_more_than_its_share(fee: int, minutes: int) -> None:
    paid = sums.by_the_hour(fee, minutes)
    assert paid * 60 <= fee * minutes < (paid + 1) * 60


@given(year=st.integers(2019, 2060))
def test_the_last_day_of_the_old_year_is_a_bank_day_in_may(year: int) -> None:
    last = sums.last_bank_day(year)
    assert is_business_day(last)
    assert (last.year, last.month) == (year + 1, 5)
    assert not any(is_business_day(date(year + 1, 5, day)) for day in range(last.day + 1, 32))
    assert last <= FiscalYear(year).accounts_close_on


def test_the_fee_and_the_travel_through_the_person_are_one_payment(
    town: Town, adviser: Adviser, visit: Visit
) -> None:
    (fee,) = order(town, visit, travel_yen=4_560)
    assert (fee.kind, fee.payee, fee.payee_user) == (PaymentKind.FEE, "助言 花子", adviser.user)
    assert (fee.gross_yen, fee.withheld_yen, fee.net_yen) == (24_560, 2_507, 22_053)
    assert (fee.fiscal_year, fee.ordered_on, fee.state) == (2026, TODAY, PaymentState.ORDERED)
    with pytest.raises(Refusal, match="もう支出命令を出しています"):
        order(town, visit)
    assert [entry.event for entry in audit.history(fee)] == ["grants.payment.ordered"]


def test_travel_paid_directly_is_a_payment_of_its_own(town: Town, visit: Visit) -> None:
    with pytest.raises(Refusal, match="直接払う相手"):
        order(town, visit, travel_yen=4_560, travel_direct=True)
    fee, travel = order(town, visit, travel_yen=4_560, travel_direct=True, carrier="見本バス")
    assert (fee.gross_yen, fee.withheld_yen) == (20_000, 2_042)
    assert (travel.kind, travel.payee, travel.gross_yen, travel.withheld_yen) == (
        PaymentKind.TRAVEL,
        "見本バス",
        4_560,
        0,
    )


def test_an_hourly_fee_follows_the_report_and_a_body_is_paid_in_full(town: Town, clock: ClockFile) -> None:
    hourly = Adviser(town, {"fee_yen": 8_000, "fee_unit": "hour", "payee_kind": "body"})
    (fee,) = order(town, reported(town, hourly, clock))
    assert (fee.gross_yen, fee.withheld_yen, fee.net_yen) == (13_333, 0, 13_333)


def test_only_the_accountant_enters_and_only_days_that_can_be(
    town: Town, accountant: User, visit: Visit, clock: ClockFile
) -> None:
    (fee,) = order(town, visit)
    by = actor(accountant)
    elsewhere = actor(officer(Role.ACCOUNTANT, NIIGATA))
    for stranger in (town.prefecture, town.chief, elsewhere):
        with pytest.raises(PermissionDenied):
            actions.enter_payment(by=stranger, payment=fee, paid_on=TODAY)
    clock.set("2026-12-21T10:00:00+09:00")
    for day, message in ((22, "先の日"), (9, "より前の日"), (19, "銀行が開いている日")):
        with pytest.raises(Refusal, match=message) as refused:
            actions.enter_payment(by=by, payment=fee, paid_on=date(2026, 12, day))
        assert refused.value.field == "paid_on"
    actions.enter_payment(by=by, payment=fee, paid_on=date(2026, 12, 18))
    assert (fee.state, fee.charged_year, fee.paid_by, fee.is_past_year) == (
        PaymentState.PAID,
        2026,
        accountant,
        False,
    )
    with pytest.raises(Refusal, match="いま「支払い済み」です"):
        actions.enter_payment(by=by, payment=fee, paid_on=date(2026, 12, 18))
    with pytest.raises(Refusal, match="いま「支払い済み」です"):
        actions.cancel_payment(by=town.prefecture, payment=fee, note="遅い")


def test_the_old_year_pays_until_its_last_bank_day_then_the_message_offers_the_other_way(
    town: Town, accountant: User, visit: Visit, clock: ClockFile
) -> None:
    (fee,) = order(town, visit)
    by = actor(accountant)
    clock.set("2027-06-02T10:00:00+09:00")
    with pytest.raises(Refusal, match=r"令和9年5月31日.*過年度支出") as late:
        actions.enter_payment(by=by, payment=fee, paid_on=date(2027, 6, 1))
    assert late.value.field == "past_year"
    with pytest.raises(Refusal, match="過年度支出」を外して"):
        actions.enter_payment(by=by, payment=fee, paid_on=date(2027, 5, 31), past_year=True)
    actions.enter_payment(by=by, payment=fee, paid_on=date(2027, 6, 1), past_year=True)
    assert (fee.charged_year, fee.is_past_year) == (2027, True)


def test_an_order_is_taken_back_with_a_reason_and_given_anew(
    town: Town, accountant: User, visit: Visit
) -> None:
    (fee,) = order(town, visit)
    with pytest.raises(PermissionDenied):
        actions.cancel_payment(by=actor(accountant), payment=fee, note="x")
    with pytest.raises(Refusal, match="理由"):
        actions.cancel_payment(by=town.prefecture, payment=fee, note="")
    actions.cancel_payment(by=town.prefecture, payment=fee, note="旅費を入れ忘れたため。")
    (again,) = order(town, visit, travel_yen=1_000)
    assert list(queries.of_case(visit.dispatch)) == [again]


def test_it_closes_when_everything_is_reported_and_paid(town: Town, accountant: User, visit: Visit) -> None:
    case = visit.dispatch
    with pytest.raises(Refusal, match="第1回"):
        actions.close_dispatch(by=town.prefecture, dispatch=case)
    fee, travel = order(town, visit, travel_yen=500, travel_direct=True, carrier="見本バス")
    actions.enter_payment(by=actor(accountant), payment=fee, paid_on=TODAY)
    with pytest.raises(Refusal, match="支払いが済んでいない"):
        actions.close_dispatch(by=town.prefecture, dispatch=case)
    actions.enter_payment(by=actor(accountant), payment=travel, paid_on=TODAY)
    actions.close_dispatch(by=town.prefecture, dispatch=case)
    assert case.state == DispatchState.CLOSED


def test_the_end_of_the_year_is_a_deadline_from_its_first_reminder_on(
    town: Town, accountant: User, visit: Visit, clock: ClockFile
) -> None:
    order(town, visit)
    for day, due_on in (("2026-12-10", None), ("2027-04-30", None), ("2027-05-01", date(2027, 5, 31))):
        clock.set(f"{day}T18:00:00+09:00")
        (item,) = desk.items(Scope.of(actor(accountant)))
        assert (item.due_on, item.meta[-15:]) == (due_on, "令和8年12月10日の支出命令"), day


def test_lists_are_for_those_who_read_there(
    town: Town, adviser: Adviser, accountant: User, visit: Visit
) -> None:
    (fee,) = order(town, visit)
    assert personal.rows(adviser.user.pk)["支払い"][0]["源泉徴収額"] == 2_042
    assert personal.rows(town.prefecture_user.pk)["支払い"][0]["支払額"] is None
    assert not queries.visible_to(Scope.of(actor(officer(Role.ACCOUNTANT, NIIGATA)))).exists()
    assert not queries.visible_to(Scope.of(town.officer)).exists()
    assert queries.visible_to(Scope.of(town.prefecture)).get() == fee


def test_every_constraint_has_a_row_that_is_refused(town: Town, visit: Visit) -> None:
    (fee,) = order(town, visit)
    refuses("payment_slot_once", copy(fee))
    refuses("payment_sums_agree", change(fee, net_yen=1))
    refuses("payment_withheld_from_fees", change(fee, kind=PaymentKind.TRAVEL))
    refuses("payment_paid_iff_dated", change(fee, paid_on=TODAY))
    refuses("payment_cancelled_iff_stamped", change(fee, cancelled_at="2026-12-10T00:00+09:00"))
    refuses("visit_held_iff_recorded", change(visit, held_at=None))
    refuses("visit_reported_iff_complete", change(visit, reported_at=None))
    refuses("visitreport_one_a_side", copy(visit.reports.first()))
    refuses("visitreport_figures_of_the_side", change(visit.reports.first(), minutes=None, people_count=None))


def test_the_accountant_sees_narrows_takes_out_and_enters(
    town: Town, accountant: User, visit: Visit, client: Client
) -> None:
    (fee,) = order(town, visit)
    client.force_login(accountant)
    url = reverse("grants:payments")
    response = client.get(url)
    assert_html(response.content)
    assert "助言 花子" in text_of(response)
    assert "助言 花子" not in text_of(client.get(url + "?state=paid"))
    assert "助言 花子" in text_of(client.get(url + "?state=ordered&year=2026"))
    asked = reverse("communities:staff_export_new", args=["payments"]) + "?state=ordered"
    page = client.get(asked)
    assert_html(page.content)
    sent = send(client, asked, form="csv", purpose="照合のため")
    assert sent.status_code == 303, text_of(sent)
    lines = b"".join(client.get(sent["Location"]).streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "20000,2042,17958" in lines[1].replace('"', "").replace(" ", "")
    detail = fee.get_absolute_url()
    bad = send(client, detail, paid_on="令和8年13月1日")
    assert (bad.status_code, "令和8年13月1日" in text_of(bad)) == (422, True)
    late = send(client, detail, paid_on="令和9年1月4日")
    assert (late.status_code, "先の日は入れられません" in text_of(late)) == (409, True)
    assert_html(late.content)
    assert send(client, detail, paid_on="R8.12.10").status_code == 303
    assert "支払い済み" in text_of(client.get(detail))


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_takes_the_same_number_of_statements(
    town: Town, accountant: User, visit: Visit, client: Client, assert_queries: Any, rows: int
) -> None:
    (fee,) = order(town, visit)
    for number in range(rows - 1):
        copy(fee, slot=f"copy:{number}")()
    client.force_login(accountant)
    url = reverse("grants:payments")
    client.get(url)
    with assert_queries(7):
        client.get(url)
