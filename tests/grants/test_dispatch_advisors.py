"""The register of advisors, and the times they offer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grants import actions
from grants.dispatch import queries
from portal.kernel import audit, clock
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, actor
from tests.factories.dispatch import FIRST, Adviser, proposed
from tests.factories.grants import Town

TWO_HOURS = timedelta(hours=2)


@pytest.fixture
def adviser(town: Town) -> Adviser:
    return Adviser(town)


def test_the_register_is_kept_by_the_officers_and_times_by_the_advisor(town: Town, adviser: Adviser) -> None:
    row = adviser.row
    values = {
        "name": "改名 花子",
        "kana": row.kana,
        "fields": ["plan"],
        "base": row.base,
        "fee_yen": 1,
        "active_from": 2026,
    }
    with pytest.raises(PermissionDenied):
        actions.change_advisor(by=town.chief, advisor=row, **values)
    with pytest.raises(Refusal, match="利用者は、まだいません"):
        actions.change_advisor(by=town.prefecture, advisor=row, email="nobody@example.jp", **values)
    with pytest.raises(Refusal, match="もうアドバイザーとして登録"):
        actions.register_advisor(
            by=town.prefecture, authority=row.authority, email=adviser.user.email, **values
        )
    with pytest.raises(ValidationError, match="fields"):
        actions.change_advisor(
            by=town.prefecture, advisor=row, email=adviser.user.email, **{**values, "fields": []}
        )
    actions.change_advisor(
        by=town.prefecture, advisor=row, email=adviser.user.email, offices=[town.office], **values
    )
    assert (row.name, list(row.offices.all())) == ("改名 花子", [town.office])
    assert [entry.event for entry in audit.history(row)] == [
        "grants.advisor.changed",
        "grants.advisor.registered",
    ]


def test_times_are_offered_and_taken_back_by_the_advisor(town: Town, adviser: Adviser) -> None:
    row = adviser.row
    offer = actions.offer_time(by=adviser.actor, advisor=row, starts_at=FIRST, ends_at=FIRST + TWO_HOURS)
    for wrong, message in (
        ({"starts_at": clock.now(), "ends_at": FIRST}, "これからの日時"),
        ({"starts_at": FIRST, "ends_at": FIRST}, "始まりより後"),
        ({"starts_at": FIRST + timedelta(hours=1), "ends_at": FIRST + timedelta(hours=3)}, "重なります"),
    ):
        with pytest.raises(Refusal, match=message):
            actions.offer_time(by=adviser.actor, advisor=row, **wrong)
    with pytest.raises(PermissionDenied):
        actions.offer_time(
            by=town.prefecture, advisor=row, starts_at=FIRST + TWO_HOURS, ends_at=FIRST + timedelta(hours=3)
        )
    with pytest.raises(PermissionDenied):
        actions.withdraw_time(by=actor(UserFactory()), offer=offer)
    for _ in range(2):
        actions.withdraw_time(by=adviser.actor, offer=offer)
    assert not row.offers.exists()


def test_free_times_are_those_without_a_visit(town: Town, adviser: Adviser) -> None:
    for days in (0, 7):
        at = FIRST + timedelta(days=days)
        actions.offer_time(
            by=adviser.actor, advisor=adviser.row, starts_at=at, ends_at=at + timedelta(hours=8)
        )
    made = proposed(town, adviser)
    assert [offer.starts_at for offer in queries.free_offers(adviser.row, clock.now())] == [
        FIRST + timedelta(days=7)
    ]
    found = queries.offered_ahead(made, clock.now())
    assert [(row.pk, len(offers)) for row, offers in found] == [(adviser.row.pk, 1)]
