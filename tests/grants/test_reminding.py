"""Reminders of deadlines: the right side, each stage once, nothing at night, nothing for what was just set."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants import actions
from grants.models import NeedsAnswer, NeedsSurvey, Payment
from grants.reminding import sweeping
from grants.reminding.calculations import stage
from portal.accounts.enums import Role
from portal.kernel import clock as kernel_clock
from portal.kernel.models import OutboxMessage
from tests.factories.accounts import officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town, menu
from tests.factories.relief import admission
from tests.support.queries import assert_queries
from tests.support.world import ClockFile

DAYS = (1, 7, 14, 30)


def told(user_or_address: object) -> list[str]:
    """The subjects of what was told to somebody, oldest first."""
    address = getattr(user_or_address, "email", user_or_address)
    rows = OutboxMessage.objects.filter(template=sweeping.MAIL, to_address=address).order_by("created_at")
    return list(rows.values_list("subject", flat=True))


def days_of(*moments: str, clock: ClockFile) -> list[int]:
    """How many mails each sweep wrote."""
    written = []
    for moment in moments:
        clock.set(moment)
        written.append(sweeping.remind()[1])
    return written


@pytest.mark.parametrize(
    ("left", "since", "expected"),
    [(31, 90, None), (30, 90, 30), (29, 90, 30), (14, 90, 14), (8, 90, 14), (7, 90, 7), (1, 90, 1), (0, 90, 1),
     (-1, 90, None), (10, 10, None), (7, 10, 7), (7, 7, None), (5, 6, None), (1, 1, None), (0, 1, None)],
)  # fmt: skip
def test_the_stage_of_a_day(left: int, since: int, expected: int | None) -> None:
    due_on = date(2026, 12, 31)
    found = stage(due_on, due_on - timedelta(days=left), due_on - timedelta(days=since), DAYS)
    assert found == expected


@given(st.integers(0, 60), st.integers(0, 60))
def test_going_day_by_day_each_stage_comes_at_most_once_and_in_order(length: int, skip: int) -> None:
    due_on = date(2026, 12, 31)
    set_on = due_on - timedelta(days=length)
    found = [stage(due_on, set_on + timedelta(days=day), set_on, DAYS) for day in range(length + 2)]
    seen = [number for number in dict.fromkeys(found) if number is not None]
    assert seen == [number for number in sorted(DAYS, reverse=True) if number < length]
    assert found[-1] is None


def test_a_correction_is_recalled_to_the_town_once_a_stage(town: Town, clock: ClockFile) -> None:
    case = actions.take(by=town.prefecture, application=town.submitted())
    actions.write_remark(by=town.prefecture, application=case, part="plan", text="期間")
    actions.return_for_correction(by=town.prefecture, application=case, due_on=date(2026, 12, 9))
    town.chief_user  # noqa: B018
    at_work = [
        f"2026-{day}T09:00:00+09:00"
        for day in ("11-25", "12-01", "12-02", "12-02", "12-03", "12-08", "12-09")
    ]
    assert days_of(*at_work, clock=clock) == [0, 0, 2, 0, 0, 2, 0]
    assert told(town.officer_user) == [
        "【あと7日】補正して、もう一度提出する:買い物と見守りを支える事業",
        "【あと1日】補正して、もう一度提出する:買い物と見守りを支える事業",
    ]
    assert not told(town.prefecture_user)


def test_a_deadline_that_moves_is_told_anew_and_one_that_is_met_no_more(town: Town, clock: ClockFile) -> None:
    case = actions.take(by=town.prefecture, application=town.submitted())
    actions.write_remark(by=town.prefecture, application=case, part="plan", text="期間")
    actions.return_for_correction(by=town.prefecture, application=case, due_on=date(2026, 12, 10))
    assert days_of("2026-12-03T09:00:00+09:00", clock=clock) == [2]
    actions.extend_correction(by=town.prefecture, application=case, due_on=date(2026, 12, 17))
    assert days_of("2026-12-10T09:00:00+09:00", clock=clock) == [2]
    actions.answer_remark(by=town.officer, remark=case.remarks.get(), answer="直した")
    actions.submit(by=town.chief, application=case)
    before = told(town.officer_user)
    days_of("2026-12-16T09:00:00+09:00", clock=clock)
    assert told(town.officer_user) == before


def test_nothing_is_told_at_night_and_a_late_sweep_tells_once(town: Town, clock: ClockFile) -> None:
    town.draft()
    assert days_of("2026-12-02T07:59:59+09:00", "2026-12-02T21:00:00+09:00", clock=clock) == [0, 0]
    assert days_of("2026-12-02T08:00:00+09:00", "2026-12-03T16:00:00+09:00", clock=clock) == [1, 0]
    assert told(town.officer_user) == ["【あと1日】申請を提出する:買い物と見守りを支える事業"]


def test_the_days_are_a_setting(town: Town, clock: ClockFile, settings: object) -> None:
    town.draft()
    settings.GRANTS_REMINDER_DAYS = [3]  # type: ignore[attr-defined]
    assert days_of("2026-11-29T09:00:00+09:00", "2026-11-30T09:00:00+09:00", clock=clock) == [0, 1]


def test_the_screening_is_recalled_to_who_holds_it_else_to_the_office(town: Town, clock: ClockFile) -> None:
    case = town.submitted()
    due_on = case.due_on
    assert due_on is not None
    colleague = officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=town.office)
    town.prefecture_user  # noqa: B018
    clock.set(f"{due_on - timedelta(days=7)}T09:00:00+09:00")
    sweeping.remind()
    assert len(told(town.prefecture_user)) == len(told(colleague)) == 1
    actions.take(by=town.prefecture, application=case)
    clock.set(f"{due_on - timedelta(days=1)}T09:00:00+09:00")
    sweeping.remind()
    assert (len(told(town.prefecture_user)), len(told(colleague))) == (2, 1)


def test_needs_accepted_files_and_payments_are_recalled_to_their_sides(town: Town, clock: ClockFile) -> None:
    three, application = menu(3), town.draft()
    survey = NeedsSurvey.objects.create(menu=three, due_on=date(2026, 12, 18))
    NeedsAnswer.objects.create(survey=survey, municipality=town.area)
    accountant = officer(Role.ACCOUNTANT, KAGOSHIMA)
    Payment.objects.create(
        authority=three.programme.authority, case_type="grants.application", case_id=application.pk, slot="grant",
        title="補助金", kind="grant", payee="町", gross_yen=1000, net_yen=1000, fiscal_year=2026,
        ordered_on=date(2026, 11, 25),
    )  # fmt: skip
    clock.set("2026-12-04T09:00:00+09:00")
    admission(town, application.call, application=application, until=kernel_clock.at_jst(date(2026, 12, 20)))
    clock.set("2026-12-12T09:00:00+09:00")
    sweeping.remind()
    assert any("要望調査" in subject for subject in told(town.officer_user))
    assert any("締切のあとに受理された申請" in subject for subject in told(town.officer_user))
    assert not told(accountant)
    clock.set("2027-05-24T09:00:00+09:00")
    sweeping.remind()
    assert told(accountant) == ["【あと7日】年度内の支払いを終える:補助金 補助金"]


@pytest.mark.parametrize("files", [1, 4])
def test_a_sweep_costs_the_same_for_one_file_and_for_four(town: Town, clock: ClockFile, files: int) -> None:
    for _ in range(files):
        town.draft()
    clock.set("2026-12-02T09:00:00+09:00")
    assert sweeping.remind()[1] == files
    with assert_queries(26):
        assert sweeping.remind()[1] == 0
