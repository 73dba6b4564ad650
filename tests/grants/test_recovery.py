"""取消し through 決裁, also after closing; 返還 with 納入通知, collected in time, late, after the year; every refusal."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from grants import actions as grants
from grants.execution import queries as execution
from grants.execution.sums import left
from grants.models import Application, CapUse, Commitment, Programme, Reclaim
from grants.recovery import papers, queries
from grants.recovery.actions import reclaiming, revoking
from portal.documents import queries as documents
from portal.documents.papers import content
from portal.kernel import audit, clock
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.documents.pdf import text_of as pdf_text
from tests.factories.accounts import actor
from tests.factories.deciding import decided, open_approval
from tests.factories.grants import Town
from tests.factories.recovery import accountant, paid, revoked
from tests.factories.settlement import changing
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of

DUE = date(2026, 12, 15)


@pytest.fixture
def case(town: Town) -> Application:
    return decided(town)


def used(case: Application) -> tuple[int, int]:
    """What the file uses of its cap and charges to its 科目, in yen."""
    cap = sum(CapUse.objects.filter(application=case).values_list("amount_yen", flat=True))
    live = Commitment.objects.filter(approval__application=case, released_at__isnull=True)
    return cap, sum(live.values_list("amount_yen", flat=True))


def test_a_decision_that_nothing_was_paid_of_is_revoked_and_frees_everything(
    town: Town, case: Application
) -> None:
    assert used(case) == (710_000, 710_000)
    revoking.draft_revocation(by=town.prefecture, application=case, reason="着手していないため")
    assert (case.state, used(case)) == ("decided", (710_000, 710_000))
    grants.send_back_approval(by=town.prefecture, approval=open_approval(case), note="理由を補う")
    assert (case.state, used(case)) == ("decided", (710_000, 710_000))
    case = revoked(town, case)
    assert (case.state, used(case), queries.due_back(case)) == ("revoked", (0, 0), 0)
    assert "grants.application.revoke" in [entry.event for entry in audit.history(case)]
    letter = documents.of(case).get(kind=papers.REVOCATION)
    text = pdf_text(content(letter))
    assert "交付決定取消通知書" in "".join(text.split())
    assert "目的の外に使われたため" in "".join(text.split())
    assert OutboxMessage.objects.filter(
        template="grants/mail/revoked", to_address=town.chief_user.email
    ).exists()
    with pytest.raises(Refusal, match="返還を求める額がありません"):
        reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    with pytest.raises(Refusal, match="取り消す交付決定がありません"):
        revoking.draft_revocation(by=town.prefecture, application=case, reason="もう一度")


def test_revoking_is_for_the_office_one_at_a_time_and_not_while_money_is_on_its_way(
    town: Town, case: Application
) -> None:
    for stranger in (town.chief, Town().prefecture):
        with pytest.raises(PermissionDenied, match="受け持つ振興局"):
            revoking.draft_revocation(by=stranger, application=case, reason="他")
    waiting = paid(case, state="ordered", paid_on=None, paid_at=None, charged_year=None)
    with pytest.raises(Refusal, match="支出命令があります"):
        revoking.draft_revocation(by=town.prefecture, application=case, reason="他")
    grants.cancel_payment(by=town.prefecture, payment=waiting, note="取消しのため")
    revoking.draft_revocation(by=town.prefecture, application=case, reason="他")
    with pytest.raises(Refusal, match="決裁が進んでいます"):
        revoking.draft_revocation(by=town.prefecture, application=case, reason="他")


def test_a_file_whose_change_was_asked_for_is_answered_first(town: Town, case: Application) -> None:
    changing(town, case, content="運行を週2日にする。")
    case.refresh_from_db()
    with pytest.raises(Refusal, match="承認するかどうかを決めて") as refused:
        revoking.draft_revocation(by=town.prefecture, application=case, reason="他")
    assert refused.value.code == "changing"


def test_a_closed_file_is_revoked_and_its_money_comes_back_in_time(
    town: Town, case: Application, clock: ClockFile
) -> None:
    payment = paid(case, line=Commitment.objects.get(approval__application=case).line)
    now = "2026-11-25T01:00:00Z"
    Application.objects.filter(pk=case.pk).update(
        state="closed", reported_at=now, inspected_at=now, settled_at=now, settled_yen=500_000, closed_at=now
    )
    case.refresh_from_db()
    case = revoked(town, case)
    assert (case.state, queries.due_back(case), used(case)) == ("revoked", 500_000, (0, 500_000))
    reclaim = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    assert (reclaim.cause, reclaim.surcharge_from) == ("revocation", date(2026, 11, 25))
    notice = documents.of(reclaim).get()
    text = "".join(pdf_text(content(notice)).split())
    assert "500,000円" in text
    assert "令和8年12月15日" in text
    assert "年10.95%" in text
    with pytest.raises(Refusal, match="返還が、もうあります"):
        reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    clock.set("2026-12-10T10:00:00+09:00")
    with pytest.raises(PermissionDenied, match="出納"):
        reclaiming.collect_reclaim(by=town.prefecture, reclaim=reclaim, collected_on=date(2026, 12, 4))
    by = actor(accountant())
    reclaiming.collect_reclaim(by=by, reclaim=reclaim, collected_on=date(2026, 12, 4))
    assert (reclaim.surcharge_yen, reclaim.arrears_yen, reclaim.booked) == (1_500, 0, "return")
    assert (queries.due_back(case), used(case)) == (0, (0, 0))
    line = execution.lines(Programme.objects.filter(pk=case.menu.programme_id)).get(pk=payment.line_id)
    assert (line.committed_yen, line.paid_yen, line.returned_yen, left(line)) == (0, 500_000, 500_000, 0)
    with pytest.raises(Refusal, match="いま「納入済み」"):
        reclaiming.collect_reclaim(by=by, reclaim=reclaim, collected_on=date(2026, 12, 4))


def test_money_that_comes_late_costs_and_after_the_year_it_is_revenue(
    town: Town, case: Application, clock: ClockFile
) -> None:
    paid(case)
    case = revoked(town, case, surcharges=False)
    reclaim = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    clock.set("2027-06-02T10:00:00+09:00")
    assert reclaim.is_overdue(date(2027, 6, 2))
    reclaiming.collect_reclaim(by=actor(accountant()), reclaim=reclaim, collected_on=date(2027, 6, 1))
    assert (reclaim.surcharge_yen, reclaim.arrears_yen, reclaim.booked) == (
        0,
        500_000 * 168 * 1095 // 3_650_000,
        "revenue",
    )
    assert used(case) == (0, 500_000)


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 12, 13), date(2027, 4, 1)])
def test_a_day_that_cannot_be_a_deadline_is_refused(town: Town, case: Application, day: date) -> None:
    paid(case)
    case = revoked(town, case)
    with pytest.raises(Refusal, match="納期限は") as refused:
        reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=day)
    assert refused.value.field == "due_on"


def test_what_was_paid_above_the_settlement_comes_back_without_surcharge(
    town: Town, case: Application
) -> None:
    paid(case, 710_000)
    now = "2026-11-25T01:00:00Z"
    Application.objects.filter(pk=case.pk).update(
        state="settled", reported_at=now, inspected_at=now, settled_at=now, settled_yen=600_000
    )
    case.refresh_from_db()
    reclaim = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    assert (reclaim.amount_yen, reclaim.cause, reclaim.surcharge_from) == (110_000, "settlement", None)
    reclaiming.cancel_reclaim(by=town.prefecture, reclaim=reclaim, note="額の誤り")
    assert documents.of(reclaim).get().state == "void"
    again = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    assert again.amount_yen == 110_000
    reclaiming.collect_reclaim(by=actor(accountant()), reclaim=again, collected_on=date(2026, 11, 25))
    from grants.settlement import queries as settlement

    assert settlement.balance_of(case).left_yen == 0


def test_the_constraints_hold(town: Town, case: Application) -> None:
    values: dict[str, Any] = {"application": case, "cause": "settlement", "amount_yen": 1000, "due_on": DUE}
    row = Reclaim.objects.create(**values)

    def refuses(name: str, **changed: Any) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Reclaim.objects.filter(pk=row.pk).update(**changed)

    refuses("reclaim_in_range", amount_yen=0)
    refuses("reclaim_collected_iff_booked", state="collected")
    refuses("reclaim_collected_iff_booked", arrears_yen=1)
    refuses("reclaim_cancelled_iff_stamped", cancelled_at=clock.now())
    with pytest.raises(IntegrityError, match="reclaim_one_open"), transaction.atomic():
        Reclaim.objects.create(**values)
    revoking.draft_revocation(by=town.prefecture, application=case, reason="他")
    with pytest.raises(IntegrityError, match="revocation_says_why"), transaction.atomic():
        case.revocations.update(reason="")


def test_the_way_from_the_file_to_the_money_by_clicking(
    town: Town, case: Application, client: Client, clock: ClockFile
) -> None:
    paid(case)
    client.force_login(town.prefecture_user)
    url = reverse("grants:recovery", args=[case.pk])
    assert url in client.get(case.get_staff_url()).content.decode()
    assert_html(client.get(url).content)
    act = reverse("grants:recovery_act", args=[case.pk, "revoke"])
    assert send(client, url, action=act, reason="").status_code == 422
    assert (
        send(client, url, action=act, reason="目的の外に使われたため")["Location"]
        == open_approval(case).get_absolute_url()
    )
    grants.send_back_approval(by=town.prefecture, approval=open_approval(case), note="済み")
    case = revoked(town, case)
    assert "500,000円の返還を求めます" in text_of(client.get(case.get_staff_url()))
    assert "の返還を求める" in text_of(client.get(reverse("site:desk")))
    act = reverse("grants:recovery_act", args=[case.pk, "reclaim"])
    lacking = send(client, url, action=act, due_on="R8.12.15", document_number="")
    assert (lacking.status_code, case.reclaims.count()) == (422, 0)
    sent = send(client, url, action=act, due_on="R8.12.15", document_number="姶地第7号")
    assert sent.status_code == 303
    reclaim = case.reclaims.get()
    assert documents.of(reclaim).get().own_number == "姶地第7号"
    assert "の返還を待っています" in text_of(client.get(case.get_staff_url()))
    client.force_login(town.officer_user)
    assert "補助金500,000円を返還します" in text_of(client.get(case.get_absolute_url()))
    assert reclaim.get_absolute_url() in client.get(reverse("site:desk")).content.decode()
    assert_html(client.get(reclaim.get_absolute_url()).content)
    assert client.post(reclaim.get_absolute_url(), {}).status_code == 403
    client.force_login(accountant())
    assert reclaim.get_absolute_url() in client.get(reverse("site:desk")).content.decode()
    clock.set("2026-12-16T10:00:00+09:00")
    page = text_of(client.get(reclaim.get_absolute_url()))
    assert "納期限を過ぎています" in page
    assert send(client, reclaim.get_absolute_url(), collected_on="R8.12.20").status_code == 409
    assert send(client, reclaim.get_absolute_url(), collected_on="R8.12.16").status_code == 303
    assert "戻入" in text_of(client.get(reclaim.get_absolute_url()))
