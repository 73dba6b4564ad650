"""What the two sides of an application tell each other by mail."""

from typing import Any

from django.conf import settings

from portal.accounts.models import User
from portal.kernel import clock, outbox

from ..models import Application, Correction
from . import addresses


def returned(application: Application, correction: Correction) -> None:
    """The municipality: please correct until."""
    to_applicant("returned", application, f"returned:{correction.pk}", correction=correction)


def extended(application: Application, correction: Correction) -> None:
    """The municipality: there is more time."""
    key = f"extended:{correction.pk}:{correction.due_on}"
    to_applicant("correction_extended", application, key, correction=correction)


def correction_ended(application: Application, note: str) -> None:
    """The municipality: what became of a correction whose deadline passed."""
    to_applicant("correction_ended", application, f"ended:{application.pk}:{at_now()}", note=note)


def corrected(application: Application) -> None:
    """The officer who holds the file: it came back."""
    to_holder("corrected", application, f"corrected:{application.pk}:{application.version}")


def typed_in(application: Application) -> None:
    """The municipality: its paper application was typed in by the office, and is filed."""
    url = settings.BASE_URL + application.get_absolute_url()
    for to in addresses.town(application.municipality_id):
        _queue("typed_in", application, to, f"typed_in:{application.pk}:{to}", url, {})


def withdrawn(application: Application, note: str) -> None:
    """The officer who holds the file: it was taken back."""
    to_holder("withdrawn", application, f"withdrawn:{application.pk}:{at_now()}", note=note)


def to_applicant(name: str, application: Application, key: str, **more: Any) -> None:
    """Tell those who started and submitted the file."""
    people = {application.submitted_by, application.created_by} - {None}
    url = settings.BASE_URL + application.get_absolute_url()
    for user in sorted(people, key=lambda user: str(user.pk)):
        _queue(name, application, user.email, f"{key}:{user.pk}", url, more)


def to_town(name: str, application: Application, key: str, **more: Any) -> None:
    """Tell everybody who works on applications in the municipality now."""
    url = settings.BASE_URL + application.get_absolute_url()
    for to in addresses.town(application.municipality_id):
        _queue(name, application, to, f"{key}:{to}", url, more)


def to_holder(name: str, application: Application, key: str, **more: Any) -> None:
    """Tell the officer who holds the file, when there is one."""
    if application.held_by is not None:
        to_officer(application.held_by, name, application, key, **more)


def to_officer(user: User, name: str, application: Application, key: str, **more: Any) -> None:
    """Tell an officer of the prefecture; the mail leads to the officers' page."""
    _queue(name, application, user.email, key, settings.BASE_URL + application.get_staff_url(), more)


def _queue(name: str, application: Application, to: str, key: str, url: str, more: dict[str, Any]) -> None:
    context = {"application": application, "office": application.office, "url": url, **more}
    outbox.queue(f"grants/mail/{name}", to=to, key=key, about=application, context=context)


def at_now() -> str:
    """Part of a key: what happens again at another second is told again."""
    return f"{clock.now():%Y%m%d%H%M%S}"
