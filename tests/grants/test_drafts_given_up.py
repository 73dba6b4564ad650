"""A draft of ①, ② or ④ that nobody needs is given up: it makes room again, and nobody else ever sees it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from grants import actions, living
from grants.commission.actions import themes
from grants.commission.enums import ThemeState
from grants.contracts.actions import ending
from grants.dispatch import queries as dispatches
from grants.dispatch.enums import DispatchState
from grants.models import CommissionCall, CommissionTheme, Menu
from grants.workshop import queries as workshops
from grants.workshop.actions import cases
from grants.workshop.enums import WorkshopState
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.refusals import Refusal
from tests.factories import commission, dispatch, workshop
from tests.factories.contracts import Deal
from tests.factories.grants import Town

from .pages import send, text_of
from .test_live_files import limit


def live(menu: Menu) -> int:
    return living.live_files(menu).count()


def test_a_draft_of_a_dispatch_makes_room_and_stays_unseen(town: Town) -> None:
    row = limit(1)
    made = actions.discard_dispatch(by=town.officer, dispatch=dispatch.draft(town))
    assert made.state == DispatchState.DISCARDED
    assert live(row) == 0
    assert not dispatches.received(Scope.of(town.prefecture)).filter(pk=made.pk).exists()
    assert dispatch.draft(town).pk != made.pk
    with pytest.raises(Refusal, match="下書きを取りやめ"):
        actions.discard_dispatch(by=town.officer, dispatch=made)
    with pytest.raises(Refusal):
        actions.submit_dispatch(by=town.chief, dispatch=made)


def test_what_was_requested_is_not_given_up_as_a_draft(town: Town) -> None:
    with pytest.raises(Refusal, match="申込み済み"):
        actions.discard_dispatch(by=town.officer, dispatch=dispatch.requested(town))
    with pytest.raises(PermissionDenied):
        actions.discard_dispatch(by=town.prefecture, dispatch=dispatch.draft(town))


def test_the_page_of_a_dispatch_leads_there(town: Town, client: Client) -> None:
    made = dispatch.draft(town)
    client.force_login(town.officer_user)
    url = reverse("grants:dispatch_withdraw", args=[made.pk])
    assert f'href="{url}">下書きを取りやめる' in client.get(made.get_absolute_url()).content.decode()
    assert "一覧に残ります" in text_of(client.get(url))
    assert send(client, url).status_code == 303
    page = text_of(client.get(made.get_absolute_url()))
    assert "下書きを取りやめた" in page
    assert "派遣を申し込む" not in page


def test_a_draft_of_a_workshop_is_given_up_on_its_page(town: Town, client: Client) -> None:
    row = limit(2)
    made = workshop.draft(town)
    client.force_login(town.officer_user)
    act = made.get_act_url("discard")
    assert send(client, made.get_absolute_url(), action=act).status_code == 303
    made.refresh_from_db()
    assert made.state == WorkshopState.DISCARDED
    assert live(row) == 0
    assert act not in text_of(client.get(made.get_absolute_url()))
    assert not workshops.received(Scope.of(town.prefecture)).filter(pk=made.pk).exists()
    assert workshop.draft(town).pk != made.pk
    with pytest.raises(PermissionDenied):
        cases.discard_workshop(by=town.prefecture, workshop=workshop.draft(Town(office=town.office)))


def test_a_draft_of_a_theme_is_given_up_and_a_proposed_one_taken_back_by_the_chief(
    town: Town, client: Client
) -> None:
    row = limit(4)
    draft = commission.draft_theme(town)
    client.force_login(town.officer_user)
    url = draft.get_give_up_url()
    assert send(client, draft.get_absolute_url(), action=url).status_code == 303
    draft.refresh_from_db()
    assert (draft.state, draft.proposed_at) == (ThemeState.DISCARDED, None)
    assert client.get(draft.get_absolute_url()).status_code == 200
    proposed = commission.proposed_theme(town)
    with pytest.raises(PermissionDenied):
        themes.give_up_theme(by=town.officer, theme=proposed)
    assert themes.give_up_theme(by=town.chief, theme=proposed).state == ThemeState.WITHDRAWN
    assert live(row) == 0
    with pytest.raises(Refusal):
        themes.judge_theme(by=town.prefecture, theme=proposed, step="select")


def test_a_selected_theme_counts_until_its_calls_and_contracts_are_over(town: Town) -> None:
    deal = Deal(town)
    theme: CommissionTheme = deal.proposal.call.theme
    menu, call = theme.menu, CommissionCall.objects.filter(theme=theme)
    assert live(menu) == 1
    ending.terminate_contract(by=deal.office, contract=deal.contract, note="辞退のため")
    assert live(menu) == 0
    call.update(state="closed", announced_at=None, panel_at=None, frozen_at=None, closed_at=clock.now())
    assert live(menu) == 1
    call.update(state="void", voided_at=clock.now())
    assert live(menu) == 0


def test_a_selected_theme_without_a_call_is_at_work_and_one_without_award_is_not(town: Town) -> None:
    theme = commission.selected_theme(town)
    assert live(theme.menu) == 1
    call = commission.published_call(town)
    assert live(theme.menu) == 2
    now = clock.now()
    CommissionCall.objects.filter(pk=call.pk).update(
        state="announced", panel_at=now, frozen_at=now, announced_at=now
    )
    assert live(theme.menu) == 1
