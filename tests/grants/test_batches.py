"""Batches besides the granting decision: 不交付, 額の確定, 内示, and drafting and signing of a 決裁 that is kept here."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grants import actions, letters
from grants.actions.needs import Wanted
from grants.enums import Keeping, NeedsState
from grants.enums.approving import Matter
from grants.models import Application, Approval, LetterBatch, Menu, NeedsAnswer, NeedsSurvey
from grants.queries import approving
from grants.queries import letters as reads
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel import clock as the_clock
from portal.kernel.models import Job, OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import GRANT_YEN, STEPS, decided, deciding, line_of, record, reviewing
from tests.factories.grants import PDF_BYTES, Town
from tests.factories.settlement import DONE, inspected, reported, settled
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_letters import numbers, run, towns

WHY = "予算の範囲を超えたため。"


def kept_here(row: Menu) -> None:
    values = {"approval": Keeping.PORTAL, "numbering": Keeping.PORTAL, "approval_steps": STEPS}
    Menu.objects.filter(pk=row.pk).update(**values)


def fresh(files: list[Application]) -> list[Application]:
    return [Application.objects.select_related("menu").get(pk=row.pk) for row in files]


def told(batch: LetterBatch) -> list[tuple[str, str]]:
    return list(batch.items.order_by("position").values_list("outcome", "message"))


def told_of(user: User) -> list[str]:
    """What the mails about somebody's turn say: a batch tells each person once."""
    rows = OutboxMessage.objects.filter(to_address=user.email)
    assert not rows.filter(template="grants/mail/approval_due").exists()
    return [row.subject.partition("：")[2] for row in rows.filter(template="grants/mail/approvals_due")]


def test_many_are_refused_by_one_decision_with_a_letter_each(town: Town) -> None:
    first, second, third = towns(town, 3)
    files = [reviewing(first), deciding(second), reviewing(third)]
    ask: dict[str, Any] = {"by": town.prefecture, "applications": files, "matter": Matter.REJECTION}
    with pytest.raises(Refusal, match="不交付の理由") as refused:
        actions.ask_letters(**ask, **record(town.prefecture))
    assert refused.value.field == "reason"
    batch = actions.ask_letters(**ask, reason=WHY, **record(town.prefecture))
    assert (run(batch).done_count, batch.heading) == (3, "不交付決定の記録")
    outcomes = told(batch)
    assert [outcome for outcome, _ in outcomes] == ["done", "refused", "done"]
    assert "不交付決定の決裁は、進んでいません" in outcomes[1][1]
    assert [row.state for row in fresh(files)] == ["rejected", "deciding", "rejected"]
    assert numbers([files[0], files[2]]) == ["く共第123号", "く共第123号の2"]
    assert Document.objects.filter(kind="grants.rejection").count() == 2
    assert files[0].decisions.get().reason == WHY


def test_many_are_settled_and_one_that_moved_says_so(town: Town, clock: ClockFile) -> None:
    pair = towns(town, 2)
    decisions = [decided(one) for one in pair]
    clock.set(DONE)
    cases = [inspected(one, reported(one, case)) for one, case in zip(pair, decisions, strict=True)]
    found = reads.choosable(Scope.of(town.prefecture), Matter.SETTLEMENT)
    assert {row.pk for row in found} == {row.pk for row in cases}
    batch = actions.ask_letters(
        by=town.prefecture, applications=cases, matter=Matter.SETTLEMENT,
        **record(town.prefecture, commitment_number=""),
    )  # fmt: skip
    settled(pair[1], cases[1])
    run(batch)
    assert [outcome for outcome, _ in told(batch)] == ["done", "refused"]
    assert "額の確定" in told(batch)[1][1]
    assert [row.state for row in fresh(cases)] == ["settled", "settled"]
    assert Document.objects.filter(kind="grants.settlement").count() == len(cases)
    with pytest.raises(PermissionDenied):
        actions.ask_letters(
            by=actor(officer("prefecture_officer", KAGOSHIMA)), applications=fresh(cases), matter=Matter.SETTLEMENT,
            **record(town.prefecture, commitment_number=""),
        )  # fmt: skip


