"""A 返還 of a 額の確定 that is partly paid gives way to the one of a 取消し; what came in counts, and was of the last sums."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.models import Application, Reclaim
from grants.recovery import personal, queries
from grants.recovery.actions import reclaiming
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.kernel import audit, ports
from portal.kernel.refusals import Refusal
from tests.factories.deciding import decided
from tests.factories.grants import Town
from tests.factories.recovery import paid, revoked
from tests.support.html import assert_html
from tests.support.world import ClockFile

from .pages import send, text_of
from .test_constraints import change, refuses
from .test_repayments import DUE, PLAN, agree, collect


@pytest.fixture
def asked(town: Town, clock: ClockFile) -> Reclaim:
    """400,000 yen paid, then 300,000; 600,000 settled, 100,000 asked back, of which 40,000 came in."""
    case = decided(town)
    paid(case, 400_000)
    clock.set("2026-12-07T10:00:00+09:00")
    paid(case, 300_000)
    now = "2026-12-07T01:00:00Z"
    settled: dict[str, Any] = {"reported_at": now, "inspected_at": now, "settled_at": now}
    Application.objects.filter(pk=case.pk).update(state="settled", settled_yen=600_000, **settled)
    case.refresh_from_db()
    reclaim = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    return collect(reclaim, date(2026, 12, 7), 40_000)


def test_it_ends_at_what_came_in_and_the_revocation_asks_for_the_rest(town: Town, asked: Reclaim) -> None:
    case = asked.application
    with pytest.raises(Refusal, match="一部が納入されている"):
        reclaiming.cancel_reclaim(by=town.prefecture, reclaim=asked, note="他")
    revoked(town, case)
    with pytest.raises(Refusal, match="もうあります"):
        reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    reclaiming.cancel_reclaim(by=town.prefecture, reclaim=asked, note="交付決定を取り消したため。")
    assert (asked.state, asked.repaid_yen) == ("ended", 40_000)
    assert documents.of(asked).get().state == "void"
    assert list(queries.to_reclaim(Scope.of(town.prefecture))) == [case]
    back = reclaiming.order_reclaim(by=town.prefecture, application=case, due_on=DUE)
    assert back.amount_yen == 660_000
    days = [(date(2026, 11, 25), 400_000), (date(2026, 12, 7), 260_000)]  # the 40,000 were of the last sum
    assert list(back.tranches.values_list("received_on", "amount_yen")) == days
    assert not queries.to_reclaim(Scope.of(town.prefecture)).exists()
    assert all(entry.event in ports.audit_presenters for entry in audit.history(asked))
    assert personal.rows(town.prefecture_user.pk)["補助金の返還"]
    with pytest.raises(Refusal):
        reclaiming.cancel_reclaim(by=town.prefecture, reclaim=asked, note="もう一度")
    refuses("reclaim_ended_iff_stamped", change(asked, ended_at=None))


def test_what_is_left_beside_a_principal_paid_early_waits_for_the_next_day(
    town: Town, clock: ClockFile
) -> None:
    case = decided(town)
    paid(case)
    reclaim = reclaiming.order_reclaim(by=town.prefecture, application=revoked(town, case), due_on=DUE)
    agree(town, reclaim)
    clock.set("2026-12-10T10:00:00+09:00")
    collect(reclaim, date(2026, 12, 10), 500_000)
    assert (reclaim.state, reclaim.left_yen, reclaim.expected_on) == ("ordered", 0, PLAN[0][0])


def test_the_way_by_clicking(town: Town, asked: Reclaim, client: Client) -> None:
    client.force_login(town.prefecture_user)
    url, at = asked.get_absolute_url(), reverse("grants:reclaim_cancel", args=[asked.pk])
    assert "納入された額で終わりにする" not in text_of(client.get(url))
    revoked(town, asked.application)
    page = client.get(asked.application.get_staff_url())
    assert "前の返還を終わりにして" in text_of(page)
    assert url in page.content.decode()
    assert_html(client.get(url).content)
    assert send(client, url, action=at, note="").status_code == 422
    assert send(client, url, action=at, note="取消しの返還に替えるため。").status_code == 303
    assert "この返還を、納入された額で終わりにしました" in text_of(client.get(url))
    assert "660,000円の返還を求めます" in text_of(client.get(asked.application.get_staff_url()))
