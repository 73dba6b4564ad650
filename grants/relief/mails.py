"""What is told about a deadline that was extended or missed. Each mail once."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from portal.areas.models import Area
from portal.kernel import outbox
from portal.kernel.jobs import Running

from ..enums import Table
from ..mails import addresses
from ..models import Admission, Call, CallExtension

BATCH = 20


def tell_extension(job: Running) -> None:
    """Job: every municipality of the authority, its officers and chiefs, once however often it runs."""
    extension: CallExtension = job.obj
    programme = extension.call.menu.programme
    codes = Area.objects.municipalities().filter(parent=programme.authority.area_id)
    found = addresses.towns(codes.values_list("pk", flat=True))
    people = sorted({address for mine in found.values() for address in mine})
    for start in range(0, len(people), BATCH):
        with transaction.atomic():
            for address in people[start : start + BATCH]:
                _extended(extension, address)
        job.progress(min(start + BATCH, len(people)), len(people))


def asked(admission: Admission) -> None:
    """The office: a municipality asks to be accepted after the deadline."""
    to = addresses.office(admission.office_id)
    _send("admission_asked", admission, to, admission.get_absolute_url())


def judged(admission: Admission) -> None:
    """The municipality: accepted until when, or not, and why."""
    case = admission.application
    path = case.get_absolute_url() if case else _begins(admission.call)
    _send("admission_judged", admission, addresses.town(admission.municipality_id), path)


def _begins(call: Call) -> str:
    """Where a municipality begins what was accepted without a file."""
    if call.menu.is_applied_for_here:
        return f"/grants/applications/new/?call={call.pk}"
    return reverse("grants:dispatch_list" if call.menu.table == Table.DISPATCH else "grants:workshop_list")


def _extended(extension: CallExtension, address: str) -> None:
    call = extension.call
    outbox.queue(
        "grants/mail/call_extended",
        to=address,
        about=call.menu.programme,
        key=f"call_extended:{extension.pk}:{address}",
        context={
            "extension": extension,
            "call": call,
            "url": settings.BASE_URL + call.menu.get_absolute_url(),
        },
    )


def _send(name: str, admission: Admission, to: list[str], path: str) -> None:
    context: dict[str, Any] = {
        "admission": admission,
        "call": admission.call,
        "url": settings.BASE_URL + path,
    }
    for address in to:
        outbox.queue(
            f"grants/mail/{name}", to=address, about=admission, context=context,
            key=f"{name}:{admission.pk}:{admission.state}:{address}",
        )  # fmt: skip
