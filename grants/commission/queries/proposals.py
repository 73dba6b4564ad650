"""Proposals: the one door to see them, used by lists, pages and files. Who is conflicted goes through none of it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.scope import Scope

from ...models import CommissionCall, PanelInterest, PanelSeat, Proposal, ProposalFile, QualificationAnswer
from ...models.commission_panel import EXCLUDED, READABLE
from ...rules import MUNICIPAL
from ..enums import JUDGED, RUNNING, CallState, ProposalState
from .calls import PANEL_READERS


def visible_to(scope: Scope) -> QuerySet[Proposal]:
    """One's own; what one examines by a post; what one reads as a reviewer. An excluded reviewer gets nothing."""
    return _loaded(_living().filter(_own(scope) | ((_examined(scope) | _reviewed(scope)) & ~excluded(scope))))


def own(scope: Scope) -> QuerySet[Proposal]:
    """Those that one writes: by one's own hand, or of an organisation one is confirmed to act for."""
    return _loaded(_living().filter(_own(scope)))


def examined(scope: Scope) -> QuerySet[Proposal]:
    """What one reads as an officer, chief, auditor, secretariat or staff of the theme's municipality.

    A reviewer who is excluded from a proposal does not read it by another post either.
    """
    return _loaded(_living().filter(_examined(scope) & ~excluded(scope)))


def reviewed(scope: Scope) -> QuerySet[Proposal]:
    """What one reads and scores as a reviewer: declared clear, not excluded, no tie that waits for the ruling."""
    return _loaded(_living().filter(_reviewed(scope) & ~excluded(scope)))


def mailed(scope: Scope) -> QuerySet[Proposal]:
    """Those whose mails one reads in the mail log: they name who to write to, which the theme's municipality is not told."""
    return _living().filter(_of_authority(scope) & ~excluded(scope))


def told_to(scope: Scope) -> QuerySet[Proposal]:
    """Those whose own result one reads: the proponent, and the authority that told it."""
    return _living().filter(_own(scope) | (_of_authority(scope) & ~excluded(scope)))


def whole(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With organisation, call, theme and authority."""
    return _loaded(rows)


def judged_by(scope: Scope) -> QuerySet[Proposal]:
    """Those whose place in a ranking the scope may see: never one of one's own, by whatever post or seat."""
    seen = (_examined(scope) | _reviewed(scope)) & ~excluded(scope) & ~_own(scope)
    return _loaded(_living().filter(seen))


def of_call(scope: Scope, call: CommissionCall) -> QuerySet[Proposal]:
    """The proposals of one call that the scope reads, by the time they came in."""
    return examined(scope).filter(call=call).order_by("submitted_at", "id")


def files_visible_to(scope: Scope) -> QuerySet[ProposalFile]:
    """The living papers of proposals one sees; nothing else leads to a file."""
    seen = visible_to(scope).filter(pk=OuterRef("proposal"))
    return ProposalFile.objects.filter(Exists(seen), removed_at__isnull=True).select_related(
        "file", "proposal"
    )


def with_papers(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With partners, costs and papers: 3 further queries whatever their number."""
    return rows.prefetch_related("partners", "lines", "files__file")


def qualifications(proposal: Proposal) -> dict[str, QualificationAnswer]:
    """What was found, by point. One query."""
    return {row.key: row for row in proposal.qualifications.all()}


def twins(proposal: Proposal) -> QuerySet[Proposal]:
    """What else was submitted to the call in the name of the same organisation and not taken back."""
    rows = Proposal.objects.filter(
        call=proposal.call_id, organisation=proposal.organisation_id, submitted_at__isnull=False
    )
    return rows.exclude(pk=proposal.pk).exclude(state=ProposalState.WITHDRAWN)


def _living() -> QuerySet[Proposal]:
    """What was not thrown away: figures of the others stand in the list of the retention."""
    return Proposal.objects.filter(erased_at__isnull=True)


def _own(scope: Scope) -> Q:
    if scope.user_id is None:
        return Q(pk__in=[])
    return Q(created_by=scope.user_id) | Q(organisation__in=scope.standing("organisation"))


def _examined(scope: Scope) -> Q:
    town = Q(state__in=JUDGED, call__state__in=RUNNING, call__theme__municipality__in=scope.areas(*MUNICIPAL))
    return _of_authority(scope) | town


def _of_authority(scope: Scope) -> Q:
    return Q(
        submitted_at__isnull=False,
        call__theme__menu__programme__authority__area__in=scope.homes(*PANEL_READERS),
    ) & ~Q(call__state__in=[CallState.DRAFT, CallState.PUBLISHED])  # nobody opens one before the deadline


def excluded(scope: Scope) -> Q:
    """Excluded in any seat, left ones too; or seated now and not yet free to read: no post opens it meanwhile."""
    tied = PanelInterest.objects.filter(EXCLUDED, seat__user=scope.user_id, proposal=OuterRef("pk"))
    seated = PanelSeat.objects.filter(user=scope.user_id, left_at__isnull=True, call=OuterRef("call"))
    return Q(Exists(tied)) | (Q(Exists(seated)) & ~Q(Exists(_free(scope))))


def _reviewed(scope: Scope) -> Q:
    return Q(Exists(_free(scope)), state__in=JUDGED, call__state__in=RUNNING)


def _free(scope: Scope) -> QuerySet[PanelInterest]:
    """The row of a living seat that leaves its reviewer free to read the proposal."""
    return PanelInterest.objects.filter(
        READABLE, seat__user=scope.user_id, seat__left_at__isnull=True, proposal=OuterRef("pk"),
        seat__call=OuterRef("call"),
    )  # fmt: skip


def _loaded(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.select_related(
        "organisation__area", "call__theme__municipality", "call__theme__menu__programme__authority__area",
        "created_by", "submitted_by", "judged_by",
    )  # fmt: skip
