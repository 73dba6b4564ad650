"""Reads for naming the two who read what people need."""

from django.db.models import Q, QuerySet

from portal.accounts.enums import AgeGroup, Role
from portal.accounts.models import Appointment, User
from portal.kernel import clock

from ..enums import MembershipRole, MembershipState
from ..models import Event, Membership
from ..rules import WARD_STAFF

SHOWN = 200


def possible_readers(event: Event) -> QuerySet[User]:
    """Adults who may be named: staff whose term is live over the event's area, organisers of its community. One query.

    A city's officer reaches its wards; nobody else reaches another area than their own (accounts.scope).
    """
    own = Q(area=event.area_id) | Q(area__children=event.area_id, role=Role.CITY_OFFICER)
    staff = Appointment.objects.live(clock.today_jst()).filter(own, role__in=WARD_STAFF)
    may = Q(pk__in=staff.order_by().values("user"))
    if event.host_community_id:
        organisers = Membership.objects.filter(
            community=event.host_community_id, role=MembershipRole.ORGANISER, state=MembershipState.ACTIVE
        )
        may |= Q(pk__in=organisers.order_by().values("user"))
    return User.objects.filter(may, is_active=True, age_group=AgeGroup.ADULT).order_by("name", "id")
