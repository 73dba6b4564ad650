"""Where 決裁 and 文書番号 are kept, by menu and by matter: entered on a page, held when drafted, shown when a year is opened."""

from typing import Any

import pytest
from django.test import Client

from grants import actions, desk, queries
from grants.enums import Keeping, Table
from grants.enums.approving import MATTERS_OF, Matter
from grants.models import Approval, Menu, Programme
from grants.offering.sheet import changes, sheet
from portal.accounts.scope import Scope
from portal.kernel import audit
from portal.kernel.refusals import Refusal
from tests.factories.deciding import STEPS, decided, deciding, open_approval, reviewing
from tests.factories.grants import Town, menu
from tests.support.html import assert_html

from .pages import form_of, send, text_of
from .test_chain import CHIEF, HEAD, typed, url_of

SETTLED_HERE = {"settlement": {"approval": "portal", "numbering": "portal"}}


def keep(town: Town, row: Menu, **by_matter: dict[str, str]) -> Menu:
    return actions.change_chain(
        by=town.prefecture, menu=row, approval="external", numbering="external", approval_steps=STEPS,
        matter_keeping=by_matter,
    )  # fmt: skip


def refused(town: Town, case: Any) -> Approval:
    actions.draft_rejection(by=town.prefecture, application=case, reason="対象の取組が確認できないため。")
    return open_approval(case)


def test_entered_on_the_page_of_the_chain_and_shown_there_again(client: Client, town: Town) -> None:
    row = menu(3)
    client.force_login(town.prefecture_user)
    page = client.get(url_of(row))
    assert_html(page.content)
    assert "額の確定" in text_of(page)
    assert "派遣の決定" not in text_of(page)
    values = typed(CHIEF, HEAD, approval="external", numbering="external")
    more = {"approval_settlement": "portal", "numbering_settlement": "portal", "numbering_change": "portal"}
    assert send(client, url_of(row), **values, **more).status_code == 303
    row.refresh_from_db()
    assert row.matter_keeping == SETTLED_HERE | {"change": {"numbering": "portal"}}
    assert audit.history(row)[0].event == "grants.menu.chain_changed"
    again = form_of(client.get(url_of(row)))
    assert (again["approval_settlement"], again["approval_decision"]) == (["portal"], [""])
    shown = text_of(client.get(row.programme.get_absolute_url()))
    assert "決裁はこのポータル、文書番号はこのポータル" in shown
    assert "決裁は庁内の文書管理システム、文書番号はこのポータル" in shown


def test_a_matter_kept_here_needs_somebody_who_signs(client: Client, town: Town) -> None:
    row = menu(3)
    client.force_login(town.prefecture_user)
    told = send(client, url_of(row), **typed(approval="external"), approval_rejection="portal")
    assert told.status_code == 422
    assert 'href="#id_role_1"' in told.content.decode()
    assert form_of(told)["approval_rejection"] == ["portal"]
    values: dict[str, Any] = {
        "by": town.prefecture,
        "menu": row,
        "approval": "external",
        "numbering": "external",
    }
    with pytest.raises(Refusal, match="一人は入れてください"):
        actions.change_chain(**values, approval_steps=[], matter_keeping=SETTLED_HERE)
    with pytest.raises(Refusal, match="派遣の決定"):
        actions.change_chain(
            **values, approval_steps=[], matter_keeping={"dispatch": {"approval": "external"}}
        )
    row.refresh_from_db()
    assert row.matter_keeping == {}


def test_each_matter_is_drafted_as_it_is_kept_that_day(town: Town) -> None:
    keep(town, menu(3), rejection={"approval": "portal", "numbering": ""}, decision={"numbering": "portal"})
    granted = open_approval(deciding(town))
    assert (granted.keeping, granted.numbering) == (Keeping.EXTERNAL, Keeping.PORTAL)
    assert not granted.steps.exists()
    other = Town(office=town.office)
    no = refused(other, reviewing(other))
    assert (no.keeping, no.numbering, no.steps.count()) == (Keeping.PORTAL, Keeping.EXTERNAL, len(STEPS))
    keep(town, no.menu)
    for row in (granted, no):
        row.refresh_from_db()
    assert (granted.numbering, no.keeping) == (Keeping.PORTAL, Keeping.PORTAL)


def test_the_desk_of_the_officer_follows_the_decision_that_was_drafted(town: Town) -> None:
    """A grant of a menu that keeps refusals here is to be recorded; a refusal is to be signed by others."""
    keep(town, menu(3), rejection={"approval": "portal"})
    outside, other = deciding(town), Town(office=town.office)
    other.__dict__["prefecture_user"] = town.prefecture_user
    inside = refused(other, reviewing(other)).application
    assert inside is not None
    urls = [item.url for item in desk.items(Scope.of(town.prefecture))]
    assert outside.get_staff_url() in urls
    assert inside.get_staff_url() not in urls


def test_opening_a_year_copies_it_and_shows_what_was_changed_since(town: Town) -> None:
    before = keep(town, menu(3), **SETTLED_HERE).programme
    made = actions.copy_programme(by=town.prefecture, programme=before, fiscal_year=before.fiscal_year + 1)
    copied = made.menus.get(number=3)
    assert copied.matter_keeping == SETTLED_HERE
    assert (copied.approval_of(Matter.SETTLEMENT), copied.approval_of(Matter.DECISION)) == (
        "portal",
        "external",
    )
    keep(town, copied, revocation={"approval": "portal"})
    whole = queries.whole(Programme.objects.all())
    told = changes(*(sheet(whole.get(pk=row.pk)) for row in (before, made)))[str(copied)]
    assert {(row.label, row.kind) for row in told} == {
        ("額の確定の決裁", "削除"),
        ("交付決定の取消しの決裁", "追加"),
    }


def test_every_matter_belongs_to_a_table() -> None:
    assert set(MATTERS_OF) == set(Table)
    assert {matter for matters in MATTERS_OF.values() for matter in matters} == set(Matter)


def test_a_settled_file_of_before_is_not_touched(town: Town) -> None:
    case = decided(town)
    keep(town, case.menu, decision={"approval": "portal"})
    assert case.approvals.get().keeping == Keeping.EXTERNAL
