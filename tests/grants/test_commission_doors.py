"""Doors of ④ that a post, a seat or the mail log could have opened: each tried by who must not get in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from communities.actions.organisation_members import confirm_member
from communities.models import Organisation, OrganisationMember
from grants.commission.actions import panel as actions
from grants.commission.actions.qualifying import judge_qualification
from grants.commission.actions.questions import ask_question
from grants.commission.queries import panel as reads
from grants.commission.queries import proposals
from grants.models import PanelInterest, PanelSeat, Proposal
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import ports
from portal.kernel.actors import UserActor
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from portal.site.operations import about_visible
from tests.factories.accounts import actor, appointment, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import (
    FIT,
    Panel,
    closed_call,
    draft_proposal,
    person,
    published_call,
    submitted_proposal,
)
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .commission_support import signed_in


@pytest.fixture
def running(town: Town, clock: ClockFile) -> Panel:
    made = Panel(town)
    clock.set("2026-12-21T10:00:00+09:00")
    return made.open()


def sees(by: UserActor) -> set[Proposal]:
    return set(proposals.visible_to(Scope.of(UserActor(by.user))))


def test_nobody_opens_a_proposal_before_the_deadline(town: Town) -> None:
    """Not by the address that a mail in the log names either."""
    call = published_call(town)
    made = submitted_proposal(town, call)
    secretariat = actor(officer(Role.SECRETARIAT, KAGOSHIMA))
    for by in (town.prefecture, secretariat, actor(officer(Role.AUDITOR, KAGOSHIMA))):
        assert sees(by) == set()
    assert sees(UserActor(made.created_by)) == {made}
    closed_call(town, call)
    assert sees(town.prefecture) == {made}


def test_whose_panel_it_is_stays_out_of_other_offices_mail_log(running: Panel) -> None:
    seen = ports.visible["grants.commissioncall"]
    assert running.call in seen(Scope.of(running.secretariat))
    for by in (running.town.officer, Town().officer, running.reviewers[0]):
        assert running.call not in seen(Scope.of(UserActor(by.user)))


def mail_log(by: UserActor) -> set[str]:
    """The texts of the mails about proposals that the person reads."""
    rows = about_visible(
        OutboxMessage.objects.filter(about_type="grants.proposal"),
        Scope.of(UserActor(by.user)),
        prefix="about",
    )
    return {row.body for row in rows}


def test_the_town_does_not_read_a_proponents_address_in_the_mail_log(running: Panel) -> None:
    town = running.town
    assert sees(town.officer) == set(running.proposals), "the proposals themselves it reads"
    assert mail_log(town.officer) == set()
    assert len(mail_log(town.prefecture)) > 3
    reviewer = running.reviewers[0]
    appointment(reviewer.user, Role.PREFECTURE_OFFICER, KAGOSHIMA, section=town.office)
    running.declare(0, 0, "conflict")
    running.declare(0, 1)
    told = OutboxMessage.objects.filter(about_id=str(running.proposals[0].pk)).values_list("body", flat=True)
    assert mail_log(reviewer)
    assert not mail_log(reviewer) & set(told)


def test_leaving_a_seat_and_coming_back_opens_nothing(running: Panel) -> None:
    reviewer, seat = running.reviewers[0], running.interest(0, 0).seat
    running.declare(0, 0, "conflict")
    running.declare(0, 1)
    for one in (person(), None):
        email = one.user.email if one else reviewer.user.email
        actions.seat_reviewer(by=running.secretariat, call=running.call, email=email, title="大学教員")
        if one:
            actions.leave_seat(by=running.secretariat, seat=seat)
    back = PanelSeat.objects.get(user=reviewer.user, left_at__isnull=True)
    again = back.interests.get(proposal=running.proposals[0])
    assert (again.declared, again.kinds) == ("conflict", ["pay"])
    with pytest.raises(Refusal, match="加われません"):
        actions.declare_interest(by=reviewer, interest=again, declared="clear")
    assert sees(reviewer) == {running.proposals[1]}, "what was declared clear stays so too"
    PanelInterest.objects.filter(pk=again.pk).update(declared="clear", kinds=[])
    assert sees(reviewer) == {running.proposals[1]}, "an earlier seat's exclusion holds by itself"


def test_an_officer_judges_neither_their_own_proposal_nor_themselves(town: Town) -> None:
    call = published_call(town)
    own, other = submitted_proposal(town, call, town.prefecture), submitted_proposal(town, call)
    closed_call(town, call)
    with pytest.raises(PermissionDenied, match="ほかの担当者が審査します"):
        judge(town.prefecture, own)
    authority = call.theme.menu.programme.authority
    member = OrganisationMember.objects.create(
        organisation=other.organisation, authority=authority, user=town.prefecture_user
    )
    with pytest.raises(PermissionDenied, match="ほかの担当者が審査します"):
        judge(town.prefecture, other)
    with pytest.raises(PermissionDenied, match="ほかの担当者が確かめます"):
        confirm_member(by=town.prefecture, member=member)
    assert judge(actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA)), own).state == "qualified"


def judge(by: UserActor, proposal: Proposal) -> Proposal:
    found = Proposal.objects.get(pk=proposal.pk)
    return judge_qualification(by=by, proposal=found, step="qualify", answers=FIT)


def test_a_body_registered_twice_is_known_by_its_name(town: Town) -> None:
    made = Panel(town)
    named = made.proposals[0].organisation
    twin = Organisation.objects.create(
        name=named.name, name_key=named.name_key, kind="civic", area_id=Town().area.pk
    )
    authority = made.call.theme.menu.programme.authority
    OrganisationMember.objects.create(organisation=twin, authority=authority, user=made.reviewers[0].user)
    made.open()
    assert [made.interest(0, n).recorded for n in range(2)] == [True, False]


def test_nobody_writes_a_number_onto_a_body_that_is_there(town: Town) -> None:
    call = published_call(town)
    known = draft_proposal(town, call, organisation_name="番号のない会").organisation
    again = draft_proposal(
        town, call, organisation_name="番号のない会", corporate_number="5000020151009"
    ).organisation
    assert again == known
    assert Organisation.objects.get(pk=known.pk).corporate_number == ""


def test_who_asked_is_told_to_the_secretariat_only(town: Town) -> None:
    call = published_call(town)
    ask_question(by=person(), call=call, text="車両は対象ですか。", asker_name="問いの会")
    secretariat = officer(Role.SECRETARIAT, KAGOSHIMA)
    for user, named in ((secretariat, True), (town.prefecture_user, False)):
        page = signed_in(user).get(call.get_staff_url()).content.decode()
        assert "車両は対象ですか。" in page
        assert ("問いの会" in page) is named


def test_a_hidden_place_is_not_told_by_the_outcome_either(running: Panel) -> None:
    appointment(running.reviewers[0].user, Role.AUDITOR, KAGOSHIMA)
    for one in range(3):
        for row in range(2):
            running.declare(one, row, "conflict" if (one, row) == (0, 0) else "clear")
            if (one, row) != (0, 0):
                running.give(one, row, 80)
    tied = (
        signed_in(running.reviewers[0].user)
        .get(reverse("grants:review_call", args=[running.call.pk]))
        .content.decode()
    )
    free = (
        signed_in(running.reviewers[1].user)
        .get(reverse("grants:review_call", args=[running.call.pk]))
        .content.decode()
    )
    assert "平均点" in tied
    assert "判定" not in tied
    assert "平均点" in free
    assert "判定" in free


def test_an_excluded_reviewer_does_not_read_it_by_another_post_either(running: Panel) -> None:
    reviewer = running.reviewers[0]
    appointment(reviewer.user, Role.PREFECTURE_OFFICER, KAGOSHIMA, section=running.town.office)
    assert sees(reviewer) == set(), "the seat waits for the declaration, the post does not open it meanwhile"
    running.declare(0, 0)
    running.declare(0, 1)
    assert sees(reviewer) == set(running.proposals)
    running.declare(0, 1, "conflict")
    assert sees(reviewer) == {running.proposals[0]}
    scope = Scope.of(UserActor(reviewer.user))
    assert running.proposals[1] not in {row for row, _ in reads.matrix(running.call, scope)}


def test_nobody_rules_on_their_own_tie(town: Town) -> None:
    made = Panel(town)
    actions.seat_reviewer(
        by=made.secretariat, call=made.call, email=made.secretariat.user.email, title="事務局"
    )
    made.open()
    own = PanelSeat.objects.get(user=made.secretariat.user).interests.first()
    with pytest.raises(PermissionDenied, match="ほかの事務局"):
        actions.rule_interest(by=made.secretariat, interest=own, ruling="kept", note="関係はない")


def test_a_proponent_with_a_seat_does_not_see_their_own_place(running: Panel) -> None:
    mine, other = running.proposals
    proponent = UserActor(mine.created_by)
    appointment(mine.created_by, Role.AUDITOR, KAGOSHIMA)
    assert sees(proponent) == {mine, other}, "their own pages stay theirs"
    judged = set(proposals.judged_by(Scope.of(UserActor(User.objects.get(pk=mine.created_by_id)))))
    assert judged == {other}
