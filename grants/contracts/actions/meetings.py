"""協議の記録: minutes of the joint work, by any of its three sides."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from communities.saving import insert, locked, user_of
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...models import Contract, JointAttendance, JointMeeting
from ..enums import ATTENDEES_MAX, MEETINGS_MAX, WORKING, ContractState, JointSide


@transaction.atomic
def record_meeting(
    *,
    by: Actor,
    contract: Contract,
    held_on: date,
    topics: str,
    present: Mapping[str, Sequence[str]],
    place: str = "",
    settled: str = "",
) -> JointMeeting:
    """Keep what was settled on one day; `present`: side → who was there. Two sides at least.

    Raises PermissionDenied, Refusal (no signed contract at work, a day to come or before the contract, one side only).
    """
    permissions.require(by, "grants.minute_meeting", contract)
    if locked(contract).state not in (*WORKING, ContractState.COMPLETED):
        raise Refusal("協議を記録できるのは、契約を結んでから検査までです。", code="moved")
    if held_on > clock.today_jst():
        raise Refusal("先の日は入れられません。", field="held_on")
    if contract.signed_on and held_on < contract.signed_on:
        raise Refusal("契約日より前の日は入れられません。", field="held_on")
    if contract.meetings.count() >= MEETINGS_MAX:
        raise Refusal(f"協議の記録は、{MEETINGS_MAX}件までです。", code="many")
    people = [(side, name) for side in JointSide for name in present.get(side, ())]
    if len({side for side, _ in people}) < 2:
        raise Refusal("二つ以上の側の出席者を入れてください。", field=f"present_{JointSide.PREFECTURE}")
    for side in JointSide:
        if len(present.get(side, ())) > ATTENDEES_MAX:
            raise Refusal(f"出席者は、{ATTENDEES_MAX}人までです。", field=f"present_{side.value}")
    meeting = insert(
        JointMeeting(
            contract=contract, held_on=held_on, place=place, topics=topics, settled=settled, written_by=user_of(by)
        )
    )  # fmt: skip
    for position, (side, name) in enumerate(people, start=1):
        insert(JointAttendance(meeting=meeting, position=position, side=side, name=name))
    data = {"meeting": meeting.pk, "people": len(people)}
    audit.record("grants.contract.met", by=by, target=contract, data=data)
    return meeting
