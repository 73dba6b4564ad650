"""What letters print besides their own facts: the conditions of menu and file in order, 教示 where the programme has one."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from grants import actions
from grants.models import Application, Decision, Programme
from portal.documents import queries as documents
from portal.documents.models import Document
from tests.documents.pdf import text_of
from tests.factories.deciding import GRANT_YEN, decided, line_of, open_approval, record, rejected, reviewing
from tests.factories.documents import ready
from tests.factories.grants import Town
from tests.factories.settlement import inspected, reported, settled
from tests.support.world import ClockFile

from .pages import send
from .pages import text_of as page_text
from .test_constraints import change, refuses

APPEAL = "この決定に不服があるときは、三月以内に審査請求をすることができます。"
OWN = "備品は公民館に置き、台帳に載せること。\n参加者の名簿を作らないこと。"


def words(document: Document) -> str:
    made = ready(document)
    with default_storage.open(made.file.storage_name, "rb") as file:
        return "".join(text_of(file.read()).split())


def letter(case: Application, kind: str) -> Document:
    return documents.of(case).get(kind=f"grants.{kind}")


@pytest.fixture
def appealed(town: Town) -> Town:
    case = town.draft()
    Programme.objects.filter(pk=case.menu.programme_id).update(appeal_notice=APPEAL)
    return town


def test_the_conditions_of_the_file_follow_those_of_the_menu(town: Town, client: Client) -> None:
    case = reviewing(town)
    client.force_login(town.prefecture_user)
    line = line_of(town, case.menu)
    form = {"amount_yen": str(GRANT_YEN), "line": str(line.pk), "conditions": OWN}
    sent = send(client, case.get_decide_url(), action=f"{case.get_decide_url()}grant/", **form)
    assert sent.status_code == 303
    assert "参加者の名簿を作らないこと" in page_text(client.get(case.get_staff_url()))
    actions.record_approval(by=town.prefecture, approval=open_approval(case), **record(town.prefecture))
    client.force_login(town.officer_user)
    assert "参加者の名簿を作らないこと" in page_text(client.get(case.get_absolute_url()))
    document, count = letter(case, "decision"), len(case.menu.conditions)
    assert document.snapshot["body"]["conditions"] == [*case.menu.conditions, *OWN.splitlines()]
    said = words(document)
    for number, text in enumerate((*case.menu.conditions, *OWN.splitlines()), 1):
        assert f"({number}){text}".replace("、", "，").replace(" ", "") in said.replace("、", "，")
    assert f"({count + 3})" not in said


def test_without_own_conditions_the_menus_alone_are_printed(town: Town) -> None:
    case = decided(town)
    assert letter(case, "decision").snapshot["body"]["conditions"] == list(case.menu.conditions)
    assert Decision.objects.get(application=case).own_conditions == []


def test_a_refusal_has_no_conditions(town: Town) -> None:
    made = Decision.objects.get(application=rejected(town))
    refuses("decision_conditions_of_grant", change(made, conditions="条件"))


def test_letters_print_the_programmes_appeal(appealed: Town, clock: ClockFile) -> None:
    case = decided(appealed)
    assert f"（教示）{APPEAL}" in words(letter(case, "decision")).replace("，", "、")
    clock.set("2027-03-24T10:00:00+09:00")
    done = settled(appealed, inspected(appealed, reported(appealed, case)))
    assert f"（教示）{APPEAL}" in words(letter(done, "settlement")).replace("，", "、")


def test_a_programme_without_one_prints_none(town: Town) -> None:
    case = rejected(town)
    assert case.menu.programme.appeal_notice == ""
    assert "教示" not in words(letter(case, "rejection"))
