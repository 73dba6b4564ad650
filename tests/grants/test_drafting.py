"""Starting an application and saving its sections."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions, queries
from grants.calculations import ExpenseRow, IncomeRow
from grants.enums import ApplicationState, Mode, Part
from grants.models import ApplicationPart, CapAccount
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor
from tests.factories.areas import NIIGATA, area
from tests.factories.grants import EXPENSES, INCOMES, TEXTS, Town, menu, open_call
from tests.support.world import ClockFile


def part(application, key: str) -> ApplicationPart:
    return ApplicationPart.objects.get(application=application, key=key)


def test_start_opens_a_draft_routed_to_the_regional_office(town: Town) -> None:
    application = town.draft()
    assert application.state == ApplicationState.DRAFT
    assert application.office == town.office
    assert application.applicant_title == f"{town.area.name}長"
    assert set(application.parts.values_list("key", "revision")) == {(key, 0) for key in Part.values}
    assert CapAccount.objects.get(municipality=town.area).limit_yen == 1_000_000
    entry = audit.history(application)[0]
    assert (entry.event, entry.actor_ref) == ("grants.application.started", town.officer.ref)
    assert entry.data == {"call": str(application.call_id), "office": str(town.office.pk)}


def test_start_twice_opens_two_drafts_under_one_cap(town: Town) -> None:
    assert town.draft().pk != town.draft().pk
    assert CapAccount.objects.filter(municipality=town.area).count() == 1


def test_start_by_a_stranger_is_denied(town: Town) -> None:
    with pytest.raises(PermissionDenied, match="その市町村の担当者"):
        actions.start_application(by=actor(UserFactory()), call=open_call(), municipality=town.area)
    with pytest.raises(PermissionDenied):
        actions.start_application(by=Town().officer, call=open_call(), municipality=town.area)


def test_start_after_the_deadline_is_refused(town: Town, clock: ClockFile) -> None:
    call = open_call()
    clock.set("2026-12-03T17:01:00+09:00")
    with pytest.raises(Refusal, match="受付の期間ではありません"):
        actions.start_application(by=town.officer, call=call, municipality=town.area)


def test_start_under_a_menu_without_application_here_is_refused(town: Town) -> None:
    call = open_call()
    call.menu = menu(4)
    with pytest.raises(Refusal, match="まだこの画面からは出せません"):
        actions.start_application(by=town.officer, call=call, municipality=town.area)


def test_start_in_another_prefecture_is_refused(town: Town) -> None:
    from portal.accounts.enums import Role
    from tests.factories.accounts import officer

    city_officer = actor(officer(Role.MUNICIPAL_OFFICER, NIIGATA))
    with pytest.raises(Refusal, match="その県の市町村"):
        actions.start_application(by=city_officer, call=open_call(), municipality=area(NIIGATA))


def test_save_target_stores_and_counts_its_revision(town: Town) -> None:
    application = town.fill_target(town.draft())
    application.refresh_from_db()
    assert (application.platform, application.project_type.code, application.mode) == (
        town.platform,
        "1-2",
        Mode.DIRECT,
    )
    saved = part(application, Part.TARGET)
    assert (saved.revision, saved.saved_by) == (1, town.officer_user)
    entry = audit.history(saved)[0]
    assert (entry.event, entry.data) == ("grants.applicationpart.saved", {"part": "target", "revision": 1})


def test_save_target_with_another_towns_platform_is_refused(town: Town) -> None:
    application = town.draft()
    with pytest.raises(Refusal, match="申請する市町村のもの"):
        actions.save_target(
            by=town.officer, application=application, revision=0, title="x", platform=Town().platform,
            project_type=None, mode="direct",
        )  # fmt: skip
    assert part(application, Part.TARGET).revision == 0


def test_stage_that_does_not_fit_the_type_is_kept_and_shown(town: Town) -> None:
    assert town.fill_target(town.draft(), code="1-2").stage_fits is True
    assert town.fill_target(town.draft(), code="2-1").stage_fits is False
    assert town.draft().stage_fits is None


def test_leaving_indirect_mode_clears_what_only_it_has(town: Town) -> None:
    application = town.fill_target(town.draft(), mode="indirect")
    actions.save_budget(
        by=town.officer, application=application, revision=0, expenses=EXPENSES, share_yen=0, outlay_yen=600_000,
        incomes=[IncomeRow(kind="own", description="会費の積立", amount_yen=100_000)],
    )  # fmt: skip
    actions.save_target(
        by=town.officer, application=application, revision=1, title="x", platform=town.platform, project_type=None,
        mode="direct",
    )  # fmt: skip
    application.refresh_from_db()
    assert application.outlay_yen is None
    assert not application.incomes.exists()


def test_save_plan_stores_texts_and_days(town: Town) -> None:
    application = town.fill_plan(town.draft())
    application.refresh_from_db()
    assert (application.starts_on, application.ends_on) == (date(2027, 1, 12), date(2027, 3, 19))
    assert part(application, Part.PLAN).texts == TEXTS


def test_save_plan_that_ends_before_it_starts_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="完了予定"):
        actions.save_plan(
            by=town.officer, application=town.draft(), revision=0, starts_on=date(2027, 2, 1),
            ends_on=date(2027, 1, 1), texts={},
        )  # fmt: skip


def test_save_budget_applies_the_rules_and_counts_the_amounts(town: Town) -> None:
    application = town.fill_budget(town.draft())
    application.refresh_from_db()
    assert (application.total_yen, application.base_yen, application.grant_yen) == (
        1_492_000,
        1_420_000,
        710_000,
    )
    lunch = application.expenses.get(description__startswith="参加者の昼食")
    assert (lunch.amount_yen, lunch.ineligible_yen) == (32_000, 32_000)
    assert [line.position for line in application.expenses.all()] == list(range(len(EXPENSES)))


def test_save_budget_again_replaces_the_rows(town: Town) -> None:
    application = town.fill_budget(town.draft())
    actions.save_budget(
        by=town.officer,
        application=application,
        revision=1,
        expenses=EXPENSES[:1],
        incomes=[],
        share_yen=None,
    )
    assert application.expenses.count() == 1
    assert not application.incomes.exists()
    assert application.share_yen is None


def test_save_budget_accepts_an_imbalance(town: Town) -> None:
    application = town.fill_budget(town.draft(), share_yen=1)
    case = queries.with_papers(queries.visible_to(_scope(town.officer))).get(pk=application.pk)
    assert not queries.amounts(case, queries.cap(case)).is_balanced


@pytest.mark.parametrize(
    "row",
    [
        ExpenseRow(setsu=7, description="x", unit_price_yen=10, ineligible_yen=11),
        ExpenseRow(setsu=7, description="x", unit_price_yen=99_999_999_999, quantity=2),
    ],
)
def test_save_budget_with_a_figure_out_of_range_is_refused(town: Town, row: ExpenseRow) -> None:
    application = town.draft()
    with pytest.raises(Refusal, match="金額か対象外の額"):
        actions.save_budget(
            by=town.officer, application=application, revision=0, expenses=[row], incomes=[], share_yen=None
        )
    assert not application.expenses.exists()


def test_save_budget_with_too_many_rows_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="200行まで"):
        actions.save_budget(
            by=town.officer, application=town.draft(), revision=0, expenses=EXPENSES * 30, incomes=INCOMES,
            share_yen=None,
        )  # fmt: skip


def test_own_money_counts_only_in_indirect_mode(town: Town) -> None:
    own = [IncomeRow(kind="own", description="自己資金", amount_yen=5)]
    for mode, rows in (("direct", 0), ("indirect", 1)):
        application = town.fill_target(town.draft(), mode=mode)
        actions.save_budget(
            by=town.officer, application=application, revision=0, expenses=[], incomes=own, share_yen=None
        )
        assert application.incomes.count() == rows


def test_save_by_another_town_is_denied(town: Town) -> None:
    application = town.draft()
    with pytest.raises(PermissionDenied):
        actions.save_confirm(
            by=Town().officer, application=application, revision=0, applicant_title="", applicant_name="x"
        )


def test_save_after_submission_is_refused(town: Town) -> None:
    application = town.submitted()
    with pytest.raises(Refusal, match="いま「提出済み」です"):
        actions.save_confirm(
            by=town.officer, application=application, revision=1, applicant_title="", applicant_name="x"
        )


def _scope(by):
    from portal.accounts.scope import Scope

    return Scope.of(by)
