"""Acquired property for tests: rows of the list, made by the action or alone."""

from datetime import date
from typing import Any

from grants.assets.actions import answering, asking, listing
from grants.models import Application, Asset, Disposal
from portal.kernel import clock

from .grants import Town

LINE: dict[str, Any] = {
    "name": "送迎用の軽自動車", "spec": "660cc 4人乗り", "kind": "kei", "quantity": 1, "unit_price_yen": 1_200_000,
    "grant_yen": 600_000, "place": "浜坂地区公民館",
}  # fmt: skip
WISH: dict[str, Any] = {
    "kind": "transfer", "planned_on": date(2026, 12, 25), "price_yen": 300_000, "reason": "運行を終えるため。",
    "plan": "市内の福祉施設に譲り、送迎に使ってもらう。",
}  # fmt: skip


def closed(case: Application, settled_yen: int = 500_000) -> Application:
    """The file as it is after its end; the rows between are of no matter here."""
    now = clock.now()
    Application.objects.filter(pk=case.pk).update(
        state="closed",
        reported_at=now,
        inspected_at=now,
        settled_at=now,
        settled_yen=settled_yen,
        closed_at=now,
    )
    case.refresh_from_db()
    return case


def listed(town: Town, case: Application, **changed: Any) -> Asset:
    """One piece on the list, acquired today: a car of four years."""
    values = LINE | {"acquired_on": clock.today_jst()} | changed
    return listing.add_asset(by=town.officer, application=case, **values)


def asked(town: Town, asset: Asset, **changed: Any) -> Disposal:
    """A 財産処分 that the chief asked for."""
    row = asking.write_disposal(by=town.officer, asset=asset, **WISH | changed)
    return asking.ask_disposal(by=town.chief, disposal=row)


def answering_it(town: Town, disposal: Disposal, **changed: Any) -> Disposal:
    """Its answer drafted: approved, 納付金 of the price."""
    values: dict[str, Any] = {"answer": "approve", "basis": "price", "ends_limit": True} | changed
    return answering.draft_answer(by=town.prefecture, disposal=disposal, **values)
