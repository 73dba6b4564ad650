"""概算払 on screen, by clicking: from the file's page to the request, its decision, its order; what is refused at its field."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.models import Advance, Application
from tests.factories.advances import allowing, granted, requested
from tests.factories.deciding import open_approval
from tests.factories.grants import Town
from tests.support.html import assert_html
from tests.support.strict import StrictClient

from .pages import send, text_of


@pytest.fixture
def case(town: Town) -> Application:
    return allowing(town)


def signed_in(user: Any) -> Client:
    client = StrictClient()
    client.force_login(user)
    return client


def test_the_way_from_the_file_to_the_order_by_clicking(town: Town, case: Application) -> None:
    chief, office, url = signed_in(town.chief_user), signed_in(town.prefecture_user), case.get_advances_url()
    page = text_of(chief.get(case.get_absolute_url()))
    assert url in page
    assert "交付決定額" in page
    assert_html(chief.get(url).content)
    typed = {"amount_yen": "300,000", "reason": "毎月の委託料のため。", "month-2026-12": "100,000"}
    bad = send(chief, url, action=url, **typed)
    assert bad.status_code == 422
    assert "月ごとの額の合計は100,000円です" in text_of(bad)
    assert "毎月の委託料のため。" in text_of(bad)
    over = send(chief, url, action=url, **typed | {"amount_yen": "900,000", "month-2027-01": "800,000"})
    assert over.status_code == 409
    assert "いま710,000円までです" in text_of(over)
    assert send(chief, url, action=url, **typed, **{"month-2027-01": "200,000"}).status_code == 303
    advance = Advance.objects.get()
    assert url in office.get(reverse("site:desk")).content.decode()
    assert "概算払300,000円の請求が届いています" in text_of(office.get(case.get_staff_url()))
    assert_html(office.get(url).content)
    act = reverse("grants:advance_act", args=[case.pk, advance.pk, "draft"])
    assert send(office, url, action=act)["Location"] == open_approval(case).get_absolute_url()
    assert "概算払の額" in text_of(office.get(open_approval(case).get_absolute_url()))
    assert "決裁の画面を開く" in text_of(office.get(url))


def test_a_granted_advance_is_ordered_or_declined_and_a_requested_one_taken_back(
    town: Town, case: Application
) -> None:
    chief, office, url = signed_in(town.chief_user), signed_in(town.prefecture_user), case.get_advances_url()
    advance = granted(town, requested(town, case))
    order, decline, back = (
        reverse("grants:advance_act", args=[case.pk, advance.pk, name])
        for name in ("order", "decline", "take_back")
    )
    assert send(office, url, action=decline, note="").status_code == 422
    assert chief.post(order, {}).status_code == 403
    assert send(office, url, action=order).status_code == 303
    assert "支払い待ち" in text_of(chief.get(url))
    assert "支払いを待っている額" in text_of(chief.get(case.get_absolute_url()))
    second = requested(town, case, amount_yen=100_000, plan=[(advance.months.first().month, 100_000)])
    back = reverse("grants:advance_act", args=[case.pk, second.pk, "take_back"])
    assert send(chief, url, action=back).status_code == 303
    assert chief.post(back.replace("take_back", "steal"), {}).status_code == 404
    assert "取下げ" in text_of(office.get(url))
