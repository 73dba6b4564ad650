"""Reads of 対応記録. Never public: only the staff of the office that wrote them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from portal.accounts.enums import Role
from portal.accounts.models import Appointment, User
from portal.accounts.scope import Scope
from portal.kernel import clock

from ..models import Contact
from ..models.contacts import ContactState
from ..rules import CITY_STAFF, WARD_STAFF

NOTING = (*WARD_STAFF, Role.PREFECTURE_OFFICER)


def noting_areas(scope: Scope) -> frozenset[str]:
    """Codes of the offices in which one notes and reads: those one works for, a prefecture's own without its towns."""
    own = {post.area_code for post in scope.posts if post.role == Role.PREFECTURE_OFFICER and post.area_code}
    return scope.areas(*WARD_STAFF) | own


def contacts_visible_to(scope: Scope) -> QuerySet[Contact]:
    """Those of the offices one works in, with their people."""
    return Contact.objects.filter(area__in=noting_areas(scope)).select_related(
        "area", "recorded_by", "holder"
    )


def contacts_about(kind: str, pk: UUID, scope: Scope) -> QuerySet[Contact]:
    """The conversations about one thing, newest first."""
    rows = contacts_visible_to(scope).filter(subject_kind=kind, subject_id=pk)
    return rows.order_by("-happened_on", "-created_at", "-id")


def open_promises_of(user_id: UUID) -> QuerySet[Contact]:
    """What one person has promised and not yet kept, nearest day first."""
    rows = Contact.objects.filter(state=ContactState.OPEN, holder=user_id)
    return rows.select_related("area").order_by("due_on", "id")


def possible_holders(contact: Contact) -> QuerySet[User]:
    """Who can keep its promise: everybody with a live post at the office, or at the city above the ward."""
    area = contact.area
    above = Q(area=area.parent_id, role__in=CITY_STAFF) if area.parent_id else Q(pk__in=[])
    posts = Appointment.objects.live(clock.today_jst()).filter(Q(area=area.pk, role__in=NOTING) | above)
    return User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")
