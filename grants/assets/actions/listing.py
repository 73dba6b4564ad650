"""取得財産等管理台帳: what the municipality lists, corrects and hands in, and the years that the office sets."""

from datetime import date
from typing import Any

from django.db import transaction

from communities.saving import change, insert, user_of
from portal.documents import actions as documents
from portal.documents.models import Document
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.money import yen
from portal.kernel.refusals import Refusal

from ... import queries
from ...calculations import assets as sums
from ...enums import GRANTED, ApplicationState
from ...models import Application, Asset
from ...settlement.actions.locking import lock_in
from ..lives import YEARS_MAX, lives
from ..papers import LIST

LISTING = GRANTED
CORRECTING = GRANTED - {ApplicationState.CLOSED}  # afterwards the list is what the office relies on
ASSETS_MAX = 200


@transaction.atomic
def add_asset(*, by: Actor, application: Application, **values: Any) -> Asset:
    """List one piece. Its years are those of its kind, its limit begins on the day it was acquired.

    Raises PermissionDenied, Refusal (below the menu's threshold, a day that cannot be, too many), ValidationError.
    """
    lock_in(application, by=by, permission="grants.list_assets", states=LISTING)
    if application.assets.count() >= ASSETS_MAX:
        raise Refusal(f"台帳に載せられるのは、{ASSETS_MAX}件までです。", code="many")
    row = insert(Asset(application=application, listed_by=user_of(by), **_worked_out(application, values)))
    data = {"amount_yen": row.amount_yen, "until_on": row.until_on}
    audit.record("grants.asset.listed", by=by, target=row, data=data)
    return row


@transaction.atomic
def change_asset(*, by: Actor, asset: Asset, **values: Any) -> Asset:
    """Correct one line before the file is closed. Raises as `add_asset`; also when a 処分 was ever asked for."""
    _lock_untouched(asset, by=by)
    worked = _worked_out(asset.application, values)
    if asset.years_reason and worked["kind"] == asset.kind:  # the office's own years stand
        worked |= {"years": asset.years, "until_on": sums.limit_on(worked["acquired_on"], asset.years)}
    elif asset.years_reason:
        worked["years_reason"] = ""
    changed = change(asset, worked)
    audit.record("grants.asset.changed", by=by, target=asset, data={"columns": changed})
    return asset


@transaction.atomic
def remove_asset(*, by: Actor, asset: Asset) -> Application:
    """Take one line out of the list before the file is closed. Raises PermissionDenied, Refusal."""
    _lock_untouched(asset, by=by)
    application = asset.application
    audit.record("grants.asset.removed", by=by, target=asset, data={"amount_yen": asset.amount_yen})
    asset.delete()
    return application


@transaction.atomic
def set_years(*, by: Actor, asset: Asset, years: int, reason: str) -> Asset:
    """Set other years than the table's for one piece, with the reason. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.set_asset_years", asset)
    queries.lock(asset.application)
    asset.refresh_from_db()
    if not asset.is_held:
        raise Refusal(f"この財産は、いま「{asset.get_state_display()}」です。", code="moved")
    if not 1 <= years <= YEARS_MAX:
        raise Refusal(f"年数は、1年から{YEARS_MAX}年までです。", field="years")
    if not reason.strip():
        raise Refusal("年数を定める理由を書いてください。", field="reason")
    before = asset.years
    limits = {"years": years, "years_reason": reason, "until_on": sums.limit_on(asset.acquired_on, years)}
    change(asset, limits)
    audit.record("grants.asset.years_set", by=by, target=asset, data={"before": before, "years": years})
    return asset


@transaction.atomic
def hand_in_list(*, by: Actor, application: Application) -> Document:
    """Issue the 取得財産等管理台帳 as it stands; the same list again is the same paper. Raises PermissionDenied, Refusal."""
    lock_in(application, by=by, permission="grants.issue_assets", states=LISTING)
    if not application.assets.exists():
        raise Refusal("台帳に、財産がまだありません。", code="empty")
    programme = application.menu.programme
    return documents.issue(
        LIST, application, by=by, authority=programme.authority, section=None, year=programme.fiscal_year,
        own_number=application.own_number,
    )  # fmt: skip


def _lock_untouched(asset: Asset, *, by: Actor) -> None:
    """Lock the file; the line is still the municipality's to correct."""
    permissions.require(by, "grants.change_asset", asset)
    lock_in(asset.application, by=by, permission="grants.list_assets", states=CORRECTING)
    asset.refresh_from_db()
    if not asset.is_held or asset.disposals.exists():
        raise Refusal("処分を申請した財産の行は、直せません。", code="moved")


def _worked_out(application: Application, values: dict[str, Any]) -> dict[str, Any]:
    """The columns of a line from what was typed. Raises Refusal at the field."""
    life = lives().get(values["kind"])
    if life is None:
        raise Refusal("種類を選んでください。", field="kind")
    floor = application.menu.asset_floor_yen
    if values["unit_price_yen"] < floor and not life.always:
        raise Refusal(
            f"単価が{yen(floor)}に満たない財産は、台帳に載せません。", field="unit_price_yen", code="floor"
        )
    _check_day(application, values["acquired_on"])
    amount = values["unit_price_yen"] * values["quantity"]
    if not 0 < values["grant_yen"] <= amount:
        raise Refusal(f"うち補助金は、1円から{yen(amount)}までです。", field="grant_yen")
    until_on = sums.limit_on(values["acquired_on"], life.years)
    return {**values, "amount_yen": amount, "years": life.years, "until_on": until_on}


def _check_day(application: Application, acquired_on: date) -> None:
    decided = application.decided_at
    first = decided.astimezone(clock.JST).date() if decided else None
    if acquired_on > clock.today_jst() or (first and acquired_on < first):
        raise Refusal("取得した日は、交付決定の日から今日までの日です。", field="acquired_on")
