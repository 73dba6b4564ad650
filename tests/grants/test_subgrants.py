"""間接補助: the file of a コミプラ from its draft to its settlement, within the 18節 line; who sees it; every refusal."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from grants.actions import send_back_approval
from grants.dossier.sources import objects_of
from grants.models import Application, SubGrant
from grants.settlement.actions import answering, results
from grants.settlement.actions.changing import take_back_change
from grants.subgrants import actions, papers, queries
from portal.accounts.models import User
from portal.documents import queries as documents
from portal.documents.papers import content
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.documents.pdf import text_of as pdf_text
from tests.factories.accounts import UserFactory, actor
from tests.factories.deciding import open_approval
from tests.factories.grants import Town
from tests.factories.settlement import DONE, answered, changing
from tests.factories.settlement import written as result_written
from tests.factories.subgrants import ASKED_YEN, BUDGET, draft, granted, indirect, written
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, copy, refuses


@pytest.fixture
def case(town: Town) -> Application:
    return indirect(town)


@pytest.fixture
def writer(town: Town, case: Application) -> User:
    made: User = UserFactory()
    return made


def text_in(subgrant: SubGrant, kind: str) -> str:
    return "".join(pdf_text(content(documents.of(subgrant).get(kind=kind))).split())


def test_from_the_draft_to_the_settlement(
    town: Town, case: Application, writer: User, clock: ClockFile
) -> None:
    row = draft(town, case)
    with pytest.raises(PermissionDenied, match="コミプラの担当の方"):
        actions.write_subgrant(by=actor(writer), subgrant=row, revision=0, amounts={}, asked_yen=0)
    with pytest.raises(Refusal, match="利用者がいません"):
        actions.name_writer(by=town.officer, subgrant=row, email="nobody@example.jp")
    actions.name_writer(by=town.officer, subgrant=row, email=writer.email.upper())
    actions.name_writer(by=town.officer, subgrant=row, email=writer.email)
    assert row.writers.count() == 1
    by = actor(writer)
    texts = {"applicant_name": "会長 浜坂 花子", "content": "毎週水曜に買い物の送迎をする。"}
    with pytest.raises(Refusal, match="代表者と、すること"):
        actions.submit_subgrant(by=by, subgrant=row)
    actions.write_subgrant(by=by, subgrant=row, revision=0, amounts=BUDGET, asked_yen=ASKED_YEN - 1, **texts)
    with pytest.raises(Refusal, match="合いません"):
        actions.submit_subgrant(by=by, subgrant=row)
    actions.write_subgrant(by=by, subgrant=row, revision=1, amounts=BUDGET, asked_yen=ASKED_YEN, **texts)
    actions.submit_subgrant(by=by, subgrant=row)
    assert "会長浜坂花子" in text_in(row, papers.APPLICATION)
    with pytest.raises(Refusal, match="いま「申請済み」"):
        actions.write_subgrant(by=by, subgrant=row, revision=2, amounts=BUDGET, asked_yen=1, **texts)
    with pytest.raises(PermissionDenied, match="決裁者"):
        actions.decide_subgrant(by=town.officer, subgrant=row, decided_yen=1, document_number="1")
    actions.decide_subgrant(
        by=town.chief, subgrant=row, decided_yen=ASKED_YEN, document_number="試企第500号", conditions="領収書を残すこと。"
    )  # fmt: skip
    notice = text_in(row, papers.DECISION)
    assert "140,000円" in notice
    assert f"{town.area.name}長" in notice
    assert OutboxMessage.objects.filter(
        template="grants/mail/subgrant_answered", to_address=writer.email
    ).exists()
    assert row.pk in objects_of(case)
    clock.set(DONE)
    assert_the_towns_result_takes_what_was_settled_below(town, case, row, writer)


def assert_the_towns_result_takes_what_was_settled_below(
    town: Town, case: Application, row: SubGrant, writer: User
) -> None:
    by = actor(writer)
    result_written(town, case, claimed_yen=70_000)
    with pytest.raises(Refusal, match="まだ終わっていません"):
        results.file_result(by=town.chief, application=case)
    with pytest.raises(Refusal, match="支出の決算"):
        actions.report_subgrant(by=by, subgrant=row, amounts={}, outcome="した。")
    spent = BUDGET | {"reward": 110_000, "postage": 5_000}
    actions.report_subgrant(by=by, subgrant=row, amounts=spent, outcome="12回、延べ80人。")
    actions.settle_subgrant(by=town.chief, subgrant=row)
    assert row.settled_yen == 135_000
    with pytest.raises(Refusal, match="67,000円"):
        results.file_result(by=town.chief, application=case)
    case.result.claimed_yen = 67_000
    case.result.save(update_fields=["claimed_yen"])
    results.file_result(by=town.chief, application=case)
    case.result.refresh_from_db()
    assert (case.result.outlay_yen, case.result.base_yen, case.result.computed_yen) == (
        135_000,
        135_000,
        67_000,
    )


def test_the_line_covers_all_that_is_decided_below(town: Town, case: Application) -> None:
    first = granted(town, case)
    assert (queries.used_yen(case), queries.line_yen(case)) == (140_000, 600_000)
    with pytest.raises(Refusal, match="もうあります"):
        draft(town, case)
    actions.revoke_subgrant(by=town.chief, subgrant=first, note="中止のため")
    assert queries.used_yen(case) == 0
    big = {"reward": 700_000}
    row = written(town, draft(town, case), amounts=big, asked_yen=700_000)
    actions.submit_subgrant(by=town.officer, subgrant=row)
    for amount, words in ((700_001, "申請額"), (0, "申請額"), (600_001, "18節の残りは600,000円")):
        with pytest.raises(Refusal, match=words):
            actions.decide_subgrant(by=town.chief, subgrant=row, decided_yen=amount, document_number="1")
    with pytest.raises(Refusal, match="理由"):
        actions.refuse_subgrant(by=town.chief, subgrant=row, note=" ")
    actions.refuse_subgrant(by=town.chief, subgrant=row, note="計画が合わないため。")
    with pytest.raises(Refusal, match="いま「不交付」"):
        actions.withdraw_subgrant(by=town.officer, subgrant=row, note="やめる")


def test_the_line_never_falls_below_what_was_decided_below(town: Town, case: Application) -> None:
    row = actions.submit_subgrant(by=town.officer, subgrant=written(town, draft(town, case)))
    changing(town, case, outlay_yen=100_000, asked_yen=50_000)
    answering.draft_approval(by=town.prefecture, application=case)
    actions.decide_subgrant(by=town.chief, subgrant=row, decided_yen=140_000, document_number="1")
    with pytest.raises(Refusal, match="コミプラへ140,000円の交付を決めています"):
        answered(town, case)
    send_back_approval(by=town.prefecture, approval=open_approval(case), note="額が合いません。")
    take_back_change(by=town.chief, application=case)
    with pytest.raises(Refusal, match="コミプラへ140,000円の交付を決めています"):
        changing(town, case, outlay_yen=139_000, asked_yen=69_000)


def test_a_file_below_that_was_begun_in_vain_says_nothing_of_the_outlay(
    town: Town, case: Application
) -> None:
    row = draft(town, case)
    actions.withdraw_subgrant(by=town.officer, subgrant=row, note="まちがえて作ったため")
    assert queries.settled_yen(case) is None
    actions.revoke_subgrant(by=town.chief, subgrant=granted(town, case), note="中止のため")
    assert queries.settled_yen(case) == 0


def test_a_direct_file_has_none_below_and_a_stranger_begins_none(town: Town, case: Application) -> None:
    with pytest.raises(PermissionDenied):
        actions.start_subgrant(by=Town().officer, application=case, platform=town.platform, title="他")
    with pytest.raises(Refusal, match="その市町村のコミプラ"):
        actions.start_subgrant(by=town.officer, application=case, platform=Town().platform, title="他")
    Application.objects.filter(pk=case.pk).update(mode="direct", outlay_yen=None)
    with pytest.raises(Refusal, match="直接行う"):
        draft(town, case)
    assert not case.subgrants.exists()


def test_the_way_of_a_volunteer_by_clicking(
    town: Town, case: Application, writer: User, client: Client
) -> None:
    client.force_login(town.officer_user)
    below = reverse("grants:subgrants", args=[case.pk])
    assert below in client.get(case.get_absolute_url()).content.decode()
    assert "コミプラへの間接補助を進める" in text_of(client.get(case.get_absolute_url())), "at the next step"
    assert_html(client.get(below).content)
    assert send(client, below, title="").status_code == 422
    row = SubGrant.objects.get(pk=send(client, below, title="買い物の送迎")["Location"].split("/")[-2])
    page = row.get_absolute_url()
    assert send(client, page, action=row.get_act_url("writer"), email=writer.email).status_code == 303
    client.force_login(town.prefecture_user)
    assert client.get(page).status_code == 404
    client.force_login(writer)
    assert page in client.get(reverse("accounts:me")).content.decode()
    assert_html(client.get(page).content)
    boxes = {f"yen_{item}": f"{amount:,}" for item, amount in BUDGET.items()}
    typed = boxes | {
        "applicant_name": "会長 浜坂 花子",
        "content": "送迎をする。",
        "asked_yen": "１４０，０００円",
    }
    refused = send(client, page, action=row.get_act_url("write"), **typed | {"yen_reward": "たくさん"})
    assert refused.status_code == 422
    assert "会長 浜坂 花子" in text_of(refused)
    assert send(client, page, action=row.get_act_url("write"), **typed).status_code == 303
    assert send(client, page, action=row.get_act_url("submit")).status_code == 303
    assert client.post(row.get_act_url("decide"), {}).status_code == 403
    client.force_login(town.chief_user)
    assert "の交付を決める" in text_of(client.get(reverse("site:desk")))
    act = row.get_act_url("decide")
    assert send(client, page, action=act, decided_yen="700000", document_number="1").status_code == 409
    assert (
        send(client, page, action=act, decided_yen="140000", document_number="試企第5号").status_code == 303
    )
    client.force_login(town.prefecture_user)
    assert below in client.get(case.get_staff_url()).content.decode()
    assert "140,000円" in text_of(client.get(below))
    assert_html(client.get(page).content)


def test_the_constraints_hold(town: Town, case: Application, writer: Any) -> None:
    row = granted(town, case)
    actions.name_writer(by=town.officer, subgrant=row, email=writer.email)
    refuses("subgrant_one_a_platform", copy(row))
    refuses("subgrant_decided_within_asked", change(row, decided_yen=ASKED_YEN + 1))
    refuses("subgrant_settled_within_decided", change(row, settled_yen=1))
    refuses("subgrantline_item_once", copy(row.lines.first()))
    refuses("subgrantline_in_range", change(row.lines.first(), budget_yen=10**12))
    refuses("subgrantwriter_once", copy(row.writers.get()))
