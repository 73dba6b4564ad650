"""Whose signature a step of a 決裁 is: by role and 部署, in person or by a deputy (代決), and never twice by one person.

A step that names a 部署 belongs to who holds its role there. A step without one belongs to the line: to every holder of the
role at the authority, except in a 部署 that another step of the same 決裁 asks (合議).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from portal.accounts.models import Appointment, User
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.actors import Actor

from ..commission.queries.excluding import excluded_people
from ..enums.approving import SIGNING
from ..models import Approval, ApprovalStep, SigningDeputy
from ..rules import PREFECTURAL
from . import approving

TWICE = "この決裁には、あなたの印がもうあります。一人で二つの順は押せません。ほかの人が押します。"
SHUT_OUT = "この決裁には、かかわれません。"  # its cause is nobody else's business
DRAFTER = "起案した人は、その決裁をできません。ほかの人が決裁します。"


@dataclass(frozen=True, slots=True)
class Signer:
    """Whether somebody may sign a step, in place of another (代決) or as its own holder; and if not, why not."""

    allowed: bool
    deputised: bool = False
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


def signer(approval: Approval, step: ApprovalStep, by: Actor) -> Signer:
    """Whether `by` may sign the step now. At most two queries."""
    scope = Scope.of(by)
    signed = {one.signed_by_id for one in approval.steps.all() if one.is_signed}
    if scope.user_id is not None and scope.user_id == approval.drafted_by_id:
        return Signer(False, reason=DRAFTER)
    if scope.user_id in _excluded(approval):
        return Signer(False, reason=SHUT_OUT)
    own = _is_own(approval, step, scope)
    if own or _stands_in(approval, step, scope, signed):
        return Signer(False, reason=TWICE) if scope.user_id in signed else Signer(True, deputised=not own)
    return Signer(False, reason=f"いまは「{step.place}」の{step.get_kind_display()}を待っています。")


def _is_own(approval: Approval, step: ApprovalStep, scope: Scope) -> bool:
    home, steps = approval.menu.programme.authority.area_id, list(approval.steps.all())
    held = [post for post in scope.posts if post.role == step.role and post.home_code == home]
    return any(_fits(step, steps, post.section_id) for post in held)


def _stands_in(approval: Approval, step: ApprovalStep, scope: Scope, signed: set[UUID | None]) -> bool:
    """Whether a holder of the step, who neither drafted nor signed, named this person; of its 部署 where it has one."""
    if step.section_id is not None and step.section_id not in scope.sections():
        return False
    authority = approval.menu.programme.authority_id
    rows = [
        row for row in approving.deputies(scope) if (row.authority_id, row.role) == (authority, step.role)
    ]
    absent = {row.holder_id for row in rows} - signed - {approval.drafted_by_id}
    return bool(absent) and any(post.user_id in absent for post in _posts(approval, [step]))


def owed_steps(approval: Approval, by: Actor) -> list[ApprovalStep]:
    """What a deputy signed and the actor, who holds the role, has not viewed yet (後閲). No query for a loaded 決裁."""
    scope = Scope.of(by)
    return [
        step
        for step in approval.steps.all()
        if step.owes_view and step.signed_by_id != scope.user_id and _is_own(approval, step, scope)
    ]


def people(approval: Approval, steps: Iterable[ApprovalStep]) -> dict[UUID, list[tuple[User, bool]]]:
    """Who can sign each of `steps` today, by step: the person, and whether by 代決. Two queries (of a contract three), none for no step.

    Nobody in it drafted the 決裁, signed another step of it or is excluded from the proposal of its contract.
    """
    asked, every = list(steps), list(approval.steps.all())
    if not asked:
        return {}
    barred = (
        {approval.drafted_by_id}
        | _excluded(approval)
        | {step.signed_by_id for step in every if step.is_signed}
    )
    posts = [post for post in _posts(approval, asked) if post.user_id not in barred]
    own = {
        step.pk: {post.user_id: post.user for post in posts if _holds(step, every, post)} for step in asked
    }
    found = {key: {user_id: (user, False) for user_id, user in rows.items()} for key, rows in own.items()}
    for row in _stand_ins(approval, {post.user_id for post in posts}):
        for step in asked:
            if row.role == step.role and row.holder_id in own[step.pk] and _may_stand_in(row, step, barred):
                found[step.pk].setdefault(row.deputy.pk, (row.deputy, True))
    return {key: sorted(rows.values(), key=lambda one: (one[1], one[0].name)) for key, rows in found.items()}


def _may_stand_in(row: SigningDeputy, step: ApprovalStep, barred: Collection[UUID | None]) -> bool:
    places: list[UUID] = row.places  # type: ignore[attr-defined]
    return row.deputy_id not in barred and (step.section_id is None or step.section_id in places)


def due(scope: Scope) -> QuerySet[Approval] | None:
    """Open 決裁 whose next signature this person can give, oldest first; None for who can give none anywhere."""
    if not scope.has(*PREFECTURAL):
        return None
    missing = ApprovalStep.objects.filter(approval=OuterRef("pk"), signed_at__isnull=True).order_by(
        "position"
    )
    rows = approving.waiting(scope).annotate(
        turn=Subquery(missing.values("role")[:1]), turn_section=Subquery(missing.values("section")[:1])
    )
    signed = ApprovalStep.objects.filter(approval=OuterRef(OuterRef("pk")), signed_by=OuterRef("user"))
    named = approving.named_today().filter(
        deputy=scope.user_id, holder=OuterRef("user"), role=OuterRef("role"), authority__area=OuterRef("area")
    )
    area, own = "menu__programme__authority__area", Q(user=scope.user_id)
    absent = Q(Exists(named)) & ~Q(user=OuterRef("drafted_by")) & ~Q(Exists(signed))
    there = Q(turn_section__isnull=True) | Q(turn_section__in=scope.sections())
    mine = _held("turn", area, "turn_section", "pk", own)
    in_place = there & _held("turn", area, "turn_section", "pk", absent)
    twice = ApprovalStep.objects.filter(approval=OuterRef("pk"), signed_by=scope.user_id)
    return rows.filter(mine | in_place).exclude(drafted_by=scope.user_id).exclude(Exists(twice))


def owed(scope: Scope) -> QuerySet[Approval] | None:
    """決裁 in which a deputy signed for this person, who has not viewed it (後閲), oldest first; None for who holds no such role."""
    if not scope.has(*SIGNING):
        return None
    area = "approval__menu__programme__authority__area"
    mine = _held("role", area, "section", "approval", Q(user=scope.user_id))
    steps = ApprovalStep.objects.filter(mine, deputised=True, seen_at__isnull=True)
    seen = approving.visible_to(scope).filter(
        pk__in=steps.exclude(signed_by=scope.user_id).values("approval")
    )
    return seen.order_by("drafted_at", "id")


def _held(role: str, area: str, section: str, approval: str, whose: Q) -> Q:
    """A step is that of a live post `whose`: as `_fits`, for the database. The names are those of the step's columns."""
    live = Appointment.objects.live(clock.today_jst())
    posts = live.filter(whose, role=OuterRef(role), area=OuterRef(area))
    asked = ApprovalStep.objects.filter(approval=OuterRef(OuterRef(approval)), section=OuterRef("section"))
    line = posts.filter(Q(section__isnull=True) | ~Exists(asked))
    there = Q(Exists(posts.filter(section=OuterRef(section))))
    return there | (Q(**{f"{section}__isnull": True}) & Q(Exists(line)))


