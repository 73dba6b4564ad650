"""Who acts for an organisation, in the shared tables: its rules, and where a person finds themselves."""

from typing import Any

from communities.actions.organisation_members import say_member
from communities.actions.organisations import find_or_register_organisation
from communities.models import OrganisationMember
from portal.areas.models import Authority
from tests.factories import communities as make
from tests.factories.areas import AKIHA, NIIGATA, area
from tests.support.factories import number

NAMED = {("organisationmember", "user"): "主体の人"}


def member(made: Any = None) -> OrganisationMember:
    """Somebody who says before 新潟市 that they act for an organisation."""
    authority = Authority.objects.get(area=NIIGATA)
    organisation = find_or_register_organisation(
        by=make.ward_officer(), name=f"試験の会社{number()}", kind="business", area=area(AKIHA)
    )
    return say_member(by=make.person(), organisation=organisation, authority=authority)


def _twice() -> None:
    said = member()
    OrganisationMember.objects.create(
        organisation=said.organisation, authority=said.authority, user_id=said.user_id
    )


def _without_time() -> None:
    said = member()
    OrganisationMember.objects.filter(pk=said.pk).update(confirmed_by=said.user_id)


BROKEN = {
    "organisationmember_once": _twice,
    "organisationmember_confirmed_by_has_time": _without_time,
}
