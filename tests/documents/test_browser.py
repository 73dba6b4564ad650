"""Documents in a browser, on a phone and on a desk: waiting, downloading, verifying, comparing, voiding."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.areas.models import Authority
from portal.documents.models import Document
from tests.factories.accounts import UserFactory, appointment
from tests.factories.documents import issued
from tests.support.browser import People, assert_axe, assert_no_sideways_scroll
from tests.support.processes import Server
from tests.support.world import World

from .kind import CITY, KEY
from .workers import running

pytestmark = pytest.mark.usefixtures("world")
WIDTHS = (390, 1280)


@pytest.fixture(scope="module")
def portal(world: World) -> Iterator[Server]:
    process = world.server()
    process.command[process.command.index("portal.wsgi")] = "tests.documents.wsgi"
    process.start()
    yield process
    process.stop()


@pytest.fixture
def visitors(browser: Browser, portal: Server) -> Iterator[People]:
    opened = People(browser, portal.url)
    yield opened
    opened.close()


@pytest.fixture
def officer() -> User:
    user = UserFactory(name="本庁 花子")
    appointment(user, Role.CITY_OFFICER, CITY)
    return user


def look(page: Page) -> None:
    assert_axe(page)
    assert_no_sideways_scroll(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_waits_for_the_paper_and_gets_it(
    world: World, visitors: People, officer: User, city: Authority, width: int, tmp_path: Path
) -> None:
    document = issued(KEY, officer, authority=city)
    page = visitors.open(width=width, user=officer)
    page.goto("/staff/documents/")
    look(page)
    page.get_by_role("link", name=document.check_number).click()
    expect(page.get_by_text("準備中")).to_be_visible()
    look(page)
    page.goto(document.get_file_url())
    expect(page.get_by_role("heading", name="文書を準備しています")).to_be_visible()
    look(page)
    with running(world.worker()):
        expect(page.get_by_text("できました。")).to_be_visible(timeout=30_000)  # the progress asks by itself
    with page.expect_download() as download:
        page.get_by_role("link", name="画面を更新する").click()
    assert download.value.suggested_filename == f"{document.check_number}_試験の届出.pdf"
    paper = tmp_path / "paper.pdf"
    download.value.save_as(paper)
    compare(visitors, document, paper, width)


def compare(visitors: People, document: Document, paper: Path, width: int) -> None:
    """Anybody with the paper in hand finds it valid and the file unchanged."""
    page = visitors.open(width=width)
    page.goto(document.get_verify_url())
    expect(page.get_by_text("この文書は有効です")).to_be_visible()
    look(page)
    page.get_by_label("手もとのファイル").set_input_files(paper)
    page.get_by_role("button", name="ファイルをくらべる").click()
    expect(page.get_by_text("発行されたファイルと同じです")).to_be_visible()
    look(page)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_voided_paper_is_found_by_its_number(
    visitors: People, officer: User, city: Authority, width: int
) -> None:
    document = issued(KEY, officer, authority=city)
    page = visitors.open(width=width, user=officer)
    page.goto(document.get_absolute_url())
    page.get_by_role("button", name="文書を無効にする").click()
    expect(page.get_by_role("link", name="無効にする理由を入力してください。")).to_be_visible()
    look(page)
    page.get_by_label("無効にする理由").fill("宛先を誤ったため")
    page.get_by_role("button", name="文書を無効にする").click()
    expect(page.get_by_text("宛先を誤ったため")).to_be_visible()
    look(page)
    anybody = visitors.open(width=width, javascript=False)
    anybody.goto("/documents/verify/")
    anybody.get_by_label("確認番号").fill(document.check_number.lower())
    anybody.get_by_role("button", name="文書を調べる").click()
    expect(anybody.get_by_text("この文書は無効です")).to_be_visible()
    assert "宛先を誤ったため" not in anybody.content()
