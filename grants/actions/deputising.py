"""代決 and 後閲: who signs while the holder of a role is away, and the holder's view of it afterwards."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..models import Approval, SigningDeputy
from ..queries import approving as queries
from ..queries import signers

DAYS_MAX = 92  # an absence; a longer one is an 職務代理, which is an appointment


@transaction.atomic
def name_deputy(
    *, by: Actor, authority: Authority, role: str, deputy: User, starts_on: date, ends_on: date
) -> SigningDeputy:
    """Let `deputy` sign in one's place from day to day, both included. Only the holder of the role names somebody.

    Raises PermissionDenied, or Refusal: oneself, somebody who does not work there, days past, out of order or too many.
    """
    if authority.area_id not in Scope.of(by).homes(role):
        raise PermissionDenied("代決者を決められるのは、その役職の人だけです。")
    holder = user_of(by)
    if holder == deputy:
        raise Refusal("代決者には、自分のほかの人を選んでください。", field="deputy")
    if not queries.colleagues(authority).filter(pk=deputy.pk).exists():
        raise Refusal("代決者には、この事業を行う県の職員を選んでください。", field="deputy")
    if starts_on < clock.today_jst():
        raise Refusal("始まりの日は、今日以降にしてください。", field="starts_on")
    if not starts_on <= ends_on:
        raise Refusal("終わりの日は、始まりの日と同じ日か、それより後にしてください。", field="ends_on")
    if (ends_on - starts_on).days >= DAYS_MAX:
        raise Refusal(
            f"代決は{DAYS_MAX}日までです。長い不在には、職務代理を置いてください。", field="ends_on"
        )
    row = insert(
        SigningDeputy(
            authority=authority, role=role, holder=holder, deputy=deputy, starts_on=starts_on, ends_on=ends_on
        )
    )
    audit.record("grants.signingdeputy.named", by=by, target=row, data={"role": role})
    return row


@transaction.atomic
def end_deputy(*, by: Actor, row: SigningDeputy) -> SigningDeputy:
    """Take the right to sign back at once. Again: nothing happens. Raises PermissionDenied."""
    locked(row)
    if by.ref != f"user:{row.holder_id}":
        raise PermissionDenied("取り消せるのは、代決者を決めた本人です。")
    if row.ended_at is None:
        row.ended_at = clock.now()
        row.save(update_fields=["ended_at"])
        audit.record("grants.signingdeputy.ended", by=by, target=row, data={})
    return row


@transaction.atomic
def view_deputised(*, by: Actor, approval: Approval) -> Approval:
    """後閲: the holder of the role has read what a deputy signed. Raises PermissionDenied, Refusal (nothing is owed to them)."""
    permissions.require(by, "grants.handle_approval", approval)
    locked(approval)
    owed = signers.owed_steps(approval, by)
    if not owed:
        raise Refusal("あなたの後閲を待っているものはありません。", code="moved")
    for step in owed:
        step.seen_at, step.seen_by = clock.now(), user_of(by)
        step.save(update_fields=["seen_at", "seen_by"])
        audit.record("grants.approval.step_seen", by=by, target=approval, data={"position": step.position})
    return approval
