"""The examination: checklist, remarks, return for correction, answers, the second submission, the pass."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions, comparing
from grants.enums import ApplicationState
from grants.models import Application, Attachment, CheckAnswer, Remark
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import EXPENSES, SHARE_YEN, TEXTS, Town
from tests.support.world import ClockFile

DUE = date(2026, 12, 4)  # a Friday


@pytest.fixture
def case(town: Town) -> Application:
    """A file that the town's office examines."""
    return actions.take(by=town.prefecture, application=town.submitted())


def returned(town: Town, case: Application) -> Application:
    actions.write_remark(
        by=town.prefecture, application=case, part="plan", text="期間の根拠を書いてください。"
    )
    return actions.return_for_correction(by=town.prefecture, application=case, due_on=DUE)


def answered(town: Town, case: Application) -> Application:
    for remark in case.remarks.filter(sent_at__isnull=False, answer=""):
        actions.answer_remark(by=town.officer, remark=remark, answer="書き足しました。")
    return case


def all_fit(case: Application) -> dict[str, tuple[str, str]]:
    return {row["key"]: ("fit", "") for row in case.menu.checklist}


def mails(name: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(template=f"grants/mail/{name}"))


def test_checks_are_kept_and_the_pass_waits_for_all_of_them(town: Town, case: Application) -> None:
    points = all_fit(case)
    first = next(iter(points))
    actions.answer_checks(by=town.prefecture, application=case, answers={first: ("fit", "")})
    with pytest.raises(Refusal, match=f"{len(points) - 1}件"):
        actions.pass_screening(by=town.prefecture, application=case)
    actions.answer_checks(by=town.prefecture, application=case, answers=points)
    actions.answer_checks(by=town.prefecture, application=case, answers={first: ("unfit", "段階が合わない")})
    assert CheckAnswer.objects.filter(application=case).count() == len(points)
    actions.pass_screening(by=town.prefecture, application=case)
    assert (case.state, case.reviewing_by) == (ApplicationState.REVIEWING, town.prefecture_user)


def test_unfit_needs_a_word_and_only_points_of_the_menu_are_answered(town: Town, case: Application) -> None:
    key = case.menu.checklist[0]["key"]
    with pytest.raises(Refusal) as refused:
        actions.answer_checks(by=town.prefecture, application=case, answers={key: ("unfit", " ")})
    assert refused.value.field == f"note_{key}"
    with pytest.raises(Refusal, match="変わりました"):
        actions.answer_checks(by=town.prefecture, application=case, answers={"other": ("fit", "")})
    assert not CheckAnswer.objects.exists()


def test_a_remark_is_unseen_until_the_file_is_returned(town: Town, case: Application) -> None:
    with pytest.raises(Refusal, match="1件以上"):
        actions.return_for_correction(by=town.prefecture, application=case, due_on=DUE)
    gone = actions.write_remark(by=town.prefecture, application=case, part="plan", text="消す指摘")
    actions.remove_remark(by=town.prefecture, remark=gone)
    actions.remove_remark(by=town.prefecture, remark=gone)
    returned(town, case)
    sent = Remark.objects.get()
    assert (case.state, sent.sent_at is not None) == (ApplicationState.RETURNED, True)
    assert str(case.correct_until) == "2026-12-05 00:00:00+09:00"
    told = {mail.to_address for mail in mails("returned")}
    assert told == {town.officer_user.email, town.chief_user.email}
    with pytest.raises(Refusal):
        actions.remove_remark(by=town.prefecture, remark=sent)


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 25), "明日以降"), (date(2026, 11, 28), "開いている日"), (date(2027, 2, 1), "60日先")],
)
def test_the_day_of_a_correction_is_ahead_open_and_near(
    town: Town, case: Application, day: date, words: str
) -> None:
    actions.write_remark(by=town.prefecture, application=case, part="plan", text="直してください。")
    with pytest.raises(Refusal, match=words) as refused:
        actions.return_for_correction(by=town.prefecture, application=case, due_on=day)
    assert refused.value.field == "due_on"
    case.refresh_from_db()
    assert case.state == ApplicationState.SCREENING


def test_corrected_and_submitted_again_it_is_a_second_submission(town: Town, case: Application) -> None:
    returned(town, case)
    row = [*EXPENSES[:-1]]
    actions.save_budget(
        by=town.officer, application=case, revision=1, expenses=row, incomes=[], share_yen=SHARE_YEN - 9000
    )
    with pytest.raises(Refusal, match="合いません"):
        actions.submit(by=town.chief, application=case)
    case.refresh_from_db()
    total = sum(line.amount_yen for line in row)
    ineligible = 800 * 40
    grant = (total - ineligible) // 2 // 1000 * 1000
    actions.save_budget(
        by=town.officer, application=case, revision=2, expenses=row, incomes=[], share_yen=total - grant
    )
    with pytest.raises(Refusal, match="1件に、まだ回答がありません"):
        actions.submit(by=town.chief, application=case)
    answered(town, case)
    actions.submit(by=town.chief, application=case)
    assert (case.state, case.version, case.correct_until) == (ApplicationState.SUBMITTED, 2, None)
    assert case.held_by == town.prefecture_user
    assert [mail.to_address for mail in mails("corrected")] == [town.prefecture_user.email]
    first, second = case.snapshots.order_by("number")
    changed = dict(comparing.compare(first.data, second.data))
    assert {part.value for part in changed} == {"budget"}
    papers = Document.objects.filter(object_id=case.pk).order_by("version")
    assert [paper.state for paper in papers] == ["replaced", "issuing"]


