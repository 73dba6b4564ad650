"""A lecturer confirms the date of a plan both sides agreed to. It is a word to the two sides: no state moves."""

from django.db import transaction

from communities.saving import change, locked
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...models import WorkshopLecturer
from .. import lectures


@transaction.atomic
def confirm_lecture(*, by: Actor, lecturer: WorkshopLecturer) -> WorkshopLecturer:
    """Confirm the date, by the lecturer; a plan that is written anew asks anew. Raises PermissionDenied, Refusal."""
    permissions.require(by, "grants.confirm_lecture", lecturer)
    locked(lecturer.workshop)
    locked(lecturer)
    if lecturer.confirmed_at is not None:
        raise Refusal("日時は、もう確かめてあります。", code="twice")
    if not lectures.may_confirm(lecturer):
        raise Refusal("いまは、日時を確かめるときではありません。", code="moved")
    change(lecturer, {"confirmed_at": clock.now()})
    audit.record("grants.workshoplecturer.date_confirmed", by=by, target=lecturer.workshop)
    return lecturer
