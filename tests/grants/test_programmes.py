"""Programmes as data: the source word for word, the current year as a copy with its call."""

import pytest

from grants import programmes, queries
from grants.enums import Setsu
from grants.models import Call, Menu, Programme
from portal.kernel import audit, clock
from portal.kernel.actors import JobActor
from tests.support.world import ClockFile

BY = JobActor("tests")
# What the prefecture's paper says, with its white space and list marks taken out (shared source, 令和6年度).
PHRASES = [
    "「共生・協働の地域社会づくり」に向け、地域の多様な主体が連携・協力して地域の課題解決等に取り組んでいくための",
    "主に小学校区や中学校区などの範囲において、自治会、NPO、子ども会、青年団など多様な主体が協働して、",
    "地域課題に対応するための財源についても整理する必要がある。",
    "県主催，県・市町村共催，県・地域コミュニティ組織共催のほか，市町村主催で予定している研修・会合等への活用も対象です。",
    "県がアドバイザーの謝金・旅費・相談対応費などを負担（県で委託契約）",
    "コミプラ形成初期（設立準備含む）の地域の健全な運営に向けた事業",
    "コミプラ形成地域の取組を持続可能なものとするための事業",
    "コミプラ形成検討地域における多様な主体が協働する地域課題解決に向けた新たな取組となる事業",
    "県（1/2），市町村（1/2）",
    "※1市町村あたり上限100万円",
    "（1件程度採択）",
    "県（10/10）（県委託事業）（上限額1,500千円）",
    "※ ①～④における学生サポーターの活用可能",
    "※ 本事業は、令和6年度当初予算の成立が前提であり、今後内容等に変更がある場合があります。",
]


@pytest.fixture
def loaded(db: None, on_a_wednesday: ClockFile) -> list[Programme]:
    return programmes.load(by=BY)


def test_source_year_holds_the_source_word_for_word(loaded: list[Programme]) -> None:
    source = loaded[0]
    menus = source.menus.prefetch_related("project_types")
    said = "\n".join(
        [source.purpose, source.definition, *source.reasons, *source.notes]
        + [text for menu in menus for text in (*menu.content, *menu.examples, menu.cost, *menu.cost_notes)]
        + [kind.text for menu in menus for kind in menu.project_types.all()]
    )
    for phrase in PHRASES:
        assert phrase in said, phrase


def test_source_year_holds_the_sources_numbers(loaded: list[Programme]) -> None:
    terms = {
        menu.number: (menu.share_label, menu.cap_yen, menu.cap_scope, menu.adopted_about)
        for menu in loaded[0].menus.all()
    }
    assert terms == {
        1: ("10/10", None, "none", None),
        2: ("10/10", None, "none", None),
        3: ("1/2", 1_000_000, "municipality", None),
        4: ("10/10", 1_500_000, "contract", 1),
    }
    assert not Call.objects.filter(menu__programme=loaded[0]).exists()


def test_load_again_changes_nothing(loaded: list[Programme]) -> None:
    before = [list(model.objects.order_by("pk").values()) for model in (Programme, Menu, Call)]
    entries = audit.history(loaded[0]), audit.history(loaded[1])
    programmes.load(by=BY)
    assert [list(model.objects.order_by("pk").values()) for model in (Programme, Menu, Call)] == before
    assert (audit.history(loaded[0]), audit.history(loaded[1])) == entries


def test_current_year_has_one_open_call_that_closes_on_a_business_day(loaded: list[Programme]) -> None:
    assert [row.slug for row in loaded] == ["kagoshima-r6", "kagoshima-r8"]
    call = queries.open_calls(clock.now()).get()
    assert (call.title, call.menu.number) == ("第2次募集", 3)
    assert call.deadline.label == "令和8年12月3日(木)17時必着(2026年12月3日)"
    assert call.closes_at == call.deadline.closes_at
    assert call.menu.programme.provisional is False


@pytest.mark.parametrize(
    ("today", "slugs", "open_in"),
    [
        ("2027-03-31", ["kagoshima-r6", "kagoshima-r8", "kagoshima-r9"], "kagoshima-r9"),
        ("2027-04-01", ["kagoshima-r6", "kagoshima-r9"], "kagoshima-r9"),
    ],
)
def test_load_at_the_turn_of_the_year(
    db: None, clock: ClockFile, today: str, slugs: list[str], open_in: str
) -> None:
    clock.set(today)
    loaded = programmes.load(by=BY)
    assert [row.slug for row in loaded] == slugs
    from portal.kernel import clock as kernel_clock

    call = queries.open_calls(kernel_clock.now()).get()
    assert call.menu.programme.slug == open_in
    assert call.menu.programme.provisional is (today == "2027-03-31")
    proviso = [note for note in call.menu.programme.notes if "当初予算の成立が前提" in note]
    assert bool(proviso) is (today == "2027-03-31")


def test_every_paper_and_rule_of_the_menu_is_whole(loaded: list[Programme]) -> None:
    menu = loaded[1].menus.get(number=3)
    assert {row["key"] for row in menu.documents if row["made_here"]} == {"application", "plan", "budget"}
    codes = set(menu.project_types.values_list("code", flat=True))
    for row in menu.attachable:
        assert set(row["required_for"]) <= codes
    assert {rule.effect for rule in menu.rules} == {"exclude", "notice"}
    assert all(set(rule.setsu) <= set(Setsu.values) and rule.text for rule in menu.rules)