def _fits(step: ApprovalStep, steps: Collection[ApprovalStep], section: UUID | None) -> bool:
    """Whether a post of the step's role in `section` is one that signs it."""
    if step.section_id is not None:
        return section == step.section_id
    return section is None or section not in {one.section_id for one in steps}


def _holds(step: ApprovalStep, steps: Collection[ApprovalStep], post: Appointment) -> bool:
    return post.role == step.role and _fits(step, steps, post.section_id)


def _posts(approval: Approval, asked: Iterable[ApprovalStep]) -> list[Appointment]:
    """The live appointments that sign one of `asked`. One query."""
    wanted, steps = list(asked), list(approval.steps.all())
    live = Appointment.objects.live(clock.today_jst()).filter(
        area=approval.menu.programme.authority.area_id, role__in={step.role for step in wanted}, user__is_active=True
    )  # fmt: skip
    rows = live.select_related("user").order_by("starts_on", "id")
    return [post for post in rows if any(_holds(step, steps, post) for step in wanted)]


def _stand_ins(approval: Approval, holders: Collection[UUID]) -> QuerySet[SigningDeputy]:
    """Those named today in place of `holders` who work there, each with the 部署 of the deputy (`places`). One query."""
    area = approval.menu.programme.authority.area_id
    posts = Appointment.objects.live(clock.today_jst()).filter(
        user=OuterRef("deputy"), area=area, role__in=PREFECTURAL
    )
    rows = approving.named_today().filter(
        holder__in=holders, authority=approval.menu.programme.authority_id, deputy__is_active=True
    )
    there = rows.filter(Exists(posts)).select_related("deputy")
    return there.annotate(places=ArraySubquery(posts.filter(section__isnull=False).values("section")))


def _excluded(approval: Approval) -> set[UUID]:
    """Who is shut out of the 決裁 of a contract of ④. One query for one, none for others."""
    return excluded_people(approval.contract_id) if approval.contract_id else set()
