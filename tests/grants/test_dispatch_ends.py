"""The ends of a dispatch that does not come about: taken back, refused with its letter, called off with a notice to both."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.dispatch import queries
from grants.dispatch.enums import DispatchState, VisitState
from grants.enums.approving import ApprovalState
from grants.models import Approval, Dispatch, Menu
from portal.accounts.scope import Scope
from portal.documents.models import Document
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.deciding import record
from tests.factories.dispatch import FIRST, Adviser, accepted, decided, draft, proposed, requested
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import send, text_of

WHY = "別の事業で助言を受けられることになった。"


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def told(template: str) -> list[str]:
    rows = OutboxMessage.objects.filter(template=f"grants/mail/{template}")
    return sorted(rows.values_list("to_address", flat=True))


def letters(made: Dispatch) -> dict[str, Document]:
    rows = Document.objects.filter(object_id=made.pk).exclude(kind="grants.dispatch_request")
    return {row.kind.rpartition(".")[2]: row for row in rows}


def refuse(town: Town, made: Dispatch) -> Approval:
    return actions.draft_dispatch_refusal(
        by=town.prefecture, dispatch=made, reason="この年度の予定に達したため。"
    )


def test_a_request_is_taken_back_and_the_asked_advisor_is_told_once(town: Town, adviser: Adviser) -> None:
    made = proposed(town, adviser)
    with pytest.raises(Refusal, match="理由"):
        actions.withdraw_dispatch(by=town.chief, dispatch=made, note=" ")
    made.refresh_from_db()
    actions.withdraw_dispatch(by=town.chief, dispatch=made, note=WHY)
    assert (made.state, made.withdrawn_by) == (DispatchState.WITHDRAWN, town.chief_user)
    assert made.visits.get().state == VisitState.CANCELLED
    assert told("dispatch_withdrawn") == sorted([town.prefecture_user.email, adviser.user.email])
    assert queries.of_advisor(Scope.of(adviser.actor)).get() == made
    with pytest.raises(Refusal, match="いま「取下げ」です"):
        actions.withdraw_dispatch(by=town.chief, dispatch=made, note=WHY)
    with pytest.raises(Refusal, match="いま「取下げ」です"):
        actions.accept_dispatch(by=adviser.actor, dispatch=made)
    assert len(told("dispatch_withdrawn")) == 2
    assert proposed(town, adviser, starts_at=FIRST).state == DispatchState.PROPOSED


def test_a_request_nobody_was_asked_for_is_taken_back_too(town: Town) -> None:
    waiting, returned = requested(town), requested(town)
    actions.return_dispatch(by=town.prefecture, dispatch=returned, note="月まで。")
    for made in (waiting, returned):
        actions.withdraw_dispatch(by=town.chief, dispatch=made, note=WHY)
    assert told("dispatch_withdrawn") == [town.prefecture_user.email] * 2
    assert queries.visits_used(waiting) == 0


def test_who_cannot_take_it_back_and_when(town: Town, adviser: Adviser) -> None:
    made = requested(town)
    for stranger in (town.officer, Town().chief, town.prefecture, adviser.actor):
        with pytest.raises(PermissionDenied):
            actions.withdraw_dispatch(by=stranger, dispatch=made, note=WHY)
    for late, words in ((draft(town), "下書き"), (accepted(town, adviser), "決裁待ち")):
        with pytest.raises(Refusal, match=f"いま「{words}」です"):
            actions.withdraw_dispatch(by=town.chief, dispatch=late, note=WHY)


def test_a_refusal_before_anybody_was_asked_has_its_letter_with_the_reason(town: Town) -> None:
    made = requested(town)
    approval = refuse(town, made)
    with pytest.raises(Refusal, match="決裁の途中"):
        actions.return_dispatch(by=town.prefecture, dispatch=made, note="月まで。")
    with pytest.raises(Refusal, match="申込みの日より前"):
        actions.record_approval(
            by=town.prefecture, approval=approval,
            **record(town.prefecture, decided_on=made.submitted_at.date().replace(day=1), commitment_number=""),
        )  # fmt: skip
    approval.refresh_from_db()
    actions.record_approval(
        by=town.prefecture, approval=approval, **record(town.prefecture, commitment_number="")
    )
    made.refresh_from_db()
    assert (made.state, made.advisor, set(letters(made))) == (
        DispatchState.REFUSED,
        None,
        {"dispatch_refusal"},
    )
    letter = letters(made)["dispatch_refusal"]
    body = letter.snapshot["body"]
    assert (letter.own_number, body["reason"]) == ("く共第123号", "この年度の予定に達したため。")
    assert (body["form"], body["addressee"]) == (
        "標準様式(第○条関係)",
        [f"{town.area.name}長　試験　一郎　殿"],
    )
    assert body["appeal"] == made.menu.programme.appeal_notice
    assert queries.seen_by_offices(Scope.of(town.chief)).get() == made
    assert town.chief_user.email in told("dispatch_refused")


def test_a_refusal_that_is_being_decided_ends_with_the_withdrawal(town: Town, adviser: Adviser) -> None:
    made = requested(town)
    approval = refuse(town, made)
    with pytest.raises(Refusal, match="決裁の途中"):
        actions.propose_advisor(
            by=town.prefecture, dispatch=made, advisor=adviser.row, visits_count=1, starts_at=FIRST,
            ends_at=FIRST.replace(hour=15),
        )  # fmt: skip
    actions.withdraw_dispatch(by=town.chief, dispatch=made, note=WHY)
    approval.refresh_from_db()
    assert approval.state == ApprovalState.DROPPED
    with pytest.raises(Refusal, match="いま「取下げ」です"):
        refuse(town, made)


def test_a_refusal_after_the_answer_is_one_letter(town: Town, adviser: Adviser) -> None:
    made = accepted(town, adviser)
    approval = refuse(town, made)
    actions.record_approval(
        by=town.prefecture, approval=approval, **record(town.prefecture, commitment_number="")
    )
    assert set(letters(made)) == {"dispatch_refusal"}
    assert told("dispatch_refused") == sorted(
        {town.officer_user.email, town.chief_user.email, adviser.user.email}
    )


def test_calling_off_sends_a_letter_to_both_under_one_number(town: Town, adviser: Adviser) -> None:
    made = decided(town, adviser)
    with pytest.raises(Refusal, match="文書番号を入力") as missing:
        actions.cancel_dispatch(by=town.prefecture, dispatch=made, note="災害のため。")
    assert missing.value.field == "document_number"
    made.refresh_from_db()
    actions.cancel_dispatch(
        by=town.prefecture, dispatch=made, note="災害のため。", document_number="地共第9号"
    )
    town_s, advisor_s = (letters(made)[f"dispatch_{name}"] for name in ("cancellation", "cancel_notice"))
    assert town_s.own_number == advisor_s.own_number == "地共第9号"
    assert (town_s.snapshot["body"]["reason"], town_s.snapshot["body"]["visits"]) == ("災害のため。", 2)
    assert town_s.snapshot["body"]["decided_on"] == "2026-11-25"
    assert advisor_s.snapshot["body"]["addressee"] == ["助言　花子　様"]
    assert advisor_s.snapshot["body"]["appeal"] == ""


@pytest.mark.parametrize(
    "kept", [{"numbering": "portal"}, {"matter_keeping": {"dispatch": {"numbering": "portal"}}}]
)
def test_the_portal_numbers_the_letters_where_the_menu_says_so(
    town: Town, adviser: Adviser, kept: dict[str, Any]
) -> None:
    """The cancellation is numbered as the decision: by what the menu says of 派遣の決定."""
    made = decided(town, adviser)
    Menu.objects.filter(pk=made.menu_id).update(**kept)
    made = Dispatch.objects.get(pk=made.pk)
    actions.cancel_dispatch(by=town.prefecture, dispatch=made, note="災害のため。")
    assert {row.own_number for row in letters(made).values() if "cancel" in row.kind} == {
        f"{made.office.symbol}第1号"
    }


def test_the_ends_on_screen(town: Town, adviser: Adviser) -> None:
    made, desk, officer, chief = requested(town), Client(), Client(), Client()
    for client, user in (
        (desk, town.prefecture_user),
        (officer, town.officer_user),
        (chief, town.chief_user),
    ):
        client.force_login(user)
    url = reverse("grants:dispatch_withdraw", args=[made.pk])
    assert "取り下げることができるのは" in text_of(officer.get(url))
    assert "申込みを取り下げる" in text_of(chief.get(made.get_absolute_url()))
    assert send(chief, url, note="").status_code == 422
    assert send(chief, url, note=WHY).status_code == 303
    for client, page in ((chief, made.get_absolute_url()), (desk, made.get_staff_url())):
        response = client.get(page)
        assert_html(response.content)
        assert (WHY in text_of(response), "取下げ" in text_of(response)) == (True, True)
    assert send(chief, url, note=WHY).status_code == 409
    second = decided(town, adviser)
    staff, act = second.get_staff_url(), second.get_act_url("cancel")
    missing = send(desk, staff, action=act, note="災害のため。", document_number="")
    assert (missing.status_code, "災害のため。" in text_of(missing)) == (422, True)
    assert send(desk, staff, action=act, note="災害のため。", document_number="地共第9号").status_code == 303
    assert "災害のため。" in text_of(desk.get(staff))
    assert "取りやめになりました" in text_of(chief.get(second.get_absolute_url()))
