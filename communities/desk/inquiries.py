"""To-dos from 一斉照会: papers that are out, with how many answers are still due."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from ..models import Inquiry
from ..models.inquiries import InquiryState
from ..rules import WARD_STAFF
from .rows import branch, for_roles


def _inquiries(areas: frozenset[str]) -> "QuerySet[Any, Any]":
    """The open papers of one's office, the nearest deadline first."""
    rows = Inquiry.objects.filter(state=InquiryState.OPEN, area__in=areas).order_by("due_on", "pk")
    return branch(
        rows, "inquiries", ref="pk", name="title", area_code="area", area_name="area__name", due_on="due_on",
        count=Count("recipients", filter=Q(recipients__version=0)),
    )  # fmt: skip


SOURCES = [for_roles("inquiries", _inquiries, *WARD_STAFF)]
