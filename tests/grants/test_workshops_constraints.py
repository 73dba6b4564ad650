"""Every constraint of menu ②: one row that the database refuses."""

from datetime import timedelta

from grants import actions
from grants.models import WorkshopReport
from grants.workshop.rows import LecturerRow
from portal.kernel import clock
from tests.factories.communities import community
from tests.factories.dispatch import Adviser
from tests.factories.grants import Town
from tests.factories.workshop import STARTS, agreed, consulting, decide, draft, report
from tests.support.world import ClockFile

from .test_constraints import change, copy, refuses


def test_workshops(town: Town) -> None:
    first, second = draft(town), consulting(town)
    now = clock.now()
    refuses("workshop_submitted_iff_left_draft", change(first, version=1))
    refuses("workshop_submitted_complete", change(second, venue=""))
    refuses("workshop_partner_is_named", change(second, host_kind="with_community"))
    refuses("workshop_ends_after_start", change(first, ends_at=first.starts_at))
    refuses("workshop_capacity_in_range", change(first, capacity=0))
    refuses("workshop_frozen_when_both_agreed", change(second, town_agreed_at=now, office_agreed_at=now))
    refuses("workshop_decided_iff_event", change(second, decided_at=now))
    refuses("workshop_reported_iff_stamped", change(second, reported_at=now))
    refuses("workshop_closed_iff_stamped", change(second, closed_at=now))


def test_one_organisation(town: Town) -> None:
    made = draft(town)
    refuses("workshop_one_organisation", change(made, platform=town.platform, community=community()))


def test_lecturers_and_duties(town: Town) -> None:
    made = agreed(town, lecturers=[LecturerRow(advisor=Adviser(town).row)])
    lecturer, duty = made.lecturers.get(), made.duties.get(kind="entry")
    refuses("workshoplecturer_position_once", copy(lecturer, kept_from=None, kept_until=None))
    refuses("workshoplecturer_in_range", change(lecturer, fee_yen=1_000_001))
    refuses("workshoplecturer_confirms_oneself", change(lecturer, user=None, confirmed_at=clock.now()))
    refuses("workshoplecturer_keeps_whole_times", change(lecturer, kept_until=None))
    hour_later = {
        "kept_from": STARTS + timedelta(hours=1),
        "kept_until": STARTS + timedelta(hours=5),
    }
    refuses("workshoplecturer_advisor_not_twice", copy(lecturer, position=2, **hour_later))
    refuses("workshopduty_kind_once", copy(duty))
    refuses("workshopduty_prefecture_pays_lecturers", change(duty, payer="prefecture"))
    refuses("workshopplan_number_once", copy(made.plans.get()))


def test_reports(town: Town, clock: ClockFile) -> None:
    made = decide(town, agreed(town))
    clock.set("2026-12-12T17:00:00+09:00")
    row = report(town, made)
    assert WorkshopReport.objects.get() == row
    refuses("workshopreport_counts_possible", change(row, residents_count=10_001))
    refuses("workshopreport_survey_whole", change(row, survey_average="4.0"))
    refuses("grants_workshopreport_workshop_id", copy(row))


def test_two_cases_cannot_share_an_approval(town: Town) -> None:
    made = agreed(town)
    approval = actions.draft_workshop_decision(by=town.prefecture, workshop=made)
    refuses("approval_one_open_workshop", copy(approval))
    refuses("approval_one_target", change(approval, workshop=None))
