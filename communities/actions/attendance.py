"""Who came: attended, absent, or the record taken back. The seats stay counted: what was held was held.

mark_attended(by=officer, registration=party)
"""

from django.db import transaction

from portal.kernel import permissions
from portal.kernel.actors import Actor

from .. import workflow
from ..enums import RegistrationState
from ..models import Registration
from ..saving import locked


def mark_attended(*, by: Actor, registration: Registration) -> Registration:
    """The party came. Marking it again changes nothing. Raises Refusal for a party without seats; PermissionDenied."""
    return _mark(by, registration, "attend", RegistrationState.ATTENDED)


def mark_absent(*, by: Actor, registration: Registration) -> Registration:
    """The party did not come. Marking it again changes nothing. Raises as `mark_attended`."""
    return _mark(by, registration, "miss", RegistrationState.ABSENT)


def unmark_attendance(*, by: Actor, registration: Registration) -> Registration:
    """Take the record back: the party holds its seats as before. Again changes nothing. Raises as `mark_attended`."""
    return _mark(by, registration, "unmark", RegistrationState.CONFIRMED)


@transaction.atomic
def _mark(by: Actor, registration: Registration, step: str, there: RegistrationState) -> Registration:
    """Two at the door may scan one code: the second finds it done."""
    if locked(registration).state == there:
        permissions.require(by, "communities.check_in", registration)
        return registration
    return workflow.REGISTRATION.apply(registration, step, by=by)
