"""The cap of a municipality: what was decided outside the portal uses it too."""

from django.db import transaction

from portal.areas.models import Area
from portal.kernel import audit, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from .. import calculations
from ..capped import lock_account
from ..enums import UseBasis
from ..models import CapUse, Menu


@transaction.atomic
def record_outside_use(*, by: Actor, municipality: Area, menu: Menu, title: str, amount_yen: int) -> CapUse:
    """Note a decision that was made on paper, before or beside the portal: it uses the municipality's cap of the year.

    Locks the account. Raises PermissionDenied, or Refusal when the cap has not that much left.
    """
    permissions.require(by, "grants.record_cap_use", menu)
    account = lock_account(municipality.pk, menu)
    if account is None:
        raise Refusal("このメニューには、市町村ごとの枠がありません。", field="menu")
    left = calculations.cap_left(
        limit_yen=account.limit_yen, used_yen=account.uses.values_list("amount_yen", flat=True)
    )
    if not 0 < amount_yen <= left:
        raise Refusal(
            f"{municipality.name}の枠の残りは{left:,}円です。額を確かめてください。",
            field="amount_yen",
            code="cap",
        )
    use = CapUse.objects.create(account=account, basis=UseBasis.OUTSIDE, title=title, amount_yen=amount_yen)
    audit.record(
        "grants.capuse.recorded", by=by, target=use, data={"account": account.pk, "amount_yen": amount_yen}
    )
    return use
