"""返還 in parts and in instalments: what came in, what is left, who is told, what the pages show; every refusal."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from grants.execution import queries as execution
from grants.models import (
    Application,
    Commitment,
    Instalment,
    InstalmentPlan,
    Programme,
    Reclaim,
    Repayment,
)
from grants.recovery import queries
from grants.recovery.actions import reclaiming, spreading
from grants.reminding import sweeping
from grants.settlement.actions import paying
from grants.settlement.queries import desk as turns
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.papers import content
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.documents.pdf import text_of as pdf_text
from tests.factories.accounts import actor
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.recovery import accountant, paid, revoked
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of

DUE = date(2026, 12, 15)
PLAN = [(date(2027, 1, 29), 200_000), (date(2027, 2, 26), 300_000)]


@pytest.fixture
def asked(town: Town) -> Reclaim:
    """500,000 yen of a revoked file, received and asked back on 25 November with 加算金."""
    case = decided(town)
    paid(case, line=Commitment.objects.get(approval__application=case).line)
    return reclaiming.order_reclaim(by=town.prefecture, application=revoked(town, case), due_on=DUE)


def collect(reclaim: Reclaim, on: date, amount_yen: int | None = None) -> Reclaim:
    return reclaiming.collect_reclaim(
        by=actor(accountant()), reclaim=reclaim, collected_on=on, amount_yen=amount_yen
    )


def agree(town: Town, reclaim: Reclaim, plan: Any = PLAN) -> InstalmentPlan:
    return spreading.agree_instalments(
        by=town.prefecture,
        reclaim=reclaim,
        reason="一度に納められないため。",
        plan=plan,
        own_number="大総第12号",
    )


def mailed(template: str) -> int:
    return OutboxMessage.objects.filter(template=f"grants/mail/{template}").count()


def test_parts_pay_the_principal_first_and_the_rest_ends_it(
    town: Town, asked: Reclaim, clock: ClockFile
) -> None:
    case = asked.application
    clock.set("2027-01-08T10:00:00+09:00")
    collect(asked, date(2026, 12, 4), 300_000)
    assert (asked.state, asked.left_yen, queries.due_back(case)) == ("ordered", 200_000, 200_000)
    assert mailed("reclaim_received") > 0
    line = execution.lines(Programme.objects.filter(pk=case.menu.programme_id)).get(pk=asked.line_id)
    assert (line.paid_yen, line.returned_yen, line.committed_yen) == (500_000, 300_000, 200_000)
    collect(asked, date(2027, 1, 7), 200_000)
    assert (asked.state, asked.left_yen, queries.due_back(case)) == ("ordered", 0, 0)
    collect(asked, date(2027, 1, 8))
    extra = (500_000 * 10 + 200_000 * 34) * 1095 // 3_650_000
    late = 200_000 * 23 * 1095 // 3_650_000
    assert (asked.state, asked.surcharge_yen, asked.arrears_yen) == ("collected", extra, late)
    rows = asked.repayments.aggregate(
        **{name: Sum(f"{name}_yen") for name in ("principal", "surcharge", "arrears", "amount")}
    )
    assert rows == {
        "principal": asked.amount_yen, "surcharge": extra, "arrears": late, "amount": asked.total_yen
    }  # fmt: skip
    assert not Commitment.objects.filter(approval__application=case, released_at__isnull=True).exists()


def test_an_advance_and_the_rest_count_each_from_its_own_day(town: Town, clock: ClockFile) -> None:
    case = decided(town)
    paid(case, 400_000)
    clock.set("2026-12-07T10:00:00+09:00")
    paid(case, 100_000)
    back = reclaiming.order_reclaim(by=town.prefecture, application=revoked(town, case), due_on=DUE)
    rows = [(date(2026, 11, 25), 400_000), (date(2026, 12, 7), 100_000)]
    assert list(back.tranches.values_list("received_on", "amount_yen")) == rows
    assert back.surcharge_from == rows[0][0]
    assert "400,000円については" in "".join(pdf_text(content(documents.of(back).get())).split())
    collect(back, date(2026, 12, 7))
    assert back.surcharge_yen == (400_000 * 13 + 100_000) * 1095 // 3_650_000


def test_what_cannot_have_come_in_is_refused(town: Town, asked: Reclaim, clock: ClockFile) -> None:
    clock.set("2026-12-10T10:00:00+09:00")
    day = date(2026, 12, 4)
    for amount in (0, 501_501):
        with pytest.raises(Refusal, match="1円から501,500円まで") as refused:
            collect(asked, day, amount)
        assert refused.value.field == "amount_yen"
    collect(asked, day, 1)
    with pytest.raises(Refusal, match="前の納入") as refused:
        collect(asked, date(2026, 12, 3), 1)
    assert refused.value.field == "collected_on"
    with pytest.raises(Refusal, match="取りやめられません"):
        reclaiming.cancel_reclaim(by=town.prefecture, reclaim=asked, note="誤り")
    assert (asked.state, Repayment.objects.get().amount_yen) == ("ordered", 1)


def test_the_instalments_are_reminded_of_and_covered_in_their_order(
    town: Town, asked: Reclaim, clock: ClockFile
) -> None:
    agree(town, asked)
    assert mailed("reclaim_instalments") > 0
    assert asked.expected_on == PLAN[0][0]
    assert mailed("deadline_near") == 0
    clock.set("2027-01-28T10:00:00+09:00")
    sweeping.remind()
    told = OutboxMessage.objects.filter(template=sweeping.MAIL, to_address=town.officer_user.email).get()
    assert asked.get_absolute_url() in told.body
    assert not asked.is_overdue(date(2027, 1, 29))
    collect(asked, date(2027, 1, 28), 200_000)
    assert asked.expected_on == PLAN[1][0]
    clock.set("2027-02-10T10:00:00+09:00")
    newer = agree(town, asked, [(date(2027, 3, 31), 100_000), (date(2027, 4, 30), 200_000)])
    assert list(queries.instalments_of(asked).values_list("plan", flat=True)) == [newer.pk] * 2
    assert InstalmentPlan.objects.filter(reclaim=asked, replaced_at__isnull=False).count() == 1
    assert asked.expected_on == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ([(date(2027, 1, 29), 500_000)], "2回から60回"),
        ([(date(2027, 1, 29), 500_000), (date(2027, 2, 26), 0)], "どの回も1円から"),
        ([(date(2027, 1, 29), 200_000), (date(2027, 2, 26), 299_999)], "合いません"),
        ([(date(2027, 2, 26), 200_000), (date(2027, 1, 29), 300_000)], "早い順"),
        ([(date(2026, 11, 25), 200_000), (date(2027, 1, 29), 300_000)], "明日から"),
        ([(date(2027, 1, 29), 200_000), (date(2027, 2, 27), 300_000)], "銀行が開いている日"),
    ],
)
def test_a_plan_that_does_not_add_up_is_refused(town: Town, asked: Reclaim, plan: Any, said: str) -> None:
    with pytest.raises(Refusal, match=said) as refused:
        agree(town, asked, plan)
    assert refused.value.field == "plan"
    assert not InstalmentPlan.objects.exists()


def test_only_the_office_agrees_and_only_while_money_is_open(town: Town, asked: Reclaim) -> None:
    with pytest.raises(PermissionDenied):
        spreading.agree_instalments(by=town.chief, reclaim=asked, reason="他", plan=PLAN)
    collect(asked, date(2026, 11, 25))
    with pytest.raises(Refusal, match="残っていません"):
        agree(town, asked)


def test_a_file_stays_open_until_the_last_yen_of_arrears(town: Town, clock: ClockFile) -> None:
    """All that was paid is above the 確定額: it is back, what its lateness cost is not."""
    case = decided(town)
    paid(case)
    now = "2026-11-25T01:00:00Z"
    Application.objects.filter(pk=case.pk).update(
        state="settled", reported_at=now, inspected_at=now, settled_at=now, settled_yen=0
    )
    case.refresh_from_db()
    back = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    clock.set("2027-01-08T10:00:00+09:00")
    collect(back, date(2027, 1, 7), 500_000)
    mine = turns.for_office(Scope.of(town.prefecture))
    assert not mine.exists()
    with pytest.raises(Refusal, match="加算金か延滞金") as refused:
        paying.close_application(by=town.prefecture, application=case)
    assert refused.value.code == "unreturned"
    collect(back, date(2027, 1, 8))
    assert (back.surcharge_yen, back.arrears_yen) == (0, 500_000 * 23 * 1095 // 3_650_000)
    assert list(mine.values_list("todo", flat=True)) == ["close"]
    assert paying.close_application(by=town.prefecture, application=case).closed_at


def test_the_constraints_hold(town: Town, asked: Reclaim) -> None:
    plan = agree(town, asked)
    collect(asked, date(2026, 11, 25), 1_000)

    def refuses(name: str, write: Any) -> None:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            write()

    mine = Reclaim.objects.filter(pk=asked.pk)
    refuses("reclaim_collected_when_repaid", lambda: mine.update(repaid_yen=500_001))
    stamp = {"state": "cancelled", "cancelled_at": plan.agreed_at}
    refuses("reclaim_cancelled_before_repaid", lambda: mine.update(**stamp))
    refuses("reclaimtranche_in_range", lambda: asked.tranches.update(amount_yen=0))
    same = {"received_on": asked.surcharge_from, "amount_yen": 1}
    refuses("reclaimtranche_day_once", lambda: asked.tranches.create(**same))
    refuses("repayment_sums_agree", lambda: Repayment.objects.update(principal_yen=999))
    refuses("repayment_in_range", lambda: Repayment.objects.update(amount_yen=0, principal_yen=0))
    refuses("instalmentplan_says_why", lambda: InstalmentPlan.objects.update(reason=""))
    twin = {"reclaim": asked, "reason": "他"}
    refuses("instalmentplan_one_live", lambda: InstalmentPlan.objects.create(**twin))
    refuses("instalment_in_range", lambda: Instalment.objects.update(amount_yen=0))
    refuses("instalment_day_once", lambda: Instalment.objects.update(due_on=DUE))


def test_the_way_by_clicking(town: Town, asked: Reclaim, client: Client, clock: ClockFile) -> None:
    url, at = asked.get_absolute_url(), asked.get_instalments_url()
    client.force_login(town.prefecture_user)
    page = client.get(url, {"times": "2", "first_on": "R9.1.29"})
    assert_html(page.content)
    text = page.content.decode()
    assert "令和9年1月29日 250,000円\n令和9年3月1日 250,000円" in text
    assert client.get(url, {"times": "9" * 6, "first_on": "9999-12-31"}).status_code == 200
    wrong = send(client, url, action=at, plan="あした 100円", reason="他", own_number="")
    assert wrong.status_code == 422
    assert "1行目" in text_of(wrong)
    typed = "令和9年1月29日 200,000円\n\n2027-02-26　３００，０００"
    assert send(client, url, action=at, plan=typed, reason="", own_number="").status_code == 422
    assert (
        send(client, url, action=at, plan=typed, reason="一度に納められないため", own_number="").status_code
        == 303
    )
    assert "分割納付を改める" in text_of(client.get(url))
    assert client.post(url, {}).status_code == 403
    clock.set("2027-02-01T10:00:00+09:00")
    assert "の返還の納期限が過ぎている" in text_of(client.get(reverse("site:desk")))
    assert "納期限を過ぎています" in text_of(
        client.get(reverse("grants:recovery", args=[asked.application_id]))
    )
    client.force_login(accountant())
    assert send(client, url, collected_on="R9.2.1", amount_yen="１５０，０００円").status_code == 303
    page = client.get(url)
    assert_html(page.content)
    text = text_of(page)
    for words in ("150,000円の納入を記録した", "残りの返還額", "350,000円", "数え方"):
        assert words in text
    client.force_login(town.officer_user)
    assert "補助金350,000円を返還します" in text_of(client.get(asked.application.get_absolute_url()))
    assert "分割納付" in text_of(client.get(url))
    clock.set("2027-02-02T10:00:00+09:00")
    client.force_login(town.prefecture_user)
    assert "350,000円の返還を待っています" in text_of(client.get(asked.application.get_staff_url()))
