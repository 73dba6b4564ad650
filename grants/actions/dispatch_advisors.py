"""The register of advisors, and the times they offer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from communities.saving import change, insert, locked
from portal.accounts.models import User
from portal.accounts.queries import person_by_email
from portal.areas.models import Authority, Section
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..models import Advisor, AdvisorOffer

OFFERS_MAX = 200  # times ahead of one advisor


@transaction.atomic
def register_advisor(
    *, by: Actor, authority: Authority, email: str = "", offices: Sequence[Section] = (), **values: Any
) -> Advisor:
    """Register an advisor of `authority`; `email`: of the account with which they answer. Raises PermissionDenied, Refusal, ValidationError."""
    permissions.require(by, "grants.keep_advisors", authority)
    _check_offices(authority, offices)
    advisor = insert(Advisor(authority=authority, user=_account(email), **values))
    advisor.offices.set(offices)
    audit.record("grants.advisor.registered", by=by, target=advisor)
    return advisor


@transaction.atomic
def change_advisor(
    *, by: Actor, advisor: Advisor, email: str = "", offices: Sequence[Section] = (), **values: Any
) -> Advisor:
    """Change the register. Raises PermissionDenied, Refusal, ValidationError."""
    permissions.require(by, "grants.keep_advisors", advisor.authority)
    _check_offices(advisor.authority, offices)
    changed = change(locked(advisor), {**values, "user": _account(email)})
    if {row.pk for row in offices} != set(advisor.offices.values_list("pk", flat=True)):
        advisor.offices.set(offices)
        changed.append("offices")
    if changed:
        audit.record("grants.advisor.changed", by=by, target=advisor, data={"fields": sorted(changed)})
    return advisor


@transaction.atomic
def offer_time(*, by: Actor, advisor: Advisor, starts_at: datetime, ends_at: datetime) -> AdvisorOffer:
    """Offer a time to come, by the advisor. Raises PermissionDenied, Refusal (past, overlapping, too many), ValidationError."""
    permissions.require(by, "grants.offer_times", advisor)
    now = clock.now()
    if starts_at <= now:
        raise Refusal("これからの日時を入れてください。", field="starts_at")
    if ends_at <= starts_at:
        raise Refusal("終わりは、始まりより後にしてください。", field="ends_at")
    locked(advisor)
    if advisor.offers.filter(ends_at__gt=now).count() >= OFFERS_MAX:
        raise Refusal(f"空いている時間は、{OFFERS_MAX}件までです。")
    offer = insert(AdvisorOffer(advisor=advisor, starts_at=starts_at, ends_at=ends_at))
    audit.record("grants.advisoroffer.offered", by=by, target=offer)
    return offer


@transaction.atomic
def withdraw_time(*, by: Actor, offer: AdvisorOffer) -> AdvisorOffer:
    """Take a time back; visits that were set stay as they are. Again: nothing changes. Raises PermissionDenied."""
    permissions.require(by, "grants.offer_times", offer.advisor)
    if AdvisorOffer.objects.filter(pk=offer.pk).exists():
        audit.record("grants.advisoroffer.withdrawn", by=by, target=offer)
        AdvisorOffer.objects.filter(pk=offer.pk).delete()
    return offer


def _account(email: str) -> User | None:
    """The account of an address. Raises Refusal when nobody has it."""
    if not email:
        return None
    user = person_by_email(email)
    if user is None:
        raise Refusal(
            "このメールアドレスの利用者は、まだいません。本人がログインの画面から登録したあとで、入れてください。",
            field="email",
        )
    return user


def _check_offices(authority: Authority, offices: Sequence[Section]) -> None:
    if any(row.authority_id != authority.pk for row in offices):
        raise Refusal("行ける地域は、この団体の振興局・支庁から選んでください。", field="offices")
