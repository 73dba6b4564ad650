"""Mails about themes."""

from portal.accounts.enums import Role

from ...models import CommissionTheme
from ...routing import office_of
from ...rules import MUNICIPAL
from . import posted, send


def proposed(theme: CommissionTheme) -> None:
    """To the officers of the routed office: a theme has come."""
    home = theme.menu.programme.authority.area_id
    office = office_of(theme.menu, theme.municipality)
    to = posted(home, Role.PREFECTURE_OFFICER, section=office)
    send("theme_proposed", to, theme, once="1", path=theme.get_staff_url(), theme=theme)


def judged(theme: CommissionTheme, note: str) -> None:
    """To the municipality's officers and chiefs: what became of it."""
    to = posted(theme.municipality_id, *MUNICIPAL)
    send("theme_judged", to, theme, once="1", path=theme.get_absolute_url(), theme=theme, note=note)
