"""A missed deadline: refused to the second, extended for all, accepted late or on paper; each refusal, twice."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grants import actions
from grants.enums import ApplicationState
from grants.models import Admission, Application, CallExtension
from grants.relief import actions as relief
from grants.relief import mails
from grants.relief import queries as reads
from portal.kernel import audit, clock, outages
from portal.kernel.models import Heartbeat, Job, Outage, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town, open_call, staged
from tests.factories.relief import admission, closed_call
from tests.support.world import ClockFile

TOO_LATE = "2026-12-03T17:01:00+09:00"
DAYS: dict[str, Any] = {"received_on": date(2026, 12, 3), "due_on": date(2026, 12, 10)}


@pytest.fixture
def late(town: Town, clock: ClockFile) -> Application:
    """A draft that is complete, in the first second after the deadline."""
    application = town.ready()
    clock.set(TOO_LATE)
    return application


def test_the_refusal_names_the_relief(town: Town, late: Application) -> None:
    with pytest.raises(Refusal, match=r"17時必着.*「締切のあとの受理」を申し出てください") as refused:
        actions.submit(by=town.chief, application=late)
    assert (refused.value.code, town.office.name in refused.value.message) == ("closed", True)


def test_asked_and_accepted_the_file_is_submitted_with_its_day(town: Town, late: Application) -> None:
    office, chief = town.prefecture_user, town.chief_user
    asked = relief.ask_admission(by=town.officer, application=late, reason="16時から停電したため")
    assert OutboxMessage.objects.filter(
        template="grants/mail/admission_asked", to_address=office.email
    ).exists()
    relief.judge_admission(by=town.prefecture, admission=asked, step="admit", reason="停電を確かめた", **DAYS)
    to = set(
        OutboxMessage.objects.filter(template="grants/mail/admission_judged").values_list(
            "to_address", flat=True
        )
    )
    assert {town.officer_user.email, chief.email} <= to
    actions.submit(by=town.chief, application=late)
    assert late.state == ApplicationState.SUBMITTED
    row = reads.noting_received(Application.objects.filter(pk=late.pk)).get()
    assert (row.late_on, row.late_reason) == (date(2026, 12, 3), "停電を確かめた")  # type: ignore[attr-defined]
    events = [entry.event for entry in audit.history(asked)]
    assert events[:2] == ["grants.admission.admit", "grants.admission.asked"]


def test_accepted_it_is_over_when_its_day_is(town: Town, late: Application, clock: ClockFile) -> None:
    admission(town, late.call, application=late, until=outages.clock.at_jst(date(2026, 12, 11)))
    clock.set("2026-12-11T00:00:00+09:00")
    with pytest.raises(Refusal, match="過ぎたため"):
        actions.submit(by=town.chief, application=late)
    clock.set("2026-12-10T23:59:59+09:00")
    assert actions.submit(by=town.chief, application=late).is_draft is False


def test_not_accepted_it_stays_a_draft(town: Town, late: Application) -> None:
    asked = relief.ask_admission(by=town.officer, application=late, reason="失念していた")
    relief.judge_admission(by=town.prefecture, admission=asked, step="decline", reason="事情が認められない")
    with pytest.raises(Refusal, match="過ぎたため"):
        actions.submit(by=town.chief, application=late)
    with pytest.raises(Refusal, match="いま「受理しない」"):
        relief.judge_admission(by=town.prefecture, admission=asked, step="admit", reason="やはり", **DAYS)


def test_asking_is_refused_before_the_deadline_twice_and_once_accepted(town: Town, clock: ClockFile) -> None:
    application = town.ready()
    with pytest.raises(Refusal, match="締切はまだ過ぎていません"):
        relief.ask_admission(by=town.officer, application=application, reason="念のため")
    clock.set(TOO_LATE)
    asked = relief.ask_admission(by=town.officer, application=application, reason="停電")
    with pytest.raises(Refusal, match="もう申し出ています"):
        relief.ask_admission(by=town.officer, application=application, reason="停電")
    relief.judge_admission(by=town.prefecture, admission=asked, step="admit", reason="停電", **DAYS)
    with pytest.raises(Refusal, match="もう受理しています"):
        relief.ask_admission(by=town.officer, application=application, reason="停電")


def test_only_the_two_sides_of_the_file_ask_and_judge(town: Town, late: Application) -> None:
    with pytest.raises(PermissionDenied):
        relief.ask_admission(by=Town().officer, application=late, reason="よその町")
    asked = relief.ask_admission(by=town.officer, application=late, reason="停電")
    for stranger in (Town().prefecture, town.chief):
        with pytest.raises(PermissionDenied, match="受け持つ振興局"):
            relief.judge_admission(by=stranger, admission=asked, step="admit", reason="他局", **DAYS)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"received_on": None}, "received_on"),
        ({"received_on": date(2026, 12, 4)}, "received_on"),
        ({"received_on": date(2020, 1, 1)}, "received_on"),
        ({"due_on": None}, "due_on"),
        ({"due_on": date(2026, 12, 2)}, "due_on"),
        ({"due_on": date(2027, 1, 3)}, "due_on"),
    ],
)
def test_days_that_cannot_be_are_refused(
    town: Town, late: Application, changed: dict[str, Any], field: str
) -> None:
    asked = relief.ask_admission(by=town.officer, application=late, reason="停電")
    with pytest.raises(Refusal) as refused:
        relief.judge_admission(
            by=town.prefecture, admission=asked, step="admit", reason="停電", **DAYS | changed
        )
    assert refused.value.field == field
    asked.refresh_from_db()
    assert asked.is_asked


def test_a_paper_application_lets_the_town_begin_and_submit_one_file(town: Town, clock: ClockFile) -> None:
    call = open_call()
    clock.set(TOO_LATE)
    paper = staged(town.prefecture, "紙の申請書.pdf")
    made = relief.admit(
        by=town.prefecture, call=call, municipality=town.area, kind="paper", reason="締切の日に持参した",  # type: ignore[arg-type]
        received_number="収-12", paper=paper, **DAYS,
    )  # fmt: skip
    start: dict[str, Any] = {"by": town.officer, "call": call, "municipality": town.area}
    first = actions.start_application(**start)
    made.refresh_from_db()
    assert made.application == first
    with pytest.raises(Refusal, match="受付の期間ではありません"):
        actions.start_application(**start)


def test_a_paper_application_needs_its_copy_and_its_office(town: Town) -> None:
    call = open_call()
    more: dict[str, Any] = {"call": call, "municipality": town.area, "reason": "持参", **DAYS}
    more["received_on"] = date(2026, 11, 25)
    with pytest.raises(Refusal, match="写し") as refused:
        relief.admit(by=town.prefecture, kind="paper", **more)  # type: ignore[arg-type]
    assert refused.value.field == "paper"
    with pytest.raises(PermissionDenied):
        relief.admit(by=Town().prefecture, kind="late", **more)  # type: ignore[arg-type]


def test_what_one_file_used_lets_no_second_one_in(town: Town, late: Application) -> None:
    let = admission(town, late.call)
    actions.submit(by=town.chief, application=late)
    let.refresh_from_db()
    assert let.application == late
    assert reads.unbound(late.call, town.area, clock.now()) is None


def test_a_call_is_extended_for_all_and_everybody_is_told_once(town: Town, late: Application) -> None:
    extension = relief.extend_call(
        by=town.prefecture,
        call=late.call,
        closes_on=date(2026, 12, 10),
        closes_time=time(17),
        reason="大雨のため",
    )
    other = Town()
    people = {user.email for user in (town.officer_user, town.chief_user, other.chief_user)}
    job = Running(extension)
    for _ in range(2):
        mails.tell_extension(job)  # type: ignore[arg-type]
    sent = OutboxMessage.objects.filter(template="grants/mail/call_extended")
    assert people <= set(sent.values_list("to_address", flat=True))
    assert sent.filter(to_address=town.officer_user.email).count() == 1
    assert Job.objects.filter(key=f"call_extended:{extension.pk}").count() == 1
    late.call.refresh_from_db()
    assert late.call.deadline.label.startswith("令和8年12月10日(木)17時必着")
    late.refresh_from_db()
    assert actions.submit(by=town.chief, application=late).submitted_at is not None


class Running:
    """A job as its handler sees it."""

    def __init__(self, obj: CallExtension) -> None:
        self.obj, self.told = obj, (0, 0)

    def progress(self, done: int, total: int) -> None:
        self.told = (done, total)


@pytest.mark.parametrize(
    ("closes_on", "words"), [(date(2026, 12, 2), "より後にしてください"), (date(2026, 11, 30), "より後")]
)
def test_an_earlier_deadline_is_no_extension(
    town: Town, late: Application, closes_on: date, words: str
) -> None:
    with pytest.raises(Refusal, match=words):
        relief.extend_call(by=town.prefecture, call=late.call, closes_on=closes_on, reason="大雨")


def test_an_extension_into_the_past_by_another_or_without_a_reason_is_refused(town: Town) -> None:
    call = closed_call(open_call().menu, date(2026, 11, 10))
    with pytest.raises(Refusal, match="もう過ぎています"):
        relief.extend_call(by=town.prefecture, call=call, closes_on=date(2026, 11, 20), reason="大雨")
    with pytest.raises(PermissionDenied, match="県の担当者"):
        relief.extend_call(by=town.chief, call=call, closes_on=date(2026, 12, 20), reason="大雨")
    with pytest.raises(ValidationError):
        relief.extend_call(by=town.prefecture, call=call, closes_on=date(2026, 12, 20), reason="")


def test_the_silence_of_beat_is_an_outage_that_the_decision_shows(town: Town, clock: ClockFile) -> None:
    call = open_call()
    clock.set("2026-12-03T16:00:00+09:00")
    outages.beat()
    clock.set("2026-12-03T16:01:30+09:00")
    outages.beat()
    assert not Outage.objects.exists()
    clock.set("2026-12-03T16:40:30+09:00")
    outages.beat()
    outages.beat()
    assert [row.minutes for row in reads.outages_before(call)] == [39]
    assert Heartbeat.objects.get(name="beat").at == Outage.objects.get().ended_at
    call.closes_at += timedelta(days=3)
    assert reads.outages_before(call) == []


def test_the_constraints_hold(town: Town, late: Application) -> None:
    from tests.grants.test_constraints import change, refuses

    let = admission(town, late.call)
    asked = Admission.objects.create(
        call=late.call,
        municipality=town.area,
        office=town.office,
        application=late,
        kind="late",
        asked_at=clock.now(),
    )
    again = {
        "application": late,
        "state": "asked",
        "judged_at": None,
        "asked_at": clock.now(),
        "received_on": None,
    }
    refuses("admission_judged_iff_left_asked", change(asked, judged_at=clock.now()))
    refuses("admission_received_iff_admitted", change(let, received_on=None))
    refuses("admission_one_asked", change(let, **again, until=None))
    values: dict[str, Any] = {"call": late.call, "before_at": late.call.closes_at, "reason": "大雨"}
    later = late.call.closes_at + timedelta(days=1)
    refuses(
        "callextension_is_later",
        lambda: CallExtension.objects.create(**values, closes_at=late.call.closes_at),
    )
    CallExtension.objects.create(**values, closes_at=later)
    refuses("callextension_once", lambda: CallExtension.objects.create(**values, closes_at=later))
    refuses("outage_ends_after_start", lambda: Outage.objects.create(started_at=later, ended_at=later))


def test_an_auditor_extends_nothing(town: Town, late: Application) -> None:
    auditor = actor(officer("auditor", KAGOSHIMA))
    with pytest.raises(PermissionDenied):
        relief.extend_call(by=auditor, call=late.call, closes_on=date(2026, 12, 20), reason="大雨")
