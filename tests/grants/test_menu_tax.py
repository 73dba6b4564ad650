"""Whether the cap of ④ has the tax in it, and the rate, are data: call, proposal, contract and 契約書 follow them."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some

from grants import actions, programmes, queries
from grants.commission.actions import proposals
from grants.contracts.queries import ceiling
from grants.enums import CapScope, Table
from grants.models import (
    CommissionCall,
    CommissionTheme,
    Contract,
    Menu,
    NeedsAnswer,
    NeedsSurvey,
    Programme,
    Proposal,
)
from grants.needs import most_of
from grants.offering.sheet import changes, sheet
from portal.accounts.enums import Role
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import draft_call, draft_proposal, published_call
from tests.factories.grants import BY, Town, open_call
from tests.factories.grants import menu as menu_of

from .pages import form_of, text_of
from .test_constraints import change, refuses

YEN = some.integers(min_value=1, max_value=10**9)


def row(cap_yen: int, **terms: Any) -> Menu:
    return Menu(table=Table.COMMISSION, cap_scope=CapScope.CONTRACT, cap_yen=cap_yen, **terms)


@given(cap=YEN, rate=some.integers(min_value=0, max_value=50))
def test_the_cap_with_tax_never_holds_more_than_the_cap_without(cap: int, rate: int) -> None:
    assert row(cap, tax_percent=rate).contract_cap_yen == cap
    menu = row(cap, cap_with_tax=False, tax_percent=rate)
    most = menu.contract_cap_yen
    assert most is not None
    assert most >= cap
    assert most - menu.tax_in(most) <= cap
    assert (most + 1) * 100 > cap * (100 + rate)


@given(price=YEN)
def test_the_tax_in_a_price(price: int) -> None:
    assert Menu().tax_in(price) == price * 10 // 110
    assert Menu(tax_percent=0).tax_in(price) == 0


def test_a_contract_is_held_to_the_smaller_of_both_ceilings() -> None:
    def made(menu: Menu, call_yen: int) -> int:
        theme = CommissionTheme(menu=menu)
        return ceiling(Contract(proposal=Proposal(call=CommissionCall(theme=theme, ceiling_yen=call_yen))))

    assert made(row(1_500_000), 1_650_000) == 1_500_000
    assert made(row(1_500_000, cap_with_tax=False), 1_650_000) == 1_650_000
    assert made(row(1_500_000, cap_with_tax=False, tax_percent=8), 1_650_000) == 1_620_000
    assert made(row(1_500_000, cap_with_tax=False), 1_200_000) == 1_200_000


def test_the_source_year_says_1500_thousand_with_tax(town: Town) -> None:
    menu = programmes.load(by=BY)[0].menus.get(number=4)
    assert (menu.cap_yen, menu.cap_with_tax, menu.tax_percent, menu.contract_cap_yen) == (
        1_500_000,
        True,
        10,
        1_500_000,
    )


def test_a_call_and_its_proposals_go_up_to_the_cap_with_tax(town: Town) -> None:
    with pytest.raises(Refusal, match="1,500,000円以下"):
        draft_call(town, ceiling_yen=1_500_001)
    Menu.objects.filter(pk=menu_of(4).pk).update(cap_with_tax=False)
    with pytest.raises(Refusal, match="1,650,000円以下\\(税込み\\)") as refused:
        draft_call(town, ceiling_yen=1_650_001)
    assert refused.value.field == "ceiling_yen"
    call = published_call(town, ceiling_yen=1_650_000)
    proposal = draft_proposal(town, call)
    costs = {"lines": [], "own_yen": 0, "revision": proposal.revision, "by": actor(proposal.created_by)}
    with pytest.raises(Refusal, match="上限額1,650,000円以下"):
        proposals.save_costs(proposal=proposal, price_yen=1_650_001, **costs)
    assert proposals.save_costs(proposal=proposal, price_yen=1_650_000, **costs).price_yen == 1_650_000


def test_it_is_edited_shown_and_compared(client: Client, town: Town) -> None:
    by = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    draft = actions.copy_programme(by=by, programme=open_call().menu.programme, fiscal_year=2027)
    client.force_login(by.user)
    url = f"/staff/grants/programmes/{draft.slug}/menus/4/terms/"
    page = client.get(url)
    data = {name: value for name, value in form_of(page).items() if name != "cap_with_tax"}
    bad = client.post(url, {**data, "tax_percent": "51"})
    assert bad.status_code == 422
    assert "消費税の税率" in text_of(bad)
    assert client.post(url, {**data, "tax_percent": "8"}).status_code == 303
    whole = queries.whole(Programme.objects.all(), with_source=True).get(pk=draft.pk)
    menu = draft.menus.get(number=4)
    (found,) = changes(sheet(whole.copied_from), sheet(whole))[str(menu)]
    assert (found.label, found.before, found.after) == (
        "上限額の消費税", "含む(税率10%)", "含まない(税率8%)",
    )  # fmt: skip
    assert menu.contract_cap_yen == 1_620_000
    actions.move_programme(by=by, programme=draft, step="publish")
    assert "税抜。税込で1,620,000円" in text_of(client.get(menu.get_absolute_url()))


def test_the_rate_is_in_range(town: Town) -> None:
    refuses("menu_tax_percent_in_range", change(menu_of(4), tax_percent=51))


def test_the_informal_notice_goes_as_far_as_the_contract_and_the_cap_says_without_tax() -> None:
    def most(menu: Menu) -> int | None:
        answer = NeedsAnswer(survey=NeedsSurvey(menu=menu))
        answer._prefetched_objects_cache = {"items": []}  # type: ignore[attr-defined]
        return most_of(answer)

    assert most(row(1_500_000)) == 1_500_000
    assert most(row(1_500_000, cap_with_tax=False)) == 1_650_000
    assert row(1_500_000).cap_words == "150万円"
    assert row(1_500_000, cap_with_tax=False).cap_words == "150万円(税抜)"
