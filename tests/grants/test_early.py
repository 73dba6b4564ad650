"""事前着手届: filed before the decision, accepted or refused with its day; what counts is shown to examiner and inspector."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from grants.early import personal, queries
from grants.early.actions import filing
from grants.early.papers import NOTICE
from grants.models import Application, EarlyStart
from portal.accounts.scope import Scope
from portal.documents import papers
from portal.documents.models import Document
from portal.kernel import audit, clock, ports
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.deciding import decided, deciding, reviewing
from tests.factories.grants import Town
from tests.factories.settlement import reported
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, refuses

TODAY = date(2026, 11, 25)


@pytest.fixture
def case(town: Town) -> Application:
    return reviewing(town)


def filed(town: Town, case: Application, starts_on: date = TODAY) -> EarlyStart:
    return filing.file_early_start(
        by=town.chief, application=case, starts_on=starts_on, reason="田植えの前に始めるため。"
    )


def test_only_what_begins_after_an_accepted_notice_counts(
    town: Town, case: Application, clock: ClockFile
) -> None:
    row = filed(town, case)
    assert list(queries.to_answer(Scope.of(town.prefecture))) == [row]
    with pytest.raises(Refusal, match="事前着手届に、まだ答えていません"):
        deciding(town, case)
    filing.accept_early_start(by=town.prefecture, early=row, number=row.number, answered_on=TODAY)
    clock.set("2026-12-10T10:00:00+09:00")
    decided(town, deciding(town, case))
    case.refresh_from_db()
    mark = queries.mark_of(case)
    assert mark is not None
    assert (mark.kind, mark.eligible_from) == ("info", TODAY)
    EarlyStart.objects.update(
        starts_on=date(2027, 1, 10)
    )  # later than the decision: that counts from its own day
    later = queries.mark_of(Application.objects.get(pk=case.pk))
    assert later is not None
    assert later.eligible_from == date(2026, 12, 10)
    EarlyStart.objects.update(starts_on=TODAY)
    office = StrictClient()
    office.force_login(town.prefecture_user)
    clock.set("2027-03-25T10:00:00+09:00")
    reported(town, case)
    page = office.get(case.get_staff_result_url())
    assert_html(page.content)
    assert "令和8年11月25日から" in text_of(page).replace(" ", "")


def test_without_one_costs_before_the_decision_are_marked(town: Town, case: Application) -> None:
    Application.objects.filter(pk=case.pk).update(starts_on=date(2026, 9, 1))
    office = StrictClient()
    office.force_login(town.prefecture_user)
    page = office.get(case.get_examine_url())
    assert "事前着手届がありません" in text_of(page)
    assert_html(page.content)
    row = filed(town, case)
    filing.refuse_early_start(
        by=town.prefecture, early=row, number=row.number, answered_on=TODAY, note="急ぐ事情がないため。"
    )
    assert "事前着手届を受理していません" in text_of(office.get(case.get_staff_url()))
    decided_case = decided(town, deciding(town, case))
    decided_case = Application.objects.get(pk=case.pk)
    mark = queries.mark_of(decided_case)
    assert mark is not None
    assert (mark.kind, mark.eligible_from) == ("warn", TODAY)
    Application.objects.filter(pk=case.pk).update(starts_on=date(2026, 12, 1))
    EarlyStart.objects.all().delete()
    assert queries.mark_of(Application.objects.get(pk=case.pk)) is None


def test_refused_it_is_filed_anew_with_paper_mails_and_history(town: Town, case: Application) -> None:
    row = filed(town, case)
    with pytest.raises(Refusal):
        filed(town, case)
    filing.refuse_early_start(
        by=town.prefecture, early=row, number=row.number, answered_on=TODAY, note="理由が足りないため。"
    )
    with pytest.raises(Refusal):
        filing.accept_early_start(by=town.prefecture, early=row, number=row.number, answered_on=TODAY)
    read = row.number
    row = filed(town, case, date(2026, 12, 1))
    with pytest.raises(Refusal, match="出しなおされています"):
        filing.accept_early_start(by=town.prefecture, early=row, number=read, answered_on=TODAY)
    assert (row.number, row.refusal, row.answered_on) == (2, "", None)
    filing.accept_early_start(by=town.prefecture, early=row, number=row.number, answered_on=TODAY)
    found = Document.objects.filter(kind=NOTICE)
    assert {paper.snapshot["body"]["starts_on"] for paper in found} == {"2026-11-25", "2026-12-01"}
    assert papers.content(found[1]).startswith(b"%PDF")
    sent = OutboxMessage.objects.filter(template__contains="early_").values_list("template", flat=True)
    assert {name.rsplit("/", 1)[-1] for name in sent} == {"early_filed", "early_refused", "early_accepted"}
    assert [entry.event for entry in audit.history(case)].count("grants.earlystart.answered") == 2
    entries = [*audit.history(case), *audit.history(row)]
    assert all(entry.event in ports.audit_presenters for entry in entries)
    assert len(personal.rows(town.chief_user.pk)["事前着手届"]) == 1


def test_what_is_refused_and_who_may(town: Town, case: Application) -> None:
    for day in (date(2026, 11, 24), date(2027, 4, 1)):
        with pytest.raises(Refusal, match="令和9年3月31日まで") as refused:
            filed(town, case, day)
        assert refused.value.field == "starts_on"
    for by in (town.officer, town.prefecture, Town(office=town.office).chief):
        with pytest.raises(PermissionDenied):
            filing.file_early_start(by=by, application=case, starts_on=TODAY, reason="他")
    row = filed(town, case)
    for day in (date(2026, 11, 24), date(2026, 11, 26)):
        with pytest.raises(Refusal, match="今日までの日"):
            filing.accept_early_start(by=town.prefecture, early=row, number=row.number, answered_on=day)
    for by in (town.chief, Town().prefecture):
        with pytest.raises(PermissionDenied):
            filing.accept_early_start(by=by, early=row, number=row.number, answered_on=TODAY)
        with pytest.raises(PermissionDenied):
            filing.refuse_early_start(by=by, early=row, number=row.number, answered_on=TODAY, note="他")
    refuses("earlystart_says_why", change(row, reason=""))
    refuses("earlystart_answered_iff_dated", change(row, answered_on=TODAY))
    refuses("earlystart_refused_says_why", change(row, refusal="他"))
    with pytest.raises(Refusal, match="提出から決定の起案まで"):
        filed(town, decided(town))
    with pytest.raises(Refusal, match="提出から決定の起案まで"):
        filed(town, town.draft())


def test_the_way_by_clicking(town: Town, case: Application) -> None:
    chief, office, url = StrictClient(), StrictClient(), reverse("grants:early_start", args=[case.pk])
    chief.force_login(town.chief_user)
    office.force_login(town.prefecture_user)
    assert url in chief.get(case.get_absolute_url()).content.decode()
    assert_html(chief.get(url).content)
    typed = {"reason": "田植えの前に始めるため。"}
    bad = send(chief, url, action=url, starts_on="いつか", **typed)
    assert bad.status_code == 422
    assert "田植えの前に始めるため。" in text_of(bad)
    assert send(chief, url, action=url, starts_on="R8.11.1", **typed).status_code == 409
    assert send(chief, url, action=url, starts_on="R8.12.1", **typed).status_code == 303
    assert url in office.get(reverse("site:desk")).content.decode()
    assert url in office.get(case.get_examine_url()).content.decode()
    assert_html(office.get(url).content)
    refuse = reverse("grants:early_start_act", args=[case.pk, "refuse"])
    assert send(office, url, action=refuse, note="", answered_on="R8.11.25").status_code == 422
    accept = reverse("grants:early_start_act", args=[case.pk, "accept"])
    assert send(office, url, action=accept, answered_on="R8.11.25").status_code == 303
    assert "事前着手届を受理した" in text_of(office.get(url))
    assert "着手した日からの経費が対象です" in text_of(office.get(case.get_staff_url()))
    assert office.post(reverse("grants:early_start_act", args=[case.pk, "steal"]), {}).status_code == 404
    assert clock.today_jst() == TODAY
