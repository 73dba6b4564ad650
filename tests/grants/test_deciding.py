"""The decision of an application: drafted within terms and cap, recorded from the office's 決裁, sent back, taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions
from grants.enums import ApplicationState
from grants.models import Application, CapUse, Commitment, Decision, Programme
from grants.queries import approving
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import (
    GRANT_YEN,
    asking,
    decided,
    deciding,
    line_of,
    open_approval,
    record,
    rejected,
    reviewing,
)
from tests.factories.grants import Town
from tests.support.world import ClockFile


@pytest.fixture
def case(town: Town) -> Application:
    """A file in 内容審査."""
    return reviewing(town)


def draft(town: Town, case: Application, **changed: Any) -> Application:
    values = {"amount_yen": GRANT_YEN, "line": line_of(town, case.menu)} | changed
    return actions.draft_decision(by=town.prefecture, application=case, **values)


def conclude(town: Town, case: Application, **changed: Any) -> Any:
    values = record(town.prefecture, **changed)
    return actions.record_approval(by=town.prefecture, approval=open_approval(case), **values)


def test_a_draft_uses_cap_and_budget_and_its_record_decides(town: Town, case: Application) -> None:
    draft(town, case)
    assert (case.state, CapUse.objects.get(application=case).basis) == (ApplicationState.DECIDING, "drafted")
    planned = Commitment.objects.get(approval__application=case)
    assert (planned.amount_yen, planned.number) == (GRANT_YEN, "")
    conclude(town, case)
    case.refresh_from_db()
    assert (case.state, case.decided_yen) == (ApplicationState.DECIDED, GRANT_YEN)
    assert CapUse.objects.get(application=case).basis == "decided"
    planned.refresh_from_db()
    assert (planned.number, planned.made_on) == ("負-55", date(2026, 11, 25))
    letter = Document.objects.get(kind="grants.decision")
    assert (letter.object_id, letter.own_number, letter.year) == (case.pk, "く共第123号", 2026)
    told = OutboxMessage.objects.filter(template="grants/mail/decided").values_list("to_address", flat=True)
    assert set(told) == {town.officer_user.email, town.chief_user.email}


@pytest.mark.parametrize(("base_yen", "grant_yen"), [(2_400_000, 1_000_000), (1_333_999, 666_000)])
def test_the_amount_is_half_of_the_base_in_thousands_up_to_the_cap(
    town: Town, base_yen: int, grant_yen: int
) -> None:
    case = reviewing(town, asking(town, base_yen))
    with pytest.raises(Refusal, match="計算した額"):
        draft(town, case, amount_yen=grant_yen + 1000)
    draft(town, case, amount_yen=grant_yen)
    assert Decision.objects.get().computed_yen == grant_yen


def test_nothing_is_left_of_1999_yen_and_the_draft_is_refused(town: Town, case: Application) -> None:
    Application.objects.filter(pk=case.pk).update(base_yen=1_999, grant_yen=1)
    with pytest.raises(Refusal, match="0円") as refused:
        draft(town, case, amount_yen=1000)
    assert refused.value.code == "zero"
    assert not CapUse.objects.exists()
    assert not Commitment.objects.exists()


def test_what_others_use_is_left_out_and_a_full_cap_grants_nothing(town: Town, case: Application) -> None:
    other = reviewing(town, asking(town, 2_000_000))
    use = {"by": town.prefecture, "municipality": town.area, "menu": case.menu, "title": "紙で決定した事業"}
    actions.record_outside_use(amount_yen=600_500, **use)
    with pytest.raises(Refusal, match="399,000円"):
        draft(town, case)
    draft(town, case, amount_yen=399_000)
    assert CapUse.objects.get(application=case).amount_yen == 399_000
    with pytest.raises(Refusal, match="0円"):
        draft(town, other, amount_yen=1_000)


def test_less_is_granted_only_with_a_reason_and_in_thousands(town: Town, case: Application) -> None:
    with pytest.raises(Refusal) as refused:
        draft(town, case, amount_yen=500_000)
    assert refused.value.field == "note"
    with pytest.raises(Refusal, match="千円単位"):
        draft(town, case, amount_yen=499_500, note="他の事業と重なるため。")
    draft(town, case, amount_yen=500_000, note="他の事業と重なるため。")
    assert Decision.objects.get().note == "他の事業と重なるため。"


def test_every_point_is_answered_before_a_draft(town: Town, case: Application) -> None:
    case.checks.first().delete()
    with pytest.raises(Refusal, match="1件、まだ答えられていません"):
        draft(town, case)
    assert not case.approvals.exists()


def test_another_stage_needs_the_officers_reason(town: Town, case: Application) -> None:
    case.project_type = case.menu.project_types.get(code="2-1")
    case.save(update_fields=["project_type"])
    with pytest.raises(Refusal) as refused:
        draft(town, case)
    assert refused.value.field == "stage_reason"
    draft(town, case, stage_reason="解散した組織の後をつぐ検討のため。")
    assert Decision.objects.get().stage_reason


def test_a_provisional_programme_decides_nothing(town: Town, case: Application) -> None:
    line = line_of(town, case.menu)
    Programme.objects.filter(pk=case.menu.programme_id).update(provisional=True)
    case.menu.programme.refresh_from_db()
    with pytest.raises(Refusal, match="成立していません") as refused:
        draft(town, case, line=line)
    assert refused.value.code == "provisional"


def test_the_budget_line_holds_and_is_of_the_programme(town: Town, case: Application) -> None:
    line = line_of(town, case.menu, amount_yen=GRANT_YEN - 1)
    with pytest.raises(Refusal, match="残りは709,999円") as refused:
        draft(town, case, line=line)
    assert refused.value.field == "line"
    other = Programme.objects.exclude(pk=case.menu.programme_id).first().menus.first()
    with pytest.raises(Refusal, match="この事業の科目"):
        draft(town, case, line=line_of(town, other))


def test_only_the_holder_drafts_and_only_once(town: Town, case: Application) -> None:
    colleague = actor(officer("prefecture_officer", KAGOSHIMA, section=town.office))
    with pytest.raises(Refusal, match="いまの担当は"):
        actions.draft_decision(
            by=colleague, application=case, amount_yen=GRANT_YEN, line=line_of(town, case.menu)
        )
    with pytest.raises(PermissionDenied):
        actions.draft_decision(
            by=town.chief, application=case, amount_yen=GRANT_YEN, line=line_of(town, case.menu)
        )
    draft(town, case)
    with pytest.raises(Refusal, match="決裁中"):
        draft(town, case)
    assert case.approvals.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"document_number": ""}, "document_number"),
        ({"commitment_number": ""}, "commitment_number"),
        ({"decided_on": date(2026, 11, 26)}, "decided_on"),
        ({"effective_on": date(2026, 11, 26)}, "effective_on"),
        ({"effective_on": date(2026, 11, 24)}, "effective_on"),
        ({"decided_on": date(2026, 11, 24), "effective_on": date(2026, 11, 24)}, "decided_on"),
    ],
)
def test_a_record_that_cannot_be_is_refused_at_its_field(
    town: Town, case: Application, changed: dict[str, Any], field: str
) -> None:
    draft(town, case)
    with pytest.raises(Refusal) as refused:
        conclude(town, case, **changed)
    assert refused.value.field == field
    case.refresh_from_db()
    assert case.state == ApplicationState.DECIDING


def test_the_drafter_is_never_the_one_who_decides(town: Town, case: Application) -> None:
    draft(town, case)
    name = f" {town.prefecture_user.name[:1]} {town.prefecture_user.name[1:]}"
    with pytest.raises(Refusal, match="起案した人は") as refused:
        conclude(town, case, approver_name=name)
    assert refused.value.field == "approver_name"


def test_a_decision_after_31_march_of_the_year_is_refused(
    town: Town, case: Application, clock: ClockFile
) -> None:
    draft(town, case)
    clock.set("2027-04-01T09:00:00+09:00")
    with pytest.raises(Refusal, match="令和9年3月31日まで") as refused:
        conclude(town, case, decided_on=date(2027, 3, 31))
    assert (refused.value.code, refused.value.field) == ("year", "effective_on")
    conclude(town, case, decided_on=date(2027, 3, 30), effective_on=date(2027, 3, 31))
    case.refresh_from_db()
    assert case.state == ApplicationState.DECIDED


def test_the_last_signature_checks_cap_and_budget_again(town: Town, case: Application) -> None:
    draft(town, case)
    CapUse.objects.filter(application=case).update(amount_yen=0)
    use = {"by": town.prefecture, "municipality": town.area, "menu": case.menu, "title": "紙の決定"}
    actions.record_outside_use(amount_yen=900_000, **use)
    with pytest.raises(Refusal, match="枠の残りは100,000円"):
        conclude(town, case)
    CapUse.objects.filter(application__isnull=True).delete()
    line = line_of(town, case.menu)
    actions.save_budget_line(
        by=town.prefecture, programme=case.menu.programme, kan=line.kan, kou=line.kou, moku=line.moku,
        setsu=line.setsu, amount_yen=1,
    )  # fmt: skip
    with pytest.raises(Refusal, match="残りは1円"):
        conclude(town, case)
    assert not Document.objects.filter(kind="grants.decision").exists()


def test_recording_twice_says_where_it_stands(town: Town, case: Application) -> None:
    approval = open_approval(draft(town, case))
    actions.record_approval(by=town.prefecture, approval=approval, **record(town.prefecture))
    with pytest.raises(Refusal, match="決裁済み"):
        actions.record_approval(by=town.prefecture, approval=approval, **record(town.prefecture))
    assert Document.objects.filter(kind="grants.decision").count() == 1


def test_a_rejection_needs_its_reason_and_no_budget(town: Town, case: Application) -> None:
    with pytest.raises(Refusal) as refused:
        actions.draft_rejection(by=town.prefecture, application=case, reason=" ")
    assert refused.value.field == "note"
    actions.draft_rejection(by=town.prefecture, application=case, reason="要件に合わないため。")
    conclude(town, case, commitment_number="")
    case.refresh_from_db()
    assert (case.state, case.decided_yen) == (ApplicationState.REJECTED, None)
    assert not CapUse.objects.exists()
    letter = Document.objects.get(kind="grants.rejection")
    assert letter.snapshot["body"]["reason"] == "要件に合わないため。"
    assert OutboxMessage.objects.filter(template="grants/mail/rejected").exists()


def test_sent_back_it_is_reviewed_again_and_holds_nothing(town: Town, case: Application) -> None:
    approval = open_approval(draft(town, case))
    with pytest.raises(Refusal, match="理由"):
        actions.send_back_approval(by=town.prefecture, approval=approval, note="")
    actions.send_back_approval(by=town.prefecture, approval=approval, note="積算を確かめること。")
    case.refresh_from_db()
    assert case.state == ApplicationState.REVIEWING
    assert not CapUse.objects.exists()
    assert Commitment.objects.get().released_at is not None
    assert OutboxMessage.objects.filter(template="grants/mail/decision_sent_back").count() == 1
    with pytest.raises(Refusal, match="差戻し"):
        actions.send_back_approval(by=town.prefecture, approval=approval, note="もう一度")
    draft(town, case)
    assert case.approvals.count() == 2


def test_withdrawn_while_it_is_decided_everything_is_free(town: Town, case: Application) -> None:
    approval = open_approval(draft(town, case))
    actions.withdraw(by=town.chief, application=case, note="事業をとりやめるため。")
    approval.refresh_from_db()
    assert (case.state, approval.state) == (ApplicationState.WITHDRAWN, "dropped")
    assert not CapUse.objects.exists()
    assert Commitment.objects.get().released_at is not None


def test_withdrawn_after_the_decision_within_its_days_the_letter_is_void(
    town: Town, case: Application, clock: ClockFile
) -> None:
    done = decided(town, case)
    assert approving.withdraw_until(done) == date(2026, 12, 5)
    clock.set("2026-12-06T00:00:00+09:00")
    with pytest.raises(Refusal, match="令和8年12月5日まで"):
        actions.withdraw(by=town.chief, application=done, note="やめます。")
    clock.set("2026-12-05T23:59:59+09:00")
    actions.withdraw(by=town.chief, application=done, note="やめます。")
    assert (done.state, Document.objects.get(kind="grants.decision").state) == ("withdrawn", "void")
    assert not CapUse.objects.exists()
    assert Commitment.objects.get().released_at is not None
    with pytest.raises(Refusal):
        actions.withdraw(by=town.chief, application=done, note="もう一度")


def test_a_refused_file_is_not_withdrawn_and_a_menu_without_days_neither(town: Town) -> None:
    gone = rejected(town)
    with pytest.raises(Refusal, match="不交付決定"):
        actions.withdraw(by=town.chief, application=gone, note="やめます。")
    done = decided(town, deciding(town, reviewing(town, asking(town, 400_000)), amount_yen=200_000))
    done.menu.withdraw_days = None
    done.menu.save(update_fields=["withdraw_days"])
    with pytest.raises(Refusal, match="定められていません"):
        actions.withdraw(by=town.chief, application=done, note="やめます。")
    assert done.decided_at is not None
    assert timedelta(0) <= done.decided_at - gone.decided_at
