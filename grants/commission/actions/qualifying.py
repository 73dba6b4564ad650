"""資格審査: an officer answers every point; who does not qualify is told why."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from communities.actions.organisation_members import confirm_member
from communities.models import OrganisationMember
from communities.saving import locked, user_of
from portal.kernel import clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ...enums import Verdict
from ...models import CommissionCall, Proposal, QualificationAnswer
from ..enums import JUDGED, QUALIFICATIONS, CallState, ProposalState
from ..interests import recorded
from ..mails import proposals as mails
from ..queries import proposals
from ..workflow import PROPOSAL


@transaction.atomic
def judge_qualification(
    *, by: Actor, proposal: Proposal, step: str, answers: Mapping[str, tuple[str, str]], note: str = ""
) -> Proposal:
    """Answer every point (key → (適/否/該当なし, remark)) and "qualify" or "disqualify" (with a reason).

    A single 否 disqualifies, and nothing else does. The proponent is told. Who acts for a body that qualifies is
    confirmed with it. One proposal of an organisation qualifies in a call, whoever submitted more in its name.
    Raises PermissionDenied (also for an officer who is tied to the proposal), Refusal.
    """
    permissions.require(by, "grants.qualify_proposal", proposal)
    _check_free(by, proposal)
    locked(CommissionCall.objects.get(pk=proposal.call_id))
    if locked(proposal).state == ProposalState.SUBMITTED:
        if proposal.call.state != CallState.CLOSED:
            raise Refusal("資格審査は、公募を締め切ってから行います。", code="early")
        _check(step, answers)
        if step == "qualify" and proposals.twins(proposal).filter(state__in=JUDGED).exists():
            message = "この団体の企画提案は、もう一つが資格ありになっています。団体に確かめて、一つだけを認めてください。"
            raise Refusal(message, code="twin")
        _keep(proposal, by, answers)
    PROPOSAL.apply(proposal, step, by=by, note=note)
    if step == "qualify":
        for member in _people(proposal):
            confirm_member(by=by, member=member)
    mails.judged(proposal, note)
    return proposal


def _check_free(by: Actor, proposal: Proposal) -> None:
    """Not one's own proposal, nor one of a body to which this government has the officer tied on record."""
    user = user_of(by)
    authority = proposal.call.theme.menu.programme.authority_id
    if user is not None and recorded(user.pk, authority, [proposal]):
        raise PermissionDenied("自分が関わる企画提案の資格は、ほかの担当者が審査します。")


def _check(step: str, answers: Mapping[str, tuple[str, str]]) -> None:
    for key, text in QUALIFICATIONS:
        verdict, remark = answers.get(key, ("", ""))
        if verdict not in Verdict.values:
            raise Refusal(f"「{text}」に答えてください。", field=f"verdict_{key}")
        if verdict == Verdict.UNFIT and not remark.strip():
            raise Refusal("否にするときは、何が合わないかを書いてください。", field=f"note_{key}")
    unfit = any(verdict == Verdict.UNFIT for verdict, _ in answers.values())
    if unfit and step == "qualify":
        raise Refusal("否の項目があるときは、資格があると認められません。", field="step")
    if not unfit and step == "disqualify":
        raise Refusal("資格がないとするには、合わない項目を否にしてください。", field="step")


def _keep(proposal: Proposal, by: Actor, answers: Mapping[str, tuple[str, str]]) -> None:
    QualificationAnswer.objects.bulk_create(
        QualificationAnswer(
            proposal=proposal, key=key, verdict=answers[key][0], note=answers[key][1].strip(),
            answered_by=user_of(by), answered_at=clock.now(),
        )
        for key, _ in QUALIFICATIONS
    )  # fmt: skip


def _people(proposal: Proposal) -> list[OrganisationMember]:
    rows = OrganisationMember.objects.filter(
        organisation=proposal.organisation_id, authority=proposal.call.theme.menu.programme.authority_id,
        user__in=[proposal.created_by_id, proposal.submitted_by_id],
    )  # fmt: skip
    return list(rows.select_related("authority"))
