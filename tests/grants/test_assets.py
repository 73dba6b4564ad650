"""取得財産等管理台帳 and 財産処分: the list, its limits, the wish, 決裁, 納付金, the end by itself; every refusal."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from grants import actions as grants
from grants.assets import papers
from grants.assets.actions import answering, asking, listing
from grants.assets.sweeping import end_limits
from grants.calculations import assets as sums
from grants.models import Application, Asset, Disposal
from grants.recovery import queries as recovery
from grants.recovery.actions import reclaiming, revoking
from grants.reminding.sweeping import remind
from grants.settlement import queries as settlement
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.papers import content
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.documents.pdf import text_of as pdf_text
from tests.factories.accounts import actor
from tests.factories.assets import LINE, WISH, answering_it, asked, closed, listed
from tests.factories.deciding import decided, record
from tests.factories.grants import Town
from tests.factories.recovery import accountant, paid, revoked
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, copy, refuses


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def letter(disposal: Disposal) -> str:
    return "".join(pdf_text(content(documents.of(disposal).get(kind=papers.ANSWER))).split())


def record_it(town: Town, disposal: Disposal) -> None:
    approval = disposal.approvals.get(state="drafted")
    values = record(town.prefecture, document_number="く共第970号", commitment_number="")
    grants.record_approval(by=town.prefecture, approval=approval, **values)
    disposal.refresh_from_db()
    disposal.asset.refresh_from_db()


def test_limits_and_shares() -> None:
    assert sums.limit_on(date(2027, 3, 1), 6) == date(2033, 2, 28)
    assert sums.limit_on(date(2024, 2, 29), 5) == date(2029, 2, 27)
    assert sums.months_between(date(2026, 11, 25), date(2027, 11, 24)) == 11
    assert (
        sums.remaining_yen(1_200_000, acquired_on=date(2026, 11, 25), years=4, on=date(2027, 11, 25))
        == 900_000
    )
    assert sums.remaining_yen(1_200_000, acquired_on=date(2026, 11, 25), years=4, on=date(2040, 1, 1)) == 0
    assert sums.payback_yen(300_001, grant_yen=600_000, amount_yen=1_200_000) == 150_000
    assert sums.payback_yen(9_000_000, grant_yen=600_000, amount_yen=1_200_000) == 600_000


def test_a_piece_is_listed_corrected_and_handed_in(town: Town, case: Application) -> None:
    asset = listed(town, case)
    assert (asset.years, asset.until_on, asset.amount_yen) == (4, date(2030, 11, 24), 1_200_000)
    listing.change_asset(
        by=town.officer, asset=asset, **LINE | {"acquired_on": date(2026, 11, 25), "quantity": 2}
    )
    assert asset.amount_yen == 2_400_000
    first = listing.hand_in_list(by=town.chief, application=case)
    assert listing.hand_in_list(by=town.chief, application=case).pk == first.pk
    text = "".join(pdf_text(content(first)).split())
    assert "取得財産等管理台帳" in text
    assert "令和12年11月24日" in text
    listing.set_years(by=town.prefecture, asset=asset, years=3, reason="中古のため")
    listing.change_asset(by=town.officer, asset=asset, **LINE | {"acquired_on": date(2026, 11, 25)})
    assert (asset.years, asset.until_on) == (3, date(2029, 11, 24))
    second = listing.hand_in_list(by=town.chief, application=case)
    assert second.pk != first.pk
    listing.remove_asset(by=town.officer, asset=asset)
    assert not case.assets.exists()
    with pytest.raises(Refusal, match="財産がまだありません"):
        listing.hand_in_list(by=town.chief, application=case)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"unit_price_yen": 499_999}, "unit_price_yen"),
        ({"grant_yen": 1_200_001}, "grant_yen"),
        ({"acquired_on": date(2026, 11, 26)}, "acquired_on"),
        ({"acquired_on": date(2026, 11, 24)}, "acquired_on"),
        ({"kind": "boat"}, "kind"),
    ],
)
def test_a_line_that_cannot_be_is_refused(
    town: Town, case: Application, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        listed(town, case, **changed)
    assert refused.value.field == field


def test_a_house_is_listed_whatever_it_cost_and_only_the_town_lists_before_the_end(
    town: Town, case: Application
) -> None:
    shed = listed(town, case, kind="wooden", unit_price_yen=90_000, grant_yen=40_000)
    for stranger in (town.prefecture, Town().officer):
        with pytest.raises(PermissionDenied, match="市町村の担当者"):
            listing.change_asset(by=stranger, asset=shed, **LINE)
    with pytest.raises(PermissionDenied, match="振興局"):
        listing.set_years(by=town.chief, asset=shed, years=3, reason="他")
    with pytest.raises(Refusal, match="年数を定める理由"):
        listing.set_years(by=town.prefecture, asset=shed, years=3, reason=" ")
    closed(case)
    with pytest.raises(Refusal, match="いま「完了」"):
        listing.remove_asset(by=town.officer, asset=shed)
    listed(town, case)


def test_a_disposal_of_a_closed_file_is_approved_and_its_share_is_collected(
    town: Town, case: Application, clock: ClockFile
) -> None:
    asset = listed(town, closed(case))
    wish = asking.write_disposal(by=town.officer, asset=asset, **WISH)
    with pytest.raises(PermissionDenied, match="決裁者"):
        asking.ask_disposal(by=town.officer, disposal=wish)
    wish = asked(town, asset, reason="運行をやめるため。")  # writes the same draft anew
    assert Disposal.objects.get() == wish
    with pytest.raises(Refusal, match="申請の途中"):
        asking.write_disposal(by=town.officer, asset=asset, **WISH)
    with pytest.raises(Refusal, match="承認しない理由"):
        answering_it(town, wish, answer="refuse")
    with pytest.raises(Refusal, match="納付を求めない理由"):
        answering_it(town, wish, basis="none")
    with pytest.raises(PermissionDenied):
        answering.draft_answer(by=Town().prefecture, disposal=wish, answer="approve", basis="price")
    answering_it(town, wish, conditions="譲渡先に、地域の送迎に使うことを約束させること。")
    assert wish.payback_yen == 150_000
    grants.send_back_approval(by=town.prefecture, approval=wish.approvals.get(), note="条件を補う")
    wish.refresh_from_db()
    assert (wish.state, wish.payback_yen) == ("asked", None)
    answering_it(town, wish)
    with pytest.raises(Refusal, match="いま「決裁中」"):
        asking.withdraw_disposal(by=town.chief, disposal=wish, note="やめる")
    record_it(town, wish)
    assert (wish.state, wish.asset.state) == ("approved", "disposed")
    assert "150,000円" in letter(wish)
    assert OutboxMessage.objects.filter(template="grants/mail/disposal_answered").exists()
    before = recovery.due_back(case)
    due_on = date(2026, 12, 15)
    reclaim = answering.order_payback(by=town.prefecture, disposal=wish, due_on=due_on)
    with pytest.raises(Refusal, match="もう求めています"):
        answering.order_payback(by=town.prefecture, disposal=wish, due_on=due_on)
    reclaiming.collect_reclaim(by=actor(accountant()), reclaim=reclaim, collected_on=date(2026, 11, 25))
    assert (reclaim.booked, reclaim.total_yen) == ("revenue", 150_000)
    assert recovery.due_back(case) == before
    assert settlement.balance_of(case).returned_yen == 0


def test_the_paybacks_of_a_piece_never_pass_its_grant(town: Town, case: Application) -> None:
    asset = listed(town, closed(case))
    first = answering_it(town, asked(town, asset, price_yen=1_000_000), ends_limit=False)
    record_it(town, first)
    second = answering_it(town, asked(town, asset, price_yen=1_000_000))
    assert (first.payback_yen, second.payback_yen) == (500_000, 100_000)


def test_a_revoked_file_is_not_asked_twice_for_its_property(
    town: Town, case: Application, clock: ClockFile
) -> None:
    """500,000 were paid, 150,000 came back as 納付金: 350,000 are left to be returned, and no 納付金 any more."""
    paid(case)
    asset, other = listed(town, closed(case)), listed(town, case, name="倉庫")
    wish = answering_it(town, asked(town, asset))
    record_it(town, wish)
    late = asked(town, other)
    reclaim = answering.order_payback(by=town.prefecture, disposal=wish, due_on=date(2026, 12, 15))
    with pytest.raises(Refusal, match="納付金の納入を待って"):
        revoking.draft_revocation(by=town.prefecture, application=case, reason="目的の外")
    reclaiming.collect_reclaim(by=actor(accountant()), reclaim=reclaim, collected_on=date(2026, 11, 25))
    case = revoked(town, case)
    assert recovery.due_back(case) == 350_000
    assert list(recovery.to_reclaim(Scope.of(town.prefecture)).values_list("out", flat=True)) == [350_000]
    with pytest.raises(Refusal, match="交付決定が取り消されています"):
        answering_it(town, late)
    answering_it(town, late, answer="refuse", reason="交付決定が取り消されたため。")
    back = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=date(2026, 12, 15))
    assert back.amount_yen == 350_000


def test_a_refused_wish_leaves_the_piece_bound(town: Town, case: Application) -> None:
    wish = asked(town, listed(town, case), kind="pledge", price_yen=None)
    with pytest.raises(Refusal, match="処分で得る額がありません"):
        answering_it(town, wish)
    answering_it(town, wish, answer="refuse", reason="事業の継続に欠かせないため。")
    record_it(town, wish)
    assert (wish.state, wish.asset.state) == ("refused", "held")
    assert "財産処分不承認通知書" in letter(wish)
    with pytest.raises(Refusal, match="納付を求める額がありません"):
        answering.order_payback(by=town.prefecture, disposal=wish, due_on=date(2026, 12, 15))


def test_a_limit_is_announced_and_ends_by_itself(town: Town, case: Application, clock: ClockFile) -> None:
    asset = listed(town, case)
    closed(case)
    clock.set("2030-11-17T10:00:00+09:00")
    assert remind()[1] >= 2
    told = OutboxMessage.objects.filter(template="grants/mail/deadline_near", key__contains=":asset:")
    assert set(told.values_list("to_address", flat=True)) == {
        town.officer_user.email,
        town.chief_user.email,
        town.prefecture_user.email,
    }
    assert end_limits()[1] == 0
    wish = asked(town, asset, planned_on=date(2030, 11, 20))
    clock.set("2030-11-25T00:30:00+09:00")
    assert end_limits()[1] == 1
    assert end_limits()[1] == 0
    asset.refresh_from_db()
    wish.refresh_from_db()
    assert (asset.state, wish.state) == ("ended", "withdrawn")
    with pytest.raises(Refusal, match="処分に承認は要りません"):
        asking.write_disposal(by=town.officer, asset=asset, **WISH)


def test_the_constraints_hold(town: Town, case: Application) -> None:
    asset = listed(town, case)
    refuses("asset_amount_is_product", change(asset, amount_yen=1))
    refuses("asset_grant_within_amount", change(asset, grant_yen=0))
    refuses("asset_in_range", change(asset, years=61))
    refuses("asset_ended_iff_stamped", change(asset, state="ended"))
    wish = asked(town, asset)
    refuses("disposal_one_open", copy(wish))
    refuses("disposal_says_why", change(wish, plan=""))
    refuses("disposal_in_range", change(wish, price_yen=0))
    refuses("disposal_answered_iff_ended", change(wish, answered_at=wish.asked_at))
    refuses("disposal_withdrawn_iff_stamped", change(wish, state="withdrawn"))
    answering_it(town, wish)
    approval = wish.approvals.get()
    refuses("approval_one_open_disposal", copy(approval))
    refuses("menu_kept_terms_in_range", change(case.menu, asset_floor_yen=10**12))
    record_it(town, wish)
    row = answering.order_payback(by=town.prefecture, disposal=wish, due_on=date(2026, 12, 15))
    refuses("reclaim_disposal_iff_cause", change(row, cause="settlement"))


def test_the_way_by_clicking_and_what_stands_on_the_desks(
    town: Town, case: Application, client: Client
) -> None:
    closed(case)
    page = case.get_assets_url()
    client.force_login(town.officer_user)
    assert page in client.get(case.get_absolute_url()).content.decode()
    assert_html(client.get(page).content)
    values = LINE | {"unit_price_yen": "1,200,000", "grant_yen": "600,000", "acquired_on": "R8.11.25"}
    refused = send(client, page, **values | {"grant_yen": ""})
    assert refused.status_code == 422
    assert "送迎用の軽自動車" in text_of(refused)
    assert send(client, page, **values | {"unit_price_yen": "1000"}).status_code == 409
    assert send(client, page, **values).status_code == 303
    asset = Asset.objects.get()
    assert "処分制限期間中の財産が1件あります" in text_of(client.get(case.get_absolute_url()))
    at = asset.get_act_url("write")
    assert_html(client.get(asset.get_absolute_url()).content)
    wanted = WISH | {"planned_on": "R8.12.25"}
    assert send(client, asset.get_absolute_url(), action=at, **wanted).status_code == 303
    wish = Disposal.objects.get()
    client.force_login(town.prefecture_user)
    assert client.get(wish.get_absolute_url()).status_code == 404
    client.force_login(town.chief_user)
    assert "の処分の承認を申請する" in text_of(client.get(reverse("site:desk")))
    assert_html(client.get(wish.get_absolute_url()).content)
    assert send(client, wish.get_absolute_url(), action=wish.get_act_url("ask")).status_code == 303
    client.force_login(town.prefecture_user)
    assert page in client.get(case.get_staff_url()).content.decode()
    assert_the_office_answers_and_asks_for_the_money(town, client, wish)


def assert_the_office_answers_and_asks_for_the_money(town: Town, client: Client, wish: Disposal) -> None:
    assert "の処分を承認するか起案する" in text_of(client.get(reverse("site:desk")))
    assert "150,000円" in text_of(client.get(wish.get_absolute_url()))
    at = wish.get_act_url("answer")
    assert send(client, wish.get_absolute_url(), action=at, answer="refuse").status_code == 409
    answer = send(client, wish.get_absolute_url(), action=at, answer="approve", basis="remaining")
    approval = wish.approvals.get()
    assert answer["Location"] == approval.get_absolute_url()
    shown = text_of(client.get(approval.get_absolute_url()))
    assert "残存価額に対する割合" in shown
    record_it(town, wish)
    assert "の処分の納付金を求める" in text_of(client.get(reverse("site:desk")))
    at = wish.get_act_url("payback")
    assert send(client, wish.get_absolute_url(), action=at, due_on="R8.12.15").status_code == 303
    assert_html(client.get(wish.get_absolute_url()).content)