def test_what_did_not_change_keeps_its_verdict(town: Town, case: Application) -> None:
    actions.answer_checks(by=town.prefecture, application=case, answers=all_fit(case))
    returned(town, case)
    texts = {**TEXTS, "content": "8月から2月まで、毎週水曜と土曜に運行する。"}
    actions.save_plan(
        by=town.officer,
        application=case,
        revision=1,
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        texts=texts,
    )
    answered(town, case)
    actions.submit(by=town.chief, application=case)
    actions.take(by=town.prefecture, application=case)
    kept = set(case.checks.filter(number=2).values_list("key", flat=True))
    assert kept == {row["key"] for row in case.menu.checklist if row["part"] != "plan"}


def test_after_the_deadline_only_the_officer_goes_on(town: Town, case: Application, clock: ClockFile) -> None:
    returned(town, case)
    answered(town, case)
    step: dict[str, Any] = {"by": town.prefecture, "application": case, "note": "届かなかったため。"}
    with pytest.raises(Refusal, match="期限が過ぎてから"):
        actions.end_correction(step="resume", **step)
    clock.set("2026-12-04T23:59:59+09:00")
    assert case.may_be_submitted_at(case.correct_until) is False
    clock.set("2026-12-05T00:00:00+09:00")
    with pytest.raises(Refusal, match="補正の期限を過ぎたため"):
        actions.submit(by=town.chief, application=case)
    actions.end_correction(step="resume", **step)
    assert (case.state, case.version, case.correct_until) == (ApplicationState.SCREENING, 1, None)
    assert case.corrections.get().ended_at is not None
    assert mails("correction_ended")


def test_a_lapsed_correction_ends_the_application(town: Town, case: Application, clock: ClockFile) -> None:
    returned(town, case)
    clock.set("2026-12-07T10:00:00+09:00")
    with pytest.raises(Refusal) as refused:
        actions.end_correction(by=town.prefecture, application=case, step="lapse", note=" ")
    assert refused.value.field == "note"
    actions.end_correction(by=town.prefecture, application=case, step="lapse", note="連絡がないため。")
    assert case.state == ApplicationState.WITHDRAWN


def test_the_deadline_can_only_move_away(town: Town, case: Application) -> None:
    returned(town, case)
    with pytest.raises(Refusal, match="後の日"):
        actions.extend_correction(by=town.prefecture, application=case, due_on=DUE)
    actions.extend_correction(by=town.prefecture, application=case, due_on=date(2026, 12, 11))
    assert case.correct_on == date(2026, 12, 11)
    assert mails("correction_extended")


def test_only_the_holder_writes_until_a_colleague_takes_over(town: Town, case: Application) -> None:
    colleague = actor(officer("prefecture_officer", KAGOSHIMA, section=town.office))
    with pytest.raises(Refusal, match=f"いまの担当は{town.prefecture_user.name}さん"):
        actions.write_remark(by=colleague, application=case, part="plan", text="直してください。")
    actions.take_over(by=colleague, application=case)
    actions.take_over(by=colleague, application=case)
    actions.write_remark(by=colleague, application=case, part="plan", text="直してください。")
    with pytest.raises(Refusal, match="担当を替わる"):
        actions.pass_screening(by=town.prefecture, application=case)


def test_another_office_and_the_town_do_not_examine(town: Town, case: Application) -> None:
    for stranger in (Town().prefecture, town.chief):
        with pytest.raises(PermissionDenied):
            actions.write_remark(by=stranger, application=case, part="plan", text="直してください。")
        with pytest.raises(PermissionDenied):
            actions.take_over(by=stranger, application=case)


def test_the_town_writes_only_while_it_is_returned(town: Town, case: Application) -> None:
    with pytest.raises(Refusal, match="形式審査中"):
        town.fill_plan(case)
    returned(town, case)
    remark = case.remarks.get()
    with pytest.raises(PermissionDenied):
        actions.answer_remark(by=Town().officer, remark=remark, answer="よその町から")
    actions.save_plan(
        by=town.officer,
        application=case,
        revision=1,
        starts_on=case.starts_on,
        ends_on=case.ends_on,
        texts=TEXTS,
    )
    answered(town, case)
    actions.submit(by=town.chief, application=case)
    with pytest.raises(Refusal):
        actions.answer_remark(by=town.officer, remark=remark, answer="あとから")


def test_a_submitted_file_is_taken_back_with_a_reason(town: Town, case: Application) -> None:
    with pytest.raises(PermissionDenied):
        actions.withdraw(by=town.officer, application=case, note="やめます。")
    with pytest.raises(Refusal):
        actions.withdraw(by=town.chief, application=case, note="")
    returned(town, case)
    actions.withdraw(by=town.chief, application=case, note="予算が付かなかったため。")
    assert (case.state, case.corrections.get().ended_at is not None) == (ApplicationState.WITHDRAWN, True)
    assert [mail.to_address for mail in mails("withdrawn")] == [town.prefecture_user.email]


def test_files_put_in_while_correcting_stay_with_the_town_until_submitted(
    town: Town, case: Application, client: Any
) -> None:
    returned(town, case)
    town.attach(case, "estimate", "見積書.pdf")
    new = Attachment.objects.get(kind="estimate")
    client.force_login(town.prefecture_user)
    assert client.get(new.get_file_url()).status_code == 404
    client.force_login(town.officer_user)
    assert client.get(new.get_file_url()).status_code == 200
    answered(town, case)
    actions.submit(by=town.chief, application=case)
    client.force_login(town.prefecture_user)
    assert client.get(new.get_file_url()).status_code == 200
