"""What a cap leaves to a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from portal.kernel.prepared import prepared

from .. import calculations
from ..models import Application, CapAccount, CapUse, Menu


@dataclass(frozen=True, slots=True, kw_only=True)
class CapState:
    """A cap as one file sees it: the limit, and what other files use of it. `is_of_file`: each file has one of its own."""

    limit_yen: int
    uses: Sequence[CapUse]
    is_of_file: bool = False

    @property
    def used_yen(self) -> int:
        return sum(use.amount_yen for use in self.uses)

    @property
    def left_yen(self) -> int:
        return calculations.cap_left(limit_yen=self.limit_yen, used_yen=[use.amount_yen for use in self.uses])


def cap(application: Application) -> CapState | None:
    """The cap of the application without the application itself: of its municipality and year (one query), or of one file.

    None when the menu has none.
    """
    menu = application.menu
    if menu.file_cap_yen is not None:
        return CapState(limit_yen=menu.file_cap_yen, uses=(), is_of_file=True)
    if menu.town_cap_yen is None:
        return None
    uses = _uses_beside(
        application=application.pk,
        municipality=application.municipality_id,
        menu=menu.pk,
        fiscal_year=menu.programme.fiscal_year,
    )
    return CapState(limit_yen=menu.town_cap_yen, uses=list(uses))


@prepared
def _uses_beside(application: UUID, municipality: str, menu: UUID, fiscal_year: int) -> QuerySet[CapUse]:
    account = CapUse.objects.filter(
        account__municipality=municipality, account__menu=menu, account__fiscal_year=fiscal_year
    )
    return account.exclude(application=application)


def caps(menu: Menu) -> list[CapAccount]:
    """The accounts of a menu in the order of the municipalities' codes, with their uses. Two queries."""
    accounts = CapAccount.objects.filter(menu=menu, fiscal_year=menu.programme.fiscal_year)
    return list(accounts.select_related("municipality").prefetch_related("uses").order_by("municipality"))
