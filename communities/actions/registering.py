"""Registration in one short form: the community, and its first organiser asked by mail."""

from typing import Any

from django.db import transaction

from portal.kernel.actors import Actor

from ..enums import MembershipRole
from ..models import Community
from .communities import register_community
from .invitations import invite_member


@transaction.atomic
def register_with_organiser(*, by: Actor, organiser_email: str = "", **fields: Any) -> Community:
    """`register_community`, and an invitation to look after it when an address is given. All of it or nothing."""
    community = register_community(by=by, **fields)
    if organiser_email:
        invite_member(by=by, community=community, email=organiser_email, role=MembershipRole.ORGANISER)
    return community
