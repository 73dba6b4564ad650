"""A file of any menu that ends calls its students off: who has not begun is told, who has worked keeps what was done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from grants import actions as grants
from grants.commission.actions import calls, themes
from grants.contracts.actions import ending
from grants.models import Placement, PlacementDay, SupportRequest
from grants.recovery.actions import revoking
from grants.supporters import queries
from grants.supporters.enums import DayState, PlacementState, RequestState
from grants.workshop.actions import running
from portal.kernel import audit
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.commission import published_call
from tests.factories.contracts import Deal
from tests.factories.deciding import decided as granted
from tests.factories.deciding import record
from tests.factories.dispatch import Adviser, requested
from tests.factories.dispatch import decided as sent
from tests.factories.grants import Town
from tests.factories.supporters import FIRST, WANTED, Student
from tests.factories.workshop import consulting
from tests.support.world import ClockFile

Ends = Callable[[], Any]


def signed(town: Town, case: Any) -> None:
    """The open 決裁 of a case is recorded as it was made in the office's own system."""
    approval = case.approvals.get(state="drafted")
    grants.record_approval(
        by=town.prefecture, approval=approval, **record(town.prefecture, commitment_number="")
    )


def withdrawn_application(town: Town) -> tuple[Any, Ends]:
    case = town.submitted()
    return case, lambda: grants.withdraw(by=town.chief, application=case, note="内部の事情")


def revoked_application(town: Town) -> tuple[Any, Ends]:
    case = granted(town)

    def end() -> None:
        revoking.draft_revocation(by=town.prefecture, application=case, reason="内部の事情")
        signed(town, case)

    return case, end


def withdrawn_dispatch(town: Town) -> tuple[Any, Ends]:
    case = requested(town)
    return case, lambda: grants.withdraw_dispatch(by=town.chief, dispatch=case, note="内部の事情")


def refused_dispatch(town: Town) -> tuple[Any, Ends]:
    case = requested(town)

    def end() -> None:
        grants.draft_dispatch_refusal(by=town.prefecture, dispatch=case, reason="内部の事情")
        signed(town, case)

    return case, end


def cancelled_dispatch(town: Town) -> tuple[Any, Ends]:
    case = sent(town, Adviser(town))
    return case, lambda: grants.cancel_dispatch(
        by=town.prefecture, dispatch=case, note="内部の事情", document_number="地共第9号"
    )


def cancelled_workshop(town: Town) -> tuple[Any, Ends]:
    case = consulting(town)
    return case, lambda: running.cancel_workshop(by=town.officer, workshop=case, note="内部の事情")


def terminated_contract(town: Town) -> tuple[Any, Ends]:
    deal = Deal(town)
    return deal.proposal.call.theme, lambda: ending.terminate_contract(
        by=deal.office, contract=deal.fresh(), note="内部の事情"
    )


def void_call(town: Town) -> tuple[Any, Ends]:
    call = published_call(town)
    return call.theme, lambda: calls.void_call(by=town.prefecture, call=call, note="内部の事情")


MADE = [
    withdrawn_application, revoked_application, withdrawn_dispatch, refused_dispatch, cancelled_dispatch,
    cancelled_workshop, terminated_contract, void_call,
]  # fmt: skip


def wanted_at(town: Town, file: Any) -> SupportRequest:
    kind = "theme" if file._meta.model_name == "commissiontheme" else file._meta.model_name
    return SupportRequest.objects.create(
        menu=file.menu, municipality=town.area, office=town.office, **{kind: file}, **WANTED
    )


def placed(student: Student, wanted: SupportRequest, state: str, *days: str) -> Placement:
    """A placement as rows, with a day for each of `days` (their states) from `FIRST` on."""
    stamp = {"accepted_at": wanted.created_at} if state != "proposed" else {}
    made = Placement.objects.create(request=wanted, supporter=student.row, state=state, **stamp)
    for count, kind in enumerate(days):
        done = {"minutes": 60} if kind == "recorded" else {}
        PlacementDay.objects.create(
            placement=made, supporter=student.row, on=FIRST + timedelta(days=count), state=kind, **done
        )
    return made


def told(student: Student) -> str:
    rows = OutboxMessage.objects.filter(to_address=student.user.email)
    return "\n".join(row.body for row in rows)


@pytest.mark.parametrize("make", MADE, ids=lambda made: made.__name__)
def test_who_has_not_begun_is_called_off_and_told_without_the_inner_reason(
    town: Town, make: Callable[[Town], tuple[Any, Ends]]
) -> None:
    file, end = make(town)
    wanted = wanted_at(town, file)
    first, second = Student(town), Student(town)
    asked, coming = placed(first, wanted, "proposed", "kept"), placed(second, wanted, "accepted", "kept")
    end()
    for student, placement in ((first, asked), (second, coming)):
        placement.refresh_from_db()
        assert placement.state == PlacementState.CALLED_OFF
        assert placement.days.get().state == DayState.DROPPED
        assert "取りやめになりました" in told(student)
        assert "内部の事情" not in told(student)
        assert queries.unbooked(student.row.offers.all()).count() == student.free, "the days are free again"
    wanted.refresh_from_db()
    assert wanted.state == RequestState.CLOSED
    assert audit.history(asked)[0].event == "grants.placement.call_off"


def test_who_has_worked_keeps_the_days_done_and_reports(town: Town, clock: ClockFile) -> None:
    file, end = cancelled_workshop(town)
    student = Student(town)
    working = placed(student, wanted_at(town, file), "accepted", "recorded", "kept")
    clock.set(f"{FIRST.isoformat()}T18:00:00+09:00")
    end()
    working.refresh_from_db()
    assert working.state == PlacementState.ACCEPTED
    assert [day.state for day in working.days.order_by("on")] == [DayState.RECORDED, DayState.DROPPED]
    assert "内部の事情" not in told(student)
    assert OutboxMessage.objects.filter(
        to_address=student.user.email, template="grants/supporters/mail/day_dropped"
    ).exists()


def test_what_is_over_stays_and_a_second_end_changes_nothing(town: Town) -> None:
    file, end = withdrawn_dispatch(town)
    student = Student(town)
    declined = placed(student, wanted_at(town, file), "declined")
    end()
    with pytest.raises(Refusal):
        end()
    declined.refresh_from_db()
    assert (declined.state, told(student)) == (PlacementState.DECLINED, "")


def test_a_theme_that_is_not_selected_needs_no_students(town: Town) -> None:
    call = published_call(town)
    theme = call.theme
    type(theme).objects.filter(pk=theme.pk).update(state="proposed", judged_at=None, judged_by=None)
    theme.refresh_from_db()
    student = Student(town)
    coming = placed(student, wanted_at(town, theme), "accepted", "kept")
    themes.judge_theme(by=town.prefecture, theme=theme, step="decline", note="内部の事情")
    coming.refresh_from_db()
    assert coming.state == PlacementState.CALLED_OFF
