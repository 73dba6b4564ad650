"""Who has a file open: those of one's own side, while they are there, and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from grants import actions
from grants.models import Application, Presence
from grants.queries import presence
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import sweeping
from portal.kernel.actors import JobActor, UserActor
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town
from tests.support.strict import StrictClient
from tests.support.world import ClockFile


@pytest.fixture
def colleague(town: Town) -> UserActor:
    return actor(officer(Role.MUNICIPAL_OFFICER, town.area.pk))


def seen_by(who: UserActor, application: Application) -> list[tuple[str, str]]:
    side = presence.side_of(Scope.of(who), application)
    return [(row["name"], row["place"]) for row in presence.others(application, side, who.user_id)]


def beat(
    client: StrictClient, who: UserActor, application: Application, place: str, known: str = ""
) -> object:
    client.force_login(who.user)
    return client.post(f"/grants/applications/{application.pk}/presence/{place}/", {"known": known})


def test_two_of_one_town_see_each_other_and_where(town: Town, colleague: UserActor) -> None:
    draft = town.draft()
    actions.be_present(by=town.officer, file=draft, place="plan")
    actions.be_present(by=colleague, file=draft, place="plan")
    actions.be_present(by=colleague, file=draft, place="budget")
    assert seen_by(town.officer, draft) == [(colleague.user.name, "budget")]
    assert seen_by(colleague, draft) == [(town.officer_user.name, "plan")]
    assert Presence.objects.count() == 2


def test_who_left_is_not_shown_and_is_forgotten_after_a_day(
    town: Town, colleague: UserActor, clock: ClockFile
) -> None:
    draft = town.draft()
    actions.be_present(by=colleague, file=draft, place="plan")
    clock.set("2026-11-25T10:01:14+09:00")
    assert seen_by(town.officer, draft)
    clock.set("2026-11-25T10:01:15+09:00")
    assert not seen_by(town.officer, draft)
    clock.set("2026-11-26T09:59:59+09:00")
    sweeping.sweep_floors()
    assert Presence.objects.exists()
    clock.set("2026-11-26T10:00:01+09:00")
    sweeping.sweep_floors()
    assert not Presence.objects.exists()


def test_the_two_sides_do_not_see_each_other(town: Town) -> None:
    case = actions.take(by=town.prefecture, application=town.submitted())
    other = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=town.office))
    actions.be_present(by=town.officer, file=case, place="plan")
    actions.be_present(by=town.prefecture, file=case, place="examine")
    assert seen_by(other, case) == [(town.prefecture_user.name, "examine")]
    assert seen_by(town.chief, case) == [(town.officer_user.name, "plan")]


def test_only_who_may_write_there_is_noted(town: Town) -> None:
    case = town.submitted()
    reader = actor(officer(Role.AUDITOR, KAGOSHIMA))
    elsewhere = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=Town().office))
    for who in (reader, elsewhere, Town().officer):
        with pytest.raises(PermissionDenied):
            actions.be_present(by=who, file=case, place="examine")
    with pytest.raises(Refusal):
        actions.be_present(by=JobActor("tests"), file=case, place="examine")
    assert not Presence.objects.exists()


def test_an_open_page_says_so_and_is_told_only_what_is_new(
    client: StrictClient, town: Town, colleague: UserActor
) -> None:
    draft = town.draft()
    page = beat(client, town.officer, draft, "plan").content.decode()
    assert "ほかの人" not in page
    page = beat(client, colleague, draft, "plan").content.decode()
    assert f"<b>{town.officer_user.name}</b>さん(事業計画)" in page
    assert "声をかけあって" in page
    known = f"{town.officer_user.pk}:plan"
    assert beat(client, colleague, draft, "budget", known).status_code == 204
    assert beat(client, colleague, draft, "no-such-place").status_code == 404
    page = client.get(draft.get_edit_url("budget")).content.decode()
    assert f"<b>{town.officer_user.name}</b>さん(事業計画)" in page
    assert "声をかけあって" not in page


def test_two_officers_see_each_other_while_they_examine(client: StrictClient, town: Town) -> None:
    case = actions.take(by=town.prefecture, application=town.submitted())
    other = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=town.office))
    beat(client, other, case, "examine")
    client.force_login(town.prefecture_user)
    page = client.get(case.get_examine_url()).content.decode()
    assert f"<b>{other.user.name}</b>さん(審査)" in page


def test_the_database_keeps_one_row_a_person_and_file(town: Town) -> None:
    row = actions.be_present(by=town.officer, file=town.draft(), place="plan")
    with pytest.raises(IntegrityError, match="presence_once"), transaction.atomic():
        Presence.objects.create(application=row.application, user=row.user, side=row.side, place="budget")
    with pytest.raises(IntegrityError, match="presence_in_one_file"), transaction.atomic():
        Presence.objects.create(user=row.user, side=row.side, place="budget")
