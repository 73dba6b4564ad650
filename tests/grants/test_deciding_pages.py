"""The decision on screen: what the officer reads and drafts, the record of the 決裁, what the town sees then."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants import actions
from grants.enums import ApplicationState
from grants.models import Application
from portal.documents.models import Document
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import (
    GRANT_YEN,
    decided,
    deciding,
    line_of,
    open_approval,
    rejected,
    reviewing,
)
from tests.factories.grants import PDF_BYTES, Town
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .pages import send, text_of


@pytest.fixture
def office(client: Client, town: Town) -> Client:
    client.force_login(town.prefecture_user)
    return client


def act(case: Application, name: str) -> str:
    return f"{case.get_decide_url()}{name}/"


def record_values(**changed: Any) -> dict[str, Any]:
    return {
        "record_number": "起-7", "decided_on": "令和8年11月25日", "approver_title": "課長", "approver_name": "決裁 花子",
        "paper": SimpleUploadedFile("決裁.pdf", PDF_BYTES, "application/pdf"), "effective_on": "R8.11.25",
        "document_number": "く共第9号", "commitment_number": "負-9",
    } | changed  # fmt: skip


def test_the_page_says_what_may_be_granted_and_why(office: Client, town: Town) -> None:
    case = reviewing(town)
    line_of(town, case.menu)
    use = {"by": town.prefecture, "municipality": town.area, "menu": case.menu}
    actions.record_outside_use(title="第1次募集の事業", amount_yen=600_000, **use)
    response = office.get(case.get_decide_url())
    words = text_of(response)
    assert_html(response.content)
    assert "400,000円" in words
    assert "第1次募集の事業" in words
    assert "残り100,000,000円" in words
    assert 'value="400,000"' in words


def test_a_refused_draft_keeps_what_was_typed_at_its_field(office: Client, town: Town) -> None:
    case = reviewing(town)
    line_of(town, case.menu)
    over = send(
        office, case.get_decide_url(), action=act(case, "grant"), amount_yen="７１１，０００", memo="伺います"
    )
    assert over.status_code == 409
    assert "計算した額(710,000円)まで" in text_of(over)
    assert "伺います" in text_of(over)
    bad = send(office, case.get_decide_url(), action=act(case, "grant"), amount_yen="たくさん")
    assert bad.status_code == 422
    assert Application.objects.get(pk=case.pk).state == ApplicationState.REVIEWING


def test_drafted_and_recorded_on_screen_the_town_reads_the_letter(
    office: Client, town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    case = reviewing(town)
    line_of(town, case.menu)
    drafted = send(office, case.get_decide_url(), action=act(case, "grant"))
    approval = open_approval(case)
    assert (drafted.status_code, drafted.headers["Location"]) == (303, approval.get_absolute_url())
    page = office.get(approval.get_absolute_url())
    assert_html(page.content)
    action = f"{approval.get_absolute_url()}record/"
    empty = send(office, approval.get_absolute_url(), action=action, **record_values(effective_on=""))
    assert empty.status_code == 422
    assert "決裁.pdf" in text_of(empty)
    done = send(office, approval.get_absolute_url(), action=action, **record_values())
    assert done.status_code == 303
    assert "く共第9号" in text_of(office.get(approval.get_absolute_url()))
    assert office.get(f"{approval.get_absolute_url()}paper/").status_code == 200
    chief = StrictClient()
    chief.force_login(town.chief_user)
    seen = chief.get(case.get_absolute_url())
    assert_html(seen.content)
    words = text_of(seen)
    assert "補助金の交付が決定しました" in words
    assert "710,000円" in words
    assert words.index("交付決定額") < words.index("提出の控え")
    assert "2026年(令和8年)12月5日(土)まで" in words
    assert Document.objects.get(kind="grants.decision").get_absolute_url


def test_a_refusal_is_told_with_its_reason(office: Client, town: Town) -> None:
    case = rejected(town, reason="地域の合意が確かめられないため。")
    chief = StrictClient()
    chief.force_login(town.chief_user)
    words = text_of(chief.get(case.get_absolute_url()))
    assert "交付しないことが決定しました" in words
    assert "地域の合意が確かめられないため。" in words
    assert "申請を取り下げる" not in words
    assert "地域の合意が確かめられないため。" in text_of(office.get(case.get_staff_url()))


def test_the_list_and_the_desk_lead_to_what_waits(office: Client, town: Town) -> None:
    approval = open_approval(deciding(town))
    assert approval.get_absolute_url() in text_of(office.get("/staff/grants/approvals/"))
    assert "の決裁を記録する" in text_of(office.get("/staff/"))
    actions.send_back_approval(by=town.prefecture, approval=approval, note="積算を直す。")
    assert approval.get_absolute_url() not in text_of(office.get("/staff/grants/approvals/"))
    assert approval.get_absolute_url() in text_of(office.get("/staff/grants/approvals/?all=1"))


def test_a_colleague_reads_and_is_told_who_drafts(town: Town) -> None:
    case = reviewing(town)
    colleague = StrictClient()
    colleague.force_login(officer("prefecture_officer", KAGOSHIMA, section=town.office))
    assert "起案できるのは、担当の人だけです" in text_of(colleague.get(case.get_decide_url()))
    chief = StrictClient()
    chief.force_login(officer("prefecture_section_chief", KAGOSHIMA))
    assert chief.get(case.get_decide_url()).status_code == 403
    approval = open_approval(deciding(town, case))
    assert "いまは、ほかの人の番です" in text_of(chief.get(approval.get_absolute_url()))


def test_the_list_costs_the_same_with_one_and_with_three(
    office: Client, town: Town, assert_queries: Any
) -> None:
    open_approval(deciding(town))
    with assert_queries(LIST_QUERIES):
        office.get("/staff/grants/approvals/")
    for _ in range(2):
        deciding(Town(office=town.office))
    with assert_queries(LIST_QUERIES):
        office.get("/staff/grants/approvals/")


LIST_QUERIES = 8


def test_the_staff_queue_shows_where_a_decision_stands(office: Client, town: Town) -> None:
    case = deciding(town)
    words = text_of(office.get("/staff/grants/?state=deciding"))
    assert case.title in words
    assert "決裁中" in words
    gone = decided(town, case)
    assert gone.decided_yen == GRANT_YEN
    assert gone.title in text_of(office.get("/staff/grants/?state=decided"))
    assert actor(town.prefecture_user)
