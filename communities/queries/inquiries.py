"""Reads of 一斉照会: those of one's office, who has answered, and what they answered."""

from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from portal.accounts.scope import Scope

from ..models import Inquiry, InquiryRecipient, InquiryReply
from ..models.inquiries import InquiryState
from ..rules import WARD_STAFF
from .upkeep import organiser_counts


def inquiries_visible_to(scope: Scope) -> QuerySet[Inquiry]:
    """Those of the offices one works in."""
    return Inquiry.objects.filter(area__in=scope.areas(*WARD_STAFF)).select_related(
        "area__parent", "asked_by"
    )


def with_progress(rows: QuerySet[Inquiry]) -> QuerySet[Inquiry]:
    """Annotate `asked_count` and `answered_count`."""
    return rows.annotate(
        asked_count=Count("recipients"),
        answered_count=Count("recipients", filter=Q(recipients__version__gt=0)),
    )


def recipients_of(inquiry: Inquiry, *, which: str = "") -> QuerySet[InquiryRecipient]:
    """Whom a paper asks, by name, with what they answer now (`reply`) and how many can be written to. One query.

    `which`: "open" has not answered, "done" has.
    """
    newest = InquiryReply.objects.filter(recipient=OuterRef("pk"), version=OuterRef("version"))
    rows = inquiry.recipients.select_related("community__area", "municipality").annotate(
        reply=Subquery(newest.values("values")[:1]), organiser_count=organiser_counts("community")
    )
    if which in ("open", "done"):
        rows = rows.filter(version=0) if which == "open" else rows.filter(version__gt=0)
    return rows


def answerable() -> QuerySet[InquiryRecipient]:
    """Recipients with everything that their page asks for."""
    return InquiryRecipient.objects.select_related(
        "inquiry__area__parent", "community__area__parent", "municipality"
    )


def recipients_asked() -> QuerySet[InquiryRecipient]:
    """Recipients of papers that are out: what they may open."""
    return answerable().exclude(inquiry__state__in=[InquiryState.DRAFT, InquiryState.DISCARDED])


def current_reply(recipient: InquiryRecipient) -> dict[str, Any]:
    """What a recipient answers now; empty before the first time. One query."""
    rows = InquiryReply.objects.filter(recipient=recipient, version=recipient.version)
    return rows.values_list("values", flat=True).first() or {}


def inquiries_to_answer(community_ids: "set[UUID] | frozenset[UUID]") -> QuerySet[InquiryRecipient]:
    """What is asked of some communities now, the nearest deadline first."""
    rows = answerable().filter(community__in=community_ids, inquiry__state=InquiryState.OPEN)
    return rows.order_by("inquiry__due_on", "pk")
