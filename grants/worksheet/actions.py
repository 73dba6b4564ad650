"""Bringing a worksheet back."""

from django.db import transaction

from portal.kernel import permissions
from portal.kernel.actors import UserActor
from portal.kernel.models import StoredFile

from ..actions.keeping import keep_typed
from ..enums import Part
from ..models import Application, ApplicationPart, SetAside
from .reading import read


@transaction.atomic
def bring_worksheet(*, by: UserActor, application: Application, file: StoredFile) -> SetAside:
    """Keep what the worksheet says aside for `by`, to be looked at in 収支予算 and saved there. Nothing stored changes.

    Raises PermissionDenied, Refusal (what cannot be read, by row).
    """
    permissions.require(by, "grants.edit_application", application)
    sent = read(file, indirect=application.is_indirect)
    part = ApplicationPart.objects.get(application=application, key=Part.BUDGET)
    return keep_typed(by=by, application=application, key=Part.BUDGET, revision=part.revision, sent=sent)
