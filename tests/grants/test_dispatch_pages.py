"""Menu ① on screen: three sides, bad input kept on the page, and the public list as far as people agreed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.models import Advisor, Dispatch
from tests.factories.dispatch import FIRST, Adviser, menu, proposed, requested
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import form_of, send, text_of

WRITTEN = {
    "subject": "block_grant",
    "issue": "補助金が六つに分かれている。",
    "wishes": "まとめる手順。",
    "times": "1月の午後",
    "visits_wanted": "２",
    "manner": "online",
    "applicant_name": "試験 一郎",
}
ENTRY = {
    "name": "助言 花子", "kana": "じょげん はなこ", "fields": ["plan"], "base": "鹿児島市", "payee_kind": "person", "fee_yen": "２０，０００円",
    "fee_unit": "visit", "active_from": "2026", "active_to": "",
}  # fmt: skip


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


def test_a_dispatch_is_requested_proposed_and_taken_on(town: Town, adviser: Adviser) -> None:
    menu()
    assert adviser.row
    desk, officer, chief = (
        signed_in(user) for user in (town.prefecture_user, town.officer_user, town.chief_user)
    )
    new = reverse("grants:dispatch_new")
    assert send(officer, new, title="").status_code == 422
    edit = send(officer, new, title="交付金の制度")["Location"]
    made = Dispatch.objects.get()
    wrong = send(officer, edit, **{**WRITTEN, "visits_wanted": "13"})
    assert (wrong.status_code, "補助金が六つに分かれている。" in text_of(wrong)) == (422, True)
    assert_html(wrong.content)
    assert send(officer, edit, **{**WRITTEN, "issue": ""}).status_code == 303
    assert "次の欄が空です。" in page(officer, made.get_absolute_url())
    assert send(officer, edit, **WRITTEN).status_code == 303
    assert "決裁者" in page(officer, made.get_absolute_url())
    assert officer.post(made.get_submit_url()).status_code == 403
    assert officer.get(reverse("grants:dispatch_preview", args=[made.pk])).content[:5] == b"%PDF-"
    assert send(chief, made.get_absolute_url(), action=made.get_submit_url()).status_code == 303
    assert "県がアドバイザーと調整しています" in page(chief, made.get_absolute_url())
    assert "交付金の制度" in page(officer, reverse("grants:dispatch_list"))
    assert "交付金の制度" in page(desk, reverse("grants:staff_dispatches") + "?state=requested")
    assert "交付金の制度" not in page(desk, reverse("grants:staff_dispatches") + "?state=closed")
    ask_the_advisor(desk, made, adviser)
    answer(signed_in(adviser.user), made)
    assert "決裁待ち" in page(desk, made.get_staff_url())


def ask_the_advisor(desk: Client, made: Dispatch, adviser: Adviser) -> None:
    url, act = made.get_staff_url(), made.get_act_url("propose")
    assert "助言 花子" in page(desk, url)
    values = {"advisor": str(adviser.row.pk), "visits_count": "2", "place": "役場"}
    late = send(desk, url, action=act, starts_at="2026-11-01T10:00", ends_at="2026-11-01T12:00", **values)
    assert (late.status_code, "これからの日時" in text_of(late), "役場" in text_of(late)) == (409, True, True)
    assert_html(late.content)
    assert send(desk, url, action=act, starts_at="", ends_at="", **values).status_code == 422
    sent = send(desk, url, action=act, starts_at="2026-12-10T13:30", ends_at="2026-12-10T15:30", **values)
    assert sent.status_code == 303
    assert "返事を待っています" in page(desk, url)


def answer(advisor: Client, made: Dispatch) -> None:
    assert "交付金の制度" in page(advisor, reverse("grants:advisor_home"))
    case = made.get_advisor_url()
    empty = send(advisor, case, action=made.get_answer_url("decline"), note="")
    assert empty.status_code == 422
    assert send(advisor, case, action=made.get_answer_url("accept")).status_code == 303
    assert "仮の予定" in page(advisor, reverse("grants:advisor_visits"))
    assert "交付金の制度" not in page(advisor, reverse("grants:advisor_home"))


def test_it_comes_back_and_an_answer_that_comes_twice_is_told(town: Town, adviser: Adviser) -> None:
    desk, advisor = signed_in(town.prefecture_user), signed_in(adviser.user)
    made = requested(town)
    url = made.get_staff_url()
    assert send(desk, url, action=made.get_act_url("return"), note="").status_code == 422
    assert (
        send(desk, url, action=made.get_act_url("return"), note="月まで書いてください。").status_code == 303
    )
    officer = signed_in(town.officer_user)
    assert "月まで書いてください。" in page(officer, made.get_absolute_url())
    assert "月まで書いてください。" in page(officer, made.get_edit_url())
    second = proposed(town, adviser)
    case = second.get_advisor_url()
    stale = form_of(advisor.get(case), action=second.get_answer_url("accept"))
    actions.accept_dispatch(by=adviser.actor, dispatch=second)
    again = advisor.post(second.get_answer_url("accept"), stale)
    assert (again.status_code, "いま「決裁待ち」です" in text_of(again)) == (409, True)
    assert advisor.post(second.get_answer_url("other")).status_code == 404
    assert desk.post(second.get_act_url("other")).status_code == 404


def test_the_register_and_what_is_public_of_it(town: Town, client: Client) -> None:
    menu()
    desk = signed_in(town.prefecture_user)
    new = reverse("grants:advisor_new")
    bad = send(desk, new, **{**ENTRY, "fee_yen": "-1", "active_from": "2028", "active_to": "2026"})
    assert (bad.status_code, "始める年度と同じか" in text_of(bad), "助言 花子" in text_of(bad)) == (
        422,
        True,
        True,
    )
    assert_html(bad.content)
    unknown = send(desk, new, **ENTRY, email="nobody@example.jp")
    assert (unknown.status_code, "まだいません" in text_of(unknown)) == (409, True)
    url = send(desk, new, **ENTRY, shown=["fields"])["Location"]
    row = Advisor.objects.get()
    assert (row.kana, row.fee_yen, row.shown) == ("ジョゲン ハナコ", 20_000, ["fields"])
    assert "本人の利用者がまだ登録されていません" in page(desk, url)
    assert "助言 花子" in page(desk, reverse("grants:advisor_list"))
    public = page(client, reverse("grants:advisors"))
    assert "計画・指針等の策定" in public
    assert "助言 花子" not in public
    assert "鹿児島市" not in public
    assert send(desk, row.get_edit_url(), shown=["name", "base"]).status_code == 303
    public = page(client, reverse("grants:advisors"))
    assert "助言 花子" in public
    assert "計画・指針等の策定" not in public


def test_the_advisor_offers_times_and_takes_them_back(town: Town, adviser: Adviser) -> None:
    assert adviser.row
    client = signed_in(adviser.user)
    url, home = reverse("grants:advisor_calendar"), reverse("grants:advisor_home")
    first = send(client, home, action=url, starts_at="2026-12-10T09:00", ends_at="2026-12-10T17:00")
    assert first.status_code == 303
    assert "17時" in page(client, home)
    wrong = send(client, url, action=url, starts_at="2026-12-10T10:00", ends_at="2026-12-10T12:00")
    assert (wrong.status_code, "重なります" in text_of(wrong)) == (409, True)
    assert_html(wrong.content)
    offer = adviser.row.offers.get()
    assert offer.starts_at.astimezone(FIRST.tzinfo).hour == 9
    assert send(client, url, action=offer.get_remove_url()).status_code == 303
    assert not adviser.row.offers.exists()
    assert signed_in(town.officer_user).get(url).status_code == 404


def test_an_advisor_finds_the_way_from_their_own_page(town: Town, adviser: Adviser) -> None:
    assert adviser.row
    client, other = signed_in(adviser.user), signed_in(town.officer_user)
    assert "返事を待つ打診はありません" in page(client, "/me/")
    proposed(town, adviser)
    assert "返事を待つ打診が<b>1件</b>あります" in page(client, "/me/")
    assert "アドバイザーの画面へ" not in page(other, "/me/")


@pytest.mark.parametrize("rows", [1, 10])
def test_lists_take_the_same_number_of_statements(town: Town, assert_queries: Any, rows: int) -> None:
    for _ in range(rows):
        requested(town)
    for name, user, count in (
        ("dispatch_list", town.officer_user, 8), ("staff_dispatches", town.prefecture_user, 8),
    ):  # fmt: skip
        client = signed_in(user)
        client.get(reverse(f"grants:{name}"))
        with assert_queries(count):
            client.get(reverse(f"grants:{name}"))
