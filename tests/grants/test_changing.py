"""変更: asked for with reason and new budget, answered by 決裁; amount, cap, 科目 and budget follow; every refusal."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from grants.actions import record_outside_use, send_back_approval, withdraw
from grants.enums import ApplicationState
from grants.models import Application, CapUse, ChangeRequest, Commitment
from grants.settlement import steps
from grants.settlement.actions import answering, results
from grants.settlement.actions import changing as actions
from grants.settlement.details import details
from grants.settlement.papers_changing import APPROVAL, REFUSAL, REQUEST
from grants.settlement.queries import changes as queries
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.deciding import GRANT_YEN, decided, line_of, open_approval
from tests.factories.grants import Town
from tests.factories.settlement import answered, changed_lines, changing, incomes_of, written
from tests.support.world import ClockFile

from .test_constraints import change, copy, refuses

HIGHER = 810_000  # what 200,000 more of eligible costs come to


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def charged(case: Application) -> list[int]:
    live = Commitment.objects.filter(approval__application=case, released_at__isnull=True)
    return sorted(live.values_list("amount_yen", flat=True))


def used(case: Application) -> tuple[int, str]:
    row = CapUse.objects.get(application=case)
    return row.amount_yen, row.basis


def test_a_higher_amount_is_asked_approved_and_everything_follows(town: Town, case: Application) -> None:
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    assert case.state == ApplicationState.CHANGING
    asked = Document.objects.get(kind=REQUEST)
    assert (asked.snapshot["body"]["asked_yen"], asked.own_number) == (HIGHER, "試企第8号")
    assert papers.content(asked).startswith(b"%PDF")
    assert used(case) == (GRANT_YEN, "decided")
    answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))
    assert used(case) == (HIGHER, "changing")
    assert charged(case) == [HIGHER - GRANT_YEN, GRANT_YEN]
    assert ("変更後の交付決定額", "810,000円") in details(open_approval(case))
    answered(town, case, document_number="く共第200号", commitment_number="負-56")
    assert (case.state, case.decided_yen, case.base_yen) == (ApplicationState.DECIDED, HIGHER, 1_620_000)
    assert (case.total_yen, case.share_yen) == (1_692_000, 1_692_000 - 40_000 - HIGHER)
    assert used(case) == (HIGHER, "decided")
    assert charged(case) == [HIGHER - GRANT_YEN, GRANT_YEN]
    carrier = case.expenses.get(setsu=12)
    assert (carrier.amount_yen, carrier.quantity) == (980_000, 1)
    assert case.expenses.get(setsu=8).quantity == 6, "what did not change keeps its unit price"
    letter = Document.objects.get(kind=APPROVAL)
    assert (letter.own_number, letter.snapshot["body"]["amount_yen"]) == ("く共第200号", HIGHER)
    assert papers.content(letter).startswith(b"%PDF")
    assert OutboxMessage.objects.filter(template="grants/mail/settlement/change_approved").count() == 2
    assert ChangeRequest.objects.get().answer == "approved"


def test_a_lower_amount_gives_cap_and_budget_back_when_it_is_signed(town: Town, case: Application) -> None:
    changing(town, case, more_yen=-200_000, asked_yen=610_000)
    answering.draft_approval(by=town.prefecture, application=case)
    assert used(case) == (GRANT_YEN, "changing")
    answered(town, case, commitment_number="")
    assert (case.decided_yen, used(case), charged(case)) == (610_000, (610_000, "decided"), [610_000])


def test_a_refused_change_leaves_everything_as_it_was(town: Town, case: Application) -> None:
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    answering.draft_refusal(by=town.prefecture, application=case, reason="予算に余裕がないため。")
    answered(town, case, commitment_number="")
    assert (case.state, case.decided_yen, case.total_yen) == (ApplicationState.DECIDED, GRANT_YEN, 1_492_000)
    assert used(case) == (GRANT_YEN, "decided")
    letter = Document.objects.get(kind=REFUSAL)
    assert letter.snapshot["body"]["why_not"] == "予算に余裕がないため。"
    assert papers.content(letter).startswith(b"%PDF")
    changing(town, case, content="会場を変える。")
    assert ChangeRequest.objects.count() == 2


def test_a_draft_sent_back_frees_what_it_used(town: Town, case: Application) -> None:
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))
    send_back_approval(by=town.prefecture, approval=open_approval(case), note="積算を確かめる。")
    case.refresh_from_db()
    assert (case.state, used(case), charged(case)) == (
        ApplicationState.CHANGING,
        (GRANT_YEN, "decided"),
        [GRANT_YEN],
    )
    step = steps.for_office(case)
    assert step is not None
    assert step.action == "変更に答える"


def test_a_small_change_needs_no_approval_and_a_large_one_does(town: Town, case: Application) -> None:
    for more, needed in ((156_000, False), (156_001, True)):
        actions.save_change(
            by=town.officer, application=case, expenses=changed_lines(case, more_yen=more), incomes=incomes_of(case),
            reason="燃料代が上がったため。", content="", ends_on=None, asked_yen=GRANT_YEN, outlay_yen=None, own_number="",
        )  # fmt: skip
        row = queries.open_change(case)
        assert row is not None
        assert queries.needs_approval(case, row) is needed
        if not needed:
            with pytest.raises(Refusal, match="承認は要りません"):
                actions.request_change(by=town.chief, application=case)
    actions.request_change(by=town.chief, application=case)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"asked_yen": 811_000}, "810,000円"),
        ({"asked_yen": 0}, "千円単位"),
        ({"asked_yen": 809_500}, "千円単位"),
        ({"asked_yen": HIGHER, "reason": " "}, "理由"),
        ({"asked_yen": HIGHER, "ends_on": date(2027, 4, 1)}, "令和9年3月31日まで"),
    ],
)
def test_what_does_not_hold_is_refused(
    town: Town, case: Application, values: dict[str, object], words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        changing(town, case, more_yen=200_000, **values)  # type: ignore[arg-type]
    assert Application.objects.get(pk=case.pk).state == ApplicationState.DECIDED


def test_the_cap_is_rechecked_when_the_answer_is_drafted(town: Town, case: Application) -> None:
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    use = {"by": town.prefecture, "municipality": town.area, "menu": case.menu, "title": "紙で決定した事業"}
    record_outside_use(amount_yen=200_000, **use)
    with pytest.raises(Refusal, match="800,000円") as refused:
        answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))
    assert refused.value.code == "cap"
    assert used(case) == (GRANT_YEN, "decided")


def test_what_rises_needs_a_line_that_holds_it(town: Town, case: Application) -> None:
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    with pytest.raises(Refusal, match="科目を選んで") as refused:
        answering.draft_approval(by=town.prefecture, application=case)
    assert refused.value.field == "line"
    line = line_of(town, case.menu)
    type(line).objects.filter(pk=line.pk).update(amount_yen=GRANT_YEN + 99_999)
    with pytest.raises(Refusal, match="残りは99,999円"):
        answering.draft_approval(by=town.prefecture, application=case, line=line)


def test_who_may_write_ask_and_answer(town: Town, case: Application) -> None:
    with pytest.raises(PermissionDenied):
        actions.save_change(by=town.prefecture, application=case, expenses=[], incomes=[])
    with pytest.raises(PermissionDenied):
        actions.request_change(by=town.officer, application=case)
    changing(town, case, content="会場を変える。")
    for by in (town.chief, Town().prefecture):
        with pytest.raises(PermissionDenied):
            answering.draft_approval(by=by, application=case)
        with pytest.raises(PermissionDenied):
            answering.draft_refusal(by=by, application=case, reason="x")
    with pytest.raises(Refusal, match="変更の審査中"):
        results.file_result(by=town.chief, application=case)


def test_a_result_that_was_begun_starts_from_the_new_budget(town: Town, case: Application) -> None:
    written(town, case, completed_on=date(2026, 11, 25))
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))
    answered(town, case, commitment_number="負-56")
    assert not case.result.expenses.exists()
    assert case.result.content, "the words stay"


def test_an_application_taken_back_after_a_change_frees_all_its_charges(
    town: Town, case: Application
) -> None:
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))
    answered(town, case, commitment_number="負-56")
    withdraw(by=town.chief, application=case, note="実施できなくなったため。")
    assert charged(case) == []
    assert not CapUse.objects.filter(application=case).exists()


def test_every_constraint(town: Town, case: Application) -> None:
    changing(town, case, more_yen=200_000, asked_yen=HIGHER)
    answering.draft_approval(by=town.prefecture, application=case, line=line_of(town, case.menu))
    row = ChangeRequest.objects.get()
    refuses("changerequest_number_once", copy(row, answered_at=row.filed_at, answer="approved"))
    refuses("changerequest_one_open", copy(row, number=2))
    refuses("changerequest_filed_complete", change(row, reason=""))
    refuses("changerequest_answered_iff_stamped", change(row, answer="approved"))
    refuses("changeexpense_position_once", copy(row.expenses.first()))
    refuses("changeexpense_in_range", change(row.expenses.first(), ineligible_yen=10**10))
    refuses("changeincome_position_once", copy(row.incomes.get()))
    refuses("changeincome_in_range", change(row.incomes.get(), changed_yen=10**12))
    decision = row.decisions.get()
    refuses("changedecision_amount_iff_approved", change(decision, amount_yen=None))
    refuses("changedecision_amount_iff_approved", change(decision, reason="理由"))


def test_a_change_without_a_rise_is_of_its_year_too(town: Town, case: Application, clock: ClockFile) -> None:
    changing(town, case, content="会場を変える。")
    answering.draft_approval(by=town.prefecture, application=case)
    clock.set("2027-04-01T10:00:00+09:00")
    with pytest.raises(Refusal, match="令和8年度のうちの日") as refused:
        answered(town, case, commitment_number="")
    assert refused.value.field == "decided_on"


def test_the_paper_of_a_change_of_the_end_is_made(town: Town, case: Application) -> None:
    actions.save_change(
        by=town.officer, application=case, expenses=changed_lines(case, more_yen=0), incomes=incomes_of(case),
        reason="台風のため。", content="", ends_on=date(2027, 3, 30), asked_yen=GRANT_YEN, outlay_yen=None, own_number="",
    )  # fmt: skip
    actions.request_change(by=town.chief, application=case)
    assert papers.content(Document.objects.get(kind=REQUEST)).startswith(b"%PDF")


def test_a_withdrawal_after_an_approved_change_makes_both_letters_void(town: Town, case: Application) -> None:
    changing(town, case, content="会場を変える。")
    answering.draft_approval(by=town.prefecture, application=case)
    answered(town, case, commitment_number="")
    withdraw(by=town.chief, application=case, note="実施できなくなったため。")
    letters = Document.objects.filter(kind__in=["grants.decision", APPROVAL])
    assert sorted(letters.values_list("kind", "state")) == [(APPROVAL, "void"), ("grants.decision", "void")]
