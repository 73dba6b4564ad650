"""The pages of the student supporters: each step by clicking, refusals at their field, what each side sees."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.desk import cases
from grants.models import Placement, Supporter, SupporterTerms, SupportRequest
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.actors import UserActor
from tests.factories.accounts import UserFactory
from tests.factories.grants import Town, open_call
from tests.factories.supporters import (
    GUARDIAN,
    MINOR_BORN,
    Student,
    accepted,
    applied,
    proposed,
    request,
)
from tests.factories.workshop import consulting
from tests.support.files import upload
from tests.support.html import assert_html
from tests.support.queries import counted
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import send, text_of

HOME = "/grants/supporter/"
TYPED = {
    "name": "学生 花子", "kana": "がくせい はなこ", "birth_on": "平成18年5月1日", "school": "見本大学", "grade": "2年",
    "phone": "０３-1234-5678", "fields": ["record"],
}  # fmt: skip
ASKED = {
    "title": "まちあるきの記録", "field": "record", "work": "写真をとる。", "place": "見本公民館", "hours": "10時から15時まで",
    "first_on": "2026-12-05", "last_on": "2026-12-14", "people": "１", "contact_name": "窓口 花子",
}  # fmt: skip


def signed_in(user: User) -> StrictClient:
    made = StrictClient()
    made.force_login(user)
    return made


def page(client: Any, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    assert_html(response.content)
    return text_of(response)


def statements(client: Any, url: str) -> int:
    """How many statements the page costs."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(counted(captured))


def desk(user: User) -> list[str]:
    return [item.title for item in cases.items(Scope.of(UserActor(user)))]


def test_a_student_applies_offers_days_and_leaves(town: Town) -> None:
    open_call()
    user, officer = UserFactory(), signed_in(town.prefecture_user)
    mine = signed_in(user)
    entry = reverse("grants:supporter_entry")
    assert HOME in page(StrictClient(), "/grants/")
    assert entry in page(mine, HOME)
    assert mine.get(reverse("grants:supporter_days")).status_code == 404
    wrong = send(mine, entry, **{**TYPED, "birth_on": "きのう", "fields": []})
    assert (wrong.status_code, "見本大学" in text_of(wrong)) == (422, True)
    minor = send(mine, entry, **{**TYPED, "birth_on": "平成21年5月1日"})
    assert (minor.status_code, "保護者の氏名と電話番号を入れてください" in text_of(minor)) == (409, True)
    assert send(mine, entry, **TYPED).status_code == 303
    made = Supporter.objects.get()
    assert (made.kana, made.phone) == ("ガクセイ ハナコ", "03-1234-5678")
    assert any(
        "学生 花子さんの学生サポーターの登録を確かめる" in title for title in desk(town.prefecture_user)
    )
    assert "学生 花子" in page(officer, reverse("grants:supporter_list") + "?state=requested")
    url = made.get_absolute_url()
    assert send(officer, url, action=made.get_act_url("register")).status_code == 303
    assert "2006年" in page(officer, url) or "平成18年" in page(officer, url)
    days = reverse("grants:supporter_days")
    assert send(mine, days, first_on="2026-11-25").status_code == 409
    assert send(mine, days, first_on="2026-12-05", last_on="2026-12-06").status_code == 303
    offer = made.offers.earliest("on")
    assert send(mine, days, action=offer.get_remove_url()).status_code == 303
    assert made.offers.count() == 1
    assert send(mine, entry, grade="3年").status_code == 303
    assert "学生サポーターの画面へ" in page(mine, "/me/")
    assert send(mine, HOME, action="/grants/supporter/leave/").status_code == 303
    assert "登録を申し込む" in page(mine, HOME)


def test_a_guardian_consents_over_the_link_alone(town: Town) -> None:
    made = applied(town, UserFactory(), birth_on=MINOR_BORN, **GUARDIAN)
    guardian, url = StrictClient(), made.get_consent_url()
    text = page(guardian, url)
    assert "受け入れる市町村が見るのは" in text
    assert "見本大学" not in text
    assert_kept_at_home(guardian.get(url))
    sent = send(guardian, url)
    assert sent.status_code == 303
    assert_kept_at_home(sent)
    after = page(guardian, url)
    assert "同意を受け付けました" in after
    for word in (made.name, GUARDIAN["guardian_name"], "<form"):
        assert word not in after
    made.refresh_from_db()
    assert made.consented_by == "link"
    assert guardian.get(url[:-3] + "xx/").status_code == 404
    Supporter.objects.filter(pk=made.pk).update(token_version=2)
    assert guardian.get(url).status_code == 404


def assert_kept_at_home(response: Any) -> None:
    """A page behind a secret link (ADR 13): its own forms work, and nobody else learns the link."""
    assert (response["Referrer-Policy"], response["Cache-Control"]) == ("same-origin", "no-store")
    assert b"referrer" not in response.content


