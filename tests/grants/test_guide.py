"""The guide: what it names is never refused afterwards, and of every other menu it says why."""

from datetime import date
from itertools import product

import pytest

from communities import actions as communities
from communities.enums import PlatformPhase
from grants import actions, queries
from grants.calculations import ExpenseRow
from grants.enums import Applicant
from grants.guide import ANY, NO_PLATFORM, STAGE, WANT, Answers, Judged, Moment, Purse, Question, judge
from grants.models import Call, Programme
from portal.kernel import clock
from portal.kernel.refusals import Refusal
from tests.factories.grants import Town, open_call
from tests.support.world import ClockFile

COSTS = (None, 1_999, 2_000, 1_500_001)


@pytest.fixture
def programme(db: None, on_a_wednesday: ClockFile) -> Programme:
    open_call()
    return queries.for_guide()[0]


def answers(**changes: object) -> Answers:
    given = {
        "who": "municipality", "want": ANY, "stage": "forming", "purse": "shared", "cost_yen": 1_000_000,
        "moment": "now", "students": False,
    }  # fmt: skip
    return Answers(**given | changes)  # type: ignore[arg-type]


def judged(programme: Programme, given: Answers) -> dict[int, Judged]:
    return {row.menu.number: row for row in judge(programme.menus.all(), given, clock.now())}


def why_not(programme: Programme, number: int, **changes: object) -> set[str]:
    """The questions that rule the menu out."""
    return {finding.question for finding in judged(programme, answers(**changes))[number].reasons}


def test_every_answer_names_only_menus_whose_own_terms_allow_it(programme: Programme) -> None:
    """All 3,200 answers: who may apply, wish, stage, share, cap, call and students, read from the menus' rows."""
    seen: set[int] = set()
    menus, at = list(programme.menus.all()), clock.now()
    questions = product(
        Applicant.values, [value for value, _ in WANT], [value for value, _ in STAGE], Purse.values, COSTS,
        Moment.values, (True, False),
    )  # fmt: skip
    for who, want, stage, purse, cost, moment, students in questions:
        given = Answers(
            who=who, want=want, stage=stage, purse=purse, cost_yen=cost, moment=moment, students=students
        )
        for row in judge(menus, given, at):
            menu = row.menu
            if not row.fits:
                assert all(finding.text for finding in row.reasons)
                continue
            seen.add(menu.number)
            assert who in menu.applicants
            assert want in {ANY, menu.table}
            assert not menu.wanted_stages or stage in menu.wanted_stages
            assert menu.students or not students
            assert menu.share == 1 or purse == Purse.SHARED
            if menu.number == 4 and cost is not None:
                assert cost <= 1_500_000
            if menu.number == 3:
                assert cost is None or cost >= 2_000
                assert moment == Moment.LATER or row.call.is_open(at)
                assert row.types
    assert seen == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("number", "table"), [(1, "dispatch"), (2, "workshop"), (3, "subsidy"), (4, "commission")]
)
def test_each_menu_is_named_for_its_wish_and_no_other_is(
    programme: Programme, number: int, table: str
) -> None:
    rows = judged(programme, answers(want=table))
    assert [key for key, row in rows.items() if row.fits] == [number]
    assert all(row.reasons[0].question == Question.WANT for key, row in rows.items() if key != number)


@pytest.mark.parametrize(
    ("who", "numbers"),
    [("municipality", {1, 2, 3, 4}), ("organisation", {2}), ("npo", {4}), ("prefecture", {2})],
)
def test_who_asks_decides_as_the_menus_say(programme: Programme, who: str, numbers: set[int]) -> None:
    assert {key for key, row in judged(programme, answers(who=who)).items() if row.fits} == numbers


@pytest.mark.parametrize(
    ("stage", "types", "fitting"),
    [
        (NO_PLATFORM, [], {1, 2}),
        ("considering", ["2-1"], {1, 2, 3}),
        ("preparing", ["1-1"], {1, 2, 3}),
        ("forming", ["1-1", "1-2"], {1, 2, 3, 4}),
        ("sustaining", ["1-2"], {1, 2, 3, 4}),
    ],
)
def test_the_stage_chooses_the_menus_and_the_type(
    programme: Programme, stage: str, types: list[str], fitting: set[int]
) -> None:
    rows = judged(programme, answers(stage=stage))
    assert [kind.code for kind in rows[3].types] == types
    assert {key for key, row in rows.items() if row.fits} == fitting


