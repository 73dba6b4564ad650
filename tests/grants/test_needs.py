"""要望調査 asked → answered → noticed: who may, every refusal, the mails, and the rule that an application stays within."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions, needs, personal
from grants.actions.needs import Wanted
from grants.enums import NeedsState
from grants.mails.needs import tell_survey
from grants.models import Menu, NeedsAnswer, NeedsSurvey, Programme
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import audit, clock
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA
from tests.factories.grants import Town, open_call
from tests.support.world import ClockFile

DUE = date(2026, 12, 18)
ITEMS = [Wanted("買い物を支える事業", 900_000), Wanted("拠点づくり", 400_000)]


class Ran:
    """A job as its handler sees it."""

    def __init__(self, job: Job) -> None:
        self.obj = NeedsSurvey.objects.get(pk=job.object_id)
        self.payload = job.payload
        self.steps: list[tuple[int, int]] = []

    def progress(self, done: int, total: int) -> None:
        self.steps.append((done, total))


@pytest.fixture
def menu(town: Town) -> Menu:
    open_call()
    assert town.officer
    assert town.chief
    return Menu.objects.get(programme__slug="kagoshima-r8", number=3)


@pytest.fixture
def survey(town: Town, menu: Menu) -> NeedsSurvey:
    return actions.ask_needs(by=town.prefecture, menu=menu, due_on=DUE, text="予定をお知らせください。")


@pytest.fixture
def answer(town: Town, survey: NeedsSurvey) -> NeedsAnswer:
    return survey.answers.get(municipality=town.area)


def saved(town: Town, answer: NeedsAnswer, **changes: object) -> NeedsAnswer:
    values = {"items": ITEMS, "revision": answer.revision, **changes}
    return actions.save_needs(by=town.officer, answer=answer, **values)  # type: ignore[arg-type]


def sent(town: Town, answer: NeedsAnswer) -> NeedsAnswer:
    return actions.send_needs(by=town.chief, answer=saved(town, answer))


def mails(to: str) -> list[str]:
    rows = OutboxMessage.objects.filter(to_address=to, template__contains="/needs_").order_by(
        "created_at", "id"
    )
    return [row.template.rpartition("/")[2] for row in rows]


def run(kind: str = "grants.tell_needs") -> None:
    for job in Job.objects.filter(kind=kind, state="waiting", run_after__lte=clock.now()):
        tell_survey(Ran(job))  # type: ignore[arg-type]


def test_every_municipality_is_asked_once_and_told(town: Town, survey: NeedsSurvey) -> None:
    assert survey.answers.filter(state=NeedsState.ASKED).count() == survey.answers.count() >= 1
    other = Town()
    assert not survey.answers.filter(municipality=other.area).exists()
    keys = set(Job.objects.filter(kind="grants.tell_needs").values_list("key", flat=True))
    assert keys == {f"needs:{survey.pk}:asked", f"needs:{survey.pk}:auto"}
    for _ in range(2):
        job = Job.objects.get(key=f"needs:{survey.pk}:asked")
        tell_survey(Ran(job))  # type: ignore[arg-type]
    for user in (town.officer_user, town.chief_user):
        assert mails(user.email) == ["needs_asked"]
    assert mails(town.prefecture_user.email) == []
    assert [entry.event for entry in audit.history(survey)] == ["grants.needssurvey.asked"]


def test_asking_is_refused_twice_too_late_and_for_menus_that_take_no_municipality(
    town: Town, menu: Menu, survey: NeedsSurvey
) -> None:
    with pytest.raises(Refusal, match="もう行っています"):
        actions.ask_needs(by=town.prefecture, menu=menu, due_on=DUE)
    two = Menu.objects.get(programme=menu.programme, number=2)
    with pytest.raises(Refusal, match="あしたより後") as refused:
        actions.ask_needs(by=town.prefecture, menu=two, due_on=clock.today_jst())
    assert refused.value.field == "due_on"
    Menu.objects.filter(pk=two.pk).update(applicants=["npo"])
    with pytest.raises(Refusal, match="市町村が申請できるメニュー"):
        actions.ask_needs(by=town.prefecture, menu=Menu.objects.get(pk=two.pk), due_on=DUE)
    draft = actions.copy_programme(by=town.prefecture, programme=menu.programme, fiscal_year=2027)
    with pytest.raises(Refusal, match="公開中"):
        actions.ask_needs(by=town.prefecture, menu=draft.menus.get(number=3), due_on=DUE)


def test_a_provisional_year_is_asked_as_preparation(town: Town, menu: Menu) -> None:
    Programme.objects.filter(pk=menu.programme_id).update(provisional=True)
    found = actions.ask_needs(by=town.prefecture, menu=Menu.objects.get(pk=menu.pk), due_on=DUE)
    run()
    body = OutboxMessage.objects.get(
        to_address=town.officer_user.email, template="grants/mail/needs_asked"
    ).body
    assert found.menu.programme.provisional
    assert "当初予算の成立を前提とした準備行為です" in body


def test_the_officer_writes_the_chief_sends_and_the_prefecture_gives_the_notice(
    town: Town, answer: NeedsAnswer
) -> None:
    saved(town, answer)
    assert [(row.priority, row.amount_yen) for row in answer.items.all()] == [(1, 900_000), (2, 400_000)]
    assert not needs.received(Scope.of(town.prefecture)).exists(), (
        "what is not sent is the municipality's own"
    )
    actions.send_needs(by=town.chief, answer=answer)
    assert (answer.state, answer.answered_by) == ("answered", town.chief_user)
    actions.notice_needs(
        by=town.prefecture, answer=answer, notice_yen=800_000, notice_note="優先順位1だけです。"
    )
    stored = NeedsAnswer.objects.get(pk=answer.pk)
    assert (stored.state, stored.notice_yen, stored.noticed_by) == ("noticed", 800_000, town.prefecture_user)
    body = OutboxMessage.objects.get(
        to_address=town.chief_user.email, template="grants/mail/needs_noticed"
    ).body
    for text in ("800,000円", "優先順位1だけです。", "請求権は生じません"):
        assert text in body
    assert [entry.event for entry in audit.history(answer)] == [
        "grants.needsanswer.notice", "grants.needsanswer.answer", "grants.needsanswer.saved",
    ]  # fmt: skip


def test_what_a_person_did_is_among_what_is_held_of_them(town: Town, answer: NeedsAnswer) -> None:
    sent(town, answer)
    found = {
        user: personal.rows(user.pk) for user in (town.officer_user, town.chief_user, town.prefecture_user)
    }
    assert [len(rows["要望調査の回答"]) for rows in found.values()] == [1, 1, 0]
    assert [len(rows["要望調査"]) for rows in found.values()] == [0, 0, 1]
    assert found[town.chief_user]["要望調査の回答"][0]["提出した"] is True


def test_saving_is_refused_for_an_older_page_and_after_sending(town: Town, answer: NeedsAnswer) -> None:
    saved(town, answer)
    with pytest.raises(Refusal, match="ほかの人が保存しました"):
        saved(town, answer, revision=0, items=ITEMS[:1])
    assert answer.items.count() == 2
    with pytest.raises(Refusal, match="事業を空に"):
        saved(town, answer, no_needs=True)
    with pytest.raises(Refusal, match="5件まで"):
        saved(town, answer, items=ITEMS * 3)
    actions.send_needs(by=town.chief, answer=answer)
    with pytest.raises(Refusal, match="もう提出しています"):
        saved(town, answer)
    with pytest.raises(Refusal, match="いま「回答済み」です"):
        actions.send_needs(by=town.chief, answer=answer)


def test_an_empty_answer_is_not_sent_but_no_needs_is(town: Town, answer: NeedsAnswer) -> None:
    with pytest.raises(Refusal, match="「要望なし」を選んで"):
        actions.send_needs(by=town.chief, answer=answer)
    assert NeedsAnswer.objects.get(pk=answer.pk).state == NeedsState.ASKED
    answer.refresh_from_db()
    actions.send_needs(by=town.chief, answer=saved(town, answer, items=[], no_needs=True))
    with pytest.raises(Refusal, match="要望額の合計は0円"):
        actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=1)
    actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=0)
    body = OutboxMessage.objects.get(
        to_address=town.chief_user.email, template="grants/mail/needs_noticed"
    ).body
    assert "今回の内示はありません" in body


def test_the_notice_stays_within_what_was_asked_and_the_cap(town: Town, answer: NeedsAnswer) -> None:
    sent(town, answer)
    with pytest.raises(Refusal, match="要望額の合計は1,300,000円"):
        actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=1_300_001)
    with pytest.raises(Refusal, match="1市町村の上限は1,000,000円"):
        actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=1_000_001)
    actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=1_000_000)
    with pytest.raises(Refusal, match="いま「内示済み」です"):
        actions.notice_needs(by=town.prefecture, answer=answer, notice_yen=1)


def test_an_answer_goes_back_with_its_reason_and_comes_again(town: Town, answer: NeedsAnswer) -> None:
    sent(town, answer)
    with pytest.raises(Refusal, match="理由"):
        actions.return_needs(by=town.prefecture, answer=answer, note=" ")
    actions.return_needs(by=town.prefecture, answer=answer, note="優先順位を確かめてください。")
    assert (answer.state, answer.answered_at) == (NeedsState.ASKED, None)
    mail = OutboxMessage.objects.get(
        to_address=town.officer_user.email, template="grants/mail/needs_returned"
    )
    assert "優先順位を確かめてください。" in mail.body
    assert sent(town, answer).state == NeedsState.ANSWERED


def test_reminders_go_to_the_silent_only_once_a_day(
    town: Town, survey: NeedsSurvey, answer: NeedsAnswer, clock: ClockFile
) -> None:
    silent = Town(office=town.office)
    assert silent.officer
    NeedsAnswer.objects.create(survey=survey, municipality=silent.area)
    sent(town, answer)
    actions.remind_needs(by=town.prefecture, survey=survey)
    with pytest.raises(Refusal, match="きょうは、もう"):
        actions.remind_needs(by=town.prefecture, survey=survey)
    tell_survey(Ran(Job.objects.get(key=f"needs:{survey.pk}:2026-11-25")))  # type: ignore[arg-type]
    assert mails(silent.officer_user.email) == ["needs_reminder"]
    assert mails(town.officer_user.email) == []
    clock.set("2026-11-26T10:00:00+09:00")
    actions.remind_needs(by=town.prefecture, survey=survey)
    survey.answers.filter(state=NeedsState.ASKED).update(
        state=NeedsState.ANSWERED, answered_at=datetime(2026, 11, 26, tzinfo=UTC)
    )
    clock.set("2026-11-27T10:00:00+09:00")
    with pytest.raises(Refusal, match="すべての市町村が回答しています"):
        actions.remind_needs(by=town.prefecture, survey=survey)


def test_who_may_what(town: Town, menu: Menu, survey: NeedsSurvey, answer: NeedsAnswer) -> None:
    neighbour = Town()
    for stranger in (neighbour.officer, town.prefecture):
        with pytest.raises(PermissionDenied):
            actions.save_needs(by=stranger, answer=answer, revision=0, items=ITEMS)
    saved(town, answer)
    for stranger in (town.officer, neighbour.chief, town.prefecture):
        with pytest.raises(PermissionDenied):
            actions.send_needs(by=stranger, answer=answer)
    actions.send_needs(by=town.chief, answer=answer)
    head = actor(officer(Role.PREFECTURE_HEAD, KAGOSHIMA))
    elsewhere = actor(officer(Role.CITY_OFFICER, NIIGATA))
    for stranger in (town.chief, head, elsewhere):
        with pytest.raises(PermissionDenied):
            actions.notice_needs(by=stranger, answer=answer, notice_yen=1)
        with pytest.raises(PermissionDenied):
            actions.return_needs(by=stranger, answer=answer, note="x")
        with pytest.raises(PermissionDenied):
            actions.remind_needs(by=stranger, survey=survey)
        with pytest.raises(PermissionDenied):
            actions.ask_needs(by=stranger, menu=menu, due_on=DUE)
    assert not needs.own(Scope.of(neighbour.officer)).exists()
    assert needs.received(Scope.of(head)).get() == answer


def test_an_application_sees_its_notice_and_what_others_use_of_it(town: Town, answer: NeedsAnswer) -> None:
    first = town.ready()
    assert needs.informal_notice(first) is None
    actions.notice_needs(by=town.prefecture, answer=sent(town, answer), notice_yen=1_000_000)
    found = needs.informal_notice(first)
    assert found is not None
    assert (found.amount_yen, found.others_yen, found.left_yen) == (1_000_000, 0, 1_000_000)
    assert found.holds(1_000_000)
    assert not found.holds(1_000_001)
    second = town.draft()
    assert needs.informal_notice(second) == found  # what is not filed takes nothing of it
    actions.submit(by=town.chief, application=first)
    seen = needs.informal_notice(second)
    assert seen is not None
    assert (seen.others_yen, seen.left_yen) == (710_000, 290_000)
    assert seen.holds(290_000)
    assert not seen.holds(290_001)
    actions.withdraw(by=town.chief, application=first, note="取りやめます。")
    again = needs.informal_notice(second)
    assert again is not None
    assert again.others_yen == 0
