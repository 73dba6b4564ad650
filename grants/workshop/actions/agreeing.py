"""Both sides agree to one plan; it is frozen as version n."""

from typing import Any

from django.db import transaction

from communities.saving import change, insert, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...models import Workshop, WorkshopPlan
from .. import mails, queries
from ..enums import Payer, Side
from ..lecturing import check_free, keep_times
from ..papers import plan_content
from ..times import check_time
from ..workflow import WORKSHOP
from .cases import issue_plan

FIELDS = {Side.TOWN: "town_agreed", Side.OFFICE: "office_agreed"}


@transaction.atomic
def agree_workshop(*, by: Actor, workshop: Workshop, revision: int) -> Workshop:
    """Agree to the plan as it was read (`revision`), by the municipality's chief or the office's officer.

    The second agreement freezes it: version n with its content, the time of lecturers of the register kept, 開催計画書
    anew where it changed since. Raises PermissionDenied, Refusal (not in consultation, changed meanwhile, agreed already,
    something still open, past, a lecturer booked elsewhere).
    """
    permissions.require(by, "grants.agree_workshop", workshop)
    locked(workshop)
    if not workshop.is_consulting:
        raise Refusal(
            f"この計画は、いま「{workshop.get_state_display()}」です。合意できるのは、協議中の計画です。",
            code="moved",
        )
    if workshop.revision != revision:
        raise Refusal(
            "この画面を開いたあとに、計画が直されました。新しい内容を読んでから、合意してください。",
            code="conflict",
        )
    side = _side(workshop, by)
    _check_settled(workshop)
    stamps: dict[str, Any] = {f"{FIELDS[side]}_at": clock.now(), f"{FIELDS[side]}_by": user_of(by)}
    other = FIELDS[Side.OFFICE if side == Side.TOWN else Side.TOWN]
    if getattr(workshop, f"{other}_at") is None:
        check_free(workshop)
        change(workshop, stamps)
        audit.record("grants.workshop.agreed_by_one", by=by, target=workshop, data={"side": side.value})
        mails.agreed_first(workshop, side)
        return workshop
    return _freeze(workshop, stamps, by=by)


def _freeze(workshop: Workshop, stamps: dict[str, Any], *, by: Actor) -> Workshop:
    number = workshop.agreed_version + 1
    WORKSHOP.apply(workshop, "agree", by=by, agreed_version=number, **stamps)
    insert(WorkshopPlan(workshop=workshop, number=number, content=plan_content(workshop)))
    keep_times(workshop)
    mails.agreed(workshop)
    if workshop.paper_revision != workshop.revision:
        issue_plan(by=by, workshop=workshop)
    return workshop


def _side(workshop: Workshop, by: Actor) -> Side:
    """The first side this person speaks for that has not agreed. Raises Refusal."""
    for side in queries.sides_of(workshop, by):
        if getattr(workshop, f"{FIELDS[Side(side)]}_at") is None:
            return Side(side)
    raise Refusal("この側は、もう合意しています。相手の合意を待っています。", code="twice")


def _check_settled(workshop: Workshop) -> None:
    if workshop.missing:
        raise Refusal(f"次の欄が空です。{'、'.join(workshop.missing)}", code="incomplete")
    still_open = [row.get_kind_display() for row in workshop.duties.all() if row.payer == Payer.OPEN]
    if still_open:
        raise Refusal(
            f"だれが払うかが、まだ決まっていません({'、'.join(still_open)})。計画の画面で決めてください。",
            code="open",
        )
    check_time(workshop)
