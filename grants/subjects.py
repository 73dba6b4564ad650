"""Grant files as something that staff speak about with people."""

from django.db.models import Q, QuerySet

from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel.ports import Subject

from . import queries
from .models import Application


def _rows(scope: Scope) -> QuerySet[Application]:
    """The files of one's municipality, and those submitted to one's prefecture."""
    if not scope.has(Role.MUNICIPAL_OFFICER, Role.PREFECTURE_OFFICER):
        return Application.objects.none()
    return queries.with_case(queries.visible_to(scope)).order_by("-created_at", "pk")


def _search(rows: QuerySet[Application], words: str) -> QuerySet[Application]:
    return rows.filter(Q(municipality__name__icontains=words) | Q(menu__short__icontains=words))


def _areas(row: Application) -> tuple[str, ...]:
    return (row.municipality_id, row.menu.programme.authority.area_id)


SUBJECT = Subject(
    label="補助金の申請", rows=_rows, search=_search, title=lambda row: f"{row.municipality.name} {row.menu.short}",
    areas=_areas,
)  # fmt: skip
