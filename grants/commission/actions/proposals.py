"""企画提案: begun by an organisation's person, written section by section, submitted once, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from communities.actions.organisation_members import say_member
from communities.actions.organisations import find_or_register_organisation
from communities.saving import change, insert, locked
from portal.areas.models import Area
from portal.documents import actions as documents
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor, UserActor
from portal.kernel.names import search_key
from portal.kernel.refusals import Refusal

from ...contracts.enums import ContractState
from ...models import CommissionCall, ConsortiumPartner, Contract, Proposal, ProposalLine
from ...together.drafts import CONFLICT
from .. import papers
from ..completeness import problems
from ..enums import LINES_MAX, PARTNERS_MAX, PROPONENTS, OrganisationKind, ProposalPart, ProposalState
from ..mails import proposals as mails
from ..workflow import PROPOSAL
from .freezing import freeze_if_complete
from .results import ask_reserve

WORDS = (
    "title",
    "representative",
    "contact_name",
    "contact_email",
    "contact_phone",
    "summary",
    "plan",
    "team",
    "record",
)


@dataclass(frozen=True, slots=True)
class Partner:
    """One further body of a consortium."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of the 経費内訳, in yen with tax."""

    label: str
    amount_yen: int


@transaction.atomic
def start_proposal(
    *,
    by: UserActor,
    call: CommissionCall,
    organisation_name: str,
    kind: str,
    area: Area,
    corporate_number: str = "",
) -> Proposal:
    """A draft of an organisation, found or registered. That one acts for it is said here and checked by an officer.

    Raises Refusal (the call takes none now, a kind of body that may not propose), ValidationError.
    """
    _check_open(call)
    if kind not in PROPONENTS or (kind == OrganisationKind.NEIGHBOURHOOD and not call.takes_platforms):
        message = "この公募に提案できるのは、NPO法人などの団体です。公募要領の「提案できる団体」を確かめてください。"
        raise Refusal(message, field="kind")
    organisation = find_or_register_organisation(
        by=by, name=organisation_name, kind=kind, area=area, corporate_number=corporate_number, vouched=False
    )
    say_member(by=by, organisation=organisation, authority=call.theme.menu.programme.authority)
    proposal = insert(Proposal(call=call, organisation=organisation, created_by=by.user))
    audit.record("grants.proposal.started", by=by, target=proposal)
    return proposal


@transaction.atomic
def save_words(*, by: Actor, proposal: Proposal, revision: int, tab: str = "", **words: str) -> Proposal:
    """Save the words of the proposal (`WORDS`). `tab` names the page: its own lost answer is no conflict.

    Raises PermissionDenied, Refusal (no draft, another saved the same section meanwhile).
    """
    _lock_draft(proposal, ProposalPart.WORDS, revision, tab, by)
    return _saved(proposal, {name: words[name] for name in WORDS}, by, ProposalPart.WORDS, tab)


@transaction.atomic
def save_group(
    *, by: Actor, proposal: Proposal, revision: int, partners: Sequence[Partner], tab: str = ""
) -> Proposal:
    """Save the further bodies of a consortium; the proposing one is the 幹事. Raises as `save_words`."""
    _lock_draft(proposal, ProposalPart.GROUP, revision, tab, by)
    if len(partners) > PARTNERS_MAX:
        raise Refusal(f"共同で行う団体は{PARTNERS_MAX}までです。")
    keys = [search_key(row.name) for row in partners]
    if len({*keys, search_key(proposal.organisation.name)}) <= len(keys):
        raise Refusal("同じ団体が二度入っています。幹事の団体は、ここには入れません。", field="name_1")
    proposal.partners.all().delete()
    for position, row in enumerate(partners, start=1):
        insert(
            ConsortiumPartner(
                proposal=proposal,
                position=position,
                name=row.name,
                role=row.role,
                name_key=search_key(row.name),
            )
        )
    return _saved(proposal, {}, by, ProposalPart.GROUP, tab)


