"""Menu ② on screen: both sides on one page, bad input kept, every step by clicking from the file."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Event
from grants import actions
from grants.models import Approval, Workshop
from tests.factories.deciding import record
from tests.factories.grants import Town
from tests.factories.workshop import agreed, consulting, decided, draft, menu
from tests.support.html import assert_html
from tests.support.queries import counted
from tests.support.world import ClockFile

from .pages import form_of, send, text_of

WRITTEN = {
    "title": "将来を話し合う会", "host_kind": "with_municipality", "aim": "校区の将来。", "content": "講演と班の話し合い。",
    "starts_at": "2026-12-12T13:30", "ends_at": "2026-12-12T16:00", "venue": "見本公民館", "audience": "住民", "capacity": "４０",
    "contact_name": "窓口 花子", "applicant_name": "試験 一郎", "name_0": "講師 太郎", "fee_0": "３０，０００円",
    "doer_fee": "prefecture", "payer_fee": "prefecture", "doer_venue": "municipality", "payer_venue": "open",
}  # fmt: skip


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    assert_html(response.content)
    return text_of(response)


def test_a_plan_is_written_sent_mended_and_agreed_to(town: Town) -> None:
    menu()
    desk, officer, chief = (
        signed_in(user) for user in (town.prefecture_user, town.officer_user, town.chief_user)
    )
    new = reverse("grants:workshop_new")
    assert send(officer, new, title="").status_code == 422
    edit = send(officer, new, title="話し合い")["Location"]
    made = Workshop.objects.get()
    assert "次の欄が空です。" in page(officer, made.get_absolute_url())
    assert desk.get(made.get_absolute_url()).status_code == 404
    wrong = send(officer, edit, **{**WRITTEN, "capacity": "0", "name_0": "", "ends_at": "2026-12-12T10:00"})
    assert (wrong.status_code, "校区の将来。" in text_of(wrong)) == (422, True)
    assert "講師の氏名を入れるか" in text_of(wrong)
    assert "終わりは、始まりより後" in text_of(wrong)
    assert_html(wrong.content)
    assert send(officer, edit, **WRITTEN).status_code == 303
    assert "決裁者" in page(officer, made.get_absolute_url())
    assert officer.post(made.get_act_url("submit")).status_code == 403
    assert officer.get(made.get_preview_url()).content[:5] == b"%PDF-"
    url = made.get_absolute_url()
    assert send(chief, url, action=made.get_act_url("submit")).status_code == 303
    assert "将来を話し合う会" in page(desk, reverse("grants:staff_workshop_list") + "?state=consulting")
    assert "将来を話し合う会" not in page(desk, reverse("grants:staff_workshop_list") + "?state=closed")
    assert "将来を話し合う会" in page(officer, reverse("grants:workshop_list"))
    told = send(desk, url, action=made.get_act_url("agree"))
    assert (told.status_code, "だれが払うかが、まだ決まっていません" in text_of(told)) == (409, True)
    assert_html(told.content)
    assert send(desk, made.get_edit_url(), payer_venue="municipality").status_code == 303
    for who in (chief, desk):
        assert send(who, url, action=made.get_act_url("agree")).status_code == 303
    assert "両者が合意しました" in page(officer, url)
    assert send(desk, url, action=made.get_act_url("draft")).status_code == 303
    approval = Approval.objects.get()
    assert approval.get_absolute_url() in page(desk, url)
    assert "県が決裁しています" in page(officer, url)
    assert url in page(desk, approval.get_absolute_url())


def test_it_is_decided_changed_and_called_off_from_its_page(town: Town) -> None:
    made = agreed(town)
    desk, officer = signed_in(town.prefecture_user), signed_in(town.officer_user)
    url = made.get_absolute_url()
    empty = send(desk, url, action=made.get_act_url("refuse"), reason="")
    assert (empty.status_code, "開催しない理由" in text_of(empty)) == (422, True)
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    actions.record_approval(by=town.prefecture, approval=approval, **record(town.prefecture))
    event = Event.objects.get(workshop=made)
    assert event.get_absolute_url() in page(officer, url)
    assert reverse("communities:staff_event_detail", args=[event.pk]) in page(officer, url)
    assert url in page(officer, event.get_absolute_url())
    assert url not in page(Client(), event.get_absolute_url())
    assert "(共催)" in page(Client(), event.get_absolute_url())
    assert send(officer, url, action=made.get_act_url("change"), note="").status_code == 422
    assert send(officer, url, action=made.get_act_url("change"), note="講師の都合のため。").status_code == 303
    assert "講師の都合のため。" in page(desk, made.get_edit_url())
    stale = form_of(desk.get(url), action=made.get_act_url("cancel"))
    assert send(officer, url, action=made.get_act_url("cancel"), note="大雨のため。").status_code == 303
    again = desk.post(made.get_act_url("cancel"), {**stale, "note": "大雨のため。"})
    assert (again.status_code, "いま「取りやめ」です" in text_of(again)) == (409, True)
    assert "中止" in page(Client(), event.get_absolute_url())
    assert desk.post(made.get_act_url("other")).status_code == 404


def test_the_report_and_the_payment_stand_on_the_page(town: Town, clock: ClockFile) -> None:
    made = decided(town)
    clock.set("2026-12-14T10:00:00+09:00")
    desk, officer = signed_in(town.prefecture_user), signed_in(town.officer_user)
    url, write = made.get_absolute_url(), made.get_report_url()
    assert write in page(officer, url)
    assert desk.get(write).status_code == 403
    bad = send(officer, write, residents_count="", outcome="話し合った。", next_step="", survey_average="4.5")
    assert (bad.status_code, "話し合った。" in text_of(bad)) == (422, True)
    for words in ("参加した人数を入れてください", "回答数も入れてください"):
        assert words in text_of(bad)
    assert_html(bad.content)
    sent = send(officer, write, residents_count="２０", outcome="話し合った。", next_step="二回目を開く。")
    assert sent.status_code == 303
    assert "20人" in page(desk, url)
    lecturer = made.lecturers.get()
    pay = made.get_pay_url(lecturer)
    nobody = send(desk, url, action=pay, travel_yen="4000", travel_direct="on")
    assert (nobody.status_code, "直接払う相手" in text_of(nobody)) == (409, True)
    assert send(desk, url, action=pay).status_code == 303
    assert "講師 太郎 34,000円" in page(desk, url)
    assert officer.post(pay).status_code == 403
    late = send(desk, url, action=made.get_act_url("close"))
    assert (late.status_code, "支払いが済んでいない講師" in text_of(late)) == (409, True)


def test_lists_ask_the_same_number_of_questions(town: Town) -> None:
    consulting(town)
    desk, officer = signed_in(town.prefecture_user), signed_in(town.officer_user)
    lists = [(desk, reverse("grants:staff_workshop_list")), (officer, reverse("grants:workshop_list"))]

    def asked(client: Client, url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(counted(captured))

    before = [asked(*each) for each in lists]
    for _ in range(4):
        consulting(town)
    assert [asked(*each) for each in lists] == before
    assert max(before) <= 12, before


def test_the_menu_leads_to_the_plan(town: Town) -> None:
    found = menu()
    url = reverse("grants:menu_detail", args=[found.programme.slug, found.number])
    assert reverse("grants:workshop_new") in page(Client(), url)
    assert "市町村の職員として開催を計画する" in page(Client(), url)


@pytest.mark.parametrize("kind", ["draft", "consulting"])
def test_strangers_find_nothing(town: Town, kind: str) -> None:
    made = {"draft": draft, "consulting": consulting}[kind](town)
    other = signed_in(Town(office=town.office).officer_user)
    for url in (made.get_absolute_url(), made.get_edit_url(), made.get_preview_url(), made.get_report_url()):
        assert other.get(url).status_code == 404, url
