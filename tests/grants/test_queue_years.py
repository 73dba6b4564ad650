"""The queue in April: files of two years, and no day that nobody waits for any more."""

from datetime import date

from django.test import Client

from grants import actions
from portal.kernel.templatetags.fmt import jday
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .pages import text_of

APRIL = "2027-04-02T10:00:00+09:00"


def test_the_queue_names_the_year_of_each_file(client: Client, town: Town, clock: ClockFile) -> None:
    decided(town)
    clock.set(APRIL)
    client.force_login(town.prefecture_user)
    assert "令和8年度<br>型" in text_of(client.get("/staff/grants/?state=all"))
    client.force_login(town.officer_user)
    assert "令和8年度 第2次募集" in text_of(client.get("/grants/applications/"))


def test_a_decided_file_is_not_late_with_its_screening_and_a_waiting_one_is(
    client: Client, town: Town, clock: ClockFile
) -> None:
    case = decided(town)
    clock.set(APRIL)
    client.force_login(town.prefecture_user)
    assert case.due_on is None
    assert "すぎています" not in text_of(client.get("/staff/grants/?state=all"))
    assert "審査の目安" not in text_of(client.get(case.get_staff_url()))
    clock.set("2026-11-25T11:00:00+09:00")
    waiting = Town(office=town.office).submitted()
    clock.set(APRIL)
    assert waiting.due_on is not None
    assert "すぎています" in text_of(client.get("/staff/grants/?state=all"))


def test_a_returned_file_shows_until_when_the_municipality_corrects_it(
    client: Client, town: Town, clock: ClockFile
) -> None:
    case = town.submitted()
    actions.take(by=town.prefecture, application=case)
    actions.write_remark(by=town.prefecture, application=case, part="plan", text="人数を確かめてください。")
    actions.return_for_correction(by=town.prefecture, application=case, due_on=date(2026, 12, 4))
    client.force_login(town.prefecture_user)
    row = text_of(client.get("/staff/grants/"))
    assert f'{jday(date(2026, 12, 4))}<br><span class="small muted">市町村の補正' in row
    assert "審査の目安" not in row
