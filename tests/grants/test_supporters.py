"""Student supporters: the register with a guardian's consent, asking, matching, the days, the report, the certificate."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from grants.models import Menu, Placement, PlacementDay, Supporter, SupporterOffer, SupporterTerms
from grants.supporters import queries
from grants.supporters.actions import register, working
from grants.supporters.enums import DayState, PlacementState, RequestState, SupporterState
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel import uploads
from portal.kernel.actors import TokenActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor
from tests.factories.areas import KAGOSHIMA, authority
from tests.factories.grants import Town, open_call
from tests.factories.supporters import (
    ENTRY,
    FIRST,
    GUARDIAN,
    MINOR_BORN,
    Student,
    accepted,
    applied,
    proposed,
)
from tests.support.files import upload
from tests.support.world import ClockFile

GUARDIAN_LINK = TokenActor("supporter-consent", "supporter:test")


def mails(name: str) -> int:
    return OutboxMessage.objects.filter(template=f"grants/supporters/mail/{name}").count()


def done(town: Town, student: Student, clock: ClockFile) -> Placement:
    """Both days worked and confirmed; the clock stands on the second."""
    made = accepted(town, student)
    clock.set("2026-12-06T18:00:00+09:00")
    for day in made.days.all():
        working.confirm_day(by=town.officer, day=day, minutes=210, travel_yen=800, is_insured=True)
    return made


# The register
def test_an_adult_is_registered_at_once(town: Town) -> None:
    user = UserFactory()
    made = applied(town, user)
    assert (made.state, mails("consent_asked")) == (SupporterState.REQUESTED, 0)
    register.register_supporter(by=town.prefecture, supporter=made)
    assert (made.state, made.registered_by, mails("registered")) == ("registered", town.prefecture_user, 1)
    with pytest.raises(Refusal, match="もう申し込んでいます"):
        applied(town, user)


def test_a_minor_needs_the_guardian_over_the_link(town: Town) -> None:
    made = applied(town, UserFactory(), birth_on=MINOR_BORN, **GUARDIAN)
    assert OutboxMessage.objects.get(template="grants/supporters/mail/consent_asked").to_address == GUARDIAN["guardian_email"]  # fmt: skip
    with pytest.raises(Refusal, match="保護者の同意を確かめてから"):
        register.register_supporter(by=town.prefecture, supporter=made)
    register.ask_guardian(by=town.prefecture, supporter=made)
    with pytest.raises(Refusal, match="もう使えません"):
        register.consent_as_guardian(by=GUARDIAN_LINK, supporter=made, version=1)
    register.consent_as_guardian(by=GUARDIAN_LINK, supporter=made, version=2)
    with pytest.raises(Refusal, match="もう確かめて"):
        register.consent_as_guardian(by=GUARDIAN_LINK, supporter=made, version=2)
    register.register_supporter(by=town.prefecture, supporter=made)
    assert (made.state, made.consented_by) == ("registered", "link")


def test_a_consent_on_paper_is_kept_by_the_officer(town: Town) -> None:
    made = applied(town, UserFactory(), birth_on=MINOR_BORN, **{**GUARDIAN, "guardian_email": ""})
    assert mails("consent_asked") == 0
    with pytest.raises(Refusal, match="メールアドレスがありません"):
        register.ask_guardian(by=town.prefecture, supporter=made)
    paper = uploads.stage(upload("doui.pdf"), by=town.prefecture, accept=uploads.DOCUMENTS)
    other = Town(office=town.office)
    with pytest.raises(PermissionDenied):
        register.keep_consent_paper(by=other.officer, supporter=made, file=paper)
    register.keep_consent_paper(by=town.prefecture, supporter=made, file=paper)
    register.register_supporter(by=town.prefecture, supporter=made)
    assert (made.consented_by, made.consent_paper) == ("paper", paper)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"birth_on": date(2011, 11, 26)}, "birth_on"),
        ({"birth_on": MINOR_BORN}, "guardian_name"),
        ({"birth_on": MINOR_BORN, "guardian_name": "保護 太郎", "guardian_phone": "099-000-0001", "own": True}, "guardian_email"),
    ],
)  # fmt: skip
def test_who_cannot_apply_is_told_at_the_box(town: Town, values: dict[str, Any], field: str) -> None:
    user = UserFactory()
    if values.pop("own", False):
        values["guardian_email"] = user.email
    with pytest.raises(Refusal) as refused:
        applied(town, user, **values)
    assert refused.value.field == field


def test_where_no_menu_takes_students_nobody_applies(town: Town) -> None:
    open_call()
    Menu.objects.update(students=False)
    with pytest.raises(Refusal, match="募っていません"):
        applied(town, UserFactory())


def test_another_guardian_consents_anew_and_a_confirmed_name_stays(town: Town) -> None:
    user = UserFactory()
    made = applied(town, user, birth_on=MINOR_BORN, **GUARDIAN)
    register.consent_as_guardian(by=GUARDIAN_LINK, supporter=made, version=1)
    again = {**ENTRY, **GUARDIAN, "birth_on": MINOR_BORN, "guardian_name": "別の 保護者"}
    register.change_supporter(by=actor(user), supporter=made, **again)
    assert (made.consented_at, made.token_version, mails("consent_asked")) == (None, 2, 2)
    register.consent_as_guardian(by=GUARDIAN_LINK, supporter=made, version=2)
    register.register_supporter(by=town.prefecture, supporter=made)
    register.change_supporter(
        by=actor(user), supporter=made, **{**again, "name": "別の 名前", "grade": "3年"}
    )
    assert (made.name, made.grade) == (ENTRY["name"], "3年")
    assert made.consented_at is not None
    with pytest.raises(PermissionDenied):
        register.change_supporter(by=town.prefecture, supporter=made, **again)


def test_a_refused_student_may_apply_again(town: Town) -> None:
    user = UserFactory()
    made = applied(town, user)
    register.refuse_supporter(by=town.prefecture, supporter=made, note="学生であることを確かめられません。")
    assert (made.state, mails("refused")) == (SupporterState.REFUSED, 1)
    assert applied(town, user).state == SupporterState.REQUESTED
    with pytest.raises(Refusal, match="登録は終わっています"):
        register.change_supporter(by=actor(user), supporter=made, **ENTRY)


def test_days_are_offered_and_taken_back(town: Town) -> None:
    student = Student(town, free=0)
    assert register.offer_days(by=student.actor, supporter=student.row, first_on=FIRST) == 1
    last = FIRST + timedelta(days=2)
    assert register.offer_days(by=student.actor, supporter=student.row, first_on=FIRST, last_on=last) == 2
    for first_on, last_on in (
        (date(2026, 11, 25), None),
        (FIRST, FIRST + timedelta(days=31)),
        (date(2027, 12, 1), None),
    ):
        with pytest.raises(Refusal):
            register.offer_days(by=student.actor, supporter=student.row, first_on=first_on, last_on=last_on)
    offer = student.row.offers.first()
    assert offer
    for _ in range(2):
        register.withdraw_day(by=student.actor, offer=offer)
    assert student.row.offers.count() == 2


def test_leaving_calls_off_what_is_ahead_and_erases_contacts(town: Town, clock: ClockFile) -> None:
    student = Student(town, values={**GUARDIAN, "birth_on": MINOR_BORN})
    made = accepted(town, student)
    with pytest.raises(PermissionDenied):
        register.leave_register(by=town.officer, supporter=student.row)
    register.leave_register(by=student.actor, supporter=student.row)
    made.refresh_from_db()
    row = Supporter.objects.get(pk=student.row.pk)
    assert (row.state, row.phone, row.guardian_phone, row.guardian_email) == ("left", "", "", "")
    assert made.state == PlacementState.CALLED_OFF
    assert not SupporterOffer.objects.filter(supporter=row).exists()
    assert not made.days.exclude(state=DayState.DROPPED).exists()
    with pytest.raises(Refusal):
        register.leave_register(by=student.actor, supporter=row)


def test_who_has_worked_cannot_leave_before_the_report(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    done(town, student, clock)
    with pytest.raises(Refusal, match="もう活動しています"):
        register.leave_register(by=student.actor, supporter=student.row)


# Days, report, certificate
def test_the_whole_way_to_the_certificate(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    made = accepted(town, student)
    assert (mails("proposed"), mails("accepted")) == (1, 3)
    clock.set("2026-12-05T18:00:00+09:00")
    first, second = made.days.all()
    with pytest.raises(Refusal, match="まだその日になっていません"):
        working.record_day(by=student.actor, day=second, minutes=60)
    working.record_day(by=student.actor, day=first, minutes=240, travel_yen=900)
    with pytest.raises(Refusal, match="これからの活動の日"):
        working.report_placement(by=student.actor, placement=made, work="記録した。")
    working.confirm_day(by=town.chief, day=first, minutes=210, travel_yen=800, is_insured=True)
    with pytest.raises(PermissionDenied):
        working.drop_day(by=Town(office=town.office).officer, day=second)
    working.drop_day(by=student.actor, day=second)
    working.report_placement(by=student.actor, placement=made, work="写真を40枚とった。")
    with pytest.raises(Refusal, match="いま「活動報告済み」です"):
        working.report_placement(by=student.actor, placement=made, work="写真を40枚とった。")
    with pytest.raises(PermissionDenied):
        working.confirm_placement(by=town.officer, placement=made)
    working.confirm_placement(by=town.prefecture, placement=made)
    paper = Document.objects.get(kind="grants.supporter_certificate", object_id=made.pk)
    assert paper.snapshot["body"]["hours"] == "3時間30分"
    assert paper.snapshot["body"]["days"] == [{"on": "令和8年12月5日", "time": "3時間30分"}]
    assert (made.state, mails("confirmed"), mails("day_dropped")) == (PlacementState.CONFIRMED, 1, 3)
    with pytest.raises(Refusal):
        working.confirm_placement(by=town.prefecture, placement=made)


def test_a_report_waits_for_every_day(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    made = accepted(town, student, days=1)
    clock.set("2026-12-05T18:00:00+09:00")
    working.report_placement(by=student.actor, placement=made, work="手伝った。")
    with pytest.raises(Refusal, match="まだ確認していない日"):
        working.confirm_placement(by=town.prefecture, placement=made)
    working.send_back_report(by=town.prefecture, placement=made, note="何をしたかを書いてください。")
    day = made.days.get()
    with pytest.raises(Refusal, match="この日だけ"):
        working.drop_day(by=town.officer, day=day)
    with pytest.raises(Refusal) as refused:
        working.confirm_day(by=town.officer, day=day, minutes=60)
    assert refused.value.field == "is_insured"
    working.confirm_day(by=town.prefecture, day=day, minutes=60, is_insured=True)
    working.report_placement(by=student.actor, placement=made, work="受付を手伝った。")
    assert working.confirm_placement(by=town.prefecture, placement=made).state == PlacementState.CONFIRMED


def test_travel_is_paid_as_the_prefecture_settled(town: Town, clock: ClockFile) -> None:
    student = Student(town)
    made = done(town, student, clock)
    with pytest.raises(Refusal, match="確認してから"):
        working.order_travel(by=town.prefecture, placement=made)
    working.report_placement(by=student.actor, placement=made, work="記録した。")
    working.confirm_placement(by=town.prefecture, placement=made)
    payment = working.order_travel(by=town.prefecture, placement=made)
    assert (payment.gross_yen, payment.withheld_yen, payment.payee_user) == (1_600, 0, student.user)
    with pytest.raises(Refusal):
        working.order_travel(by=town.prefecture, placement=made)


def test_terms_of_the_prefecture_count(town: Town, clock: ClockFile) -> None:
    home = authority(KAGOSHIMA)
    values = {
        "report_days": 7,
        "pays_travel": False,
        "travel_max_yen": 500,
        "insurance": "県の保険",
        "notes": "",
    }
    with pytest.raises(PermissionDenied):
        register.settle_terms(by=town.officer, authority=home, **values)
    register.settle_terms(by=town.prefecture, authority=home, **{**values, "pays_travel": True})
    student = Student(town)
    made = accepted(town, student)
    clock.set("2026-12-06T18:00:00+09:00")
    day = made.days.earliest("on")
    with pytest.raises(Refusal, match="1日500円まで"):
        working.record_day(by=student.actor, day=day, minutes=60, travel_yen=501)
    register.settle_terms(by=town.prefecture, authority=home, **values)
    with pytest.raises(Refusal, match="交通費を払っていません"):
        working.record_day(by=student.actor, day=day, minutes=60, travel_yen=1)
    assert SupporterTerms.objects.get().report_days == 7


def test_who_sees_a_student(town: Town) -> None:
    student, other = Student(town), Town(office=town.office)
    made = proposed(town, student)
    stranger, elsewhere = Scope.of(actor(UserFactory())), Scope.of(other.officer)
    for by, seen in ((student.actor, 1), (town.officer, 0), (town.prefecture, 1)):
        assert queries.placements_visible_to(Scope.of(by)).filter(pk=made.pk).count() == seen
    for scope in (stranger, elsewhere):
        assert not queries.placements_visible_to(scope).exists()
        assert not queries.requests_visible_to(scope).exists()
    assert queries.register_of(Scope.of(town.prefecture)).exists()
    assert not queries.register_of(Scope.of(town.officer)).exists()
    assert not queries.certificates_visible_to(Scope.of(town.officer)).exists()
    assert made.request.state == RequestState.OPEN
    assert PlacementDay.objects.filter(supporter=student.row).count() == 2
