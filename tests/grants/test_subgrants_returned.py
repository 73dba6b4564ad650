"""間接補助 returned to be corrected until a day, and the papers of its result and of the municipality's answers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from grants.models import Application, SubGrant
from grants.subgrants import actions, papers, queries
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.enums import LIVE_STATES
from portal.documents.papers import content
from portal.kernel import audit, ports
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.documents.pdf import text_of as pdf_text
from tests.factories.accounts import UserFactory
from tests.factories.grants import Town
from tests.factories.subgrants import BUDGET, draft, granted, indirect, written
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, refuses

UNTIL = date(2026, 12, 4)


@pytest.fixture
def case(town: Town) -> Application:
    return indirect(town)


@pytest.fixture
def filed(town: Town, case: Application) -> SubGrant:
    return actions.submit_subgrant(by=town.officer, subgrant=written(town, draft(town, case)))


def text_in(subgrant: SubGrant, kind: str) -> str:
    return "".join(
        pdf_text(content(documents.of(subgrant).filter(kind=kind, state__in=LIVE_STATES).get())).split()
    )


def give_back(
    town: Town, row: SubGrant, on: date = UNTIL, note: str = "保険料の内訳を書いてください。"
) -> SubGrant:
    return actions.return_subgrant(by=town.officer, subgrant=row, note=note, correct_on=on)


def test_an_application_comes_back_corrected_until_its_day(
    town: Town, filed: SubGrant, clock: ClockFile
) -> None:
    office = Scope.of(town.prefecture)
    assert queries.visible_to(office).filter(pk=filed.pk).exists()
    writer = UserFactory()
    actions.name_writer(by=town.officer, subgrant=filed, email=writer.email)
    give_back(town, filed)
    assert not queries.visible_to(office).filter(pk=filed.pk).exists()  # what is being rewritten
    mail = OutboxMessage.objects.get(template="grants/mail/subgrant_returned")
    assert mail.to_address == writer.email
    with pytest.raises(Refusal, match="いま「補正待ち」"):
        actions.decide_subgrant(by=town.chief, subgrant=filed, decided_yen=1, document_number="1")
    written(town, filed, content="毎週水曜に買い物の送迎をする。保険に入る。")
    clock.set("2026-12-05T10:00:00+09:00")
    with pytest.raises(Refusal, match=r"期限\(令和8年12月4日\)を過ぎました"):
        actions.submit_subgrant(by=town.officer, subgrant=filed)
    give_back(town, filed, date(2026, 12, 5 + 3))
    actions.submit_subgrant(by=town.officer, subgrant=filed)
    assert (filed.state, filed.correct_on, filed.returned_note) == ("submitted", None, "")
    assert documents.of(filed).filter(kind=papers.APPLICATION).count() == 2
    assert "保険に入る。" in text_in(filed, papers.APPLICATION)
    assert all(entry.event in ports.audit_presenters for entry in audit.history(filed))


def test_a_result_is_given_back_and_reported_again_with_its_papers(town: Town, case: Application) -> None:
    row = granted(town, case)
    spent = BUDGET | {"printing": 25_000}
    actions.report_subgrant(by=town.officer, subgrant=row, amounts=BUDGET, outcome="送迎をした。")
    give_back(town, row, note="領収書と合いません。")
    assert (row.state, row.correct_on) == ("decided", UNTIL)
    actions.report_subgrant(by=town.officer, subgrant=row, amounts=spent, outcome="送迎を30回した。")
    said = text_in(row, papers.RESULT)
    assert "送迎を30回した。" in said
    assert "△5,000円" in said
    actions.settle_subgrant(by=town.chief, subgrant=row, document_number="試企第520号")
    said = text_in(row, papers.SETTLEMENT)
    assert "135,000円" in said
    assert "試企第520号" in said


def test_a_refusal_and_a_revocation_say_why_on_paper(town: Town, case: Application, filed: SubGrant) -> None:
    actions.refuse_subgrant(by=town.chief, subgrant=filed, note="同じ取組にほかの補助があるため。")
    assert "同じ取組にほかの補助があるため。" in text_in(filed, papers.REFUSAL)
    row = granted(town, case)
    actions.revoke_subgrant(by=town.chief, subgrant=row, note="目的の外に使われたため。")
    said = text_in(row, papers.REVOCATION)
    assert "試企第500号" in said
    assert "目的の外に使われたため。" in said


def test_what_is_refused_and_who_may(town: Town, filed: SubGrant) -> None:
    for day in (date(2026, 11, 25), date(2027, 2, 24)):
        with pytest.raises(Refusal, match="90日先まで") as refused:
            give_back(town, filed, day)
        assert refused.value.field == "correct_on"
    for by in (town.prefecture, Town(office=town.office).officer):
        with pytest.raises(PermissionDenied):
            actions.return_subgrant(by=by, subgrant=filed, note="他", correct_on=UNTIL)
    with pytest.raises(Refusal):
        give_back(town, filed, note="")
    refuses("subgrant_returned_until", change(filed, correct_on=UNTIL))
    refuses("subgrant_returned_until", change(filed, state="returned"))
    actions.decide_subgrant(by=town.chief, subgrant=filed, decided_yen=1000, document_number="1")
    with pytest.raises(Refusal, match="いま「交付決定」"):
        give_back(town, filed)


def test_the_way_by_clicking(town: Town, filed: SubGrant, client: Client) -> None:
    client.force_login(town.officer_user)
    url, at = filed.get_absolute_url(), filed.get_act_url("return")
    assert send(client, url, action=at, note="", correct_on="R8.12.4").status_code == 422
    assert (
        send(client, url, action=at, note="内訳を書いてください。", correct_on="R8.11.1").status_code == 409
    )
    assert (
        send(client, url, action=at, note="内訳を書いてください。", correct_on="R8.12.4").status_code == 303
    )
    page = client.get(url)
    assert_html(page.content)
    assert "市町村から補正の依頼があります" in text_of(page)
    assert "補正の期限を改める" in text_of(page)
    assert send(client, url, action=filed.get_act_url("submit")).status_code == 303
    assert "補正の依頼があります" not in text_of(client.get(url))
