"""Themes: a municipality sees its own, the prefecture those that were proposed to it."""

from django.db.models import Q, QuerySet

from communities.models import Platform
from communities.queries.notes import reason_of
from portal.accounts.scope import Scope

from ...enums import ProgrammeState, Table
from ...models import CommissionTheme, Menu
from ...queries import READERS
from ...rules import MUNICIPAL
from ..enums import FORMED, ThemeState


def visible_to(scope: Scope) -> QuerySet[CommissionTheme]:
    """A municipality's own themes; for the prefecture's readers those proposed to them, never drafts."""
    return CommissionTheme.objects.filter(
        Q(municipality__in=scope.areas(*MUNICIPAL)) | _proposed(scope)
    ).select_related(
        "municipality", "platform", "menu__programme__authority__area", "proposed_by", "judged_by"
    )


def own(scope: Scope) -> QuerySet[CommissionTheme]:
    """The themes of the municipalities the scope works for."""
    return visible_to(scope).filter(municipality__in=scope.areas(*MUNICIPAL))


def received(scope: Scope) -> QuerySet[CommissionTheme]:
    """The themes proposed to the authorities the scope reads for."""
    return visible_to(scope).filter(_proposed(scope))


def menus() -> QuerySet[Menu]:
    """The menus under which a theme may be proposed, the newest year first."""
    rows = Menu.objects.filter(table=Table.COMMISSION, programme__state=ProgrammeState.PUBLISHED)
    return rows.select_related("programme__authority").order_by("-programme__fiscal_year")


def platforms(scope: Scope) -> QuerySet[Platform]:
    """The formed コミプラ of the municipalities the scope works for."""
    rows = Platform.objects.filter(area__in=scope.areas(*MUNICIPAL), stage__in=FORMED)
    return rows.select_related("area").order_by("area", "kana", "id")


def reason(theme: CommissionTheme) -> str:
    """Why it was not selected; empty otherwise. At most one query."""
    return reason_of(theme, "decline") if theme.state == ThemeState.NOT_SELECTED else ""


def _proposed(scope: Scope) -> Q:
    return Q(proposed_at__isnull=False, menu__programme__authority__area__in=scope.homes(*READERS))