def test_kept_here_many_are_drafted_then_signed_step_by_step(town: Town) -> None:
    files = [reviewing(one) for one in towns(town, 3)]
    line = line_of(town, files[0].menu)
    with pytest.raises(Refusal, match="庁内の文書管理"):
        actions.ask_drafts(by=town.prefecture, applications=files, line=line)
    kept_here(files[0].menu)
    with pytest.raises(Refusal, match="まとめて起案"):
        actions.ask_letters(
            by=town.prefecture, applications=fresh(files), line=line, **record(town.prefecture)
        )
    files[1].checks.first().delete()
    batch = actions.ask_drafts(by=town.prefecture, applications=fresh(files), line=line, memo="伺います。")
    chief, head = officer("prefecture_section_chief", KAGOSHIMA), officer("prefecture_head", KAGOSHIMA)
    run(batch)
    assert [outcome for outcome, _ in told(batch)] == ["done", "refused", "done"]
    drafted = list(approving.with_case(Approval.objects.filter(state="drafted")))
    assert [(row.note, row.commitment.amount_yen) for row in drafted] == [("伺います。", GRANT_YEN)] * 2
    assert told_of(chief) == ["交付決定2件"]
    assert told_of(head) == []
    run(batch)
    assert len(told_of(chief)) == 1
    for user in (chief, head):
        waiting = reads.signable(Scope.of(actor(user)))
        assert {row.pk for row in waiting} == {row.pk for row in drafted}
        run(actions.ask_signatures(by=actor(user), approvals=waiting))
    assert [row.state for row in fresh(files)] == ["decided", "reviewing", "decided"]
    assert told_of(head) == ["交付決定2件"], "one mail for what the batch of the other signed"
    symbol = town.office.symbol
    assert sorted(numbers([files[0], files[2]])) == [f"{symbol}第1号", f"{symbol}第2号"]


@pytest.fixture
def waiting(town: Town) -> list[Approval]:
    """Two grants that wait for 課長, then 部長."""
    files = [reviewing(one) for one in towns(town, 2)]
    kept_here(files[0].menu)
    for one, case in zip(towns(town, 2), fresh(files), strict=True):
        one.__dict__["prefecture_user"] = town.prefecture_user
        deciding(town, case)
    return list(approving.with_case(Approval.objects.filter(state="drafted").order_by("drafted_at", "id")))


def test_what_somebody_else_signed_meanwhile_is_told_and_not_signed_twice(
    town: Town, waiting: list[Approval]
) -> None:
    """The batch signs the step that was next when it was asked for, although its holder could sign the following one."""
    chief = officer("prefecture_section_chief", KAGOSHIMA)
    officer("prefecture_head", KAGOSHIMA, user=chief)
    batch = actions.ask_signatures(by=actor(chief), approvals=waiting)
    actions.sign_approval(by=actor(officer("prefecture_section_chief", KAGOSHIMA)), approval=waiting[0])
    run(batch)
    outcomes = told(batch)
    assert [outcome for outcome, _ in outcomes] == ["refused", "done"]
    assert "さんが押しました" in outcomes[0][1]
    assert [row.steps.filter(signed_by=chief).count() for row in waiting] == [0, 1]
    with pytest.raises(Refusal, match="あなたの番ではありません"):
        actions.ask_signatures(by=town.prefecture, approvals=waiting)
    with pytest.raises(Refusal, match="1件以上"):
        actions.ask_signatures(by=actor(chief), approvals=[])


