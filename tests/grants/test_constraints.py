"""Every constraint: one row that the database refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from grants.models import (
    Application,
    ApplicationPart,
    ApplicationSnapshot,
    BudgetLine,
    Call,
    CapAccount,
    CapUse,
    ExpenseLine,
    IncomeLine,
    Menu,
    NeedsAnswer,
    NeedsItem,
    NeedsSurvey,
    Programme,
    ProjectType,
    SetAside,
)
from portal.kernel import clock
from tests.factories.grants import Town


def refuses(name: str, write: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def copy(row: Any, **changes: Any) -> Callable[[], Any]:
    """Write the same row again under a new key, with changes."""

    def write() -> None:
        twin = type(row).objects.get(pk=row.pk)
        twin.pk = type(row)._meta.pk.get_default()
        for name, value in changes.items():
            setattr(twin, name, value)
        twin.save(force_insert=True)

    return write


def change(row: Any, **changes: Any) -> Callable[[], Any]:
    return lambda: type(row).objects.filter(pk=row.pk).update(**changes)


def test_programmes_and_menus(town: Town) -> None:
    call = town.draft().call
    menu, programme = call.menu, call.menu.programme
    refuses("programme_one_a_year", copy(programme, slug="another"))
    refuses("slug", copy(programme, title="別の事業"))
    refuses("menu_number_once", copy(menu))
    refuses("menu_number_1_to_4", change(menu, number=5))
    refuses("menu_share_proper", change(menu, share_numerator=3))
    refuses("menu_cap_iff_scope", change(menu, cap_yen=None))
    refuses("projecttype_code_once", copy(menu.project_types.first()))
    refuses("call_title_once", copy(call))
    refuses("call_opens_before_it_closes", change(call, opens_at=call.closes_at))
    assert {Programme, Menu, ProjectType, Call}


def test_years_and_their_budget(town: Town) -> None:
    programme = town.draft().call.menu.programme
    now = clock.now()
    refuses("programme_provisional_until_passed", change(programme, provisional=True, budget_passed_on=now))
    refuses("programme_published_iff_left_draft", change(programme, published_at=None))
    refuses("programme_closed_iff_stamped", change(programme, closed_at=now))
    made = copy(programme, slug="one", title="写し1", copied_from=programme)
    made()
    refuses("programme_one_copy_a_year", copy(programme, slug="two", title="写し2", copied_from=programme))
    line = BudgetLine.objects.create(
        programme=programme, kan="款", kou="項", moku="目", setsu=18, amount_yen=1
    )
    refuses("budgetline_once", copy(line))
    refuses("budgetline_in_range", change(line, amount_yen=0))
    refuses("budgetline_in_range", change(line, setsu=5))


def test_needs_and_notices(town: Town) -> None:
    now = clock.now()
    survey = NeedsSurvey.objects.create(menu=town.draft().menu, due_on=now.date())
    answer = NeedsAnswer.objects.create(survey=survey, municipality=town.area)
    refuses("menu_id", copy(survey))
    refuses("needsanswer_once", copy(answer))
    refuses("needsanswer_answered_iff_sent", change(answer, answered_at=now))
    refuses("needsanswer_noticed_iff_told", change(answer, notice_yen=1))
    told = {"state": "noticed", "answered_at": now, "noticed_at": now}
    refuses("needsanswer_notice_in_range", change(answer, **told, notice_yen=10**12))
    item = NeedsItem.objects.create(answer=answer, priority=1, title="事業", amount_yen=1)
    refuses("needsitem_priority_once", copy(item))
    refuses("needsitem_in_range", change(item, priority=6))
    refuses("needsitem_in_range", change(item, amount_yen=0))


def test_states_and_their_stamps(town: Town) -> None:
    draft, submitted = town.ready(), town.submitted()
    refuses("application_submitted_iff_left_draft", change(draft, version=1))
    refuses("application_submitted_iff_left_draft", change(submitted, submitted_at=None))
    refuses("application_held_iff_taken", change(submitted, held_at=clock.now()))
    refuses("application_withdrawn_iff_stamped", change(draft, withdrawn_at=clock.now()))
    assert isinstance(draft, Application)


def test_application_rows(town: Town) -> None:
    draft, submitted = town.ready(), town.submitted()
    refuses("application_ends_after_start", change(draft, ends_on=draft.created_at.date()))
    refuses("application_outlay_only_indirect", change(draft, outlay_yen=1))
    refuses("application_grant_within_base", change(draft, grant_yen=draft.total_yen))
    refuses("application_submitted_complete", change(submitted, title=""))
    refuses("application_submitted_complete", change(submitted, platform=None))
    refuses("application_submitted_complete", change(submitted, grant_yen=0))


def test_parts(town: Town) -> None:
    part = ApplicationPart.objects.get(application=town.draft(), key="plan")
    refuses("applicationpart_once", copy(part))
    refuses("applicationpart_saved_iff_revised", change(part, revision=1))
    kept = SetAside.objects.create(part=part, based_on=0, sent={}, typed_by=town.officer_user)
    refuses("setaside_one_a_person", copy(kept))
    snapshot = town.submitted().snapshots.get()
    refuses("applicationsnapshot_number_once", copy(snapshot))
    assert isinstance(snapshot, ApplicationSnapshot)


def test_budget_rows(town: Town) -> None:
    application = town.ready()
    expense: ExpenseLine = application.expenses.first()
    income: IncomeLine = application.incomes.first()
    refuses("expenseline_position_once", copy(expense))
    refuses("expenseline_amount_is_product", change(expense, amount_yen=1))
    refuses("expenseline_ineligible_within", change(expense, ineligible_yen=expense.amount_yen + 1))
    refuses("expenseline_in_range", change(expense, setsu=5))
    refuses("expenseline_in_range", change(expense, quantity=0, amount_yen=0))
    refuses("incomeline_position_once", copy(income))
    refuses("incomeline_in_range", change(income, amount_yen=10**12))


def test_caps(town: Town) -> None:
    application = town.draft()
    account = CapAccount.objects.get(municipality=town.area)
    refuses("capaccount_one_a_year", copy(account))
    refuses(
        "capuse_application_iff_here",
        lambda: CapUse.objects.create(account=account, basis="decided", title="x", amount_yen=1),
    )
    refuses(
        "capuse_application_iff_here",
        lambda: CapUse.objects.create(
            account=account, basis="outside", title="x", amount_yen=1, application=application
        ),
    )
