"""The visits on screen: each side's steps on one page, bad input kept, what one may not do is not offered."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.models import Approval, Dispatch, Payment, Visit, VisitReport
from tests.factories.dispatch import Adviser, accepted, decided, reported
from tests.factories.grants import PDF_BYTES, Town
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import form_of, send, text_of

TIMES = {"starts_at": "2026-12-17T13:30", "ends_at": "2026-12-17T15:30"}


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    assert_html(response.content)
    return text_of(response)


def test_the_office_drafts_and_the_page_leads_to_the_approval(town: Town, adviser: Adviser) -> None:
    made = accepted(town, adviser)
    desk, url = signed_in(town.prefecture_user), made.get_staff_url()
    page(desk, url)
    empty = send(desk, url, action=made.get_act_url("refuse"), reason="")
    assert (empty.status_code, "派遣しない理由" in text_of(empty)) == (422, True)
    assert_html(empty.content)
    stale = form_of(desk.get(url), action=made.get_act_url("draft"))
    assert send(desk, url, action=made.get_act_url("draft"), note="案のとおり。").status_code == 303
    approval = Approval.objects.get(dispatch=made)
    shown = page(desk, url)
    assert "派遣の決定を11月25日 10時00分に起案しました。" in shown
    assert "派遣の決定を起案する" not in shown
    assert approval.get_absolute_url() in shown
    again = desk.post(made.get_act_url("draft"), stale)
    assert (again.status_code, "もう起案されています" in text_of(again)) == (409, True)
    url, act = approval.get_absolute_url(), reverse("grants:approval_act", args=[approval.pk, "record"])
    assert made.get_staff_url() in page(desk, url)
    pdf = SimpleUploadedFile("決裁済.pdf", PDF_BYTES, content_type="application/pdf")
    entered = {
        "record_number": "起-1", "decided_on": "令和8年11月25日", "effective_on": "令和8年11月25日", "approver_title": "課長",
        "approver_name": "決裁 花子", "document_number": "く共第9号", "paper": pdf,
    }  # fmt: skip
    recorded = send(desk, url, action=act, **entered)
    assert recorded.status_code == 303, text_of(recorded)
    assert "派遣決定" in page(desk, made.get_staff_url())


def test_days_are_set_and_moved_by_any_side(town: Town, adviser: Adviser) -> None:
    made = decided(town, adviser)
    officer, advisor, desk = (
        signed_in(user) for user in (town.officer_user, adviser.user, town.prefecture_user)
    )
    new = reverse("grants:visit_new", args=[made.pk])
    for client, url in (
        (officer, made.get_absolute_url()),
        (advisor, made.get_advisor_url()),
        (desk, made.get_staff_url()),
    ):
        assert new in page(client, url)
        assert "派遣の日程を入れる" in page(client, new)
    wrong = send(officer, new, starts_at="2026-12-10T14:00", ends_at="2026-12-10T15:00", place="公民館")
    assert (wrong.status_code, "別の予定" in text_of(wrong), "公民館" in text_of(wrong)) == (409, True, True)
    assert_html(wrong.content)
    assert send(officer, new, starts_at="", ends_at="").status_code == 422
    url = send(advisor, new, **TIMES)["Location"]
    second = Visit.objects.get(dispatch=made, number=2)
    assert url == second.get_absolute_url()
    assert new not in page(officer, made.get_absolute_url())
    for client in (officer, advisor, desk):
        assert "日程を変える" in page(client, url)
    no_reason = send(
        officer,
        url,
        action=second.get_act_url("move"),
        starts_at="2026-12-18T13:30",
        ends_at="2026-12-18T15:30",
    )
    assert no_reason.status_code == 422
    moved = send(
        officer, url, action=second.get_act_url("move"), starts_at="2026-12-18T13:30", ends_at="2026-12-18T15:30", reason="議会のため"
    )  # fmt: skip
    assert moved.status_code == 303
    assert "議会のため" in page(advisor, url)
    off = send(advisor, url, action=second.get_act_url("off"), note="体調がすぐれません。")
    assert (off.status_code, off["Location"]) == (303, made.get_advisor_url())
    assert officer.get(url).status_code == 404


def test_both_report_then_the_office_orders(town: Town, adviser: Adviser, clock: ClockFile) -> None:
    visit = decided(town, adviser).visits.get()
    officer, advisor, desk = (
        signed_in(user) for user in (town.officer_user, adviser.user, town.prefecture_user)
    )
    url = visit.get_absolute_url()
    assert "実施を記録する" not in page(officer, url)
    clock.set("2026-12-10T16:00:00+09:00")
    assert send(officer, url, action=visit.get_act_url("hold")).status_code == 303
    written = {"content": "要綱の例を見た。", "outcome": "素案をつくる。"}
    bad = send(officer, url, action=visit.get_act_url("municipality"), people_count="０", **written)
    assert (bad.status_code, "要綱の例を見た。" in text_of(bad)) == (422, True)
    assert_html(bad.content)
    assert (
        send(
            officer, url, action=visit.get_act_url("municipality"), people_count="１２", **written
        ).status_code
        == 303
    )
    assert (
        send(advisor, url, action=visit.get_act_url("advisor"), minutes="100", **written).status_code == 303
    )
    assert VisitReport.objects.filter(visit=visit).count() == 2
    assert "支出命令を出す" not in page(officer, url)
    assert "20,000円" in page(desk, url)
    no_carrier = send(desk, url, action=visit.get_act_url("order"), travel_yen="1,000", travel_direct="on")
    assert (no_carrier.status_code, "直接払う相手" in text_of(no_carrier)) == (409, True)
    assert send(desk, url, action=visit.get_act_url("order"), travel_yen="１，０００円").status_code == 303
    fee = Payment.objects.get()
    assert (fee.gross_yen, fee.withheld_yen) == (21_000, 2_144)
    assert "21,000円" in page(desk, url)
    assert "21,000円" not in page(officer, url)
    assert desk.post(visit.get_act_url("other")).status_code == 404
    assert officer.post(visit.get_act_url("order")).status_code == 403


def test_it_is_closed_or_called_off_on_the_office_page(
    town: Town, adviser: Adviser, clock: ClockFile
) -> None:
    visit = reported(town, adviser, clock)
    desk, case = signed_in(town.prefecture_user), visit.dispatch
    early = send(desk, case.get_staff_url(), action=case.get_act_url("close"))
    assert (early.status_code, "支払いが済んでいない" in text_of(early)) == (409, True)
    assert_html(early.content)
    held = send(
        desk, case.get_staff_url(), action=case.get_act_url("cancel"), note="やめる", document_number="9号"
    )
    assert (held.status_code, "実施した回があります" in text_of(held), "やめる" in text_of(held)) == (
        409,
        True,
        True,
    )
    assert Dispatch.objects.get(pk=case.pk).state == "decided"
    actions.order_visit_payment(by=town.prefecture, visit=visit)
    assert "支払い待ち" in page(desk, case.get_staff_url())
