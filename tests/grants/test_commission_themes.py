"""テーマ of ④: draft → proposed → selected or not; who may, every refusal, the mails, the pages."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from communities import actions as communities
from grants.commission import personal
from grants.commission.actions import themes as actions
from grants.commission.queries import themes as queries
from grants.desk import cases as desk
from grants.models import CommissionTheme, Programme
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import audit, clock
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import THEME, draft_theme, proposed_theme, selected_theme
from tests.factories.grants import Town, menu
from tests.support.html import assert_html

from .commission_support import body_of, counted, mails, signed_in
from .pages import form_of, send, text_of
from .test_constraints import change, refuses


def test_a_theme_goes_from_the_town_to_its_selection(town: Town) -> None:
    assert town.chief
    assert town.prefecture
    theme = draft_theme(town)
    actions.save_theme(
        by=town.chief,
        theme=theme,
        revision=1,
        platform=town.platform,
        **{**THEME, "title": "直したテーマ"},
    )
    assert (theme.title, theme.revision, theme.municipality) == ("直したテーマ", 2, town.area)
    assert not queries.received(Scope.of(town.prefecture)).exists(), "a draft is the municipality's own"
    actions.propose_theme(by=town.chief, theme=theme)
    assert mails(town.prefecture_user.email) == ["theme_proposed"]
    actions.judge_theme(by=town.prefecture, theme=theme, step="select")
    stored = CommissionTheme.objects.get(pk=theme.pk)
    assert (stored.state, stored.proposed_by, stored.judged_by) == (
        "selected", town.chief_user, town.prefecture_user,
    )  # fmt: skip
    assert mails(town.officer_user.email) == mails(town.chief_user.email) == ["theme_judged"]
    assert [entry.event.rpartition(".")[2] for entry in audit.history(theme)] == [
        "select", "propose", "saved", "started",
    ]  # fmt: skip


def test_a_theme_that_is_not_selected_carries_its_reason(town: Town) -> None:
    assert town.officer
    theme = proposed_theme(town)
    with pytest.raises(Refusal, match="理由"):
        actions.judge_theme(by=town.prefecture, theme=theme, step="decline")
    actions.judge_theme(by=town.prefecture, theme=theme, step="decline", note="別の事業で行えます。")
    body = body_of("theme_judged", town.officer_user.email)
    assert "別の事業で行えます。" in body
    assert "結果:不選定" in body
    assert queries.reason(theme) == "別の事業で行えます。"
    with pytest.raises(Refusal, match="いま「不選定」です"):
        actions.judge_theme(by=town.prefecture, theme=theme, step="select")


@pytest.mark.parametrize("stage", ["considering", "preparing"])
def test_only_a_formed_platform_can_be_named(town: Town, stage: str) -> None:
    young = communities.register_platform(
        by=town.officer, area=town.area, name="話しあいの場", kana="ハナシアイノバ", summary="", districts=[], stage=stage,
        since_on=date(2026, 4, 1),
    )  # fmt: skip
    with pytest.raises(Refusal, match="「形成初期」か「持続」") as refused:
        draft_theme(town, platform=young)
    assert refused.value.field == "platform"
    theme = draft_theme(town)
    with pytest.raises(Refusal, match="「形成初期」か「持続」"):
        actions.save_theme(by=town.officer, theme=theme, revision=1, **{**THEME, "platform": young})
    assert young not in queries.platforms(Scope.of(town.officer))


def test_a_platform_that_fell_back_is_not_proposed(town: Town) -> None:
    theme = draft_theme(town)
    type(town.platform).objects.filter(pk=town.platform.pk).update(stage="preparing")
    with pytest.raises(Refusal, match="「設立準備」"):
        actions.propose_theme(by=town.chief, theme=CommissionTheme.objects.get(pk=theme.pk))
    assert CommissionTheme.objects.get(pk=theme.pk).state == "draft"


def test_other_menus_and_years_take_no_theme(town: Town) -> None:
    with pytest.raises(Refusal, match="メニュー④"):
        draft_theme(town, menu=menu(3))
    four = menu(4)
    Programme.objects.filter(pk=four.programme_id).update(state="closed", closed_at=clock.now())
    with pytest.raises(Refusal, match="公開中の年度"):
        draft_theme(town, menu=type(four).objects.get(pk=four.pk))


def test_saving_is_refused_for_an_older_page_and_after_proposing(town: Town) -> None:
    theme = draft_theme(town)
    values = {**THEME, "platform": town.platform}
    actions.save_theme(by=town.officer, theme=theme, revision=1, **values)
    with pytest.raises(Refusal, match="ほかの人が保存しました"):
        actions.save_theme(by=town.chief, theme=theme, revision=1, **values)
    actions.propose_theme(by=town.chief, theme=theme)
    with pytest.raises(Refusal, match="もう提案しています"):
        actions.save_theme(by=town.officer, theme=theme, revision=2, **values)
    with pytest.raises(Refusal, match="いま「提案済み」です"):
        actions.propose_theme(by=town.chief, theme=theme)


def test_who_may_what(town: Town) -> None:
    neighbour = Town()
    with pytest.raises(PermissionDenied):
        draft_theme(town, platform=neighbour.platform)
    theme = draft_theme(town)
    for stranger in (neighbour.officer, town.prefecture):
        with pytest.raises(PermissionDenied):
            actions.save_theme(by=stranger, theme=theme, revision=1, platform=town.platform, **THEME)
    for stranger in (town.officer, neighbour.chief, town.prefecture):
        with pytest.raises(PermissionDenied):
            actions.propose_theme(by=stranger, theme=theme)
    actions.propose_theme(by=town.chief, theme=theme)
    for stranger in (town.chief, actor(officer(Role.PREFECTURE_HEAD, KAGOSHIMA))):
        with pytest.raises(PermissionDenied):
            actions.judge_theme(by=stranger, theme=theme, step="select")


def test_desk_and_personal_data_name_it(town: Town) -> None:
    theme = draft_theme(town)
    assert [item.title for item in desk.items(Scope.of(town.officer))] == [
        f"テーマ「{theme.title}」を仕上げて提案する"
    ]
    actions.propose_theme(by=town.chief, theme=theme)
    assert not list(desk.items(Scope.of(town.officer)))
    assert any(theme.title in item.title for item in desk.items(Scope.of(town.prefecture)))
    assert personal.rows(town.chief_user.pk)["テーマ"][0]["提案した"] is True


def test_the_pages_lead_from_the_town_to_the_prefecture(town: Town) -> None:
    assert menu(4)
    desk_of = signed_in(town.officer_user)
    values = {**THEME, "platform": str(town.platform.pk)}
    assert_html(desk_of.get("/grants/themes/").content)
    assert send(desk_of, "/grants/themes/new/", **values).status_code == 303
    theme = CommissionTheme.objects.get()
    url = theme.get_absolute_url()
    page = desk_of.get(url)
    assert_html(page.content)
    assert "提案できるのは、市町村の決裁者です。" in text_of(page)
    assert desk_of.post(theme.get_propose_url()).status_code == 403
    chief = signed_in(town.chief_user)
    assert send(chief, url, action=theme.get_propose_url()).status_code == 303
    office = signed_in(town.prefecture_user)
    assert theme.title in text_of(office.get("/staff/grants/themes/"))
    staff = theme.get_staff_url()
    bad = send(office, staff, step="decline", note=" ")
    assert (bad.status_code, "選定しない理由を入力してください。" in text_of(bad)) == (422, True)
    assert send(office, staff, step="select").status_code == 303
    done = office.get(staff)
    assert_html(done.content)
    assert "選定の日" in text_of(done)
    assert_html(chief.get(url).content)


def test_bad_input_stays_on_the_page(town: Town) -> None:
    assert menu(4)
    client = signed_in(town.officer_user)
    response = send(client, "/grants/themes/new/", title="題だけ", problem="悪い\x00字", platform="")
    assert response.status_code == 422
    assert form_of(response)["title"] == ["題だけ"]
    assert "コミプラ" in text_of(response)


def test_lists_cost_the_same_for_one_and_for_ten(town: Town) -> None:
    client, office = signed_in(town.officer_user), signed_in(town.prefecture_user)
    proposed_theme(town)
    counts = [counted(client, "/grants/themes/"), counted(office, "/staff/grants/themes/")]
    for number in range(9):
        proposed_theme(town, title=f"テーマ{number}")
    assert [counted(client, "/grants/themes/"), counted(office, "/staff/grants/themes/")] == counts


def test_constraints(town: Town) -> None:
    theme = selected_theme(town)
    refuses("commissiontheme_proposed_iff_left_draft", change(theme, proposed_at=None))
    refuses("commissiontheme_judged_iff_stamped", change(theme, judged_at=None))
