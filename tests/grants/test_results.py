"""実績報告: written by the municipality, filed by its chief, refused where it is not right, returned and filed again."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants.enums import ApplicationState
from grants.models import Application, ResultReport
from grants.settlement import personal, queries, steps
from grants.settlement.actions import results
from grants.settlement.papers import RESULT
from grants.settlement.rows import ExpenseActual
from portal.accounts.scope import Scope
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel import audit, ports
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.deciding import GRANT_YEN, decided
from tests.factories.grants import Town, staged
from tests.factories.settlement import DONE, TEXTS, expenses_of, incomes_of, reported, written
from tests.support.world import ClockFile


@pytest.fixture
def case(town: Town, clock: ClockFile) -> Application:
    """A decided file after its planned end."""
    made = decided(town)
    clock.set(DONE)
    return made


def file(town: Town, case: Application) -> Application:
    return results.file_result(by=town.chief, application=case)


def test_a_result_is_written_filed_and_printed(town: Town, case: Application) -> None:
    written(town, case, less_yen=20_000, claimed_yen=700_000)
    file(town, case)
    report = ResultReport.objects.get()
    assert (case.state, report.version) == (ApplicationState.REPORTED, 1)
    assert (report.total_yen, report.base_yen, report.computed_yen) == (1_472_000, 1_400_000, 700_000)
    paper = Document.objects.get(kind=RESULT)
    assert (paper.object_id, paper.own_number, paper.year) == (case.pk, "試企第9号", 2026)
    said = paper.snapshot["body"]
    assert said["claimed_yen"] == 700_000
    carrier = next(row for row in said["expenses"] if row["label"].startswith("12"))
    assert (carrier["budget_yen"], carrier["actual_yen"], carrier["difference"]) == (
        780_000,
        760_000,
        "△20,000円",
    )
    assert [row["label"] for row in said["income"]] == ["県補助金", "市町村負担", "特定財源"]
    assert sum(row["actual_yen"] for row in said["income"]) == said["total_yen"]
    assert sum(row["budget_yen"] for row in said["income"]) == said["budget_total_yen"]
    assert papers.content(paper).startswith(b"%PDF")
    told = OutboxMessage.objects.get(template="grants/mail/settlement/result_reported")
    assert told.to_address == town.prefecture_user.email
    assert "700,000円" in told.body
    lines = [entry.event for entry in audit.history(case)]
    assert "grants.application.report_result" in lines
    assert all(event in ports.audit_presenters for event in lines)


def test_what_a_rule_excludes_is_wholly_ineligible_whatever_was_typed(town: Town, case: Application) -> None:
    rows = [
        *expenses_of(case),
        ExpenseActual(setsu=10, description="懇親会の飲食", budget_yen=0, actual_yen=30_000),
    ]
    written(town, case, expenses=rows)
    line = ResultReport.objects.get().expenses.get(description="懇親会の飲食")
    assert line.ineligible_yen == 30_000
    amounts = queries.amounts_of(case, queries.report_of(case))  # type: ignore[arg-type]
    assert (amounts.total_yen, amounts.base_yen, amounts.grant_yen) == (1_522_000, 1_420_000, GRANT_YEN)


def test_only_the_chief_files_and_only_the_town_writes(town: Town, case: Application) -> None:
    written(town, case)
    with pytest.raises(PermissionDenied):
        results.file_result(by=town.officer, application=case)
    other = Town(office=town.office)
    for actor in (town.prefecture, other.chief):
        with pytest.raises(PermissionDenied):
            results.save_result(by=actor, application=case, expenses=[], incomes=[])
        with pytest.raises(PermissionDenied):
            results.file_result(by=actor, application=case)
    assert Application.objects.get(pk=case.pk).state == ApplicationState.DECIDED


def test_a_result_above_the_decision_or_above_its_costs_is_refused(town: Town, case: Application) -> None:
    written(town, case, claimed_yen=GRANT_YEN + 1000)
    with pytest.raises(Refusal, match="交付決定額") as refused:
        file(town, case)
    assert (refused.value.code, refused.value.field) == ("above", "claimed_yen")
    written(town, case, less_yen=20_000, claimed_yen=GRANT_YEN)
    with pytest.raises(Refusal, match="700,000円") as refused:
        file(town, case)
    assert refused.value.code == "above_computed"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"completed_on": None}, "incomplete"),
        ({"completed_on": date(2027, 3, 26)}, "future"),
        ({"completed_on": date(2027, 1, 11)}, "order"),
        ({"content": " "}, "incomplete"),
        ({"outcome": ""}, "incomplete"),
        ({"claimed_yen": None}, "incomplete"),
    ],
)
def test_what_is_missing_is_named(town: Town, case: Application, changed: dict[str, Any], code: str) -> None:
    written(town, case)
    ResultReport.objects.update(**changed)
    with pytest.raises(Refusal) as refused:
        file(town, case)
    assert refused.value.code == code
    assert not Document.objects.filter(kind=RESULT).exists()


def test_what_ends_after_the_year_is_no_result_of_it(town: Town, case: Application, clock: ClockFile) -> None:
    written(town, case)
    clock.set("2027-06-30T10:00:00+09:00")
    for completed_on, code in ((date(2027, 4, 1), "year"), (date(2027, 3, 31), "")):
        ResultReport.objects.update(completed_on=completed_on)
        if code:
            with pytest.raises(Refusal, match="令和9年3月31日まで") as refused:
                file(town, case)
            assert (refused.value.code, refused.value.field) == (code, "completed_on")
        else:
            file(town, case)


def test_without_evidence_or_a_word_nothing_is_filed(town: Town, case: Application) -> None:
    with pytest.raises(Refusal, match="まだ書かれていません"):
        file(town, case)
    written(town, case)
    row = ResultReport.objects.get().files.get()
    results.remove_evidence(by=town.officer, file=row)
    results.remove_evidence(by=town.officer, file=row)
    with pytest.raises(Refusal, match="証拠書類") as refused:
        file(town, case)
    assert refused.value.code == "evidence"
    with pytest.raises(Refusal, match="もう一度選んで"):
        results.add_evidence(by=town.officer, application=case, title="写し", file=row.file)


def test_income_above_the_costs_is_refused(town: Town, case: Application) -> None:
    written(town, case)
    ResultReport.objects.get().incomes.update(actual_yen=900_000)
    ResultReport.objects.update(claimed_yen=0)
    ResultReport.objects.get().expenses.exclude(setsu=12).update(actual_yen=0, ineligible_yen=0)
    with pytest.raises(Refusal, match="超えています") as refused:
        file(town, case)
    assert refused.value.code == "balance"


def test_a_returned_result_is_written_again_and_its_paper_replaced(town: Town, case: Application) -> None:
    reported(town, case)
    seen = queries.files_visible_to(Scope.of(town.prefecture))
    assert seen.count() == 1
    with pytest.raises(Refusal, match="理由"):
        results.return_result(by=town.prefecture, application=case, note=" ")
    results.return_result(by=town.prefecture, application=case, note="領収書の日付が読めません。")
    assert (case.state, case.reported_at) == (ApplicationState.DECIDED, None)
    assert not seen.all().exists(), "what is being written again is the municipality's own"
    body = OutboxMessage.objects.filter(template="grants/mail/settlement/result_returned").first()
    assert body is not None
    assert "領収書の日付" in body.body
    assert ResultReport.objects.get().returned_note
    written(town, case)
    file(town, case)
    assert ResultReport.objects.get().version == 2
    assert sorted(Document.objects.filter(kind=RESULT).values_list("state", flat=True))[-1] == "replaced"
    with pytest.raises(Refusal) as refused:
        file(town, case)
    assert refused.value.code == "moved"


def test_a_returned_result_may_be_emptied_and_come_to_more(town: Town, case: Application) -> None:
    """What was filed before binds nobody while it is written again."""
    file(town, written(town, case, less_yen=20_000, claimed_yen=700_000))
    filed = ResultReport.objects.get()
    results.return_result(by=town.prefecture, application=case, note="会場費が抜けています。")
    results.save_result(
        by=town.officer, application=case, expenses=expenses_of(case), incomes=incomes_of(case), completed_on=None,
        claimed_yen=None, outlay_yen=None, own_number="", **(TEXTS | {"content": ""}),
    )  # fmt: skip
    file(town, written(town, case))
    again = ResultReport.objects.get()
    assert (again.version, again.computed_yen > filed.computed_yen) == (2, True)
    assert again.claimed_yen == GRANT_YEN > (filed.claimed_yen or 0)


def test_the_due_day_follows_the_menu_and_the_next_step_says_it(town: Town, case: Application) -> None:
    assert queries.due_on(case) == date(2027, 4, 10)
    assert queries.due_on(case, date(2027, 2, 1)) == date(2027, 3, 3)
    case.menu.result_days, case.menu.result_april_day = 14, 5
    assert queries.due_on(case) == date(2027, 4, 2)
    step = steps.for_town(case)
    assert step is not None
    assert (step.action, step.due_on) == ("実績報告を開く", date(2027, 4, 2))
    reported(town, case)
    office = steps.for_office(case)
    assert office is not None
    assert office.action == "検査する"


def test_who_asks_gets_what_is_held_of_them(town: Town, case: Application) -> None:
    reported(town, case)
    held = personal.rows(town.officer_user.pk)
    assert held["実績報告"][0]["書いた"] is True
    assert held["実績の証拠書類"][0]["ファイル名"] == "領収書.pdf"
    assert personal.rows(town.chief_user.pk)["実績報告"][0]["報告した"] is True


def test_a_file_of_another_person_is_not_taken(town: Town, case: Application) -> None:
    with pytest.raises(Refusal, match="もう一度選んで"):
        results.add_evidence(
            by=town.officer, application=case, title="写し", file=staged(town.chief, "写し.pdf")
        )
