"""Who acts for an organisation before a government: said by the person, confirmed by an officer."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.areas.models import Authority
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor, UserActor

from ..models import Organisation, OrganisationMember
from ..saving import change, insert, user_of


@transaction.atomic
def say_member(*, by: UserActor, organisation: Organisation, authority: Authority) -> OrganisationMember:
    """Record that the person says they act for it. Said before: the first record stands. Nothing opens by saying so."""
    rows = OrganisationMember.objects.filter(organisation=organisation, authority=authority, user=by.user)
    if found := rows.first():
        return found
    member = insert(OrganisationMember(organisation=organisation, authority=authority, user=by.user))
    audit.record("communities.organisationmember.said", by=by, target=member)
    return member


@transaction.atomic
def confirm_member(*, by: Actor, member: OrganisationMember) -> OrganisationMember:
    """Record that it was checked, by an officer of the government that has it on record, never by the person themselves.

    Raises PermissionDenied.
    """
    permissions.require(by, "communities.confirm_organisation_member", member)
    if by.ref == f"user:{member.user_id}":
        raise PermissionDenied("自分が団体の人であることは、ほかの担当者が確かめます。")
    if member.confirmed_at is None:
        change(member, {"confirmed_at": clock.now(), "confirmed_by": user_of(by)})
        audit.record("communities.organisationmember.confirmed", by=by, target=member)
    return member
