"""What the 委託先 of ① shows on the own page of a person of the organisation: the way to its contract."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel.ports import Panel

from . import queries


def panels(obj: Any, scope: Scope) -> Iterator[Panel]:
    """One panel for a person of a 委託先, nothing for others. One query for who acts for an organisation, else none."""
    if isinstance(obj, User) and scope.user_id == obj.pk and scope.standing("organisation"):
        rows = queries.own_contracts(scope).select_related("organisation", "menu__programme")
        contracts = list(rows.order_by("-menu__programme__fiscal_year", "number")[:5])
        if contracts:
            yield Panel(template="grants/agency/_me.html", context={"contracts": contracts}, order=7)
