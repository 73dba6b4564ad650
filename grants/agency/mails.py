"""What the office and the 委託先 tell each other. Each mail once."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from communities.models import OrganisationMember
from portal.accounts.enums import Role
from portal.kernel import outbox
from portal.kernel.actors import Actor, UserActor

from ..commission.mails import posted
from ..models import AgencyStatement


def submitted(statement: AgencyStatement, *, by: Actor) -> None:
    """The authority's officers: a 精算書 has come. Not who handed it in."""
    mine = by.user.email if isinstance(by, UserActor) else ""
    home = statement.contract.menu.programme.authority.area_id
    to = [address for address in posted(home, Role.PREFECTURE_OFFICER) if address != mine]
    _send("submitted", statement, to, f"submitted:{statement.version}")


def returned(statement: AgencyStatement, note: str) -> None:
    """The organisation: please mend it."""
    _send("returned", statement, _people(statement), f"returned:{statement.version}", note=note)


def paid(statement: AgencyStatement) -> None:
    """The organisation: it is paid."""
    _send("paid", statement, _people(statement), "paid")


def _people(statement: AgencyStatement) -> Iterable[str]:
    """Who acts for the organisation before this authority."""
    contract = statement.contract
    rows = OrganisationMember.objects.filter(
        organisation=contract.organisation_id, authority=contract.menu.programme.authority_id,
        confirmed_at__isnull=False, user__is_active=True,
    )  # fmt: skip
    return rows.order_by("user__email").values_list("user__email", flat=True)


def _send(mail: str, statement: AgencyStatement, to: Iterable[str], once: str, **more: Any) -> None:
    context = {"statement": statement, "url": settings.BASE_URL + statement.get_absolute_url(), **more}
    for address in to:
        outbox.queue(
            f"grants/mail/agency/{mail}", to=address, about=statement, context=context,
            key=f"agency:{statement.pk}:{once}:{address}",
        )  # fmt: skip
