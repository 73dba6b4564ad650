"""条 and 様式番号 as data: every kind of paper of ①②③④ has its own, entered on one page, copied, compared, printed."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

from grants import actions, queries
from grants.dispatch.papers import cancel_notice_snapshot, notice_snapshot, request_snapshot
from grants.enums import Table
from grants.models import Menu, Payment, Programme
from grants.offering.papers import TABLES, papers_of
from grants.offering.sheet import changes, sheet
from grants.papers.decisions import grant_snapshot
from grants.payments.queries import MENU_OF, menu_of
from grants.settlement.papers import result_snapshot
from portal.accounts.enums import Role
from portal.kernel import ports
from portal.kernel.actors import UserActor
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import decided
from tests.factories.dispatch import Adviser, proposed
from tests.factories.dispatch import draft as draft_dispatch
from tests.factories.grants import Town, open_call
from tests.factories.settlement import written
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of

ROOT = "/staff/grants/programmes/"
CODE = Path(__file__).parents[2] / "grants"


@pytest.fixture
def by(db: None, on_a_wednesday: ClockFile) -> UserActor:
    return actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))


@pytest.fixture
def draft(by: UserActor) -> Programme:
    return actions.copy_programme(by=by, programme=open_call().menu.programme, fiscal_year=2027)


def entered(menu: Menu) -> dict[str, dict[str, str]]:
    """Another 条 and 様式番号 for each paper of the menu."""
    return {
        paper.key: {"article": f"第{number}条", "form_label": f"第{number}号様式"}
        for number, paper in enumerate(papers_of(menu.table), start=11)
    }


def fill(by: UserActor, menu: Menu) -> dict[str, str]:
    """Enter them all; returns 「第11号様式(第11条関係)」 by key."""
    papers = entered(menu)
    actions.change_papers(by=by, menu=menu, papers=papers)
    return {key: f"{row['form_label']}({row['article']}関係)" for key, row in papers.items()}


def test_every_registered_paper_stands_in_the_list_of_its_procedures() -> None:
    kinds = [kind for kind in ports.document_kinds if kind.key.startswith("grants.")]
    assert {kind.model for kind in kinds} <= set(TABLES)
    listed = {paper.key for table in Table for paper in papers_of(table)}
    assert {kind.key.removeprefix("grants.") for kind in kinds} <= listed
    for table in Table:
        keys = [paper.key for paper in papers_of(table)]
        titles = [paper.title for paper in papers_of(table)]
        assert (len(keys), len(titles)) == (len(set(keys)), len(set(titles))), "one line of the page each"


def test_every_paper_asks_the_menu_for_its_form_by_a_key_of_the_list() -> None:
    """No 「第○条」 is written into a paper; a key that is in no list would print it for ever."""
    listed = {paper.key for table in Table for paper in papers_of(table)}
    asked, hard = set(), []
    for path in (*CODE.rglob("papers*.py"), *CODE.glob("papers/*.py"), CODE / "documents.py"):
        text = path.read_text()
        asked |= set(re.findall(r'menu\.(?:form|article)\("(\w+)"\)', text))
        if "第○条" in re.sub(r'"""[\s\S]*?"""', "", text):
            hard.append(path.name)
    assert hard == []
    assert asked
    assert asked <= listed


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_all_are_entered_on_one_page_copied_and_compared(
    client: Client, by: UserActor, draft: Programme, number: int
) -> None:
    client.force_login(by.user)
    url = f"{ROOT}{draft.slug}/menus/{number}/papers/"
    page = client.get(url)
    assert page.status_code == 200
    assert_html(page.content)
    menu = draft.menus.get(number=number)
    values = {f"{key}_{name}": words for key, row in entered(menu).items() for name, words in row.items()}
    assert send(client, url, **values).status_code == 303
    menu.refresh_from_db()
    for key, row in entered(menu).items():
        assert menu.form(key) == f"{row['form_label']}({row['article']}関係)"
        assert menu.article(key) == row["article"]
    whole = queries.whole(Programme.objects.all(), with_source=True).get(pk=draft.pk)
    found = changes(sheet(whole.copied_from), sheet(whole))[f"{menu} 書類"]
    assert {row.label for row in found} == {paper.title for paper in papers_of(menu.table)}
    link = text_of(client.get(f"{ROOT}{draft.slug}/"))
    assert f'href="{url}"' in link
    send(client, url, **dict.fromkeys(values, ""))
    menu.refresh_from_db()
    assert {menu.form(paper.key) for paper in papers_of(menu.table)} == {"標準様式(第○条関係)"}


def test_next_years_copy_has_them(by: UserActor) -> None:
    year = open_call().menu.programme
    menu = year.menus.get(number=1)
    forms = fill(by, menu)
    copied = actions.copy_programme(by=by, programme=year, fiscal_year=2027).menus.get(number=1)
    assert {key: copied.form(key) for key in forms} == forms


def test_unknown_papers_are_not_kept(by: UserActor, draft: Programme) -> None:
    menu = draft.menus.get(number=2)
    actions.change_papers(by=by, menu=menu, papers={"decision": {"article": "第1条", "form_label": "x"}})
    assert (menu.letters, menu.documents) == ([], [])


def test_the_papers_of_a_subsidy_print_what_was_entered(town: Town, by: UserActor) -> None:
    forms = fill(by, open_call().menu)
    case = decided(town)
    case.refresh_from_db()
    letter = grant_snapshot(case)
    assert letter["form"] == forms["decision"]
    assert f"({letter['article']}関係)" in forms["decision"]
    result = result_snapshot(written(town, case))
    assert result["forms"] == {"result": forms["result"], "accounts": forms["accounts"]}
    assert f"({result['article']}関係)" in forms["result"]


def test_the_papers_of_a_dispatch_print_what_was_entered(town: Town, by: UserActor) -> None:
    case = proposed(town, Adviser(town))
    forms = fill(by, case.menu)
    case.refresh_from_db()
    assert request_snapshot(case)["form"] == forms["dispatch_request"]
    assert notice_snapshot(case)["form"] == forms["dispatch_notice"]
    assert cancel_notice_snapshot(case)["form"] == forms["dispatch_cancel_notice"]


def test_a_payment_notice_has_the_form_of_its_cases_menu(town: Town, by: UserActor) -> None:
    case = draft_dispatch(town)
    forms = fill(by, case.menu)
    menu = menu_of(Payment(case_type="grants.dispatch", case_id=case.pk))
    assert menu is not None
    assert menu.form("payment_notice") == forms["payment_notice"]
    assert [menu_of(Payment(case_type=kind, case_id=uuid4())) for kind in MENU_OF] == [None] * len(MENU_OF)
    assert menu_of(Payment(case_type="grants.other", case_id=case.pk)) is None
