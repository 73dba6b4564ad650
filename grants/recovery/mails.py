"""What is told when money is asked back."""

from typing import Any

from django.conf import settings

from portal.kernel import outbox

from ..mails import addresses, to_applicant, to_holder
from ..models import Application, Approval, InstalmentPlan, Reclaim, Repayment, Revocation


def revoked(application: Application, row: Revocation) -> None:
    """The municipality: the decision was revoked, and why."""
    to_applicant("revoked", application, f"revoked:{row.pk}", revocation=row)


def revocation_sent_back(application: Application, approval: Approval, note: str) -> None:
    """The officer who holds the file: the draft came back."""
    to_holder("revocation_sent_back", application, f"sent_back:{approval.pk}", note=note)


def reclaimed(reclaim: Reclaim) -> None:
    """The municipality: please give back until."""
    _town("reclaimed", reclaim)


def collected(reclaim: Reclaim) -> None:
    """The municipality: the money came in, with what was added."""
    _town("reclaim_collected", reclaim)


def received(reclaim: Reclaim, row: Repayment) -> None:
    """The municipality: a part came in, what is left of the principal, and until when the next is due."""
    _town("reclaim_received", reclaim, f":{row.pk}", repayment=row)


def instalments(reclaim: Reclaim, plan: InstalmentPlan) -> None:
    """The municipality: the days on which the rest is due, and why."""
    _town("reclaim_instalments", reclaim, f":{plan.pk}", plan=plan, instalments=list(plan.instalments.all()))


def _town(name: str, reclaim: Reclaim, more_key: str = "", **more: Any) -> None:
    application = reclaim.application
    url = settings.BASE_URL + reclaim.get_absolute_url()
    context = more | {
        "reclaim": reclaim,
        "application": application,
        "office": application.office,
        "url": url,
    }
    for address in addresses.town(application.municipality_id):
        outbox.queue(
            f"grants/mail/{name}",
            to=address,
            about=application,
            context=context,
            key=f"{name}:{reclaim.pk}{more_key}:{address}",
        )
