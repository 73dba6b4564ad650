"""Moderation: reported, hidden with a reason, gone everywhere, appealed once, decided by another, restored."""

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions, moderation, queries
from communities.models import Hiding, Report
from portal.accounts.scope import Scope
from portal.kernel import audit, search
from portal.kernel.actors import JobActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories import communities as make
from tests.factories import people
from tests.factories.areas import area
from tests.support.strict import StrictClient

pytestmark = pytest.mark.django_db


def client_of(who=None):
    client = StrictClient()
    if who is not None:
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def where():
    return make.community(name="しらせの集まり")


def hide(row, kind="community", by=None, reason="宣伝だけのページのため"):
    return actions.hide_object(by=by or make.ward_officer(), subject=kind, row=row, reason=reason)


def report(row, kind="community", by=None):
    return actions.report_object(
        by=by or make.person(), subject=kind, row=row, reason="advert", text="宣伝です"
    )


def test_anybody_may_report_and_the_same_person_once(where):
    visitor = make.visitor()
    first, again = report(where, by=visitor), report(where, by=visitor)
    assert first == again
    assert first.area_id == where.area_id
    report(where)
    assert Report.objects.filter(state="open").count() == 2
    with pytest.raises(PermissionDenied):
        report(where, by=JobActor("x"))


def test_the_queue_is_for_the_staff_of_the_area_alone(where):
    row = report(where)
    assert queries.reports_visible_to(Scope.of(make.ward_officer())).get() == row
    for other in (make.ward_officer("151017"), make.person(), make.organiser(where)):
        assert not queries.reports_visible_to(Scope.of(other)).exists()
        with pytest.raises(PermissionDenied):
            actions.answer_reports(by=other, reports=[row], step="dismiss")
        with pytest.raises(PermissionDenied):
            hide(where, by=other)


@pytest.mark.parametrize("kind", ["community", "event", "initiative", "person"])
def test_what_is_hidden_is_gone_for_strangers_and_stays_for_its_own_people(where, kind):
    organiser = make.organiser(where)
    row = {
        "community": lambda: where,
        "event": lambda: make.event(where, title="しらせの会"),
        "initiative": lambda: make.initiative(where, title="しらせの取組"),
        "person": lambda: people.profile(organiser, name="しらせの人", areas=[where.area]),
    }[kind]()
    address = row.get_absolute_url()
    lists = ["/communities/", "/events/", "/people/", "/search/?q=しらせ", "/communities/?q=しらせ", "/people/?q=しらせ",
             "/wards/akiha/", "/", where.get_absolute_url()]  # fmt: skip
    before = [page for page in lists if address in client_of().get(page).content.decode() and page != address]
    assert before
    hiding = hide(row, kind)
    stranger = client_of(make.person())
    for client in (client_of(), stranger):
        assert client.get(address).status_code == 404
        for page in (page for page in lists if page != address):
            assert f'href="{address}"' not in client.get(page, follow=True).content.decode(), page
    assert not search.find("しらせ", audience=["public"], kinds=[kind]).items
    if kind != "person":
        assert "非表示にしています" in client_of(make.fresh(organiser)).get(address).content.decode()
        assert client_of(make.ward_officer()).get(address).status_code == 200
    else:
        assert "宣伝だけのページのため" in client_of(organiser).get("/me/profile/").content.decode()
    actions.move_hiding(by=make.ward_officer(), hiding=hiding, step="restore")
    assert client_of().get(address).status_code == 200
    assert [page for page in before if address in client_of().get(page).content.decode()] == before


def test_a_hidden_page_stays_out_of_search_when_its_people_edit_it(where):
    organiser = make.organiser(where)
    hide(where)
    actions.edit_community(
        by=organiser, community=where, name="しらせの集まり", kana="シラセノアツマリ", summary="また書きました",
        story="", themes=[], join_policy="open", contact="", variants=[],
    )  # fmt: skip
    assert not search.find("また書きました", audience=["public"]).items
    assert search.find("また書きました", audience=["area:151050"]).items


