"""Which section examines a menu's files first and which drafts the decision is data, and the permissions follow it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grants import actions, desk
from grants.dispatch import queries as dispatches
from grants.dispatch.filters import DispatchFilter
from grants.enums import ApplicationState
from grants.models import Application, Menu, Programme
from grants.offering.sheet import sheet
from grants.queries import letters, whole
from grants.routing import drafts_elsewhere, office_of
from grants.supporters import queries as students
from grants.workshop.filters import WorkshopFilter
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.areas.models import Section
from portal.kernel import clock, permissions
from portal.kernel.refusals import Refusal
from tests.factories import commission, dispatch, supporters, workshop
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, SectionFactory, authority
from tests.factories.deciding import GRANT_YEN, line_of, open_approval, record, reviewing
from tests.factories.grants import Town, menu
from tests.factories.relief import closed_call

from .pages import send, text_of
from .test_constraints import change, refuses


@pytest.fixture
def section(town: Town) -> Section:
    """A 課 of the prefecture that looks after no municipality."""
    made: Section = SectionFactory(authority=authority(KAGOSHIMA))
    return made


@pytest.fixture
def person(section: Section) -> User:
    return officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=section)


def name(number: int, **sections: Section) -> Menu:
    """The menu with those sections."""
    row = menu(number)
    Menu.objects.filter(pk=row.pk).update(**sections)
    return menu(number)


def todo(user: User) -> list[str]:
    return [item.title for item in desk.items(Scope.of(actor(user)))]


def test_where_nothing_is_named_the_regional_office_does_all(town: Town) -> None:
    case = reviewing(town)
    assert (case.office, drafts_elsewhere(case)) == (town.office, False)
    assert permissions.check(town.prefecture, "grants.draft_decision", case)


def test_new_files_go_to_the_section_that_examines(town: Town, section: Section, person: User) -> None:
    for number in (1, 2, 3):
        name(number, examining_section=section)
    assert dispatch.requested(town).office == section
    assert workshop.draft(town).office == section
    case = town.submitted()
    assert case.office == section
    assert todo(person) == [f"{case}を受け取る"]
    assert not todo(town.prefecture_user)
    with pytest.raises(PermissionDenied, match="担当になれるのは"):
        actions.take(by=town.prefecture, application=case)
    assert actions.take(by=actor(person), application=case).held_by == person


def test_a_contract_of_menu_4_belongs_to_it_too(town: Town, section: Section) -> None:
    theme = commission.draft_theme(town, menu=name(4, examining_section=section))
    assert office_of(theme.menu, theme.municipality) == section
    assert office_of(menu(1), town.area) == town.office


def test_the_drafting_section_drafts_and_records_what_another_examined(
    town: Town, section: Section, person: User
) -> None:
    name(3, drafting_section=section)
    case = town.submitted()
    assert case.office == town.office
    actions.take(by=town.prefecture, application=case)
    assert not todo(person), "not yet examined"
    answers = {row["key"]: ("fit", "") for row in case.menu.checklist}
    actions.answer_checks(by=town.prefecture, application=case, answers=answers)
    case = actions.pass_screening(by=town.prefecture, application=case)
    assert todo(person) == [f"{case}の決定を起案する"]
    assert letters.choosable(Scope.of(actor(person))) == [case]
    assert not letters.choosable(Scope.of(actor(town.prefecture_user)))
    line, by = line_of(town, case.menu), actor(person)
    with pytest.raises(PermissionDenied, match="起案を受け持つ課"):
        actions.draft_decision(by=town.prefecture, application=case, amount_yen=GRANT_YEN, line=line)
    with pytest.raises(PermissionDenied, match="起案を受け持つ課"):
        actions.draft_rejection(by=town.prefecture, application=case, reason="対象外のため。")
    case = actions.draft_decision(by=by, application=case, amount_yen=GRANT_YEN, line=line)
    assert todo(person) == [f"{case}の決裁を記録する"]
    assert not todo(town.prefecture_user)
    with pytest.raises(PermissionDenied, match="この案件を受け持つ県の担当者"):
        actions.record_approval(by=town.prefecture, approval=open_approval(case), **record(town.prefecture))
    actions.record_approval(by=by, approval=open_approval(case), **record(by))
    assert Application.objects.get(pk=case.pk).state == ApplicationState.DECIDED


def test_the_drafting_section_does_not_examine(town: Town, section: Section, person: User) -> None:
    name(3, drafting_section=section)
    case = town.submitted()
    with pytest.raises(PermissionDenied):
        actions.take(by=actor(person), application=case)
    with pytest.raises(Refusal, match="いま「提出済み」です"):
        actions.draft_rejection(by=actor(person), application=case, reason="対象外のため。")


def test_the_pages_lead_each_to_what_is_theirs(
    town: Town, section: Section, person: User, client: Client
) -> None:
    name(3, drafting_section=section)
    case = reviewing(town)
    client.force_login(town.prefecture_user)
    examining = text_of(client.get(case.get_examine_url()))
    assert f"起案を受け持つ課の担当者です。({section})" in examining
    assert case.get_decide_url() not in examining
    assert client.get(case.get_decide_url()).status_code == 403
    client.force_login(person)
    file = text_of(client.get(case.get_staff_url()))
    assert f'href="{case.get_decide_url()}"' in file
    line = line_of(town, case.menu)
    page = text_of(client.get(case.get_decide_url()))
    assert "交付決定を起案する" in page
    act = f"{case.get_decide_url()}grant/"
    sent = send(client, case.get_decide_url(), action=act, amount_yen=str(GRANT_YEN), line=str(line.pk))
    assert sent.status_code == 303
    assert client.get(case.get_examine_url()).status_code == 403


def test_it_is_entered_with_the_terms_copied_and_compared(
    town: Town, section: Section, client: Client
) -> None:
    by = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    draft = actions.copy_programme(by=by, programme=menu(3).programme, fiscal_year=2027)
    client.force_login(by.user)
    url = f"/staff/grants/programmes/{draft.slug}/menus/3/terms/"
    chosen = {"examining_section": str(section.pk), "drafting_section": str(section.pk)}
    assert send(client, url, **chosen).status_code == 303
    rows = sheet(whole(Programme.objects.all()).get(pk=draft.pk))[str(draft.menus.get(number=3))]
    assert (rows["最初に審査する課"], rows["決定を起案する課"]) == (str(section), str(section))
    refused = send(client, url.replace("/3/", "/1/"), drafting_section=str(section.pk))
    assert refused.status_code == 422
    assert "補助金のメニュー(③)だけ" in text_of(refused)
    strange: Section = SectionFactory()
    bad = send(client, url, examining_section=str(strange.pk))
    assert bad.status_code == 422
    actions.move_programme(by=by, programme=draft, step="publish")
    with clock.at(date(2027, 5, 1)):
        later = actions.copy_programme(by=by, programme=Programme.objects.get(pk=draft.pk), fiscal_year=2028)
    assert later.menus.get(number=3).drafting_section == section


def test_only_a_subsidy_is_drafted_elsewhere(town: Town, section: Section) -> None:
    refuses("menu_drafting_of_subsidy", change(menu(1), drafting_section=section))


def test_the_section_that_examines_accepts_what_came_late_of_any_municipality(
    town: Town, section: Section, person: User, client: Client
) -> None:
    row = name(3, examining_section=section)
    call = closed_call(row)
    client.force_login(person)
    page = client.get(call.get_relief_url())
    assert f'value="{town.area.pk}"' in page.content.decode()
    sent = {
        "kind": "late",
        "municipality": town.area.pk,
        "received_on": "2026-11-20",
        "reason": "停電があった",
    }
    due = clock.today_jst().isoformat()
    answer = send(client, call.get_relief_url(), action=call.get_admit_url(), **sent, due_on=due)
    assert answer.status_code == 303, text_of(answer)
    assert call.admissions.get().office == section


def test_the_regional_office_is_told_who_accepts_instead(
    town: Town, section: Section, client: Client
) -> None:
    call = closed_call(name(3, examining_section=section))
    client.force_login(town.prefecture_user)
    page = text_of(client.get(call.get_relief_url()))
    assert f"次の担当者が受理します。{section}" in page
    assert call.get_admit_url() not in page
    data = {
        "kind": "late",
        "municipality": town.area.pk,
        "received_on": "2026-11-20",
        "reason": "停電があった",
    }
    assert client.post(call.get_admit_url(), data).status_code in (403, 422)
    assert not call.admissions.exists()


def test_the_lists_of_1_and_2_are_narrowed_to_the_section_too(
    town: Town, section: Section, person: User
) -> None:
    for number in (1, 2):
        name(number, examining_section=section)
    for form in (
        DispatchFilter(scope=Scope.of(actor(person))),
        WorkshopFilter(scope=Scope.of(actor(person))),
    ):
        found = set(form.fields["office"].queryset)  # type: ignore[attr-defined]
        assert {section, town.office} <= found


def test_an_advisor_and_students_go_to_the_region_and_not_to_the_section_that_examines(
    town: Town, section: Section, person: User
) -> None:
    name(1, examining_section=section)
    adviser = dispatch.Adviser(town)
    adviser.row.offices.add(town.office)
    made = dispatch.requested(town)
    assert made.office == section
    assert dispatches.to_be_asked(made).get(pk=adviser.row.pk).here
    asked = actions.propose_advisor(
        by=actor(person), dispatch=made, advisor=adviser.row, visits_count=1, starts_at=dispatch.FIRST,
        ends_at=dispatch.FIRST + timedelta(hours=2), place="見本公民館",
    )  # fmt: skip
    assert asked.advisor == adviser.row
    wanted = supporters.request(town, asked)
    near, away = supporters.Student(town), supporters.Student(town)
    near.row.offices.add(town.office)
    away.row.offices.add(section)
    assert [row for row, _ in students.candidates(wanted)] == [near.row]
