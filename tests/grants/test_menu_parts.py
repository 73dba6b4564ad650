"""Words, types and lists of a menu: edited on pages, compared with the year before, kept where a file depends on them."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grants import actions, queries
from grants.calculations import ExpenseRow
from grants.models import Application, Inspection, Menu, Programme, ProjectType
from grants.offering.parts import MenuList, rows_of
from grants.offering.sheet import changes, sheet
from portal.accounts.enums import Role
from portal.kernel import audit, clock
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories import commission, dispatch, workshop
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import reviewing
from tests.factories.grants import Town, open_call
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import form_of, send, text_of

ROOT = "/staff/grants/programmes/"


@pytest.fixture
def by(db: None, on_a_wednesday: ClockFile) -> UserActor:
    return actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))


@pytest.fixture
def draft(by: UserActor) -> Menu:
    """③ of next year, in preparation."""
    made = actions.copy_programme(by=by, programme=open_call().menu.programme, fiscal_year=2027)
    return made.menus.get(number=3)


@pytest.fixture
def desk(client: Client, by: UserActor) -> Client:
    client.force_login(by.user)
    return client


def url(menu: Menu, part: str) -> str:
    return f"{ROOT}{menu.programme.slug}/menus/{menu.number}/parts/{part}/"


def differing(menu: Menu, heading: str) -> dict[str, str]:
    """What the list of changes says under a heading of the menu: label → 追加, 削除, 変更."""
    whole = queries.whole(Programme.objects.all(), with_source=True).get(pk=menu.programme_id)
    rows = changes(sheet(whole.copied_from), sheet(whole)).get(f"{menu}{heading}", [])
    return {row.label: row.kind for row in rows}


def kept(menu: Menu) -> Menu:
    return Menu.objects.select_related("programme__authority").get(pk=menu.pk)


def test_every_part_has_its_page_and_saving_it_unchanged_changes_nothing(desk: Client, draft: Menu) -> None:
    before = list(Menu.objects.order_by("pk").values()), list(ProjectType.objects.order_by("pk").values())
    detail = text_of(desk.get(f"{ROOT}{draft.programme.slug}/"))
    for part in ("words", "types", *MenuList.values):
        page = desk.get(url(draft, part))
        assert page.status_code == 200, part
        assert_html(page.content)
        assert f'href="{url(draft, part)}"' in detail
        assert send(desk, url(draft, part)).status_code == 303
    after = list(Menu.objects.order_by("pk").values()), list(ProjectType.objects.order_by("pk").values())
    assert after == before
    assert not [entry for entry in audit.history(draft) if "changed" in entry.event]


@pytest.mark.parametrize(
    ("number", "part", "status"), [(1, "words", 200), (1, "types", 404), (3, "moon", 404)]
)
def test_only_the_parts_that_a_menu_has(
    desk: Client, draft: Menu, number: int, part: str, status: int
) -> None:
    menu = draft.programme.menus.get(number=number)
    assert desk.get(url(menu, part)).status_code == status


def test_words_are_changed_and_shown_against_the_year_before(desk: Client, draft: Menu) -> None:
    sent = {"title": "新しい見出し", "content": "一つめ\n二つめ", "examples": ""}
    assert send(desk, url(draft, "words"), **sent).status_code == 303
    menu = kept(draft)
    assert (menu.title, menu.content, menu.examples) == ("新しい見出し", ["一つめ", "二つめ"], [])
    assert {"見出し", "内容"} <= set(differing(menu, ""))
    assert audit.history(menu)[0].event == "grants.menu.words_changed"


def test_a_type_is_added_changed_and_taken_out(desk: Client, draft: Menu) -> None:
    new = {
        "code_4": "2-2", "label_4": "②-2", "group_4": "検討する地域", "text_4": "あたらしい型", "stages_4": ["considering"],
        "text_3": "直した型", "drop_1": "on",
    }  # fmt: skip
    refused = send(desk, url(draft, "types"), **new)
    assert refused.status_code == 409
    assert "「実施主体の規約」が、この型に必要な書類になっています" in text_of(refused)
    assert "あたらしい型" in text_of(refused)
    actions.change_rows(
        by=actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA)), menu=kept(draft), kind=MenuList.ATTACHED,
        rows=[row | {"required_for": []} for row in draft.attachable],
    )  # fmt: skip
    assert send(desk, url(draft, "types"), **new).status_code == 303
    types = {row.code: row.text for row in draft.project_types.all()}
    assert set(types) == {"1-2", "2-1", "2-2"}
    assert (types["2-1"], types["2-2"]) == ("直した型", "あたらしい型")
    assert differing(draft, " 型") == {"2-1 ②": "変更", "2-2 ②-2": "追加", "1-1 ①-1": "削除"}
    assert differing(draft, " 書類") == {"実施主体の規約": "変更"}


LISTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("checks", {"part_9": "plan", "text_9": "新しい審査の項目"}, "新しい審査の項目", " 審査の項目"),
    ("points", {"text_8": "新しい検査の項目"}, "新しい検査の項目", ""),
    (
        "rules",
        {"setsu_8": ["11", "13"], "words_8": "保険\n会場", "effect_8": "notice", "text_8": "確かめます。"},
        "確かめます。",
        " 経費の決まり",
    ),
    (
        "attached",
        {"title_5": "位置図", "help_5": "地図に印を付けます。", "required_for_5": ["2-1"]},
        "位置図",
        " 書類",
    ),
]


@pytest.mark.parametrize(("part", "new", "words", "heading"), LISTS)
def test_a_row_is_added_compared_and_taken_out(
    desk: Client, draft: Menu, part: str, new: dict[str, Any], words: str, heading: str
) -> None:
    before = rows_of(draft, part)
    assert send(desk, url(draft, part), **new).status_code == 303
    rows = rows_of(kept(draft), part)
    assert rows[: len(before)] == before
    assert words in str(rows[-1])
    assert len(rows) == len(before) + 1
    assert words in str(sheet(queries.whole(Programme.objects.all()).get(pk=draft.programme_id)))
    assert len(differing(draft, heading)) == 1
    page = desk.get(url(draft, part))
    assert words in text_of(page)
    assert send(desk, url(draft, part), **{f"drop_{len(rows)}": "on"}).status_code == 303
    assert rows_of(kept(draft), part) == before
    assert differing(draft, heading) == {}


def test_an_added_rule_and_paper_are_used(by: UserActor, town: Town) -> None:
    menu = open_call().menu
    menu = kept(menu)
    rule = {"setsu": [12], "words": ["運行"], "effect": "exclude", "text": "運行は対象外です。"}
    actions.change_rows(by=by, menu=menu, kind=MenuList.RULES, rows=[*menu.expense_rules, rule])
    paper = {"title": "位置図", "help": "", "required_for": ["1-2"]}
    actions.change_rows(by=by, menu=menu, kind=MenuList.ATTACHED, rows=[*menu.attachable, paper])
    row = ExpenseRow(setsu=12, description="買い物の試行運行", unit_price_yen=780_000)
    file = town.ready(
        expenses=[row, ExpenseRow(setsu=10, description="消耗品", unit_price_yen=440_000)], share_yen=980_000
    )
    assert file.expenses.get(setsu=12).ineligible_yen == 780_000
    with pytest.raises(Refusal, match="位置図を添付していません"):
        actions.submit(by=town.chief, application=file)


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("types", {"code_4": "9"}, "型4の呼び名を入れてください。"),
    ("types", {"code_2": "1-1"}, "同じ記号の型が、上にあります。"),
    ("checks", {"text_9": "文だけ"}, "項目9の見るところを入れてください。"),
    ("rules", {"text_8": "文だけ", "effect_8": "notice"}, "決まり8の節を入れてください。"),
    ("rules", {"text_1": "あ" * 301}, "決まり1の市町村に示す文"),
    ("attached", {"help_5": "説明だけ"}, "書類5の名前を入れてください。"),
    ("words", {"title": ""}, "見出し"),
]


@pytest.mark.parametrize(("part", "sent", "words"), BAD)
def test_a_row_that_lacks_something_is_named_and_kept_on_the_page(
    desk: Client, draft: Menu, part: str, sent: dict[str, Any], words: str
) -> None:
    before = kept(draft).checklist, kept(draft).expense_rules, draft.project_types.count()
    answer = send(desk, url(draft, part), **sent)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert_html(answer.content)
    typed = form_of(answer)
    assert all(typed[name] == ([value] if isinstance(value, str) else value) for name, value in sent.items())
    assert (kept(draft).checklist, kept(draft).expense_rules, draft.project_types.count()) == before


def test_what_a_file_depends_on_stays_and_the_rest_may_still_grow(by: UserActor, town: Town) -> None:
    case = reviewing(town)
    menu = kept(case.menu)
    wants = [
        (lambda: actions.change_rows(by=by, menu=menu, kind=MenuList.CHECKS, rows=menu.checklist[1:]), "の審査が"),
        (lambda: actions.change_rows(by=by, menu=menu, kind=MenuList.RULES, rows=[]), "の予算が"),
        (lambda: actions.change_rows(by=by, menu=menu, kind=MenuList.ATTACHED, rows=[]), "の添付書類が"),
        (lambda: actions.change_types(by=by, menu=menu, rows=[]), "型「①-2"),
        (lambda: actions.change_words(by=by, menu=menu, title="別の見出し"), "名前と見出しは変えられません"),
    ]  # fmt: skip
    for write, words in wants:
        with pytest.raises(Refusal, match=words) as refused:
            write()
        assert refused.value.code == "used"
        assert str(case) in refused.value.message or "名前と" in words
    rows = [*menu.checklist, {"part": "plan", "text": "あとから加えた項目"}]
    actions.change_rows(by=by, menu=menu, kind=MenuList.CHECKS, rows=rows)
    assert kept(menu).checklist[-1]["text"] == "あとから加えた項目"
    actions.change_words(by=by, menu=menu, content=["説明を足した。"])
    assert Application.objects.get(pk=case.pk).menu.content == ["説明を足した。"]


def test_an_inspected_point_stays(by: UserActor, town: Town) -> None:
    case = reviewing(town)
    menu = kept(case.menu)
    Inspection.objects.create(
        application=case, number=1, inspected_on="2026-11-25", method="書類", base_yen=1,
        answers=[{"key": menu.result_checklist[0]["key"], "verdict": "fit"}],
    )  # fmt: skip
    with pytest.raises(Refusal, match="の検査調書が"):
        actions.change_rows(by=by, menu=menu, kind=MenuList.POINTS, rows=menu.result_checklist[1:])
    actions.change_rows(by=by, menu=menu, kind=MenuList.POINTS, rows=menu.result_checklist[:-1])


def test_others_and_a_closed_year_are_refused(by: UserActor, draft: Menu) -> None:
    head = actor(officer(Role.PREFECTURE_HEAD, KAGOSHIMA))
    writes = (
        lambda who: actions.change_rows(by=who, menu=draft, kind=MenuList.CHECKS, rows=[]),
        lambda who: actions.change_types(by=who, menu=draft, rows=[]),
        lambda who: actions.change_words(by=who, menu=draft, short="短い"),
    )
    for write in writes:
        with pytest.raises(PermissionDenied):
            write(head)
    other = draft.programme.menus.get(number=4)
    with pytest.raises(Refusal, match="補助金のメニューだけ"):
        actions.change_types(by=by, menu=other, rows=[])
    with pytest.raises(Refusal, match="補助金のメニューだけ"):
        actions.change_rows(by=by, menu=other, kind=MenuList.RULES, rows=[])
    Programme.objects.filter(pk=draft.programme_id).update(
        state="closed", published_at="2027-04-01T00:00Z", closed_at="2028-06-01T00:00Z"
    )
    for write in writes:
        with pytest.raises(Refusal, match="終了した事業"):
            write(by)


def test_of_two_who_edit_a_list_the_later_one_is_told(desk: Client, draft: Menu) -> None:
    mine = form_of(desk.get(url(draft, "checks")))
    other = Client()
    other.force_login(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    assert send(other, url(draft, "checks"), text_1="先に直した文").status_code == 303
    told = desk.post(url(draft, "checks"), {**mine, "text_1": "あとの文"})
    assert told.status_code == 409
    for words in ("ほかの人が直して保存しました", "先に直した文", "あとの文"):
        assert words in text_of(told)
    assert desk.post(url(draft, "checks"), form_of(told)).status_code == 303
    assert kept(draft).checklist[0]["text"] == "あとの文"


def test_the_draft_of_a_municipality_is_not_named_to_who_maintains_the_menu(
    by: UserActor, town: Town
) -> None:
    menu = kept(open_call().menu)
    kind = menu.project_types.first()
    assert kind is not None
    draft = actions.start_application(
        by=town.officer, call=open_call(), municipality=town.area, title="まだ言わない企画", project_type=kind
    )
    with pytest.raises(Refusal, match="下書きの申請が、いまの内容によっている") as refused:
        actions.change_types(by=by, menu=menu, rows=[])
    assert draft.title not in refused.value.message


@pytest.mark.parametrize(("number", "file"), [(1, dispatch), (2, workshop)])
def test_a_name_stays_once_a_file_of_1_or_2_has_it_in_its_papers(
    by: UserActor, town: Town, number: int, file: Any
) -> None:
    made = file.draft(town)
    actions.change_words(by=by, menu=kept(made.menu), title="はじめの名前")
    type(made).objects.filter(pk=made.pk).update(
        state="requested" if number == 1 else "returned", submitted_at=clock.now(), version=1
    )
    with pytest.raises(Refusal, match="名前と見出しは変えられません"):
        actions.change_words(by=by, menu=kept(made.menu), title="あとの名前")


def test_a_name_stays_once_a_theme_was_proposed(by: UserActor, town: Town) -> None:
    theme = commission.proposed_theme(town)
    with pytest.raises(Refusal, match="名前と見出しは変えられません"):
        actions.change_words(by=by, menu=kept(theme.menu), title="あとの名前")
