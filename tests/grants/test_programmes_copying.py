"""Opening a year is a copy: all of it, once, provisional, seen by officers only until it is published."""

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grants import actions, programmes, queries
from grants.enums import ProgrammeState
from grants.models import Call, Menu, Programme
from grants.offering.sheet import changes, sheet
from portal.accounts.enums import Role
from portal.kernel import audit, clock
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA
from tests.factories.grants import BY, Town, open_call
from tests.support.world import ClockFile

LINE = {"kan": "総務費", "kou": "企画費", "moku": "地域振興費", "setsu": 18}


@pytest.fixture
def by(db: None, on_a_wednesday: ClockFile) -> UserActor:
    return actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))


@pytest.fixture
def year(by: UserActor) -> Programme:
    return open_call().menu.programme


@pytest.fixture
def draft(by: UserActor, year: Programme) -> Programme:
    return actions.copy_programme(by=by, programme=year, fiscal_year=2027)


def loaded(programme: Programme) -> Programme:
    return queries.whole(Programme.objects.all()).get(pk=programme.pk)


def differing(before: Programme, after: Programme) -> dict[str, list[tuple[str, str]]]:
    found = changes(sheet(loaded(before)), sheet(loaded(after)))
    return {heading: [(row.label, row.kind) for row in rows] for heading, rows in found.items()}


def events(row: object) -> list[str]:
    return [entry.event for entry in audit.history(row)]


def test_the_copy_says_everything_again_and_only_the_year_differs(by: UserActor, year: Programme) -> None:
    actions.save_budget_line(by=by, programme=year, amount_yen=4_000_000, **LINE)
    made = actions.copy_programme(by=by, programme=year, fiscal_year=2027)
    assert (made.slug, made.fiscal_year, made.state, made.provisional) == (
        "kagoshima-r9",
        2027,
        "draft",
        True,
    )
    assert (made.copied_from, made.budget_lines.get().amount_yen) == (year, 4_000_000)
    assert differing(year, made) == {
        "事業": [("予算", "変更"), ("注記", "変更"), ("出典", "変更")],
        "メニュー③ 持続可能な地域コミュニティ構築促進補助 募集": [
            ("第1次募集", "変更"),
            ("第2次募集", "変更"),
        ],
    }
    assert made.notes[-1].startswith("※ 本事業は、令和9年度当初予算の成立が前提であり、")
    assert not any("令和8年度" in note for note in made.notes)
    assert [menu.rules for menu in made.menus.all()] == [menu.rules for menu in year.menus.all()]
    assert events(made) == ["grants.programme.copied"]


def test_calls_move_a_year_and_shift_by_their_rule(draft: Programme) -> None:
    """31 October 2027 is a Sunday, 3 December 2027 a Friday; both dates are printed in both calendars."""
    call = draft.menus.get(number=3).calls.get(title="第2次募集")
    assert call.deadline.label == "令和9年12月3日(金)17時必着(2027年12月3日)"
    assert call.closes_at == call.deadline.closes_at
    assert call.opens_at.astimezone(clock.JST).date() == date(2027, 11, 5)


def test_29_february_becomes_28(by: UserActor, year: Programme) -> None:
    menu = year.menus.get(number=3)
    actions.save_call(
        by=by, menu=menu, title="追加募集", opens_on=date(2028, 2, 1), closes_on=date(2028, 2, 29), closes_time=None,
        shift="as_is", arrival="postmark",
    )  # fmt: skip
    made = actions.copy_programme(by=by, programme=year, fiscal_year=2027)
    assert made.menus.get(number=3).calls.get(title="追加募集").closes_on == date(2029, 2, 28)


def test_a_draft_is_seen_by_nobody_outside(town: Town, draft: Programme, client: object) -> None:
    menu = draft.menus.get(number=3)
    call = menu.calls.get(title="第1次募集")
    Call.objects.filter(pk=call.pk).update(opens_at=clock.now().replace(year=2026, month=1))
    assert call.menu not in queries.menus()
    assert draft not in queries.programmes()
    assert draft not in queries.for_guide()
    assert Call.objects.get(pk=call.pk) not in queries.open_calls(clock.now())
    with pytest.raises(Refusal, match="いま申請を受け付けていません"):
        actions.start_application(by=town.officer, call=call, municipality=town.area)
    assert client.get(f"/grants/menus/{draft.slug}/3/").status_code == 404  # type: ignore[attr-defined]
    assert "令和9年度" not in client.get("/grants/").content.decode()  # type: ignore[attr-defined]


def test_published_it_is_the_year_that_applications_use(
    town: Town, by: UserActor, draft: Programme, clock: ClockFile
) -> None:
    actions.move_programme(by=by, programme=draft, step="publish")
    clock.set("2027-11-08T10:00:00+09:00")
    call = draft.menus.get(number=3).calls.get(title="第2次募集")
    case = actions.start_application(by=town.officer, call=call, municipality=town.area)
    assert (case.menu.programme, case.menu.programme.state) == (draft, ProgrammeState.PUBLISHED)
    assert events(draft)[0] == "grants.programme.publish"