def test_money_rules_out_by_share_cap_and_rounding(programme: Programme) -> None:
    assert why_not(programme, 3, purse="none") == {Question.MONEY}
    assert why_not(programme, 3, cost_yen=1_999) == {Question.MONEY}
    assert why_not(programme, 3, cost_yen=2_000) == set()
    assert why_not(programme, 4, cost_yen=1_500_000) == set()
    assert why_not(programme, 4, cost_yen=1_500_001) == {Question.MONEY}
    assert why_not(programme, 1, cost_yen=9_000_000, purse="none") == set()
    texts = [row.text for row in judged(programme, answers(cost_yen=2_400_000))[3].findings]
    assert any("補助金は1,000,000円、残りは1,400,000円" in text for text in texts)


def test_without_an_open_call_the_subsidy_is_only_for_later(programme: Programme, clock: ClockFile) -> None:
    clock.set("2026-12-03T17:01:00+09:00")
    assert why_not(programme, 3) == {Question.WHEN}
    assert why_not(programme, 3, moment="later") == set()
    assert why_not(programme, 2) == set()


def test_students_are_asked_of_the_menu(programme: Programme) -> None:
    programme.menus.filter(number=3).update(students=False)
    changed = queries.for_guide()[0]
    assert why_not(changed, 3, students=True) == {Question.WHEN}
    assert why_not(changed, 3, students=False) == set()


def test_the_data_of_a_menu_is_the_only_rule(programme: Programme) -> None:
    """Changing the row changes the guide and the refusal together."""
    programme.menus.filter(number=3).update(applicants=["npo"])
    call = Call.objects.get(pk=open_call().pk)
    town = Town()
    assert why_not(queries.for_guide()[0], 3) == {Question.WHO}
    with pytest.raises(Refusal, match="申請できるのは、NPO法人等です"):
        actions.start_application(by=town.officer, call=call, municipality=town.area)


@pytest.mark.parametrize("stage", PlatformPhase.values)
@pytest.mark.parametrize("cost", [2_000, 1_333_999, 2_400_000])
def test_what_the_guide_names_can_be_applied_for(town: Town, stage: str, cost: int) -> None:
    """Start, type, stage and amount: what the guide asked is not refused, and the amount is the one it said."""
    open_call()
    given = answers(want="subsidy", stage=stage, cost_yen=cost)
    row = judged(queries.for_guide()[0], given)[3]
    assert row.fits
    platform = communities.register_platform(
        by=town.officer, area=town.area, name="西地区の会", kana="ニシチクノカイ", summary="", districts=[], stage=stage,
        since_on=date(2026, 4, 1),
    )  # fmt: skip
    for kind in row.types:
        case = actions.start_application(
            by=town.officer, call=row.call, municipality=town.area, title="試みの事業", project_type=kind
        )
        assert case.project_type == kind
        actions.save_target(
            by=town.officer, application=case, revision=0, title="試みの事業", platform=platform, project_type=kind,
            mode="direct",
        )  # fmt: skip
        expense = ExpenseRow(setsu=11, description="行事保険", unit_price_yen=cost)
        actions.save_budget(
            by=town.officer, application=case, revision=0, expenses=[expense], incomes=[], share_yen=cost
        )
        assert case.stage_fits
        assert f"補助金は{case.grant_yen:,}円" in " ".join(finding.text for finding in row.findings)


def test_a_type_of_another_menu_is_refused(town: Town) -> None:
    call = open_call()
    other = Programme.objects.get(slug="kagoshima-r6").menus.get(number=3).project_types.get(code="1-1")
    with pytest.raises(Refusal) as refused:
        actions.start_application(by=town.officer, call=call, municipality=town.area, project_type=other)
    assert refused.value.field == "project_type"
