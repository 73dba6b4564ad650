"""対応記録: note a conversation, keep what was promised, hand it over.

c = record_contact(by=officer, kind="community", subject=community, text="会場の鍵の相談", promise="鍵の借り方を知らせる",
                   due_on=date(2026, 12, 1))
keep_promise(by=officer, contact=c)
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import audit, clock, permissions, ports
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal

from .. import queries, workflow
from ..models import Contact
from ..models.contacts import ContactChannel, ContactState
from ..saving import change, insert, locked


@transaction.atomic
def record_contact(
    *,
    by: UserActor,
    kind: str,
    subject: Any,
    text: str,
    channel: str = ContactChannel.PHONE,
    happened_on: date | None = None,
    promise: str = "",
    due_on: date | None = None,
) -> Contact:
    """Note a conversation about `subject` (of `ports.subjects[kind]`). A promise is a to-do of the one who notes it.

    Raises PermissionDenied for a thing that no office of this person answers for, ValidationError by field.
    """
    today = clock.today_jst()
    _sensible(happened_on or today, promise, due_on, today)
    contact = insert(
        Contact(
            area_id=_office(by, kind, subject),
            subject_kind=kind,
            subject_id=subject.pk,
            subject_title=ports.subjects[kind].title(subject)[:200],
            channel=channel,
            happened_on=happened_on or today,
            text=text,
            recorded_by=by.user,
            state=ContactState.OPEN if promise else ContactState.NOTED,
            promise=promise,
            due_on=due_on if promise else None,
            holder=by.user if promise else None,
        )
    )
    data = {"kind": kind, "promise": bool(promise)}
    audit.record("communities.contact.recorded", by=by, target=contact, data=data)
    return contact


@transaction.atomic
def keep_promise(*, by: UserActor, contact: Contact) -> Contact:
    """The promise is kept: its to-do leaves the desk."""
    return workflow.CONTACT.apply(contact, "keep", by=by)


@transaction.atomic
def drop_promise(*, by: UserActor, contact: Contact, note: str) -> Contact:
    """The promise will not be kept, and why."""
    return workflow.CONTACT.apply(contact, "drop", by=by, note=note)


def move_contact(*, by: UserActor, contact: Contact, step: str, note: str = "") -> Contact:
    """The buttons of a note: keep, drop (with a reason)."""
    if step == "keep":
        return keep_promise(by=by, contact=contact)
    return drop_promise(by=by, contact=contact, note=note)


@transaction.atomic
def hand_over_promise(*, by: UserActor, contact: Contact, holder: User) -> Contact:
    """Give an open promise to somebody else of the office. To the same person: nothing changes. Raises Refusal."""
    locked(contact)
    permissions.require(by, "communities.work_on_contact", contact)
    if contact.state != ContactState.OPEN:
        raise Refusal("この約束は、もう終わっています。", code="moved")
    if not queries.possible_holders(contact).filter(pk=holder.pk).exists():
        raise Refusal("いまこの地域を受け持つ人の中から選んでください。", field="holder", code="holder")
    if change(contact, {"holder": holder}):
        audit.record("communities.contact.handed_over", by=by, target=contact, data={"to": holder.pk})
    return contact


def _office(by: UserActor, kind: str, subject: Any) -> str:
    """The office in whose name this person notes: the nearest that answers for the subject, for people their own."""
    scope = Scope.of(by)
    mine = queries.noting_areas(scope)
    found = next((code for code in ports.subjects[kind].areas(subject) if code in mine), None)
    if found is None and kind == "person" and ports.subjects[kind].rows(scope).filter(pk=subject.pk).exists():
        home = scope.post.area_code if scope.post else None
        found = home if home in mine else min(mine)
    if found is None:
        raise PermissionDenied("対応を記録できるのは、その地域の担当者だけです。")
    return found


def _sensible(happened_on: date, promise: str, due_on: date | None, today: date) -> None:
    if happened_on > today:
        raise ValidationError({"happened_on": "まだ来ていない日は選べません。"})
    if promise and due_on is None:
        raise ValidationError({"due_on": "約束したことには、いつまでにするかを入力してください。"})
    if due_on and not promise:
        raise ValidationError({"promise": "期限を決めるときは、約束したことを入力してください。"})
    if due_on and due_on < today:
        raise ValidationError({"due_on": "きょうより前の日は選べません。"})
