"""What organisers are told about an inquiry 一斉照会: the paper, reminders, thanks – once each, however often a job runs."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from portal.kernel import outbox, tokens
from portal.kernel.addresses import whole
from portal.kernel.jobs import Running

from ..enums import MembershipRole, MembershipState
from ..models import Inquiry, InquiryRecipient, Membership
from ..models.inquiries import InquiryState

BATCH = 100


def inquiry_token(recipient: InquiryRecipient) -> str:
    """The secret of a recipient's page. Rebuilt whenever it is needed, never stored."""
    return tokens.make("inquiry", recipient.pk, recipient.token_version)


def send(job: Running) -> None:
    """Job: the paper to every organiser of every recipient."""
    inquiry: Inquiry = job.obj
    _tell(job, inquiry, inquiry.recipients.all(), "inquiry", "sent")


def remind(job: Running) -> None:
    """Job: a reminder to those who have not answered, while answers are taken."""
    inquiry: Inquiry = job.obj
    if inquiry.state == InquiryState.OPEN:
        _tell(job, inquiry, inquiry.recipients.filter(version=0), "inquiry_reminder", job.payload["round"])


def thank(job: Running) -> None:
    """Job: thanks to those who answered."""
    inquiry: Inquiry = job.obj
    _tell(job, inquiry, inquiry.recipients.filter(version__gt=0), "inquiry_thanks", "thanks")


def _tell(job: Running, inquiry: Inquiry, rows: QuerySet[InquiryRecipient], mail: str, once: str) -> None:
    total, done = rows.count(), 0
    for batch in _batches(rows):
        organisers = Membership.objects.filter(
            community__in=[row.community_id for row in batch], role=MembershipRole.ORGANISER,
            state=MembershipState.ACTIVE, user__is_active=True,
        ).select_related("user")  # fmt: skip
        by_community: dict[Any, list[Membership]] = {}
        for organiser in organisers:
            by_community.setdefault(organiser.community_id, []).append(organiser)
        with transaction.atomic():
            for row in batch:
                for organiser in by_community.get(row.community_id, []):
                    _queue(inquiry, row, organiser, mail, once)
        done += len(batch)
        job.progress(done, total)


def _batches(rows: QuerySet[InquiryRecipient]) -> Iterator[list[InquiryRecipient]]:
    after = None
    ordered = rows.select_related("community__area").order_by("pk")
    while batch := list((ordered.filter(pk__gt=after) if after else ordered)[:BATCH]):
        yield batch
        after = batch[-1].pk


def _queue(inquiry: Inquiry, row: InquiryRecipient, organiser: Membership, mail: str, once: str) -> None:
    outbox.queue(
        f"communities/mail/{mail}",
        to=organiser.user.email,
        about=inquiry,
        secret=True,
        key=f"inquiry:{once}:{row.pk}:{organiser.pk}",
        context={
            "inquiry": inquiry,
            "community": row.community,
            "url": whole("communities:inquiry_answer", inquiry_token(row)),
        },
    )
