"""A paper application that its office types in: begun from its acceptance, written, submitted with its 収受日, corrected."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.actions.starting import type_in
from grants.enums import ApplicationState
from grants.models import Admission, Application
from grants.relief import queries as reads
from portal.kernel import audit
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.grants import EXPENSES, INCOMES, SHARE_YEN, TEXTS, Town, open_call, staged
from tests.factories.relief import admission
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of

AFTER = "2026-12-04T10:00:00+09:00"


@pytest.fixture
def paper(town: Town, clock: ClockFile) -> Admission:
    """The office accepted a paper application after the deadline."""
    call = open_call()
    clock.set(AFTER)
    return admission(town, call, kind="paper", received_on=date(2026, 12, 2), received_number="収-12")


def typed(town: Town, paper: Admission) -> Application:
    """Everything the paper says, typed in by the office."""
    by: UserActor = town.prefecture
    application = type_in(by=by, admission=paper)
    town.platform  # noqa: B018 - made by the municipality before
    kind = application.menu.project_types.get(code="1-2")
    actions.save_target(
        by=by, application=application, revision=0, title="買い物を支える事業", platform=town.platform,
        project_type=kind, mode="direct",
    )  # fmt: skip
    days = {"starts_on": date(2027, 1, 12), "ends_on": date(2027, 3, 19)}
    actions.save_plan(by=by, application=application, revision=0, texts=TEXTS, **days)
    actions.save_budget(
        by=by, application=application, revision=0, expenses=EXPENSES, incomes=INCOMES, share_yen=SHARE_YEN
    )
    actions.add_attachment(by=by, application=application, kind="charter", file=staged(by))
    actions.save_confirm(
        by=by, application=application, revision=0, applicant_title="町長", applicant_name="試験 一郎", own_number="企第4号"
    )  # fmt: skip
    return application


def test_the_office_types_it_in_and_files_it_with_the_day_of_the_paper(town: Town, paper: Admission) -> None:
    town.chief_user  # noqa: B018 - somebody there to be told
    application = typed(town, paper)
    actions.submit(by=town.prefecture, application=application)
    assert application.state == ApplicationState.SUBMITTED
    row = reads.noting_received(Application.objects.filter(pk=application.pk)).get()
    assert (row.late_on, row.late_number) == (date(2026, 12, 2), "収-12")  # type: ignore[attr-defined]
    told = OutboxMessage.objects.filter(template="grants/mail/typed_in").values_list("to_address", flat=True)
    assert town.chief_user.email in set(told)
    assert "grants.application.typed_in" in [entry.event for entry in audit.history(application)]
    with pytest.raises(Refusal):
        actions.submit(by=town.prefecture, application=application)
    actions.take(by=town.prefecture, application=application)
    assert application.held_by == town.prefecture_user


def test_only_its_office_and_its_municipality_write_in_it(town: Town, paper: Admission) -> None:
    application = typed(town, paper)
    revision = application.parts.get(key="plan").revision
    days = {"starts_on": date(2027, 1, 12), "ends_on": date(2027, 3, 19)}
    for stranger in (Town().prefecture, Town().officer):
        with pytest.raises(PermissionDenied):
            actions.save_plan(by=stranger, application=application, revision=revision, texts=TEXTS, **days)
        with pytest.raises(PermissionDenied):
            actions.submit(by=stranger, application=application)
    with pytest.raises(PermissionDenied):
        actions.submit(by=town.officer, application=application)
    assert actions.save_plan(
        by=town.officer, application=application, revision=revision, texts=TEXTS, **days
    ).is_draft


def test_what_the_municipality_writes_itself_stays_closed_to_the_office(town: Town) -> None:
    application = town.draft()
    days = {"starts_on": date(2027, 1, 12), "ends_on": date(2027, 3, 19)}
    with pytest.raises(PermissionDenied):
        actions.save_plan(by=town.prefecture, application=application, revision=0, texts=TEXTS, **days)


def test_one_paper_is_typed_in_once_and_only_in_time(town: Town, paper: Admission, clock: ClockFile) -> None:
    with pytest.raises(PermissionDenied):
        type_in(by=Town().prefecture, admission=paper)
    with pytest.raises(PermissionDenied):
        type_in(by=town.officer, admission=paper)
    late = admission(town, paper.call)
    with pytest.raises(Refusal, match="受理した紙の申請書"):
        type_in(by=town.prefecture, admission=late)
    clock.set("2026-12-20T10:00:00+09:00")
    with pytest.raises(Refusal, match="提出の期限"):
        type_in(by=town.prefecture, admission=paper)
    clock.set(AFTER)
    type_in(by=town.prefecture, admission=paper)
    with pytest.raises(Refusal, match="もう入力が始まっています"):
        type_in(by=town.prefecture, admission=paper)
    assert Application.objects.filter(typed_in=True).count() == 1


def test_the_way_through_the_pages(town: Town, paper: Admission, client: Client) -> None:
    client.force_login(town.prefecture_user)
    page = client.get(paper.get_absolute_url())
    assert_html(page.content)
    assert "県で入力を始める" in text_of(page)
    begun = send(client, paper.get_absolute_url(), action=paper.get_type_url())
    application = Application.objects.get(typed_in=True)
    assert (begun.status_code, begun["Location"]) == (303, application.get_edit_url())
    form = client.get(application.get_edit_url("plan"))
    assert_html(form.content)
    assert "紙の申請書を入力しています" in text_of(form)
    assert send(client, application.get_edit_url("plan"), purpose="紙のとおり").status_code == 303
    assert application.parts.get(key="plan").texts["purpose"] == "紙のとおり"
    assert "紙の申請書を入力する" in text_of(client.get(reverse("site:desk")))
    assert "入力をつづける" in text_of(client.get(paper.get_absolute_url()))
    client.force_login(Town().prefecture_user)
    assert client.get(application.get_edit_url("plan")).status_code == 404
    assert client.get(application.get_absolute_url()).status_code == 404


def test_after_submission_the_office_reads_its_own_page_and_types_in_a_correction(
    town: Town, paper: Admission, client: Client
) -> None:
    application = typed(town, paper)
    actions.submit(by=town.prefecture, application=application)
    client.force_login(town.prefecture_user)
    assert client.get(application.get_absolute_url())["Location"] == application.get_staff_url()
    page = client.get(application.get_staff_url())
    assert "県が入力した申請です" in text_of(page)
    actions.take(by=town.prefecture, application=application)
    actions.write_remark(
        by=town.prefecture, application=application, part="plan", text="人数の根拠を書いてください。"
    )
    actions.return_for_correction(by=town.prefecture, application=application, due_on=date(2026, 12, 18))
    page = client.get(application.get_staff_url())
    assert "紙で届いた補正を入力する" in text_of(page)
    assert client.get(application.get_absolute_url()).status_code == 200
    assert client.get(application.get_edit_url("plan")).status_code == 200
