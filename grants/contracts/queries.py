"""Reads of contracts. `visible_to(scope)` is the only door: list, page, paper, file."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from communities.queries.notes import reason_of
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.documents import queries as documents
from portal.documents.models import Document
from portal.kernel import clock
from portal.kernel.fiscal import FiscalYear

from ..calculations.asking import interim_due
from ..commission.enums import CONTRACT_ENDS, ProposalState
from ..commission.queries import proposals
from ..commission.queries.calls import PANEL_READERS
from ..commission.queries.excluding import tied
from ..enums.approving import ApprovalState
from ..models import (
    Amendment,
    Approval,
    BudgetLine,
    CommissionTheme,
    Contract,
    ContractFile,
    JointMeeting,
    PartialWork,
    Payment,
    Proposal,
)
from ..payments import queries as payments
from ..payments.enums import PaymentState
from ..queries import approving
from ..rules import MUNICIPAL
from .enums import AMENDMENT_PAPER, WORKING, AmendmentState, ContractFileKind, ContractState

READERS = (*PANEL_READERS, Role.ACCOUNTANT)  # of the authority; the theme's municipality reads beside them
SHARED = (  # what the municipality of the theme reads of the papers: the work, not the money
    ContractFileKind.START,
    ContractFileKind.INTERIM,
    ContractFileKind.COMPLETION,
    ContractFileKind.DELIVERABLE,
)


def visible_to(scope: Scope) -> QuerySet[Contract]:
    """The contractor's own; those of the authority one reads for; those about a theme of one's municipality, once signed."""
    return _living().filter(_own(scope) | _of_authority(scope) | _of_town(scope))


def own(scope: Scope) -> QuerySet[Contract]:
    """Those that one carries out."""
    return _living().filter(_own(scope))


def examined(scope: Scope) -> QuerySet[Contract]:
    """What one reads by a post."""
    return _living().filter(_of_authority(scope) | _of_town(scope))


def received(scope: Scope) -> QuerySet[Contract]:
    """Those of the authorities one reads for."""
    return _living().filter(_of_authority(scope))


def contracted(scope: Scope) -> QuerySet[Contract]:
    """Those whose contract and invoice one reads: both parties."""
    return _living().filter(_own(scope) | _of_authority(scope))


def with_case(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """With everything that rules and a page need. No further query."""
    return contracts.select_related(
        "office", "proposal__organisation__area", "proposal__created_by", "proposal__submitted_by",
        "proposal__call__theme__municipality", "proposal__call__theme__platform",
        "proposal__call__theme__menu__programme__authority__area", "inspected_by",
    )  # fmt: skip


def files_of(contract: Contract, scope: Scope) -> QuerySet[ContractFile]:
    """The papers of one contract that this reader opens: the municipality none that names the money."""
    return files_visible_to(scope).filter(contract=contract)


def files_visible_to(scope: Scope) -> QuerySet[ContractFile]:
    """Every paper for both parties; what tells of the work for the municipality of the theme."""
    whole = contracted(scope).filter(pk=OuterRef("contract"))
    seen = visible_to(scope).filter(pk=OuterRef("contract"))
    rows = ContractFile.objects.filter(Exists(whole) | (Q(kind__in=SHARED) & Q(Exists(seen))))
    return rows.select_related("file", "contract").order_by("created_at", "id")


def meetings_of(contract: Contract) -> QuerySet[JointMeeting]:
    """The minutes with who was there, newest first. Two queries."""
    rows = contract.meetings.select_related("written_by").prefetch_related("attendance")
    return rows.order_by("-held_on", "-created_at", "-id")


def open_approval(contract: Contract) -> Approval | None:
    """Its 決裁 that is under way, of the contract or of a change. One query, none where there cannot be one."""
    if contract.state not in (ContractState.NEGOTIATING, *WORKING):
        return None
    return Approval.objects.filter(contract=contract, state=ApprovalState.DRAFTED).first()


def amendments_of(contract: Contract) -> list[Amendment]:
    """Its changes, the newest first: each says what was before. One query, none before it was signed."""
    return list(contract.amendments.order_by("-number")) if contract.signed_on else []


def open_amendment(contract: Contract) -> Amendment | None:
    """The change that was asked for and waits. One query."""
    return Amendment.objects.filter(contract=contract, state=AmendmentState.ASKED).first()


def amended(scope: Scope) -> QuerySet[Amendment]:
    """Changes whose paper one reads: both parties."""
    return Amendment.objects.filter(Exists(contracted(scope).filter(pk=OuterRef("contract"))))


def received_amendments(scope: Scope) -> QuerySet[Amendment]:
    """Changes of contracts of the authorities one reads for."""
    return Amendment.objects.filter(Exists(received(scope).filter(pk=OuterRef("contract"))))


def papers_of(contract: Contract) -> QuerySet[Document]:
    """The papers of a contract and of its changes, the newest first. The caller has asked who reads them."""
    changes = Amendment.objects.filter(contract=contract).values("pk")
    return documents.of(contract) | Document.objects.filter(kind=AMENDMENT_PAPER, object_id__in=changes)


def last_day(contract: Contract) -> date:
    """The last day on which the work may end: that of the 公募要領, or the year's own so that inspection and payment fit it."""
    call = contract.proposal.call
    year = FiscalYear(call.theme.menu.programme.fiscal_year)
    return max(call.ends_on, date(year.end.year, *CONTRACT_ENDS))