@pytest.mark.parametrize("fiscal_year", [2023, 2024, 2026, 2028, 1])
def test_years_that_cannot_be_opened_are_refused(by: UserActor, year: Programme, fiscal_year: int) -> None:
    with pytest.raises(Refusal, match="写せるのは") as refused:
        actions.copy_programme(by=by, programme=year, fiscal_year=fiscal_year)
    assert refused.value.field == "fiscal_year"


def test_a_year_that_is_there_is_not_opened_again(by: UserActor, year: Programme, draft: Programme) -> None:
    actions.change_programme(by=by, programme=draft, title="新しい名前の事業")
    with pytest.raises(Refusal, match="令和9年度の事業は、もうあります\\(準備中\\)"):
        actions.copy_programme(by=by, programme=year, fiscal_year=2027)
    assert Programme.objects.filter(fiscal_year=2027).count() == 1


def test_loading_leaves_the_officers_year_alone(by: UserActor, draft: Programme, clock: ClockFile) -> None:
    clock.set("2027-03-01")
    before = list(Menu.objects.filter(programme=draft).order_by("pk").values())
    assert programmes.load(by=BY)[-1] == draft
    assert Programme.objects.filter(fiscal_year=2027).count() == 1
    assert list(Menu.objects.filter(programme=draft).order_by("pk").values()) == before


def test_what_changes_is_shown_and_terms_hold_the_database_rules(by: UserActor, draft: Programme) -> None:
    menu = draft.menus.get(number=3)
    actions.change_menu(by=by, menu=menu, cap_yen=1_200_000, screen_days=14, applicants=["municipality"])
    assert draft.copied_from is not None
    found = differing(draft.copied_from, draft)[str(menu)]
    assert found == [("上限", "変更"), ("形式審査の目安", "変更")]
    assert events(menu) == ["grants.menu.changed"]
    actions.change_menu(by=by, menu=menu, cap_yen=1_200_000)
    assert events(menu) == ["grants.menu.changed"], "nothing changed, nothing recorded"
    with pytest.raises(ValidationError, match="上限額は、上限の範囲があるときに"):
        actions.change_menu(by=by, menu=menu, cap_yen=None)
    with pytest.raises(ValidationError, match="補助率は、0より大きく、1以下です"):
        actions.change_menu(by=by, menu=menu, share_numerator=3)
    assert Menu.objects.get(pk=menu.pk).cap_yen == 1_200_000


def test_papers_get_their_article_also_after_publishing(by: UserActor, draft: Programme) -> None:
    menu = draft.menus.get(number=3)
    papers = {
        "application": {"article": "第5条", "form_label": "第1号様式"},
        "plan": {"article": "", "form_label": "別紙1"},
    }
    actions.change_papers(by=by, menu=menu, papers=papers)
    assert (menu.document("application")["article"], menu.document("plan")["article"]) == ("第5条", "第○条")
    assert menu.document("budget")["form_label"] == "標準様式"
    actions.move_programme(by=by, programme=draft, step="publish")
    actions.change_papers(by=by, menu=menu, papers={"plan": {"article": "第6条", "form_label": "別紙1"}})
    assert Menu.objects.get(pk=menu.pk).document("plan")["article"] == "第6条"
    with pytest.raises(Refusal, match="準備中のあいだだけ"):
        actions.change_menu(by=by, menu=menu, cap_yen=2_000_000)
    with pytest.raises(Refusal, match="準備中のあいだだけ"):
        actions.change_programme(by=by, programme=draft, title="別の名前")


def test_calls_of_a_draft_are_changed_and_checked(by: UserActor, draft: Programme) -> None:
    menu = draft.menus.get(number=3)
    call = menu.calls.get(title="第1次募集")
    terms = {"shift": "next_business_day", "arrival": "arrive"}
    sunday = date(2027, 10, 31)
    saved = actions.save_call(
        by=by, menu=menu, call=call, title="第1次募集", opens_on=date(2027, 4, 1), closes_on=sunday,
        closes_time=time(17), **terms,
    )  # fmt: skip
    assert saved.deadline.label == "令和9年11月1日(月)17時必着(2027年11月1日)"
    with pytest.raises(ValidationError, match="締切は、受付開始より後"):
        actions.save_call(
            by=by, menu=menu, title="逆の募集", opens_on=date(2027, 9, 2), closes_on=date(2027, 9, 1), closes_time=None,
            **terms,
        )  # fmt: skip
    with pytest.raises(Refusal, match="消印有効の締切に、時刻は付けられません"):
        actions.save_call(
            by=by, menu=menu, title="消印", opens_on=date(2027, 9, 1), closes_on=date(2027, 9, 2), closes_time=time(17),
            shift="as_is", arrival="postmark",
        )  # fmt: skip


