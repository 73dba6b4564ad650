"""The queue as a file: its filters, its rows, what was filed and not what is being written, and who may not have it."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from grants import actions
from grants.exports import APPLICATIONS
from tests.factories.accounts import officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.grants import Town

from .pages import send, text_of

ASKED = reverse("communities:staff_export_new", args=["applications"])


@pytest.fixture
def prefecture(client: Client, town: Town) -> Client:
    client.force_login(town.prefecture_user)
    return client


def taken_out(client: Client, query: str = "") -> list[dict[str, str]]:
    sent = send(client, f"{ASKED}?{query}", form="csv")
    assert sent.status_code == 303, text_of(sent)
    body = b"".join(client.get(sent["Location"]).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(body)))


def test_the_files_in_hand_with_what_was_filed(prefecture: Client, town: Town) -> None:
    application = town.submitted()
    actions.take(by=town.prefecture, application=application)
    (row,) = taken_out(prefecture)
    assert row["事業の名称"] == "買い物と見守りを支える事業"
    assert (row["市町村コード"], row["市町村"]) == (town.area.pk, town.area.name)
    assert (row["交付申請額(円)"], row["交付決定額(円)"]) == ("710000", "")
    assert row["状態"] == "形式審査中"
    assert row["担当"] == town.prefecture_user.name


def test_the_filters_of_the_queue_go_with_it(prefecture: Client, town: Town) -> None:
    waiting, ended = town.submitted(), town.submitted()
    actions.withdraw(by=town.chief, application=ended, note="取りやめます。")
    assert [row["状態"] for row in taken_out(prefecture)] == [waiting.get_state_display()]
    assert len(taken_out(prefecture, "state=all")) == 2
    assert [row["状態"] for row in taken_out(prefecture, "state=withdrawn")] == ["取りやめ"]
    assert taken_out(prefecture, f"municipality={Town().area.pk}") == []
    assert taken_out(prefecture, f"office={town.office.pk}&holder=me") == []


def test_drafts_are_in_no_file(prefecture: Client, town: Town) -> None:
    town.draft()
    assert taken_out(prefecture, "state=all") == []


@pytest.mark.parametrize("role", ["accountant", "secretariat"])
def test_others_do_not_get_it(client: Client, town: Town, role: str) -> None:
    town.submitted()
    for user in (officer(role, KAGOSHIMA), town.chief_user):
        client.force_login(user)
        assert client.get(ASKED).status_code == 404
    assert role not in APPLICATIONS.roles
