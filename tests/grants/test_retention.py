"""How long a file is kept, what holds it, 廃棄 by two people: what goes, what stays; every refusal."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from grants.models import Application, Asset, Discard, ResultFile
from grants.retention import actions, queries
from grants.retention.erasing import MARK, owned, texts
from grants.settlement.papers import RESULT
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel import audit
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.assets import closed, listed
from tests.factories.deciding import decided, twins
from tests.factories.grants import Town
from tests.factories.settlement import DONE, inspected, reported
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, copy, refuses

OVER = "2032-04-01T10:00:00+09:00"


@pytest.fixture
def chief_user(db: None) -> User:
    return officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)


@pytest.fixture
def chief(chief_user: User) -> UserActor:
    return actor(chief_user)


@pytest.fixture
def case(town: Town, clock: ClockFile) -> Application:
    """Closed on 25 March 2027 with a result, its evidence and one piece of property."""
    made = decided(town)
    clock.set(DONE)
    inspected(town, reported(town, made))
    return closed(made)


def terms(case: Application) -> Any:
    return queries.with_terms(Application.objects.filter(pk=case.pk)).get()


def shown(by: UserActor, show: str) -> list[Application]:
    return list(queries.narrowed(queries.ended(Scope.of(by)), show))


def test_the_clock_starts_on_the_first_of_april_after_the_end(town: Town, case: Application) -> None:
    assert (terms(case).ended_on, terms(case).kept_until) == (date(2027, 3, 25), date(2032, 3, 31))
    Application.objects.filter(pk=case.pk).update(closed_at="2027-03-31T15:00:00Z")
    assert (terms(case).ended_on, terms(case).kept_until) == (date(2027, 4, 1), date(2033, 3, 31))
    case.menu.retention_years = 10
    case.menu.save(update_fields=["retention_years"])
    assert terms(case).kept_until == date(2038, 3, 31)


def test_a_file_is_thrown_away_by_two_people_and_only_figures_stay(
    town: Town, case: Application, chief: UserActor, clock: ClockFile, client: Client,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    clock.set(OVER)
    assert shown(town.prefecture, "due") == [case]
    row = actions.propose_discard(by=town.prefecture, case=case)
    with pytest.raises(PermissionDenied, match="べつの"):
        actions.approve_discard(by=town.prefecture, discard=row)
    with pytest.raises(Refusal, match="もう申し出て"):
        actions.propose_discard(by=town.prefecture, case=case)
    evidence = ResultFile.objects.select_related("file").get(report__application=case).file
    paper = documents.of(case).filter(kind=RESULT).get()
    assert default_storage.exists(evidence.storage_name)
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_discard(by=chief, discard=row)
    assert row.rows > 20
    assert row.files >= 3
    for rows in owned(case):
        for field in texts(rows.model):
            found = set(map(str, rows.values_list(field.name, flat=True)))
            assert found <= {"", MARK, "{}", "[]", "None"}, (rows.model, field.name)
    case.refresh_from_db()
    assert (case.decided_yen, case.settled_yen, case.applicant_name) == (710_000, 500_000, MARK)
    evidence.refresh_from_db()
    assert (evidence.filename, len(evidence.sha256)) == ("廃棄済み", 64)
    assert not default_storage.exists(evidence.storage_name)
    assert paper.check_number in text_of(client.get(paper.get_verify_url()))
    assert_nobody_opens_it_any_more(town, case, client, paper)
    with pytest.raises(Refusal, match="いま「廃棄済み」"):
        actions.approve_discard(by=chief, discard=row)


def assert_nobody_opens_it_any_more(town: Town, case: Application, client: Client, paper: Document) -> None:
    assert "grants.application.submit" in [entry.event for entry in audit.history(case)]
    assert (shown(town.prefecture, "due"), shown(town.prefecture, "done")) == ([], [case])
    client.force_login(town.officer_user)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get(paper.get_file_url()).status_code == 404
    with pytest.raises(Refusal, match="もう廃棄しました"):
        actions.hold_file(by=town.prefecture, case=case, kind="suit", reason="遅い")


def test_what_holds_a_file_is_said_and_refuses_its_end(
    town: Town, case: Application, chief: UserActor, clock: ClockFile
) -> None:
    with pytest.raises(Refusal, match="保存期間は令和14年3月31日まで"):
        actions.propose_discard(by=town.prefecture, case=case)
    asset = listed(town, case, kind="wooden")
    clock.set(OVER)
    with pytest.raises(Refusal, match="処分制限期間中の財産"):
        actions.propose_discard(by=town.prefecture, case=case)
    Asset.objects.filter(pk=asset.pk).update(state="ended", ended_at=case.closed_at)
    with pytest.raises(PermissionDenied, match="県の担当者"):
        actions.hold_file(by=town.chief, case=case, kind="suit", reason="他")
    row = actions.propose_discard(by=town.prefecture, case=case)
    hold = actions.hold_file(by=town.prefecture, case=case, kind="suit", reason="取消訴訟が起こされた。")
    with pytest.raises(Refusal, match="同じ種類の保留"):
        actions.hold_file(by=town.prefecture, case=case, kind="suit", reason="もう一度")
    with pytest.raises(Refusal, match="廃棄の保留があります"):
        actions.approve_discard(by=chief, discard=row)
    assert shown(town.prefecture, "due") == []
    actions.release_hold(by=town.prefecture, case=case, hold=hold)
    actions.release_hold(by=town.prefecture, case=case, hold=hold)
    with pytest.raises(Refusal, match="より長く"):
        actions.extend_term(by=town.prefecture, case=case, until_on=date(2032, 3, 31), reason="他")
    actions.extend_term(by=town.prefecture, case=case, until_on=date(2033, 3, 31), reason="研究のため。")
    with pytest.raises(Refusal, match="令和15年3月31日まで"):
        actions.approve_discard(by=chief, discard=row)
    actions.decline_discard(by=chief, discard=row, note="研究に使うため")
    clock.set("2033-04-01T10:00:00+09:00")
    actions.propose_discard(by=town.prefecture, case=case)


def test_a_running_file_has_no_term_yet(town: Town) -> None:
    with pytest.raises(Refusal, match="まだ終わっていない"):
        actions.hold_file(by=town.prefecture, case=decided(town), kind="audit", reason="検査")


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_costs_the_same_and_comes_as_a_file(
    town: Town, case: Application, client: Client, clock: ClockFile, assert_queries: Any, count: int
) -> None:
    twins(case, count)
    clock.set(OVER)
    client.force_login(town.prefecture_user)
    page = reverse("grants:retention")
    client.get(page)
    with assert_queries(7):
        assert_html(client.get(page).content)
    assert case.title in text_of(client.get(page))
    assert case.title not in text_of(client.get(page, {"show": "done"}))


def test_the_way_by_clicking(
    town: Town, case: Application, chief_user: User, client: Client, clock: ClockFile
) -> None:
    clock.set(OVER)
    client.force_login(town.prefecture_user)
    page = case.get_retention_url()
    assert page in client.get(reverse("grants:retention")).content.decode()
    assert_html(client.get(page).content)

    def at(act: str) -> str:
        return case.get_retention_act_url(act)

    assert send(client, page, action=at("hold"), reason="").status_code == 422
    assert send(client, page, action=at("hold"), reason="監査のため。").status_code == 303
    assert send(client, page, action=at("release")).status_code == 303
    assert send(client, page, action=at("extend"), until_on="R8.4.1", reason="他").status_code == 409
    assert client.post(at("approve"), {}).status_code == 404
    assert send(client, page, action=at("propose")).status_code == 303
    assert client.post(at("approve"), {}).status_code == 403
    client.force_login(chief_user)
    assert "の廃棄を承認する" in text_of(client.get(reverse("site:desk")))
    assert_html(client.get(page).content)
    assert send(client, page, action=at("approve")).status_code == 303
    assert "この文書は廃棄しました" in text_of(client.get(page))


def test_the_constraints_hold(town: Town, case: Application, clock: ClockFile) -> None:
    clock.set(OVER)
    hold = actions.hold_file(by=town.prefecture, case=case, kind="suit", reason="他")
    refuses("hold_one_open_a_kind", copy(hold))
    refuses("hold_says_why", change(hold, reason=""))
    longer = actions.extend_term(by=town.prefecture, case=case, until_on=date(2035, 3, 31), reason="他")
    refuses("termextension_says_why", change(longer, reason=""))
    row = Discard.objects.create(
        application=case, kept_until=date(2032, 3, 31), proposed_by=town.prefecture_user
    )
    refuses("discard_one_open", copy(row))
    same = {"state": "approved", "approved_at": row.proposed_at, "approved_by": town.prefecture_user}
    refuses("discard_approved_by_another", change(row, **same))