def interim_on(contract: Contract) -> date | None:
    """By when the interim report is due, by the menu. No query."""
    if contract.starts_on is None or contract.ends_on is None:
        return None
    menu = contract.proposal.call.theme.menu
    return interim_due(contract.starts_on, contract.ends_on, menu.interim_percent, menu.interim_shift)


def note_of(contract: Contract) -> str:
    """What is to be mended, or why it ended; empty otherwise. At most one query."""
    if contract.state == ContractState.TERMINATED:
        return reason_of(contract, "terminate")
    return reason_of(contract, "rework") if contract.state == ContractState.INTERIM else ""


def reads_whole(contract: Contract, scope: Scope) -> bool:
    """Whether the reader works for the authority itself: 予定価格, 決裁 and payments are not the municipality's. No query."""
    home = contract.proposal.call.theme.menu.programme.authority.area_id
    return home in scope.homes(*READERS)


def lines(contract: Contract) -> list[BudgetLine]:
    """The 科目 that may be charged, each with `used_yen`. One query."""
    return approving.lines_with_left(contract.proposal.call.theme.menu.programme)


def adoptable(scope: Scope) -> QuerySet[Proposal]:
    """Adopted proposals that the scope examines and that have no contract yet."""
    rows = proposals.examined(scope).filter(state=ProposalState.ADOPTED, contract__isnull=True)
    return rows.order_by("decided_at", "id")


def of_proposal(proposal: Proposal) -> Contract | None:
    """The contract about a proposal. One query."""
    return with_case(Contract.objects.filter(proposal=proposal)).first()


def of_theme(theme: CommissionTheme, scope: Scope) -> QuerySet[Contract]:
    """The contracts about one theme that the reader sees by a post."""
    return examined(scope).filter(proposal__call__theme=theme).select_related("proposal__organisation")


def ceiling(contract: Contract) -> int:
    """The most the contract may cost with tax: the ceiling of the call, and that of the menu where it has one."""
    call = contract.proposal.call
    menu_cap = call.theme.menu.contract_cap_yen
    return call.ceiling_yen if menu_cap is None else min(call.ceiling_yen, menu_cap)


def payments_of(contract: Contract) -> QuerySet[Payment]:
    """Its payments that were not cancelled."""
    return payments.of_case(contract)


def part_of(contract: Contract) -> PartialWork | None:
    """What is accepted of a terminated contract. One query, none for another."""
    if contract.state != ContractState.TERMINATED:
        return None
    return PartialWork.objects.filter(contract=contract).select_related("inspected_by", "decided_by").first()


def is_paid(contract: Contract) -> bool:
    """Whether everything that was ordered is paid, and something was."""
    return set(payments_of(contract).values_list("state", flat=True)) == {PaymentState.PAID}


def late(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Those still at work after the end of their time."""
    return contracts.filter(state__in=WORKING, ends_on__lt=clock.today_jst())


def _living() -> QuerySet[Contract]:
    """Those whose file was not thrown away."""
    return Contract.objects.filter(proposal__erased_at__isnull=True)


def _own(scope: Scope) -> Q:
    if scope.user_id is None:
        return Q(pk__in=[])
    return Q(proposal__created_by=scope.user_id) | Q(
        proposal__organisation__in=scope.standing("organisation")
    )


def _of_authority(scope: Scope) -> Q:
    home = Q(proposal__call__theme__menu__programme__authority__area__in=scope.homes(*READERS))
    return home & ~Q(
        tied(scope, proposal=OuterRef("proposal"))
    )  # who is excluded from a proposal is so from what follows of it


def _of_town(scope: Scope) -> Q:
    return Q(proposal__call__theme__municipality__in=scope.areas(*MUNICIPAL)) & ~Q(
        state=ContractState.NEGOTIATING
    )
