"""The door: parties are seen in by their number or the code on their slip, and how many of them came is kept.

see_in(by=officer, registration=party, people=2)
"""

from django.conf import settings
from django.db import transaction

from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..enums import EventState, RegistrationState
from ..models import Attendance, Event, Registration
from ..queries.counter import party_by_code
from ..saving import change, insert, locked, user_of
from .attendance import mark_absent, mark_attended, unmark_attendance
from .offers import answer_registration

SEATED = (RegistrationState.CONFIRMED, RegistrationState.ABSENT, RegistrationState.ATTENDED)


@transaction.atomic
def see_in(*, by: Actor, registration: Registration, people: int | None = None) -> Registration:
    """The party is here, `people` of it (all, unless said). Again: nothing changes, but the number when it is given.

    Raises Refusal: no seat, another number than 1 to the party's size, long before the start, cancelled event;
    PermissionDenied.
    """
    locked(registration)
    permissions.require(by, "communities.check_in", registration)
    _admit(registration)
    if people is not None and not 1 <= people <= registration.party_size:
        raise Refusal(
            f"来た人数は、1人から{registration.party_size}人までです。増えた方は、当日参加で受け付けてください。",
            field="people", code="people",
        )  # fmt: skip
    mark_attended(by=by, registration=registration)
    row = Attendance.objects.select_for_update(no_key=True).filter(registration=registration).first()
    if row is None:
        insert(
            Attendance(
                registration=registration, people_count=people or registration.party_size, seen_at=clock.now(),
                seen_by=user_of(by),
            )
        )  # fmt: skip
    elif people is not None and change(row, {"people_count": people}):
        audit.record(
            "communities.registration.recounted", by=by, target=registration, data={"people": people}
        )
    return registration


@transaction.atomic
def take_back(*, by: Actor, registration: Registration) -> Registration:
    """It was the wrong party: not seen in, not absent. Again changes nothing. Raises as `unmark_attendance`."""
    unmark_attendance(by=by, registration=registration)
    Attendance.objects.filter(registration=registration).delete()
    return registration


@transaction.atomic
def note_absence(*, by: Actor, registration: Registration) -> Registration:
    """The party did not come. Raises Refusal before the start: they may still come."""
    if clock.now() < registration.event.starts_at:
        raise Refusal("欠席は、催しが始まってから記録できます。", code="early")
    mark_absent(by=by, registration=registration)
    Attendance.objects.filter(registration=registration).delete()
    return registration


def move_party(
    *, by: Actor, registration: Registration, step: str, people: int | None = None
) -> Registration:
    """The buttons of one party at the counter: come (how many), absent, back; on the telephone: accept, decline."""
    if step in ("accept", "decline"):
        return answer_registration(by=by, registration=registration, step=step)
    if step == "come":
        return see_in(by=by, registration=registration, people=people)
    return {"absent": note_absence, "back": take_back}[step](by=by, registration=registration)


def see_in_by_code(*, by: Actor, event: Event, code: str) -> Registration:
    """The party of this number or code is here. Raises as `see_in`; Refusal for a code of no party of this event."""
    registration = party_by_code(event, code)
    if registration is None:
        raise Refusal(
            "この催しの申込みに、この番号やQRコードはありません。番号を確かめるか、氏名でさがしてください。",
            field="code", code="unknown",
        )  # fmt: skip
    try:
        return see_in(by=by, registration=registration)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="code", code=refusal.code) from refusal


@transaction.atomic
def print_list(*, by: Actor, event: Event) -> None:
    """Keep that somebody printed the list of names. Raises PermissionDenied."""
    permissions.require(by, "communities.read_registrants", event)
    audit.record("communities.event.list_printed", by=by, target=event)


def _admit(registration: Registration) -> None:
    event = registration.event
    if event.state == EventState.CANCELLED:
        raise Refusal("この催しは、中止になりました。", code="cancelled")
    if clock.now() < event.door_opens_at:
        raise Refusal(f"受付ができるのは、始まる{settings.COUNTER_OPENS_HOURS}時間前からです。", code="early")
    if registration.state not in SEATED:
        raise Refusal(
            f"受付番号{registration.position}は、いま「{registration.get_state_display()}」です。席がとれていません。",
            code="no_seat",
        )
