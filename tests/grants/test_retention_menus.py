"""The files of ①, ② and ④ have the clock, the list, the holds and the 廃棄 by two people that those of ③ have."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from grants import actions as grants
from grants.commission.actions import proposals
from grants.contracts.actions import ending
from grants.models import Contract, Dispatch, Payment, ProposalFile, VisitReport, Workshop
from grants.retention import actions, queries
from grants.retention.enums import DiscardState
from grants.retention.erasing import MARK, owned, texts
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import clock as now
from portal.kernel import exports
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, appointment, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import closed_call, person, published_call, submitted_proposal
from tests.factories.contracts import Deal
from tests.factories.deciding import record
from tests.factories.dispatch import Adviser, reported, requested
from tests.factories.grants import Town
from tests.factories.workshop import decided, report
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .commission_support import signed_in
from .pages import send, text_of
from .test_constraints import change, copy, refuses
from .test_workshops_running import AFTER

OVER = "2032-04-01T10:00:00+09:00"
LAST = date(2032, 3, 31)


def closed_dispatch(town: Town, clock: ClockFile) -> Dispatch:
    """With one visit that both sides reported."""
    made = reported(town, Adviser(town), clock).dispatch
    Dispatch.objects.filter(pk=made.pk).update(state="closed", closed_at=now.now())
    return Dispatch.objects.get(pk=made.pk)


def closed_workshop(town: Town, clock: ClockFile) -> Workshop:
    """With its lecturers and its report."""
    made = decided(town)
    clock.set(AFTER)
    report(town, made)
    Workshop.objects.filter(pk=made.pk).update(state="closed", closed_at=now.now())
    return Workshop.objects.get(pk=made.pk)


def ended_proposal(town: Town, clock: ClockFile) -> Any:
    """Adopted, its contract terminated before it was signed."""
    deal = Deal(town)
    clock.set("2027-01-20T10:00:00+09:00")
    ending.terminate_contract(by=deal.office, contract=deal.fresh(), note="辞退のため", ask=False)
    return deal.proposal


MADE: dict[str, Callable[[Town, ClockFile], Any]] = {
    "dispatch": closed_dispatch, "workshop": closed_workshop, "proposal": ended_proposal,
}  # fmt: skip


@pytest.fixture
def chief_user(db: None) -> User:
    return officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)


def shown(town: Town, kind: str, show: str = "due") -> list[Any]:
    return list(queries.narrowed(queries.ended(Scope.of(town.prefecture), kind), show))


@pytest.mark.parametrize("kind", sorted(MADE))
def test_a_file_of_each_menu_is_thrown_away_by_two_people(
    town: Town, clock: ClockFile, chief_user: User, kind: str, django_capture_on_commit_callbacks: Any
) -> None:
    case = MADE[kind](town, clock)
    with pytest.raises(Refusal, match="保存期間は令和14年3月31日まで"):
        actions.propose_discard(by=town.prefecture, case=case)
    clock.set(OVER)
    assert (shown(town, kind), shown(town, kind, "done")) == ([case], [])
    hold = actions.hold_file(by=town.prefecture, case=case, kind="suit", reason="訴訟があるため。")
    with pytest.raises(Refusal, match="廃棄の保留があります"):
        actions.propose_discard(by=town.prefecture, case=case)
    refuses("hold_one_open_a_kind", copy(hold))
    actions.release_hold(by=town.prefecture, case=case, hold=hold)
    row = actions.propose_discard(by=town.prefecture, case=case)
    with pytest.raises(PermissionDenied, match="べつの"):
        actions.approve_discard(by=town.prefecture, discard=row)
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_discard(by=actor(chief_user), discard=row)
    assert row.rows > 3
    for rows in owned(case):
        for field in texts(rows.model):
            for key, said in rows.values_list("pk", field.name):
                assert str(said) in {"", MARK, "{}", "[]", "None", str(key)}, (rows.model, field.name)
    assert (shown(town, kind), shown(town, kind, "done")) == ([], [case])
    for url in {case.get_absolute_url(), case.get_staff_url()}:
        assert signed_in(town.prefecture_user).get(url).status_code == 404
        assert signed_in(town.officer_user).get(url).status_code == 404
    with pytest.raises(Refusal, match="もう廃棄しました"):
        actions.extend_term(by=town.prefecture, case=case, until_on=date(2040, 3, 31), reason="遅い")


def test_the_words_files_and_payees_go_and_the_figures_stay(
    town: Town, clock: ClockFile, chief_user: User, django_capture_on_commit_callbacks: Any
) -> None:
    proposal = ended_proposal(town, clock)
    paper = ProposalFile.objects.select_related("file").filter(proposal=proposal).earliest("created_at").file
    title, price, email = proposal.title, proposal.price_yen, proposal.contact_email
    assert email
    assert default_storage.exists(paper.storage_name)
    clock.set(OVER)
    row = actions.propose_discard(by=town.prefecture, case=proposal)
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve_discard(by=actor(chief_user), discard=row)
    proposal.refresh_from_db()
    assert (proposal.title, proposal.price_yen, proposal.contact_email) == (title, price, "")
    assert (proposal.plan, proposal.contact_name) == (MARK, MARK)
    assert not default_storage.exists(paper.storage_name)


def test_a_visit_loses_its_texts_and_the_payee_of_its_fee(
    town: Town, clock: ClockFile, chief_user: User
) -> None:
    case = closed_dispatch(town, clock)
    paying = Payment.objects.create(
        authority=case.menu.programme.authority, case_type="grants.dispatch", case_id=case.pk, slot="1:fee",
        title="派遣の謝金", kind="fee", payee="助言 一郎", gross_yen=30_000, withheld_yen=3_063, net_yen=26_937,
        fiscal_year=2026, ordered_on=date(2027, 3, 1),
    )  # fmt: skip
    clock.set(OVER)
    with pytest.raises(Refusal, match="支払いを待っている支出命令"):
        actions.propose_discard(by=town.prefecture, case=case)
    grants.cancel_payment(by=town.prefecture, payment=paying, note="誤り")
    row = actions.propose_discard(by=town.prefecture, case=case)
    actions.approve_discard(by=actor(chief_user), discard=row)
    paying.refresh_from_db()
    assert (paying.payee, paying.gross_yen) == (MARK, 30_000)
    assert set(VisitReport.objects.values_list("content", flat=True)) == {MARK}


def test_each_end_starts_its_own_clock(town: Town, clock: ClockFile) -> None:
    """Refused in November 2026, withdrawn in April 2027: the second file is kept a year longer."""
    first, second = requested(town), requested(town)
    grants.draft_dispatch_refusal(by=town.prefecture, dispatch=first, reason="期間外のため。")
    approval = first.approvals.get()
    grants.record_approval(
        by=town.prefecture, approval=approval, **record(town.prefecture, commitment_number="")
    )
    clock.set("2027-04-02T10:00:00+09:00")
    grants.withdraw_dispatch(by=town.chief, dispatch=second, note="取りやめます。")
    found = {row.pk: row.kept_until for row in shown(town, "dispatch", "all")}
    assert found == {first.pk: LAST, second.pk: date(2033, 3, 31)}


def test_what_was_not_adopted_is_kept_from_its_own_end_and_a_reserve_from_that_of_the_contract(
    town: Town, clock: ClockFile
) -> None:
    deal = Deal(town, others=("reserve", "not_adopted"))
    adopted, reserve, refused = deal.proposals
    assert [row.pk for row in shown(town, "proposal", "all")] == [refused.pk]
    with pytest.raises(Refusal, match="まだ終わっていない"):
        actions.hold_file(by=town.prefecture, case=reserve, kind="audit", reason="検査")
    clock.set("2027-04-20T10:00:00+09:00")
    day = date(2027, 3, 1)
    Contract.objects.filter(pk=deal.contract.pk).update(
        state="closed", reason="理由", estimated_yen=10, price_yen=10, quoted_at=now.now(), signed_on=day, signed_at=now.now(),
        starts_on=day, ends_on=day, started_on=day, completed_on=day, inspected_on=day, inspected_at=now.now(),
        closed_at=now.now(),
    )  # fmt: skip
    found = {row.pk: row.kept_until for row in shown(town, "proposal", "all")}
    later = date(2033, 3, 31)
    assert found == {refused.pk: LAST, reserve.pk: later, adopted.pk: later}


def test_nobody_learns_of_a_proposal_before_the_deadline_of_its_call(
    town: Town, clock: ClockFile, client: Client
) -> None:
    """Handed in and withdrawn while the call is open: neither the list, its file nor its page; after the deadline all of them."""
    call, who = published_call(town), person()
    made = submitted_proposal(town, call, who)
    proposals.withdraw_proposal(by=who, proposal=made, note="取りやめます。")
    made.refresh_from_db()
    params = {"kind": "proposal", "show": "all"}
    export = exports.ask_for_export(by=town.prefecture, kind="retention", form="csv", params=params)
    client.force_login(town.prefecture_user)

    def told() -> list[bool]:
        return [
            shown(town, "proposal", "all") == [made],
            made.title in text_of(client.get(reverse("grants:retention"), params)),
            made.title in b"".join(exports.stream(export, town.prefecture)).decode("utf-8-sig"),
            client.get(made.get_retention_url()).status_code == 200,
        ]

    assert told() == [False] * 4
    closed_call(town, call)
    assert told() == [True] * 4


def test_the_list_and_its_file_say_the_same_of_each_menu(
    town: Town, clock: ClockFile, client: Client, chief_user: User
) -> None:
    case = closed_workshop(town, clock)
    clock.set(OVER)
    actions.hold_file(by=town.prefecture, case=case, kind="audit", reason="検査のため。")
    page = reverse("grants:retention")
    client.force_login(town.prefecture_user)
    answer = client.get(page, {"kind": "workshop", "show": "kept"})
    assert_html(answer.content)
    assert case.title in text_of(answer)
    assert case.title not in text_of(client.get(page, {"show": "kept"}))
    assert "kind=workshop&amp;show=kept" in answer.content.decode()
    params = {"kind": "workshop", "show": "kept"}
    export = exports.ask_for_export(by=town.prefecture, kind="retention", form="csv", params=params)
    head, row = b"".join(exports.stream(export, town.prefecture)).decode("utf-8-sig").splitlines()
    said = dict(zip(head.split(","), row.split(","), strict=True))
    assert (said["メニュー"], said["名称"], said["市町村"]) == ("②", case.title, town.area.name)
    assert (said["状態"], said["保存年数"], said["残す理由"]) == ("終了", "5", "保留")
    assert (said["終わった日"], said["保存する最後の日"]) == ("2026-12-12", "2032-03-31")
    assert (said["廃棄"], said["廃棄した日時"], said["確定額(円)"]) == ("", "", "")


def test_the_way_by_clicking_and_nobody_excluded_gets_there(
    town: Town, clock: ClockFile, client: Client, chief_user: User
) -> None:
    proposal = ended_proposal(town, clock)
    clock.set(OVER)
    page = proposal.get_retention_url()
    client.force_login(town.prefecture_user)
    assert page in client.get(reverse("grants:retention"), {"kind": "proposal"}).content.decode()
    assert_html(client.get(page).content)
    assert send(client, page, action=proposal.get_retention_act_url("propose")).status_code == 303
    client.force_login(chief_user)
    assert f"{proposal.title}の廃棄を承認する" in text_of(client.get(reverse("site:desk")))
    assert_html(client.get(page).content)
    tied = officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)
    appointment(tied, Role.PREFECTURE_OFFICER, KAGOSHIMA, section=town.office)
    seat = proposal.call.seats.create(user=tied, title="審査委員")
    seat.interests.create(proposal=proposal, declared="conflict", kinds=["pay"], declared_at=now.now())
    other = signed_in(tied)
    assert other.get(page).status_code == 404
    assert proposal.title not in text_of(other.get(reverse("site:desk")))
    assert proposal.title not in text_of(other.get(reverse("grants:retention"), {"kind": "proposal"}))
    assert send(client, page, action=proposal.get_retention_act_url("approve")).status_code == 303
    assert proposal.discards.get().state == DiscardState.APPROVED
    assert client.get(reverse("grants:retention_detail", args=["moon", proposal.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["dispatch", "proposal"])
def test_the_list_costs_the_same_for_one_file_and_for_three(
    town: Town, clock: ClockFile, client: Client, assert_queries: Any, kind: str, count: int
) -> None:
    if kind == "proposal":
        Deal(town, others=("not_adopted",) * count)
    else:
        made = [requested(town).pk for _ in range(count)]
        Dispatch.objects.filter(pk__in=made).update(state="withdrawn", withdrawn_at=now.now())
    clock.set(OVER)
    client.force_login(town.prefecture_user)
    assert len(shown(town, kind)) == count
    client.get(reverse("grants:retention"), {"kind": kind})
    with assert_queries(7):
        client.get(reverse("grants:retention"), {"kind": kind})


def test_a_record_is_about_one_file(town: Town, clock: ClockFile) -> None:
    case = closed_dispatch(town, clock)
    clock.set(OVER)
    held = actions.hold_file(by=town.prefecture, case=case, kind="audit", reason="検査")
    longer = actions.extend_term(
        by=town.prefecture, case=case, until_on=date(2035, 3, 31), reason="研究のため。"
    )
    for name, row in (("hold_one_file", held), ("termextension_one_file", longer)):
        refuses(name, change(row, dispatch=None))
    row = case.discards.create(kept_until=LAST, proposed_by=town.prefecture_user)
    refuses("discard_one_open", copy(row))
    refuses("discard_one_file", change(row, dispatch=None))
