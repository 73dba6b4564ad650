"""Submitting, taking, giving up: happy, every refusal, twice."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from grants import actions
from grants.calculations import ExpenseRow
from grants.enums import ApplicationState
from grants.models import Application, ApplicationSnapshot
from portal.documents import queries as documents
from portal.kernel import audit
from portal.kernel.models import Job
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town, office
from tests.support.world import ClockFile


def nothing_was_kept(application: Application) -> bool:
    application.refresh_from_db()
    return (
        application.state == ApplicationState.DRAFT
        and not application.snapshots.exists()
        and not documents.of(application).exists()
    )


def test_submit_freezes_the_file_and_issues_one_paper(town: Town) -> None:
    application = actions.submit(by=town.chief, application=town.ready())
    assert (application.state, application.version) == (ApplicationState.SUBMITTED, 1)
    assert application.submitted_by == town.chief_user
    snapshot = application.snapshots.get()
    canonical = json.dumps(snapshot.data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert snapshot.digest == hashlib.sha256(canonical.encode()).hexdigest()
    file = snapshot.data["files"][0]
    assert file["sha256"] == application.attachments.get().file.sha256
    assert snapshot.data["amounts"]["grant_yen"] == 710_000
    document = documents.of(application).get()
    assert (document.year, document.own_number) == (2026, "試企第412号")
    assert document.check_number.startswith("R8-KC-")
    assert document.snapshot["body"]["subsidy"] == "令和8年度持続可能な地域コミュニティ構築促進補助金"
    assert Job.objects.filter(key=document.job_key).count() == 1
    events = [entry.event for entry in audit.history(application)]
    assert events[:2] == ["grants.application.filed", "grants.application.submit"]


def test_submit_twice_is_refused_and_gives_no_second_number(town: Town) -> None:
    application = town.submitted()
    with pytest.raises(Refusal, match="いま「提出済み」です") as refused:
        actions.submit(by=town.chief, application=application)
    assert refused.value.code == "moved"
    assert application.snapshots.count() == 1
    assert documents.of(application).count() == 1


def test_submit_by_the_officer_is_denied_with_the_reason(town: Town) -> None:
    application = town.ready()
    with pytest.raises(PermissionDenied, match="市町村の決裁者"):
        actions.submit(by=town.officer, application=application)
    assert nothing_was_kept(application)


def test_submit_by_another_towns_chief_is_denied(town: Town) -> None:
    application = town.ready()
    with pytest.raises(PermissionDenied):
        actions.submit(by=Town().chief, application=application)
    assert nothing_was_kept(application)


@pytest.mark.parametrize(
    ("moment", "accepted"),
    [("2026-12-03T17:00:59+09:00", True), ("2026-12-03T17:01:00+09:00", False)],
)
def test_submit_follows_the_deadline_to_the_second(
    town: Town, clock: ClockFile, moment: str, accepted: bool
) -> None:
    """「17時必着」: the named minute is still in time (portal.kernel.fiscal.Deadline)."""
    application = town.ready()
    clock.set(moment)
    if accepted:
        actions.submit(by=town.chief, application=application)
        return
    with pytest.raises(Refusal, match=r"締切.*令和8年12月3日.*過ぎた"):
        actions.submit(by=town.chief, application=application)
    assert nothing_was_kept(application)


def test_submit_of_an_unbalanced_budget_is_refused(town: Town) -> None:
    application = town.ready(share_yen=742_001)
    with pytest.raises(Refusal, match="支出の合計より1円多い"):
        actions.submit(by=town.chief, application=application)
    assert nothing_was_kept(application)


def test_submit_of_a_grant_of_nothing_is_refused(town: Town) -> None:
    """1,999 yen eligible → 0 → refused (workflows.md)."""
    expenses = [ExpenseRow(setsu=7, description="謝金", unit_price_yen=41_999)]
    application = town.ready(expenses=expenses, share_yen=1_999)
    with pytest.raises(Refusal, match="補助金額が0円"):
        actions.submit(by=town.chief, application=application)
    assert nothing_was_kept(application)


def test_submit_of_an_empty_draft_names_everything_that_is_missing(town: Town) -> None:
    application = town.draft()
    with pytest.raises(Refusal) as refused:
        actions.submit(by=town.chief, application=application)
    for words in (
        "コミプラを選んで",
        "型を選んで",
        "着手予定",
        "事業の目的が空",
        "支出が1行も",
        "申請者の職と氏名",
    ):
        assert words in refused.value.message
    assert refused.value.code == "incomplete"


def test_submit_without_a_required_paper_is_refused(town: Town) -> None:
    application = town.ready()
    actions.remove_attachment(by=town.officer, attachment=application.attachments.get())
    with pytest.raises(Refusal, match="実施主体の規約を添付していません"):
        actions.submit(by=town.chief, application=application)


def test_submit_counts_again_under_the_cap_as_it_stands_now(town: Town) -> None:
    application = town.ready()
    actions.record_outside_use(
        by=town.prefecture,
        municipality=town.area,
        menu=application.menu,
        title="第1次募集",
        amount_yen=350_000,
    )
    with pytest.raises(Refusal, match="計算した額"):
        actions.submit(by=town.chief, application=application)
    actions.save_budget(
        by=town.officer, application=application, revision=1, share_yen=802_000,
        expenses=[line.row for line in application.expenses.all()],
        incomes=[line.row for line in application.incomes.all()],
    )  # fmt: skip
    actions.submit(by=town.chief, application=application)
    assert application.grant_yen == 650_000


def test_submit_of_indirect_mode_needs_the_line_of_the_city_budget(town: Town) -> None:
    application = town.ready()
    actions.save_target(
        by=town.officer, application=application, revision=1, title="x", platform=town.platform, mode="indirect",
        project_type=application.menu.project_types.get(code="1-2"),
    )  # fmt: skip
    with pytest.raises(Refusal, match="18節"):
        actions.submit(by=town.chief, application=application)
    rows = [line.row for line in application.expenses.all()]
    incomes = [line.row for line in application.incomes.all()]
    actions.save_budget(
        by=town.officer, application=application, revision=1, share_yen=742_000, outlay_yen=1_452_000,
        expenses=rows, incomes=incomes,
    )  # fmt: skip
    actions.submit(by=town.chief, application=application)
    assert application.grant_yen == 710_000


def test_snapshot_cannot_be_changed(town: Town) -> None:
    snapshot = town.submitted().snapshots.get()
    with pytest.raises(ProgrammingError, match="Cannot update rows"), transaction.atomic():
        ApplicationSnapshot.objects.filter(pk=snapshot.pk).update(data={})
    snapshot.refresh_from_db()
    assert snapshot.data


def test_take_names_the_holder(town: Town) -> None:
    application = actions.take(by=town.prefecture, application=town.submitted())
    assert (application.state, application.held_by) == (ApplicationState.SCREENING, town.prefecture_user)
    entry = audit.history(application)[0]
    assert (entry.event, entry.data) == (
        "grants.application.screen",
        {"from": "submitted", "to": "screening"},
    )


def test_take_twice_says_who_was_first(town: Town) -> None:
    application = actions.take(by=town.prefecture, application=town.submitted())
    colleague = actor(officer("prefecture_officer", KAGOSHIMA, section=town.office))
    with pytest.raises(Refusal, match=f"{town.prefecture_user.name}さんが、11月25日"):
        actions.take(by=colleague, application=application)
    application.refresh_from_db()
    assert application.held_by == town.prefecture_user


def test_take_by_another_office_is_denied(town: Town) -> None:
    application = town.submitted()
    other = actor(officer("prefecture_officer", KAGOSHIMA, section=office()))
    without_office = actor(officer("prefecture_officer", KAGOSHIMA))
    for by in (other, without_office, town.chief):
        with pytest.raises(PermissionDenied, match="受け持つ振興局"):
            actions.take(by=by, application=application)


def test_take_of_a_draft_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="いま「下書き」です"):
        actions.take(by=town.prefecture, application=town.draft())


def test_withdraw_draft_keeps_the_row(town: Town) -> None:
    application = actions.withdraw_draft(by=town.officer, application=town.draft())
    assert application.state == ApplicationState.WITHDRAWN
    assert application.withdrawn_by == town.officer_user
    with pytest.raises(Refusal):
        actions.withdraw_draft(by=town.officer, application=application)


def test_withdraw_draft_after_submission_is_refused(town: Town) -> None:
    with pytest.raises(Refusal, match="いま「提出済み」です"):
        actions.withdraw_draft(by=town.officer, application=town.submitted())
