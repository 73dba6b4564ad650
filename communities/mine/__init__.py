"""What a person's own page shows from here: their communities, and their registrations with the links to change them."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.ports import Panel

from .. import mails, queries
from ..mails import joining as mails_joining
from ..queries.joining import invitations_to

SHOWN = 30


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """Three panels on one's own page, nothing on another's and nothing where there is nothing. Three queries."""
    if not isinstance(obj, User) or scope.user_id != obj.pk:
        return
    invitations = [
        {"invitation": row, "token": mails_joining.invitation_token(row)}
        for row in invitations_to(obj.email)[:SHOWN]
    ]
    if invitations:
        yield Panel(template="communities/_me_invitations.html", context={"rows": invitations}, order=5)
    memberships = list(queries.memberships_of(obj.pk)[:SHOWN])
    if memberships:
        yield Panel(
            template="communities/_me_communities.html", context={"memberships": memberships}, order=10
        )
    now = clock.now()
    parties = sorted(queries.registrations_of(obj.pk)[:SHOWN], key=lambda party: party.event.ends_at < now)
    rows = [{"party": party, "token": mails.registration_token(party)} for party in parties]
    if rows:
        yield Panel(template="communities/_me_registrations.html", context={"rows": rows}, order=20)
