"""状況報告: filed by the chief while the project runs, read by both sides; it moves nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from grants.enums import ApplicationState
from grants.models import Application, StatusReport
from grants.settlement import personal
from grants.settlement.actions import reporting
from grants.settlement.papers_status import STATUS
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.settlement import DONE, reported
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, copy, refuses

VALUES = {
    "stood_on": date(2026, 11, 25),
    "outlook": "on_time",
    "content": "2回運行した。",
    "spent_yen": 120_000,
}


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def test_it_is_filed_printed_and_told_and_nothing_moves(town: Town, case: Application) -> None:
    for number in (1, 2):
        reporting.report_status(by=town.chief, application=case, **VALUES)  # type: ignore[arg-type]
        paper = Document.objects.get(kind=STATUS, version=str(number))
        assert paper.snapshot["body"]["number"] == number
    assert papers.content(paper).startswith(b"%PDF")
    assert Application.objects.get(pk=case.pk).state == ApplicationState.DECIDED
    assert OutboxMessage.objects.filter(template="grants/mail/settlement/status_reported").count() == 2
    assert len(personal.rows(town.chief_user.pk)["状況報告"]) == 2
    row = StatusReport.objects.first()
    refuses("statusreport_number_once", copy(row))
    refuses("statusreport_says_something", change(row, content=""))


def test_who_may_and_when(town: Town, case: Application, clock: ClockFile) -> None:
    for by in (town.officer, town.prefecture, Town(office=town.office).chief):
        with pytest.raises(PermissionDenied):
            reporting.report_status(by=by, application=case, **VALUES)  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="先の日") as refused:
        reporting.report_status(by=town.chief, application=case, **VALUES | {"stood_on": date(2026, 11, 26)})  # type: ignore[arg-type]
    assert refused.value.field == "stood_on"
    clock.set(DONE)
    reported(town, case)
    with pytest.raises(Refusal, match="実績報告済み"):
        reporting.report_status(by=town.chief, application=case, **VALUES)  # type: ignore[arg-type]


def test_it_is_reached_by_clicking_and_read_by_both(town: Town, case: Application) -> None:
    chief, office, url = StrictClient(), StrictClient(), case.get_status_url()
    chief.force_login(town.chief_user)
    office.force_login(town.prefecture_user)
    assert url in chief.get(case.get_absolute_url()).content.decode()
    assert url in office.get(case.get_staff_url()).content.decode()
    bad = send(chief, url, content="2回運行した。", stood_on="いつか", spent_yen="1")
    assert bad.status_code == 422
    assert "2回運行した。" in text_of(bad)
    good = {"content": "2回運行した。", "stood_on": "R8.11.25", "spent_yen": "120,000", "outlook": "late"}
    assert send(chief, url, **good).status_code == 303
    page = office.get(url)
    assert_html(page.content)
    assert "遅れる見込み" in text_of(page)
    assert "報告する</button>" not in page.content.decode()
