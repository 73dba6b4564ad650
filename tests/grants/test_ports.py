"""What the grants give to the floors: desks, hand-over, 開示, the thread, history, seeing."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants import actions, desk, personal, presenters, queries, thread
from grants.models import Application
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.kernel import ports
from portal.kernel.actors import VisitorActor
from tests.factories.accounts import UserFactory, actor, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA
from tests.factories.grants import Town, office
from tests.support.world import ClockFile


def scope(by) -> Scope:  # type: ignore[no-untyped-def]
    by.memo.clear()
    return Scope.of(by)


def test_desk_of_a_municipality_names_its_drafts_by_deadline(town: Town, clock: ClockFile) -> None:
    draft = town.draft()
    town.submitted()
    items = list(desk.items(scope(town.officer)))
    assert [(item.title, item.url) for item in items] == [
        ("買い物と見守りを支える事業を書いて提出する", draft.get_absolute_url())
    ]
    assert items[0].due_on.isoformat() == "2026-12-03"
    clock.set("2026-12-04")
    assert list(desk.items(scope(town.officer))) == []


def test_desk_of_an_office_names_what_waits_and_what_one_holds(town: Town) -> None:
    waiting, held = town.submitted(), town.submitted()
    Town().submitted()
    actions.take(by=town.prefecture, application=held)
    urls = {item.url for item in desk.items(scope(town.prefecture))}
    assert urls == {waiting.get_staff_url(), held.get_examine_url()}
    colleague = actor(officer("prefecture_officer", KAGOSHIMA, section=town.office))
    assert {item.url for item in desk.items(scope(colleague))} == {waiting.get_staff_url()}
    assert [item.url for item in desk.open_cases(town.prefecture_user.pk)] == [held.get_staff_url()]


def test_desk_of_others_is_empty(town: Town) -> None:
    town.submitted()
    for by in (actor(UserFactory()), actor(officer("city_officer", NIIGATA)), VisitorActor("x")):
        assert list(desk.items(scope(by))) == []


def test_personal_data_names_everything_a_person_did(town: Town) -> None:
    application = actions.take(by=town.prefecture, application=town.submitted())
    actions.keep_typed(
        by=town.officer, application=town.draft(), key="plan", revision=0, sent={"purpose": ["x"]}
    )
    found = personal.rows(town.officer_user.pk)
    assert {name: len(rows) for name, rows in found.items()} == {
        "補助金の申請": 2,
        "申請の部分の保存": 4,
        "添付した書類": 1,
        "取り置いた入力": 1,
        "要望調査": 0,
        "要望調査の回答": 0,
        "補正の指摘と回答": 0,
        "補正の依頼": 0,
        "審査の項目の判定": 0,
    }
    actions.answer_checks(by=town.prefecture, application=application, answers={"plan": ("fit", "よい計画")})
    actions.write_remark(
        by=town.prefecture, application=application, part="plan", text="期間を確かめてください。"
    )
    actions.return_for_correction(by=town.prefecture, application=application, due_on=date(2026, 12, 4))
    actions.answer_remark(by=town.officer, remark=application.remarks.get(), answer="書き足しました。")
    assert personal.rows(town.officer_user.pk)["補正の指摘と回答"][0]["書いたこと"] == "書き足しました。"
    asked = personal.rows(town.prefecture_user.pk)
    assert [len(asked[name]) for name in ("補正の指摘と回答", "補正の依頼", "審査の項目の判定")] == [1, 1, 1]
    assert personal.rows(town.prefecture_user.pk)["補助金の申請"][0]["担当"] is True
    assert not any(personal.rows(UserFactory().pk).values())
    assert application.held_by == town.prefecture_user


def test_thread_leads_from_the_platform_to_the_file_and_back(town: Town) -> None:
    application = town.submitted()
    from_platform = list(thread.edges(town.platform, scope(town.officer)))
    assert [(edge.kind, edge.url) for edge in from_platform] == [("補助金", application.get_absolute_url())]
    assert next(iter(thread.edges(town.platform, scope(town.prefecture)))).url == application.get_staff_url()
    assert list(thread.edges(town.platform, scope(actor(UserFactory())))) == []
    assert next(iter(thread.edges(application, scope(town.officer)))).kind == "コミプラ"


def test_every_event_has_a_presenter_that_reads(town: Town) -> None:
    samples = {
        "part": "plan", "revision": 1, "number": 1, "grant_yen": 1_000, "amount_yen": 1_000, "points": 8,
        "due_on": "2026-12-04", "remarks": 2, "before_yen": 0, "from": "令和8年度", "passed_on": "2027-03-20", "municipalities": 43,
        "agreed_yen": 1_000,
    }  # fmt: skip
    for event, present in presenters.PRESENTERS.items():
        assert ports.audit_presenters[event] is present
        assert present(samples).text


def test_case_files_are_never_in_the_search() -> None:
    assert "grants" not in dict(ports.search_sources.items())


def everyone(town: Town, other: Town) -> dict[str, Scope]:
    users = {
        "resident": UserFactory(), "officer": town.officer_user, "chief": town.chief_user,
        "prefecture": town.prefecture_user, "other_office": officer("prefecture_officer", KAGOSHIMA, section=office()),
        "head": officer("prefecture_head", KAGOSHIMA), "auditor": officer("auditor", KAGOSHIMA),
        "city_auditor": officer("auditor", NIIGATA), "other_officer": other.officer_user,
        "accountant": officer("accountant", KAGOSHIMA), "sysadmin": officer("system_admin"),
        "city": officer("city_officer", NIIGATA),
    }  # fmt: skip
    return {name: scope(actor(user)) for name, user in users.items()} | {
        "anonymous": scope(VisitorActor("x"))
    }


@pytest.mark.parametrize("submitted", [False, True])
def test_who_sees_a_file_its_paper_and_its_attachments(town: Town, submitted: bool) -> None:
    application = town.submitted() if submitted else town.ready()
    readers = {"officer", "chief"} | (
        {"prefecture", "other_office", "head", "auditor"} if submitted else set()
    )
    for name, who in everyone(town, Town()).items():
        sees = queries.visible_to(who).filter(pk=application.pk).exists()
        assert sees is (name in readers), name
        assert documents.visible_to(who).filter(object_id=application.pk).exists() is (sees and submitted), (
            name
        )
        assert ports.visible["grants.application"](who).filter(pk=application.pk).exists() is sees, name


def test_lists_and_single_pages_agree_over_random_worlds(town: Town) -> None:
    towns = [town, Town(office=town.office), Town()]
    scopes = [one for member in towns for one in everyone(member, towns[0]).values()]

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["draft", "submitted", "taken"])), max_size=5)
    )
    def agree(files: list[tuple[int, str]]) -> None:
        made = []
        for index, state in files:
            row = towns[index].draft() if state == "draft" else towns[index].submitted()
            made.append(
                actions.take(by=towns[index].prefecture, application=row) if state == "taken" else row
            )
        for who in scopes:
            listed = set(queries.own(who).values_list("pk", flat=True)) | set(
                queries.received(who).values_list("pk", flat=True)
            )
            single = {
                row.pk
                for row in Application.objects.all()
                if queries.visible_to(who).filter(pk=row.pk).exists()
            }
            assert listed == single
        Application.objects.filter(pk__in=[row.pk for row in made if row.submitted_at is None]).delete()

    agree()