def test_calls_that_cannot_be_are_refused(by: UserActor, draft: Programme) -> None:
    menu, sunday = draft.menus.get(number=3), date(2027, 10, 31)
    call = menu.calls.get(title="第1次募集")
    terms = {"shift": "next_business_day", "arrival": "arrive"}
    with pytest.raises(Refusal, match="テーマごとの公募"):
        actions.save_call(
            by=by,
            menu=draft.menus.get(number=4),
            title="x",
            opens_on=sunday,
            closes_on=sunday,
            closes_time=None,
            **terms,
        )
    actions.move_programme(by=by, programme=draft, step="publish")
    with pytest.raises(Refusal, match="公開した募集"):
        actions.save_call(
            by=by,
            menu=menu,
            call=call,
            title="第1次募集",
            opens_on=sunday,
            closes_on=sunday,
            closes_time=None,
            **terms,
        )


def test_the_budget_passes_once_and_its_note_goes(by: UserActor, draft: Programme) -> None:
    with pytest.raises(Refusal, match="議決日は、今日までの日"):
        actions.pass_budget(by=by, programme=draft, passed_on=date(2027, 3, 24))
    with clock.at(date(2027, 3, 25)):
        actions.pass_budget(by=by, programme=draft, passed_on=date(2027, 3, 24))
        stored = Programme.objects.get(pk=draft.pk)
        assert (stored.provisional, stored.budget_passed_on) == (False, date(2027, 3, 24))
        assert not any("成立が前提" in note for note in stored.notes)
        with pytest.raises(Refusal, match="もう成立しています"):
            actions.pass_budget(by=by, programme=draft, passed_on=date(2027, 3, 24))
    assert events(draft)[0] == "grants.programme.budget_passed"


def test_a_year_closes_only_when_no_call_is_open(by: UserActor, year: Programme) -> None:
    with pytest.raises(Refusal, match="受付中の募集があります"):
        actions.move_programme(by=by, programme=year, step="close")
    with clock.at(date(2027, 6, 1)):
        actions.move_programme(by=by, programme=year, step="close")
        with pytest.raises(Refusal, match="終了"):
            actions.move_programme(by=by, programme=year, step="close")
        with pytest.raises(Refusal, match="終了した事業"):
            actions.save_budget_line(by=by, programme=year, amount_yen=1, **LINE)


def test_budget_lines_are_set_corrected_and_taken_out(by: UserActor, draft: Programme) -> None:
    line = actions.save_budget_line(by=by, programme=draft, amount_yen=4_000_000, **LINE)
    again = actions.save_budget_line(by=by, programme=draft, amount_yen=5_500_000, **LINE)
    assert (line, again.amount_yen, draft.budget_lines.count()) == (again, 5_500_000, 1)
    assert str(line) == "総務費 企画費 地域振興費 18 負担金、補助及び交付金"
    assert events(line) == ["grants.budgetline.saved", "grants.budgetline.saved"]
    actions.remove_budget_line(by=by, line=again)
    with pytest.raises(Refusal, match="もうありません"):
        actions.remove_budget_line(by=by, line=line)
    kept = actions.save_budget_line(by=by, programme=draft, amount_yen=1, **LINE)
    actions.move_programme(by=by, programme=draft, step="publish")
    with pytest.raises(Refusal, match="公開した事業の科目は、なくせません"):
        actions.remove_budget_line(by=by, line=kept)


@pytest.mark.parametrize(
    ("role", "area"),
    [
        (Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA), (Role.PREFECTURE_HEAD, KAGOSHIMA), (Role.AUDITOR, KAGOSHIMA),
        (Role.CITY_OFFICER, NIIGATA), (Role.ACCOUNTANT, KAGOSHIMA),
    ],
)  # fmt: skip
def test_only_officers_of_the_authority_write(
    draft: Programme, year: Programme, role: Role, area: str
) -> None:
    other = actor(officer(role, area))
    menu = draft.menus.get(number=3)
    line = {"programme": draft, "amount_yen": 1, **LINE}
    writes = (
        lambda: actions.copy_programme(by=other, programme=year, fiscal_year=2027),
        lambda: actions.change_programme(by=other, programme=draft, title="x"),
        lambda: actions.change_menu(by=other, menu=menu, cap_yen=1),
        lambda: actions.change_papers(by=other, menu=menu, papers={}),
        lambda: actions.save_call(
            by=other, menu=menu, title="x", opens_on=date(2027, 4, 1), closes_on=date(2027, 4, 2), closes_time=None,
            shift="as_is", arrival="arrive",
        ),
        lambda: actions.save_budget_line(by=other, **line),
        lambda: actions.pass_budget(by=other, programme=draft, passed_on=date(2026, 3, 1)),
        lambda: actions.move_programme(by=other, programme=draft, step="publish"),
    )  # fmt: skip
    for write in writes:
        with pytest.raises(PermissionDenied):
            write()
