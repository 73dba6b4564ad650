"""One person as the officer's lists show them: what one may read of their memberships, and what they opened to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..enums import MembershipRole
from ..models import Membership
from .cards import Card, card_of


@dataclass(frozen=True, slots=True)
class Acting:
    """`name` is the display name where a membership shows it, else the one of the open profile."""

    pk: Any
    name: str
    memberships: Sequence[Membership]
    card: Card | None

    @property
    def organises(self) -> list[Membership]:
        return [row for row in self.memberships if row.role == MembershipRole.ORGANISER]

    @property
    def areas(self) -> list[str]:
        """Where they act, as far as this may be seen; each once."""
        shown = self.card.areas if self.card else ()
        return list(dict.fromkeys([*(row.community.area.name for row in self.memberships), *shown]))

    @property
    def belongs(self) -> list[str]:
        """Each community with the role in it."""
        return [f"{row.community.name}({row.get_role_display()})" for row in self.memberships]


def acting(user: Any) -> Acting:
    """Of a row of `queries.people_in_areas`."""
    profile = user.card_profile
    card = card_of(profile, near=False) if profile is not None else None
    name = user.name if user.named else card.name if card else ""
    return Acting(pk=user.pk, name=name, memberships=user.named, card=card)
