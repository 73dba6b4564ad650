"""What the municipality does not learn about a student: who was asked, who said no and why, no address; no more mails than needed."""

import pytest
from django.urls import reverse

from grants.models import Placement, Supporter
from grants.supporters import queries
from grants.supporters.actions import placing, register, working
from grants.supporters.enums import CONSENT_MAILS
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from portal.site.operations import about_visible
from tests.factories.accounts import UserFactory, actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town
from tests.factories.supporters import (
    ENTRY,
    GUARDIAN,
    MINOR_BORN,
    Student,
    accepted,
    applied,
    proposed,
    request,
)
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import text_of

NOTE = "病院に行く日です。"


def seen_by(user: User, row: Placement) -> bool:
    return queries.placements_visible_to(Scope.of(UserActor(user))).filter(pk=row.pk).exists()


def page(user: User, url: str) -> tuple[int, str]:
    client = StrictClient()
    client.force_login(user)
    response = client.get(url)
    return response.status_code, text_of(response)


def mailed(name: str) -> set[str]:
    rows = OutboxMessage.objects.filter(template=f"grants/supporters/mail/{name}")
    return set(rows.values_list("to_address", flat=True))


def test_the_municipality_learns_the_name_with_the_yes(town: Town) -> None:
    student, wanted = Student(town), request(town, people=2)
    asked = proposed(town, student, wanted)
    url, name = asked.get_absolute_url(), student.row.name
    assert (seen_by(town.officer_user, asked), page(town.officer_user, url)[0]) == (False, 404)
    shown = page(town.officer_user, wanted.get_absolute_url())[1]
    assert ("学生が引き受けてから見られます" in shown, name in shown) == (True, False)
    assert name in page(town.prefecture_user, wanted.get_absolute_url())[1]
    placing.accept_placement(by=student.actor, placement=asked)
    assert name in page(town.officer_user, wanted.get_absolute_url())[1]
    placing.call_off_placement(by=student.actor, placement=asked, note="かぜをひきました。")
    assert "かぜをひきました。" in page(town.officer_user, url)[1]


def test_a_no_stays_between_student_and_prefecture(town: Town) -> None:
    student, wanted = Student(town), request(town)
    row = proposed(town, student, wanted)
    placing.decline_placement(by=student.actor, placement=row, note=NOTE)
    assert not seen_by(town.officer_user, row)
    assert student.row.name not in page(town.officer_user, wanted.get_absolute_url())[1]
    assert NOTE in page(student.user, row.get_absolute_url())[1]
    assert NOTE in page(town.prefecture_user, row.get_absolute_url())[1]
    auditor = officer(Role.AUDITOR, KAGOSHIMA)
    status, text = page(auditor, row.get_absolute_url())
    assert (status, NOTE in text) == (200, False)


def test_what_is_to_be_mended_in_a_report_is_between_them_too(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    row = accepted(town, student, days=1)
    clock.set("2026-12-05T18:00:00+09:00")
    working.report_placement(by=student.actor, placement=row, work="手伝った。")
    working.send_back_report(by=town.prefecture, placement=row, note=NOTE)
    found = [NOTE in page(user, row.get_absolute_url())[1] for user in (student.user, town.prefecture_user, town.officer_user)]  # fmt: skip
    assert found == [True, True, False]


def test_who_was_only_asked_is_called_off_without_telling_the_town(town: Town) -> None:
    student, wanted = Student(town), request(town, people=2)
    proposed(town, student, wanted)
    assert town.chief
    placing.withdraw_request(by=town.officer, request=wanted, note="日が変わるため。")
    assert mailed("called_off") == {student.user.email, town.prefecture_user.email}


@pytest.mark.parametrize(("role", "sees"), [("municipal_officer", False), ("auditor", False), ("", True)])
def test_mails_to_a_student_are_read_by_officers_of_the_prefecture(town: Town, role: str, sees: bool) -> None:
    accepted(town, Student(town))
    user = {"municipal_officer": town.officer_user, "": town.prefecture_user}.get(role) or officer(
        Role.AUDITOR, KAGOSHIMA
    )
    mails = OutboxMessage.objects.filter(about_type="grants.placement")
    assert mails.count() == 4
    seen = about_visible(mails, Scope.of(UserActor(user)), prefix="about").count()
    assert seen == (4 if sees else 0)
    if role == "municipal_officer":
        assert "学生 花子 様" not in page(user, reverse("site:outbox_list"))[1]


def test_nobody_has_the_portal_mail_strangers_all_day(town: Town, clock: ClockFile) -> None:
    user = UserFactory()
    row = applied(town, user, birth_on=MINOR_BORN, **GUARDIAN)

    def move_to(number: int) -> Supporter:
        values = {
            **ENTRY,
            **GUARDIAN,
            "birth_on": MINOR_BORN,
            "guardian_email": f"stranger-{number}@hiroba.example",
        }
        return register.change_supporter(by=actor(user), supporter=row, **values)

    for number in range(CONSENT_MAILS - 1):
        move_to(number)
    with pytest.raises(Refusal, match="1日に3通まで") as refused:
        move_to(9)
    assert refused.value.field == "guardian_email"
    register.leave_register(by=actor(user), supporter=Supporter.objects.get(pk=row.pk))
    with pytest.raises(Refusal, match="1日に3通まで"):
        applied(town, user, birth_on=MINOR_BORN, **GUARDIAN)
    assert (len(mailed("consent_asked")), Supporter.objects.filter(user=user).count()) == (CONSENT_MAILS, 1)
    clock.set("2026-11-26T10:01:00+09:00")
    assert applied(town, user, birth_on=MINOR_BORN, **GUARDIAN).is_live