def test_an_officer_keeps_the_paper_and_a_wrong_file_is_refused(town: Town) -> None:
    made = applied(town, UserFactory(), birth_on=MINOR_BORN, **GUARDIAN)
    officer, act = signed_in(town.prefecture_user), made.get_act_url("paper")
    url = made.get_absolute_url()
    wrong = send(officer, url, action=act, file=upload("doui.pdf", b"MZ nothing"))
    assert wrong.status_code == 422
    assert send(officer, url, action=made.get_act_url("ask")).status_code == 303
    assert send(officer, url, action=act, file=upload("doui.pdf")).status_code == 303
    paper = reverse("grants:supporter_paper", args=[made.pk])
    assert paper in page(officer, url)
    assert officer.get(paper).status_code == 200
    assert signed_in(town.officer_user).get(paper).status_code == 404
    refused = send(officer, url, action=made.get_act_url("refuse"), note="")
    assert refused.status_code == 422


def test_terms_are_kept_on_their_page(town: Town) -> None:
    officer = signed_in(town.prefecture_user)
    url = reverse("grants:supporter_terms")
    assert send(officer, url, report_days="0").status_code == 422
    assert send(officer, url, report_days="7", travel_max_yen="２，０００円").status_code == 303
    terms = SupporterTerms.objects.get()
    assert (terms.report_days, terms.travel_max_yen, terms.pays_travel) == (7, 2_000, True)


def test_from_the_file_to_the_student_by_clicking(town: Town) -> None:
    file, student = consulting(town), Student(town)
    row = student.row
    town_page, officer, mine = (
        signed_in(user) for user in (town.officer_user, town.prefecture_user, student.user)
    )
    url = reverse("grants:support_case", args=["workshop", file.pk])
    assert url in page(town_page, file.get_absolute_url())
    wrong = send(town_page, url, **{**ASKED, "people": "0", "work": ""})
    assert (wrong.status_code, "見本公民館" in text_of(wrong)) == (422, True)
    assert send(town_page, url, **ASKED).status_code == 303
    wanted = SupportRequest.objects.get()
    assert "「まちあるきの記録」の学生サポーターを、あと1人さがす" in desk(town.prefecture_user)
    assert row.name not in page(town_page, wanted.get_absolute_url())
    here = wanted.get_absolute_url()
    assert row.name in page(officer, here)
    at = wanted.get_propose_url(row)
    assert send(officer, here, action=at).status_code == 422
    assert send(officer, here, action=at, days=["2026-12-05", "2026-12-06"]).status_code == 303
    made = Placement.objects.get()
    assert made.get_absolute_url() in page(mine, HOME)
    assert "返事を待つ打診が<b>1件</b>" in page(mine, "/me/")
    assert send(mine, made.get_absolute_url(), action=made.get_act_url("accept")).status_code == 303
    text = page(town_page, made.get_absolute_url())
    assert (row.name in text, row.grade in text) == (True, True)
    assert row.school not in text
    assert row.phone not in text
    assert url in page(officer, url) or "まちあるきの記録" in page(officer, url)
    assert "まちあるきの記録" in page(town_page, reverse("grants:support_list"))
    empty = send(town_page, made.get_absolute_url(), action=made.get_act_url("call_off"), note="")
    assert empty.status_code == 422


def test_days_report_and_certificate_by_clicking(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    made = accepted(town, student)
    clock.set("2026-12-06T18:00:00+09:00")
    town_page, officer, mine = (
        signed_in(user) for user in (town.officer_user, town.prefecture_user, student.user)
    )
    url, (first, second) = made.get_absolute_url(), made.days.all()
    record = made.get_day_url(first, "record")
    wrong = send(mine, url, action=record, minutes="0", travel_yen="800")
    assert (wrong.status_code, 'value="800"' in text_of(wrong)) == (422, True)
    high = send(mine, url, action=record, minutes="60", travel_yen="9,000")
    assert (high.status_code, "1日3,000円まで" in text_of(high)) == (409, True)
    assert send(mine, url, action=record, minutes="２１０", travel_yen="800円").status_code == 303
    assert any("活動の日を確認する" in title for title in desk(town.officer_user))
    confirm = made.get_day_url(first, "confirm")
    assert send(town_page, url, action=confirm, minutes="210").status_code == 422
    assert send(town_page, url, action=confirm, is_insured="on").status_code == 303
    assert send(town_page, url, action=made.get_day_url(second, "drop")).status_code == 303
    assert send(mine, url, action=made.get_act_url("report"), work="").status_code == 422
    assert send(mine, url, action=made.get_act_url("report"), work="写真をとった。").status_code == 303
    assert any("活動の報告を確認する" in title for title in desk(town.prefecture_user))
    assert mine.post(made.get_act_url("confirm")).status_code == 403
    assert send(officer, url, action=made.get_act_url("confirm")).status_code == 303
    assert send(officer, url, action=made.get_act_url("order")).status_code == 303
    assert "活動証明書" in page(mine, url)
    assert "活動証明書" not in page(town_page, url)
    assert "800円" in page(officer, url)
    assert not any("活動" in title for title in desk(town.officer_user))


def test_lists_cost_the_same_for_many(town: Town) -> None:
    file, client = consulting(town), signed_in(town.prefecture_user)
    urls = (reverse("grants:supporter_list"), reverse("grants:support_list"))
    proposed(town, Student(town), request(town, file))
    one = request(town, file, people=9).get_absolute_url()
    before = [statements(client, url) for url in (*urls, one)]
    for _ in range(3):
        proposed(town, Student(town), request(town, file))
        assert Student(town).row
    assert [statements(client, url) for url in (*urls, one)] == before