def test_the_authors_read_why_and_open_reports_are_answered(where, django_capture_on_commit_callbacks):
    organiser = make.organiser(where)
    row = report(where)
    hiding = hide(where)
    row.refresh_from_db()
    assert row.state == "upheld"
    mail = OutboxMessage.objects.get(to_address=organiser.user.email, template="communities/mail/hidden")
    assert "宣伝だけのページのため" in mail.body
    assert f"/me/hidings/{hiding.pk}/" in mail.body
    assert [entry.event for entry in audit.history(hiding)] == ["communities.hiding.hidden"]


def test_hiding_needs_a_reason_and_happens_once(where):
    with pytest.raises(Refusal, match="理由"):
        hide(where, reason=" ")
    hide(where)
    with pytest.raises(Refusal, match="もう非表示"):
        hide(where)


def test_an_appeal_is_made_once_by_an_author_and_decided_by_another(where):
    organiser, first, second = make.organiser(where), make.ward_officer(), make.ward_officer()
    hiding = hide(where, by=first)
    with pytest.raises(PermissionDenied):
        actions.appeal_hiding(by=make.person(), hiding=hiding, text="なぜ")
    with pytest.raises(Refusal):
        actions.appeal_hiding(by=organiser, hiding=hiding, text=" ")
    actions.appeal_hiding(by=organiser, hiding=hiding, text="活動の案内です")
    with pytest.raises(Refusal):
        actions.appeal_hiding(by=organiser, hiding=hiding, text="もう一度")
    with pytest.raises(PermissionDenied, match="別の担当者"):
        actions.move_hiding(by=first, hiding=hiding, step="grant")
    with pytest.raises(Refusal, match="理由"):
        actions.move_hiding(by=second, hiding=hiding, step="keep")
    actions.move_hiding(by=second, hiding=hiding, step="keep", note="案内は別のページにあるため")
    assert moderation.is_hidden(where)
    body = OutboxMessage.objects.get(template="communities/mail/hiding_decided").body
    assert "案内は別のページにあるため" in body
    with pytest.raises(Refusal):
        actions.appeal_hiding(by=organiser, hiding=hiding, text="三度")


def test_where_there_is_nobody_else_the_same_officer_decides(where):
    organiser, alone = make.organiser(where), make.ward_officer()
    from portal.accounts.models import Appointment

    Appointment.objects.exclude(user=alone.user).delete()
    hiding = hide(where, by=alone)
    actions.appeal_hiding(by=organiser, hiding=hiding, text="活動の案内です")
    actions.move_hiding(by=make.fresh(alone), hiding=hiding, step="grant")
    assert not moderation.is_hidden(where)


def test_many_reports_are_answered_at_once_all_or_none(where):
    officer = make.ward_officer()
    other = make.community()
    rows = [report(where), report(where), report(other)]
    elsewhere = report(make.community(place=area("151017")))
    with pytest.raises(PermissionDenied):
        actions.answer_reports(by=officer, reports=[*rows, elsewhere], step="uphold", note="宣伝のため")
    assert not Hiding.objects.exists()
    with pytest.raises(Refusal, match="選んで"):
        actions.answer_reports(by=officer, reports=[], step="dismiss")
    actions.answer_reports(by=officer, reports=rows, step="uphold", note="宣伝のため")
    assert {moderation.is_hidden(row) for row in (where, other)} == {True}
    assert Report.objects.filter(state="upheld").count() == 3
    with pytest.raises(Refusal):
        actions.answer_reports(by=officer, reports=[rows[0]], step="uphold", note="もう一度")


def test_a_dismissed_report_changes_nothing_and_may_come_again(where):
    by = make.person()
    row = report(where, by=by)
    actions.answer_reports(by=make.ward_officer(), reports=[row], step="dismiss")
    assert not moderation.is_hidden(where)
    assert report(where, by=by) != row