def test_a_worker_that_dies_between_two_signs_each_once(
    town: Town, waiting: list[Approval], monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = officer("prefecture_section_chief", KAGOSHIMA)
    batch = actions.ask_signatures(by=actor(chief), approvals=waiting)
    real = letters._sign

    def dying(application: Application, *rest: Any) -> None:
        real(application, *rest)
        if application.pk == waiting[1].application_id:
            raise KeyboardInterrupt

    monkeypatch.setattr(letters, "_sign", dying)
    with pytest.raises(KeyboardInterrupt):
        run(batch)
    assert [outcome for outcome, _ in told(batch)] == ["done", "waiting"]
    monkeypatch.undo()
    Job.objects.filter(key=batch.job_key).update(state="waiting", lease_token=None, lease_until=None)
    assert run(batch).state == "done"
    assert [row.steps.filter(signed_by=chief).count() for row in waiting] == [1, 1]


@pytest.fixture
def survey(town: Town) -> NeedsSurvey:
    """Two municipalities have answered with 500,000 yen each."""
    pair = towns(town, 2)
    made = actions.ask_needs(
        by=town.prefecture, menu=pair[0].draft().menu, due_on=the_clock.today_jst().replace(month=12, day=20)
    )
    for one in pair:
        answer = made.answers.get(municipality=one.area)
        actions.save_needs(by=one.officer, answer=answer, revision=0, items=[Wanted("拠点づくり", 500_000)])
        actions.send_needs(by=one.chief, answer=answer)
    return made


def test_many_are_given_their_notice_each_by_its_own_rules(
    town: Town, survey: NeedsSurvey, client: Client
) -> None:
    first, second = survey.answers.filter(state=NeedsState.ANSWERED).order_by("municipality")
    client.force_login(town.prefecture_user)
    assert "まとめて内示をする" in text_of(client.get(survey.get_absolute_url()))
    address = f"/staff/grants/needs/{survey.pk}/notices/"
    page = client.get(address)
    assert_html(page.content)
    assert send(client, address).status_code == 409
    wrong = send(client, address, **{f"yen_{first.pk.hex}": "many"})
    assert wrong.status_code == 422
    amounts = {f"yen_{first.pk.hex}": "400,000", f"yen_{second.pk.hex}": "500,001"}
    assert send(client, address, **amounts, notice_note="前年度と同額です。").status_code == 303
    batch = LetterBatch.objects.get(way="notice")
    run(batch)
    assert [outcome for outcome, _ in told(batch)] == ["done", "refused"]
    assert "要望額の合計は500,000円" in told(batch)[1][1]
    noticed = NeedsAnswer.objects.get(pk=first.pk)
    assert (noticed.notice_yen, noticed.notice_note) == (400_000, "前年度と同額です。")
    assert NeedsAnswer.objects.get(pk=second.pk).state == NeedsState.ANSWERED
    shown = client.get(batch.get_absolute_url())
    assert_html(shown.content)
    assert "内示しました" in text_of(shown)


def test_drafted_and_signed_on_screen(
    town: Town, client: Client, chief: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = reviewing(town)
    kept_here(case.menu)
    client.force_login(town.prefecture_user)
    address = "/staff/grants/letters/new/?matter=rejection&way=draft"
    page = client.get(address)
    assert_html(page.content)
    assert "不交付決定を起案する" in text_of(page)
    lacking = send(client, address, applications=[str(case.pk)])
    assert lacking.status_code == 409
    assert 'href="#id_reason"' in lacking.content.decode()
    assert send(client, address, applications=[str(case.pk)], reason=WHY).status_code == 303
    batch = LetterBatch.objects.get()
    run(batch)
    assert "起案しました" in text_of(client.get(batch.get_absolute_url()))
    assert client.get("/staff/grants/letters/new/?matter=change").status_code == 404
    client.force_login(chief)
    listed = client.get("/staff/grants/letters/sign/")
    assert_html(listed.content)
    approval = Approval.objects.get(state="drafted")
    done = send(client, "/staff/grants/letters/sign/", approvals=[str(approval.pk)])
    assert done.status_code == 303
    run(LetterBatch.objects.get(way="sign"))
    assert approval.steps.get(position=1).signed_by == chief
    assert "あなたの番の決裁はありません" in text_of(client.get("/staff/grants/letters/sign/"))


def test_a_settlement_is_recorded_on_screen(town: Town, client: Client, clock: ClockFile) -> None:
    case = decided(town)
    clock.set(DONE)
    inspected(town, reported(town, case))
    client.force_login(town.prefecture_user)
    address = "/staff/grants/letters/new/?matter=settlement"
    values = {
        "record_number": "起-9", "decided_on": "R9.3.25", "approver_title": "課長", "approver_name": "決裁 花子",
        "effective_on": "R9.3.25", "document_number": "く共第9号",
    }  # fmt: skip
    paper = SimpleUploadedFile("決裁.pdf", PDF_BYTES, "application/pdf")
    assert send(client, address, applications=[str(case.pk)], paper=paper, **values).status_code == 303
    run(LetterBatch.objects.get())
    page = client.get(LetterBatch.objects.get().get_absolute_url())
    assert "確定しました" in text_of(page)
    assert fresh([case])[0].state == "settled"


@pytest.fixture
def chief(town: Town) -> User:
    return officer("prefecture_section_chief", KAGOSHIMA)
