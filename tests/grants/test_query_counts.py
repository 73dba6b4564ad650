"""How many statements a page takes: the same literal number at 1 and at 10 rows."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.enums import Part
from grants.models import Application, Programme
from portal.areas import site
from portal.documents.models import Document
from tests.factories.deciding import copied, decided, reviewing
from tests.factories.grants import Town, open_call, staged
from tests.support.world import ClockFile

Counts = Callable[[int], object]


@pytest.fixture
def programme(db: None, on_a_wednesday: ClockFile) -> Programme:
    return open_call().menu.programme


@pytest.fixture(autouse=True)
def governments_are_known(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The few governments are kept by each process for some seconds; inside a test's transaction they would not be."""
    known = site.Directory({row.area_id: row for row in site.Authority.objects.select_related("area")})
    monkeypatch.setattr(site, "directory", lambda: known)


def test_home(client: Client, programme: Programme, assert_queries: Counts) -> None:
    client.get("/grants/")
    with assert_queries(3):
        client.get("/grants/")


def test_menu(client: Client, programme: Programme, assert_queries: Counts) -> None:
    url = programme.menus.get(number=3).get_absolute_url()
    client.get(url)
    with assert_queries(3):
        client.get(url)


@pytest.mark.parametrize("rows", [1, 10])
def test_list(client: Client, town: Town, assert_queries: Counts, rows: int) -> None:
    for number in range(rows):
        town.draft() if number % 2 else town.submitted()
    client.force_login(town.officer_user)
    url = reverse("grants:application_list")
    client.get(url)
    with assert_queries(7):
        client.get(url)


@pytest.mark.parametrize("rows", [1, 10])
def test_queue(client: Client, town: Town, assert_queries: Counts, rows: int) -> None:
    for _ in range(rows):
        town.submitted()
    client.force_login(town.prefecture_user)
    client.get("/staff/grants/")
    with assert_queries(7):
        client.get("/staff/grants/")


@pytest.mark.parametrize("others", [0, 10])
def test_file(client: Client, town: Town, assert_queries: Counts, others: int) -> None:
    application = town.submitted()
    for _ in range(others):
        town.draft()
    client.force_login(town.prefecture_user)
    client.get(application.get_staff_url())
    with assert_queries(11):
        client.get(application.get_staff_url())


def test_a_file_with_its_reviews_and_history(
    client: Client, town: Town, clock: ClockFile, assert_queries: Counts
) -> None:
    """Returned twice with remarks and answers, resubmitted, decided, its letter issued: ≤ 12, at 1 other and at 50."""
    case = town.submitted()
    for day, part in ((26, Part.PLAN), (27, Part.BUDGET)):
        clock.set(f"2026-11-{day}T10:00:00+09:00")
        case = actions.take(by=town.prefecture, application=case)
        for number in range(3):
            actions.write_remark(by=town.prefecture, application=case, part=part, text=f"{number}を書く")
        actions.return_for_correction(by=town.prefecture, application=case, due_on=date(2026, 12, 9))
        for remark in case.remarks.filter(answer=""):
            actions.answer_remark(by=town.officer, remark=remark, answer="書いた")
        case = actions.submit(by=town.chief, application=case)
    case = decided(town, reviewing(town, case))
    for row in Document.objects.filter(object_id=case.pk, state="issuing"):
        row.state, row.file, row.rendered_at = "issued", staged(town.officer), row.created_at
        row.sha256 = row.file.sha256
        row.save()
    client.force_login(town.prefecture_user)
    for others in (1, 49):
        Application.objects.bulk_create(copied(case) for _ in range(others))
        page = client.get(case.get_staff_url()).content.decode()
        assert page.count("を書く") >= 6
        assert page.count("書いた") >= 6
        with assert_queries(12):
            client.get(case.get_staff_url())


@pytest.mark.parametrize("others", [0, 10])
@pytest.mark.parametrize("section", Part.values)
def test_section(client: Client, town: Town, assert_queries: Counts, section: str, others: int) -> None:
    application = town.ready()
    for _ in range(others):
        town.attach(application, "other")
        town.draft()
    client.force_login(town.officer_user)
    client.get(application.get_edit_url(section))
    expected = {"target": 12, "plan": 10, "budget": 11, "attachments": 10, "confirm": 10}[section]
    with assert_queries(expected):
        client.get(application.get_edit_url(section))


def test_draft_page(client: Client, town: Town, assert_queries: Counts) -> None:
    application = town.ready()
    client.force_login(town.officer_user)
    client.get(application.get_absolute_url())
    with assert_queries(12):
        client.get(application.get_absolute_url())


def test_receipt(client: Client, town: Town, assert_queries: Counts) -> None:
    application = town.submitted()
    client.force_login(town.officer_user)
    client.get(application.get_absolute_url())
    with assert_queries(10):
        client.get(application.get_absolute_url())