def test_the_page_reports_and_limits_how_often(where, settings):
    client = client_of()
    address = f"/reports/community/{where.pk}/"
    assert client.get(f"/reports/nothing/{where.pk}/").status_code == 404
    once = client.get(address).context["form"].initial["once"]
    assert client.post(address, {"once": once}).status_code == 422
    for _ in range(2):
        assert client.post(address, {"once": once, "reason": "advert"}).status_code == 303
    assert Report.objects.count() == 1
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "report": "1/h/ip"}
    other = make.community()
    address = f"/reports/community/{other.pk}/"
    once = client.get(address).context["form"].initial["once"]
    assert client.post(address, {"once": once, "reason": "advert"}).status_code in (303, 429)
    assert client.post(address, {"once": once, "reason": "harm"}).status_code == 429


def test_links_and_repeats_are_limited():
    by = make.person()
    with pytest.raises(Refusal, match="リンクは2つまで"):
        moderation.check_text(by=by, text="https://a.jp www.b.jp http://c.jp")
    moderation.check_text(by=by, text="同じ文章")
    moderation.check_text(by=by, text="同じ 文章")
    moderation.check_text(by=by, text="同じ文章")
    with pytest.raises(Refusal, match="同じ文章"):
        moderation.check_text(by=by, text="同じ文章")
    moderation.check_text(by=make.person(), text="同じ文章")


def test_first_texts_of_new_members_wait_where_the_community_asks_for_it(where):
    organiser, member = make.organiser(where), make.person()
    make.member(where, member)
    assert not moderation.holds_posts_of(where, member.user_id, 0)
    with pytest.raises(PermissionDenied):
        actions.set_posting_rule(by=make.fresh(member), community=where, holds_first=True)
    actions.set_posting_rule(by=organiser, community=where, holds_first=True)
    assert moderation.holds_posts_of(where, member.user_id, 0)
    assert not moderation.holds_posts_of(where, member.user_id, 1)
    assert not moderation.holds_posts_of(where, organiser.user_id, 0)


def test_reports_and_appeals_are_on_the_desk_of_the_area(where, client):
    organiser = make.organiser(where)
    report(where)
    officer = client_of(make.ward_officer())
    page = officer.get("/staff/").content.decode()
    assert "知らせを確かめる" in page
    assert "宣伝、勧誘・約束は3日以内" in page
    hiding = hide(where)
    actions.appeal_hiding(by=organiser, hiding=hiding, text="活動の案内です")
    page = officer.get("/staff/").content.decode()
    assert "知らせを確かめる" not in page
    assert f"/staff/hidings/{hiding.pk}/" in page
    assert "知らせを確かめる" not in client_of(make.ward_officer("151017")).get("/staff/").content.decode()


def test_what_belongs_to_a_hidden_community_goes_with_it_and_comes_back(where):
    organiser = make.organiser(where)
    rows = [make.event(where, title="つれの会"), make.initiative(where, title="つれの取組")]
    post = actions.write_post(
        by=organiser, community=where, title="つれの投稿", body="書きました", publish=True
    )
    addresses = [row.get_absolute_url() for row in [*rows, post]]
    assert [client_of().get(address).status_code for address in addresses] == [200, 200, 200]
    hiding = hide(where)
    assert [client_of().get(address).status_code for address in addresses] == [404, 404, 404]
    for page in ("/events/", "/search/?q=つれの", "/wards/akiha/"):
        assert "つれの会" not in client_of().get(page).content.decode()
    assert not search.find("つれの", audience=["public"]).items
    actions.move_hiding(by=make.ward_officer(), hiding=hiding, step="restore")
    assert [client_of().get(address).status_code for address in addresses] == [200, 200, 200]
    assert len(search.find("つれの", audience=["public"]).items) == 3