@transaction.atomic
def save_costs(
    *,
    by: Actor,
    proposal: Proposal,
    revision: int,
    lines: Sequence[Cost],
    price_yen: int | None,
    own_yen: int | None,
    tab: str = "",
) -> Proposal:
    """Save the 経費内訳. A draft may be out of balance; submitting refuses it. Raises as `save_words`."""
    _lock_draft(proposal, ProposalPart.COSTS, revision, tab, by)
    if len(lines) > LINES_MAX:
        raise Refusal(f"経費の行は{LINES_MAX}までです。")
    if price_yen is not None and price_yen > proposal.call.ceiling_yen:
        raise Refusal(
            f"提案額は、上限額{proposal.call.ceiling_yen:,}円以下にしてください。", field="price_yen"
        )
    proposal.lines.all().delete()
    for position, row in enumerate(lines, start=1):
        insert(ProposalLine(proposal=proposal, position=position, label=row.label, amount_yen=row.amount_yen))
    values = {"price_yen": price_yen, "own_yen": own_yen or 0}
    return _saved(proposal, values, by, ProposalPart.COSTS, tab)


@transaction.atomic
def submit_proposal(*, by: Actor, proposal: Proposal, oath: bool) -> Proposal:
    """Submit once, whole and in balance, before the deadline to the second (JST). Receipts go out by mail.

    Whether the writer speaks for the organisation is not known yet, so another writer's proposal in its name blocks
    none; which one is the organisation's is decided at the qualification (`judge_qualification`).
    Raises PermissionDenied, Refusal (late, something missing, the same person's is in already).
    """
    permissions.require(by, "grants.write_proposal", proposal)
    call = locked(CommissionCall.objects.get(pk=proposal.call_id))
    locked(proposal)
    if proposal.is_draft:
        _check_open(call)
        if not oath:
            raise Refusal("誓約の内容を確かめて、印を付けてください。", field="oath")
        if found := problems(proposal):
            raise Refusal(found[0].text, code="incomplete")
        twin = Proposal.objects.filter(
            call=call, organisation=proposal.organisation_id, created_by=proposal.created_by_id,
            submitted_at__isnull=False,
        )  # fmt: skip
        if twin.exclude(state=ProposalState.WITHDRAWN).exists():
            raise Refusal("この団体の企画提案は、もう提出しています。", code="twin")
    PROPOSAL.apply(proposal, "submit", by=by, oath=True)
    mails.submitted(proposal)
    programme = call.theme.menu.programme
    documents.issue(
        papers.PROPOSAL,
        proposal,
        by=by,
        authority=programme.authority,
        section=None,
        year=programme.fiscal_year,
    )
    return proposal


@transaction.atomic
def withdraw_proposal(*, by: Actor, proposal: Proposal, note: str) -> Proposal:
    """Take it back, with a reason; when the adopted one falls out, the first 次点 is asked.

    Raises PermissionDenied, Refusal (decided against, withdrawn already, its contract is under way).
    """
    call = locked(CommissionCall.objects.get(pk=proposal.call_id))
    was = locked(proposal).state
    if Contract.objects.filter(proposal=proposal).exclude(state=ContractState.TERMINATED).exists():
        message = "契約の協議が始まっています。取り下げるときは、県の担当者に連絡してください。"
        raise Refusal(message, code="contract")
    PROPOSAL.apply(proposal, "withdraw", by=by, note=note, reserve_until=None)
    if proposal.submitted_at is not None:
        mails.withdrawn(proposal)
    if was in (ProposalState.ADOPTED, ProposalState.RESERVE):
        ask_reserve(by=by, call=call)
    elif was == ProposalState.QUALIFIED:
        freeze_if_complete(by=by, call=call)
    return proposal


def _check_open(call: CommissionCall) -> None:
    if not call.is_open(clock.now()):
        raise Refusal(f"企画提案の受付は、{call.deadline.wareki_label}で終わりました。", code="late")


def _lock_draft(proposal: Proposal, part: str, revision: int, tab: str, by: Actor) -> None:
    permissions.require(by, "grants.write_proposal", proposal)
    if not locked(proposal).is_draft:
        raise Refusal("提出した企画提案は、直せません。", code="moved")
    if proposal.is_stale(part, revision, tab):
        raise Refusal(CONFLICT, code="conflict")


def _saved(proposal: Proposal, values: dict[str, Any], by: Actor, part: str, tab: str) -> Proposal:
    revision = proposal.revision + 1
    last = {"revision": revision, "tab": tab, "at": clock.now().isoformat()}
    parts = {**proposal.saved_parts, str(part): last}
    change(proposal, {**values, "revision": revision, "saved_parts": parts})
    audit.record("grants.proposal.saved", by=by, target=proposal, data={"part": part})
    return proposal
