"""財産処分 on the municipality's side: written, asked for by its chief, taken back."""

from datetime import date

from django.db import transaction

from communities.saving import change, insert, user_of
from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.fiscal import wareki
from portal.kernel.refusals import Refusal

from ... import queries
from ...enums import GRANTED
from ...models import Asset, Disposal
from .. import mails
from ..enums import DisposalKind, DisposalState
from ..papers import REQUEST
from ..workflow import DISPOSAL


@transaction.atomic
def write_disposal(
    *,
    by: Actor,
    asset: Asset,
    kind: str,
    planned_on: date,
    reason: str,
    plan: str,
    price_yen: int | None = None,
) -> Disposal:
    """Write what is to be done with a piece, or write the open draft of it anew. Nobody is told before it is asked for.

    Raises PermissionDenied, Refusal (its limit is over, it is asked for already, a day outside the limit), ValidationError.
    """
    permissions.require(by, "grants.change_asset", asset)
    queries.lock(asset.application)
    asset.refresh_from_db()
    _check(asset, planned_on)
    values = {
        "kind": kind, "planned_on": planned_on, "reason": reason, "plan": plan, "price_yen": price_yen or None,
        "written_by": user_of(by),
    }  # fmt: skip
    row = asset.disposals.filter(state=DisposalState.DRAFT).first()
    if row is None:
        row = insert(Disposal(asset=asset, **values))
    else:
        change(row, values)
    audit.record("grants.disposal.written", by=by, target=row, data={"kind": DisposalKind(kind).value})
    return row


@transaction.atomic
def ask_disposal(*, by: Actor, disposal: Disposal) -> Disposal:
    """Ask the prefecture, by the chief: 財産処分承認申請書 is issued, the office told. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.ask_disposal", disposal)
    queries.lock(disposal.asset.application)
    disposal.asset.refresh_from_db()
    disposal.refresh_from_db()
    _check(disposal.asset, disposal.planned_on)
    DISPOSAL.apply(disposal, "ask", by=by)
    mails.asked(disposal)
    programme = disposal.asset.application.menu.programme
    documents.issue(
        REQUEST, disposal, by=by, authority=programme.authority, section=None, year=programme.fiscal_year
    )
    return disposal


@transaction.atomic
def withdraw_disposal(*, by: Actor, disposal: Disposal, note: str) -> Disposal:
    """Take the wish back, with the reason, while nobody decides on it. Raises PermissionDenied, Refusal."""
    queries.lock(disposal.asset.application)
    return DISPOSAL.apply(disposal, "withdraw", by=by, note=note)


def _check(asset: Asset, planned_on: date) -> None:
    """The file's grant stands, the piece is bound on the planned day."""
    if asset.application.state not in GRANTED:
        raise Refusal("交付決定のある申請の財産だけが、処分の承認を受けます。", code="moved")
    if not asset.is_held:
        raise Refusal(
            f"この財産は、いま「{asset.get_state_display()}」です。処分に承認は要りません。", code="moved"
        )
    if not clock.today_jst() <= planned_on <= asset.until_on:
        raise Refusal(
            f"処分の予定日は、今日から制限期間の最後の日({wareki(asset.until_on)})までです。",
            field="planned_on",
        )
