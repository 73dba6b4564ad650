"""What a person reaches: built once per request, at most three queries, never kept across requests.

Two sources and no other: the appointments a person holds today (here), and the standing they have at single records
(the `standings` port, each app one SELECT, joined by UNION ALL).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, Value

from portal.areas.enums import AreaKind
from portal.kernel import clock, ports
from portal.kernel.actors import Actor, UserActor
from portal.kernel.prepared import prepared

from .enums import SEARCHING, Role
from .models import Appointment

MEMBER_KINDS = ("member", "organiser")  # standings at a community whose own things the search then opens
_OWN_AREA_ONLY = frozenset({Role.WARD_OFFICER, Role.MUNICIPAL_OFFICER, Role.MUNICIPAL_CHIEF})
_FIELDS = (
    "role",
    "area_id",
    "area_kind",
    "area__parent_id",
    "area__name",
    "area__slug",
    "section_id",
    "section__name",
    "acting",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One live appointment, as the scope and the head of the desk need it. `home_code` is its government's area."""

    role: str
    area_code: str | None
    home_code: str | None
    area_name: str
    area_slug: str
    section_id: UUID | None
    section_name: str
    acting: bool
    below: tuple[str, ...]

    @property
    def role_label(self) -> str:
        label = str(Role(self.role).label)
        return f"{label}(職務代理)" if self.acting else label

    @property
    def reach(self) -> tuple[str, ...]:
        """Codes reached: the area itself and, for cities' and prefectures' roles, what lies directly below it."""
        if self.area_code is None:
            return ()
        return (self.area_code,) if self.role in _OWN_AREA_ONLY else (self.area_code, *self.below)


class Scope:
    """What one actor reaches. Empty for everyone who is not a signed-in person."""

    def __init__(
        self,
        *,
        user_id: UUID | None = None,
        posts: Iterable[Post] = (),
        standings: Mapping[str, frozenset[UUID]] | None = None,
        withheld: Iterable[str] = (),
    ) -> None:
        self.user_id = user_id
        self.posts = tuple(posts)
        self.withheld = frozenset(withheld)
        self._standings = dict(standings or {})

    @classmethod
    def of(cls, actor: Actor) -> Scope:
        """The scope of `actor`, built on first use and kept in the actor's memo. Two queries, none for a visitor."""
        known: Scope | None = actor.memo.get("scope")
        if known is None:
            known = actor.memo["scope"] = _build(actor)
        return known

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(post.role for post in self.posts)

    @property
    def is_staff(self) -> bool:
        """Whether any appointment is live."""
        return bool(self.posts)

    @property
    def post(self) -> Post | None:
        """The appointment the desk is shown for: the one held longest."""
        return self.posts[0] if self.posts else None

    def has(self, *roles: str) -> bool:
        """Whether one of `roles` is held; without arguments, whether any is."""
        return bool(self._posts(roles))

    def areas(self, *roles: str) -> frozenset[str]:
        """Codes reached by `roles` (without arguments: by any). A city reaches its wards, a prefecture its municipalities."""
        return frozenset(code for post in self._posts(roles) for code in post.reach)

    def homes(self, *roles: str) -> frozenset[str]:
        """Codes of the governments in which one of `roles` is held: what such a government runs itself, and nobody below it."""
        return frozenset(post.home_code for post in self._posts(roles) if post.home_code)

    def sections(self, *roles: str) -> frozenset[UUID]:
        """Sections in which one of `roles` is held."""
        return frozenset(post.section_id for post in self._posts(roles) if post.section_id)

    def standing(self, kind: str) -> frozenset[UUID]:
        """Ids of the records at which the person has the standing `kind`."""
        return self._standings.get(kind, frozenset())

    @property
    def audience(self) -> list[str]:
        """For the search: what this person's rows may be addressed to. Sorted, "public" first."""
        areas = sorted(f"area:{code}" for code in self.areas(*SEARCHING)) if self.has(*SEARCHING) else []
        members = sorted({f"community:{ref}" for kind in MEMBER_KINDS for ref in self.standing(kind)})
        return ["public", *areas, *members]

    def _posts(self, roles: tuple[str, ...]) -> tuple[Post, ...]:
        return tuple(post for post in self.posts if post.role in roles) if roles else self.posts


def _build(actor: Actor) -> Scope:
    if not isinstance(actor, UserActor):
        return Scope()
    posts = _posts_of(actor.user_id)
    standings = _standings_of(actor.user_id)
    if settings.MFA_REQUIRED_FOR_APPOINTMENTS and not actor.memo.get("second_factor", True):
        withheld = {post.role for post in posts}
        return Scope(user_id=actor.user_id, standings=standings, withheld=withheld)
    return Scope(user_id=actor.user_id, posts=posts, standings=standings)


def _posts_of(user_id: UUID) -> list[Post]:
    return [
        Post(
            role=role,
            area_code=area,
            home_code=parent if kind == AreaKind.WARD else area,
            area_name=name or "",
            area_slug=slug or "",
            section_id=section,
            section_name=section_name or "",
            acting=acting,
            below=tuple(codes),
        )
        for role, area, kind, parent, name, slug, section, section_name, acting, codes in _live_posts(
            user_id=user_id, today=clock.today_jst()
        )
    ]


@prepared
def _live_posts(user_id: UUID, today: date) -> Any:
    children = "area__children__code"
    below = ArrayAgg(children, filter=Q(area__children__isnull=False), default=Value([]), order_by=children)
    rows = Appointment.objects.live(today).filter(user=user_id).order_by("starts_on", "created_at", "id")
    return rows.values_list(*_FIELDS).annotate(below=below)


def _standings_of(user_id: UUID) -> dict[str, frozenset[UUID]]:
    found: dict[str, set[UUID]] = {}
    for kind, ref in _standings(user_id=user_id) if any(ports.standings) else ():
        found.setdefault(kind, set()).add(ref)
    return {kind: frozenset(refs) for kind, refs in found.items()}


@prepared
def _standings(user_id: UUID) -> Any:
    first, *others = [entry(user_id) for entry in ports.standings]
    return first.union(*others, all=True) if others else first
