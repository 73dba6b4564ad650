"""Who of the コミプラ writes a sub-grant: named, ended, two at once; and who reads the mails about it."""

import pytest
from django.urls import reverse

from grants.models import Application, SubGrant
from grants.subgrants import actions
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from portal.site.operations import about_visible
from tests.factories.accounts import UserFactory
from tests.factories.grants import Town
from tests.factories.subgrants import draft, granted, indirect, written
from tests.support.html import assert_html

from .pages import form_of, send, text_of
from .test_supporters_pages import page, signed_in


@pytest.fixture
def case(town: Town) -> Application:
    return indirect(town)


def named(town: Town, row: SubGrant, name: str) -> User:
    user: User = UserFactory(name=name)
    actions.name_writer(by=town.officer, subgrant=row, email=user.email)
    return user


def read(user: User) -> set[str]:
    """The templates of the mails about sub-grants that this person reads in the outbox."""
    rows = OutboxMessage.objects.filter(template__contains="subgrant_")
    seen = about_visible(rows, Scope.of(UserActor(user)), prefix="about")
    return {template.rpartition("/")[2] for template in seen.values_list("template", flat=True)}


def test_mails_between_a_platform_and_its_municipality_are_theirs(town: Town, case: Application) -> None:
    row = draft(town, case)
    named(town, row, "書き手 一郎")
    assert (read(town.officer_user), read(town.prefecture_user)) == ({"subgrant_named"}, set())
    assert read(Town(office=town.office).officer_user) == set()
    granted(town, case, written(town, row))
    assert read(town.officer_user) == {"subgrant_named", "subgrant_submitted", "subgrant_answered"}
    assert read(town.prefecture_user) == set()


def test_who_is_taken_out_neither_reads_nor_writes_nor_hears(town: Town, case: Application) -> None:
    row = draft(town, case)
    gone, stays = named(town, row, "書き手 一郎"), named(town, row, "書き手 次郎")
    url, act = row.get_absolute_url(), row.get_act_url("end_writer")
    staff, client = signed_in(town.officer_user), signed_in(gone)
    assert "書き手 一郎" in page(staff, url)
    assert client.get(url).status_code == 200
    assert send(staff, url, action=act).status_code == 422
    writer = str(row.writers.get(user=gone).pk)
    assert client.post(act, {"writer": writer}).status_code == 403
    assert send(staff, url, action=act, writer=writer).status_code == 303
    assert "書き手 一郎" not in page(staff, url)
    assert "書く人を外した" in page(staff, url)
    assert client.get(url).status_code == 404
    assert client.post(row.get_act_url("write"), {}).status_code == 404
    assert url not in client.get(reverse("accounts:me")).content.decode()
    granted(town, case, written(town, row))
    told = OutboxMessage.objects.filter(template="grants/mail/subgrant_answered")
    assert list(told.values_list("to_address", flat=True)) == [stays.email]


def test_who_was_taken_out_can_be_named_again_and_hears_of_it(town: Town, case: Application) -> None:
    row = draft(town, case)
    user = named(town, row, "書き手 一郎")
    writer = row.writers.get()
    for _ in range(2):
        actions.end_writer(by=town.officer, subgrant=row, writer=writer)
    actions.name_writer(by=town.officer, subgrant=row, email=user.email)
    assert signed_in(user).get(row.get_absolute_url()).status_code == 200
    assert row.writers.count() == 1


def test_of_two_who_write_at_once_the_second_sees_both_texts(town: Town, case: Application) -> None:
    row = draft(town, case)
    first, second = (signed_in(named(town, row, name)) for name in ("書き手 一郎", "書き手 次郎"))
    url, act = row.get_absolute_url(), row.get_act_url("write")
    typed = form_of(second.get(url), action=act)
    before = {"content": "毎週水曜に送迎をする。", "yen_reward": "120,000", "yen_fees": "20,000"}
    assert send(first, url, action=act, **before).status_code == 303
    after = {"content": "毎週土曜に送迎をする。", "yen_reward": "１２０，０００", "yen_printing": "30,000"}
    refused = second.post(act, {**typed, **after})
    assert_html(refused.content)
    text = text_of(refused)
    assert (refused.status_code, "ほかの人が保存しました" in text) == (409, True)
    kept, mine = text.split("見くらべて直し")
    assert ("毎週水曜に送迎をする。" in kept, "20,000" in kept, "120,000" in kept) == (True, True, False)
    assert ("毎週土曜に送迎をする。" in mine, 'value="30,000"' in mine) == (True, True)
    row.refresh_from_db()
    assert row.content == "毎週水曜に送迎をする。"
    assert row.lines.get(item="fees").budget_yen == 20_000
    again = second.post(act, form_of(refused, action=act))
    assert again.status_code == 303
    row.refresh_from_db()
    assert row.content == "毎週土曜に送迎をする。"
    assert {line.item: line.budget_yen for line in row.lines.all()} == {"reward": 120_000, "printing": 30_000}
