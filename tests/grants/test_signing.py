"""決裁 kept in the portal: steps in their order, 合議, 代決 with 後閲, numbers of our own, never the drafter."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grants import actions
from grants.enums import ApplicationState, Keeping
from grants.models import Application, Approval, Menu
from grants.queries import approving, signers
from portal.accounts.models import User
from portal.documents.models import Document
from portal.kernel import clock as the_clock
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import STEPS, deciding, open_approval, record, reviewing
from tests.factories.grants import Town
from tests.support.html import assert_html

from .pages import send, text_of


@pytest.fixture
def chief(town: Town) -> User:
    return officer("prefecture_section_chief", KAGOSHIMA)


@pytest.fixture
def head(town: Town) -> User:
    return officer("prefecture_head", KAGOSHIMA)


def kept_here(case: Application, **more: Any) -> Application:
    """Its menu keeps 決裁 and 文書番号 in the portal."""
    values = {"approval": Keeping.PORTAL, "numbering": Keeping.PORTAL, "approval_steps": STEPS} | more
    Menu.objects.filter(pk=case.menu_id).update(**values)
    case.menu.refresh_from_db()
    return case


@pytest.fixture
def approval(town: Town) -> Approval:
    """A 交付決定 that waits for the chief, then the head."""
    case = deciding(town, kept_here(reviewing(town)))
    return approving.with_case(Approval.objects.all()).get(pk=open_approval(case).pk)


def sign(user: User, approval: Approval) -> Approval:
    return actions.sign_approval(by=actor(user), approval=approval)


def test_signed_in_order_the_last_one_decides_with_our_numbers(
    town: Town, approval: Approval, chief: User, head: User
) -> None:
    with pytest.raises(PermissionDenied, match="くらし共生協働課長"):
        sign(head, approval)
    sign(chief, approval)
    assert (approval.state, approval.application.state) == ("drafted", "deciding")
    with pytest.raises(PermissionDenied, match="総務部長"):
        sign(chief, approval)
    sign(head, approval)
    case = Application.objects.get(pk=approval.application_id)
    assert (case.state, case.decided_by) == (ApplicationState.DECIDED, head)
    assert (approval.approver_title, approval.approver_name) == ("総務部長", head.name)
    assert approval.document_number == f"{town.office.symbol}第1号"
    assert approval.commitment.number
    assert Document.objects.get(kind="grants.decision").own_number == approval.document_number
    with pytest.raises(Refusal, match="決裁済み"):
        sign(head, approval)


def test_numbers_have_no_gap_after_a_refused_last_signature(
    town: Town, approval: Approval, chief: User, head: User
) -> None:
    sign(chief, approval)
    line = approval.commitment.line
    type(line).objects.filter(pk=line.pk).update(amount_yen=1)
    with pytest.raises(Refusal, match="残りは1円"):
        sign(head, approval)
    type(line).objects.filter(pk=line.pk).update(amount_yen=10**8)
    sign(head, approval)
    assert approval.document_number.endswith("第1号")


def test_the_drafter_signs_nothing_even_with_the_role(town: Town, approval: Approval) -> None:
    officer("prefecture_section_chief", KAGOSHIMA, user=town.prefecture_user)
    with pytest.raises(PermissionDenied, match="起案した人は"):
        actions.sign_approval(by=UserActor(town.prefecture_user), approval=approval)


def test_a_step_that_sends_back_ends_it(town: Town, approval: Approval, chief: User, head: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.send_back_approval(by=actor(head), approval=approval, note="額を直す。")
    actions.send_back_approval(by=actor(chief), approval=approval, note="額を直す。")
    assert Application.objects.get(pk=approval.application_id).state == ApplicationState.REVIEWING
    with pytest.raises(Refusal, match="差戻し"):
        sign(chief, approval)


def test_a_deputy_signs_for_the_absent_and_the_view_is_owed(
    town: Town, approval: Approval, chief: User, head: User
) -> None:
    colleague = officer("prefecture_officer", KAGOSHIMA)
    with pytest.raises(PermissionDenied):
        sign(colleague, approval)
    today = the_clock.today_jst()
    named = actions.name_deputy(
        by=actor(chief), authority=approval.menu.programme.authority, role="prefecture_section_chief",
        deputy=colleague, starts_on=today, ends_on=today + timedelta(days=2),
    )  # fmt: skip
    sign(colleague, approval)
    step = approval.steps.get(position=1)
    assert (step.deputised, step.owes_view, step.signed_by) == (True, True, colleague)
    with pytest.raises(Refusal, match="後閲"):
        actions.view_deputised(by=actor(head), approval=approval)
    actions.view_deputised(by=actor(chief), approval=approval)
    step.refresh_from_db()
    assert (step.owes_view, step.seen_by) == (False, chief)
    with pytest.raises(Refusal, match="後閲"):
        actions.view_deputised(by=actor(chief), approval=approval)
    with pytest.raises(PermissionDenied):
        actions.end_deputy(by=actor(head), row=named)
    actions.end_deputy(by=actor(chief), row=named)
    actions.end_deputy(by=actor(chief), row=named)
    assert not approving.deputies(actor_scope(colleague))


def actor_scope(user: User) -> Any:
    from portal.accounts.scope import Scope

    return Scope.of(actor(user))


@pytest.mark.parametrize(
    ("days", "field"), [((-1, 1), "starts_on"), ((1, 0), "ends_on"), ((0, 92), "ends_on")]
)
def test_days_of_a_deputy_that_cannot_be(town: Town, chief: User, days: tuple[int, int], field: str) -> None:
    case = reviewing(town)
    colleague, today = officer("prefecture_officer", KAGOSHIMA), the_clock.today_jst()
    with pytest.raises(Refusal) as refused:
        actions.name_deputy(
            by=actor(chief), authority=case.menu.programme.authority, role="prefecture_section_chief",
            deputy=colleague, starts_on=today + timedelta(days=days[0]), ends_on=today + timedelta(days=days[1]),
        )  # fmt: skip
    assert refused.value.field == field


def test_a_deputy_is_a_colleague_and_named_by_the_holder_only(town: Town, chief: User) -> None:
    authority = reviewing(town).menu.programme.authority
    values: dict[str, Any] = {
        "authority": authority, "role": "prefecture_section_chief", "starts_on": the_clock.today_jst(),
        "ends_on": the_clock.today_jst(),
    }  # fmt: skip
    for stranger in (chief, town.chief_user):
        with pytest.raises(Refusal) as refused:
            actions.name_deputy(by=actor(chief), deputy=stranger, **values)
        assert refused.value.field == "deputy"
    with pytest.raises(PermissionDenied):
        actions.name_deputy(by=town.prefecture, deputy=chief, **values)


def test_a_menu_without_steps_and_the_wrong_way_are_refused(town: Town, chief: User) -> None:
    case = kept_here(reviewing(town), approval_steps=[])
    with pytest.raises(Refusal, match="決裁の順"):
        deciding(town, case)
    approval = open_approval(deciding(town, kept_here(case)))
    with pytest.raises(Refusal, match="このポータルで"):
        actions.record_approval(by=town.prefecture, approval=approval, **record(town.prefecture))
    Approval.objects.filter(pk=approval.pk).update(keeping=Keeping.EXTERNAL)
    with pytest.raises(Refusal, match="文書管理システム"):
        sign(chief, approval)


def test_on_screen_the_chief_finds_signs_and_names(
    town: Town, approval: Approval, chief: User, head: User, client: Client
) -> None:
    client.force_login(chief)
    assert f"{approval.title}を決裁する" in text_of(client.get("/staff/"))
    address = approval.get_absolute_url()
    assert_html(client.get(address).content)
    listed = text_of(client.get("/staff/grants/approvals/"))
    assert "代決者を決める" in listed
    assert "まとめて決裁する" in listed
    assert "まとめて決定する" not in listed
    signed = send(client, address, action=f"{address}sign/")
    assert signed.status_code == 303
    assert "いまは「総務部長」の決裁を待っています" in text_of(client.get(address))
    colleague = officer("prefecture_officer", KAGOSHIMA)
    deputies = "/staff/grants/approvals/deputies/"
    wrong = send(client, deputies, deputy=str(colleague.pk), starts_on="", ends_on="R8.11.30")
    assert wrong.status_code == 422
    done = send(client, deputies, deputy=str(colleague.pk), starts_on="R8.11.25", ends_on="R8.11.30")
    assert done.status_code == 303
    page = client.get(deputies)
    assert colleague.name in text_of(page)
    assert_html(page.content)
    assert date(2026, 11, 30) == approving.deputies_of(chief.pk).get().ends_on


def test_a_deputy_signs_neither_for_the_drafter_nor_for_one_who_left(
    town: Town, approval: Approval, chief: User
) -> None:
    colleague = officer("prefecture_officer", KAGOSHIMA)
    today = the_clock.today_jst()
    actions.name_deputy(
        by=actor(chief), authority=approval.menu.programme.authority, role="prefecture_section_chief",
        deputy=colleague, starts_on=today, ends_on=today + timedelta(days=2),
    )  # fmt: skip
    assert signers.signer(approval, approving.next_step(approval), actor(colleague))
    approval.drafted_by = chief
    assert not signers.signer(approval, approving.next_step(approval), actor(colleague))
    approval.drafted_by = town.prefecture_user
    chief.appointments.update(ends_on=today - timedelta(days=1))
    assert not signers.signer(approval, approving.next_step(approval), actor(colleague))
