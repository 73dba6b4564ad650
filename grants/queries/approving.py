"""Reads of 決裁: who sees one, whose signature is next, what a 科目 has left."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from portal.accounts.models import Appointment, User
from portal.accounts.scope import Scope
from portal.areas.models import Authority
from portal.kernel import clock

from ..commission.queries.excluding import tied_to_contract
from ..enums.approving import ApprovalState
from ..models import (
    Application,
    Approval,
    ApprovalStep,
    BudgetLine,
    Commitment,
    Contract,
    Decision,
    Programme,
    SigningDeputy,
)
from ..models.approving import TARGETS
from ..rules import PREFECTURAL
from . import READERS


def visible_to(scope: Scope) -> QuerySet[Approval]:
    """The officers, those who sign and the auditors of the authority that decides see its 決裁.

    Who is excluded from a proposal of ④ does not see that of its contract: it names the body and the money.
    """
    home = Q(menu__programme__authority__area__in=scope.homes(*READERS))
    return Approval.objects.filter(home & ~Q(tied_to_contract(scope, "contract")))


def with_case(approvals: QuerySet[Approval]) -> QuerySet[Approval]:
    """With everything that rules and one row of a list need: the case, the menu, who drafted, the steps."""
    return approvals.select_related(
        *TARGETS,
        "disposal__asset__application__office",
        "menu__programme__authority",
        "drafted_by",
        "signed_by",
        "paper",
        "batch__paper",
        "commitment__line",
    ).prefetch_related("steps__signed_by", "steps__seen_by", "steps__section")


def lock(approval: Approval) -> Approval:
    """Lock the 決裁 and re-read it in place, after its case. Needs a transaction."""
    approval.refresh_from_db(from_queryset=Approval.objects.select_for_update(no_key=True, of=("self",)))
    return approval


def next_step(approval: Approval) -> ApprovalStep | None:
    """The first signature that is missing; None when there is none, or the 決裁 is kept elsewhere."""
    return next((step for step in approval.steps.all() if not step.is_signed), None)


def named_today() -> QuerySet[SigningDeputy]:
    """Who stands in for somebody today."""
    today = clock.today_jst()
    return SigningDeputy.objects.filter(starts_on__lte=today, ends_on__gte=today, ended_at__isnull=True)


def deputies(scope: Scope) -> list[SigningDeputy]:
    """The roles this person may sign for today in place of others, who hold them still. One query."""
    held = Appointment.objects.live(clock.today_jst()).filter(
        user=OuterRef("holder"), role=OuterRef("role"), area=OuterRef("authority__area")
    )
    rows = named_today().filter(Exists(held), deputy=scope.user_id)
    return list(rows.select_related("authority", "holder"))


def colleagues(authority: Authority) -> QuerySet[User]:
    """Who works for the authority's grants today: those one may name to sign in one's place."""
    posts = Appointment.objects.live(clock.today_jst()).filter(role__in=PREFECTURAL, area=authority.area_id)
    return User.objects.filter(pk__in=posts.values("user")).order_by("name", "pk")


def deputies_of(user_id: UUID | None) -> QuerySet[SigningDeputy]:
    """Those one named, still to come or in force."""
    rows = SigningDeputy.objects.filter(holder=user_id, ended_at__isnull=True, ends_on__gte=clock.today_jst())
    return rows.select_related("authority", "deputy").order_by("starts_on", "id")


def waiting(scope: Scope) -> QuerySet[Approval]:
    """Open 決裁 that the scope sees, oldest first."""
    return visible_to(scope).filter(state=ApprovalState.DRAFTED).order_by("drafted_at", "id")


def current(application: Application) -> Decision | None:
    """The decision that counts: drafted and open, or signed. One query."""
    states = (ApprovalState.DRAFTED, ApprovalState.SIGNED)
    found = Decision.objects.filter(application=application, approval__state__in=states)
    return found.select_related(
        "approval__menu__programme__authority",
        "approval__drafted_by",
        "approval__signed_by",
        "approval__paper",
        "approval__commitment__line",
    ).last()


def decision_of(approval: Approval) -> Decision | None:
    """What a 決裁 decides of an application; None for one of another matter. One query."""
    return Decision.objects.filter(approval=approval).select_related("application__municipality").first()


def lock_charges(application: Application) -> list[Commitment]:
    """The live 支出負担行為 of a file, the newest first, each 科目 under its lock (in one order). Needs a transaction."""
    return _locked(Commitment.objects.filter(approval__application=application))


def lock_contract_charges(contract: Contract) -> list[Commitment]:
    """The same of a contract."""
    return _locked(Commitment.objects.filter(approval__contract=contract))


def _locked(charges: QuerySet[Commitment]) -> list[Commitment]:
    live = charges.filter(released_at__isnull=True)
    lines = BudgetLine.objects.filter(pk__in=live.values("line")).order_by("pk")
    list(lines.select_for_update(no_key=True, of=("self",)))
    return list(live.select_related("approval").order_by("-created_at", "-id"))


def lines_with_left(programme: Programme) -> list[BudgetLine]:
    """The 科目 of a programme, each with `used_yen`. One query."""
    live = Q(commitments__released_at__isnull=True)
    used = Coalesce(Sum("commitments__amount_yen", filter=live), 0)
    return list(programme.budget_lines.annotate(used_yen=used))


def left_of(line: BudgetLine) -> int:
    """What is left of a 科目 that `lines_with_left` gave."""
    used: int = line.used_yen  # type: ignore[attr-defined]
    return max(0, line.amount_yen - used)


def withdraw_until(application: Application) -> date | None:
    """The last day on which a decided file may be taken back; None where the menu has no such days. One query."""
    decision = current(application)
    return last_day(decision) if decision else None


def last_day(decision: Decision) -> date | None:
    """The same of a decision that `current` gave; None before it is signed, and for a refusal. No query."""
    approval = decision.approval
    days = approval.menu.withdraw_days
    if approval.effective_on is None or days is None or not decision.is_grant:
        return None
    return approval.effective_on + timedelta(days=days)
