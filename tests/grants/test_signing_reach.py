"""Who is not reached by a 決裁: excluded from the proposal, gone from the post; and who is told that it came back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions
from grants.enums import Keeping
from grants.models import Application, Approval, Menu, PanelInterest
from grants.queries import approving, signers
from grants.queries import letters as reads
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.areas.models import Section
from portal.kernel import clock as the_clock
from portal.kernel import ports
from portal.kernel.models import OutboxMessage
from portal.kernel.refusals import Refusal
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, SectionFactory, authority
from tests.factories.contracts import Deal
from tests.factories.deciding import deciding, line_of, open_approval, record, reviewing
from tests.factories.grants import Town, menu
from tests.support.world import ClockFile

from .test_batches import kept_here
from .test_letters import numbers, run

CHIEF = "prefecture_section_chief"


def mailed(user: User) -> list[str]:
    rows = OutboxMessage.objects.filter(to_address=user.email)
    return [name.rpartition("/")[2] for name in rows.values_list("template", flat=True)]


def people_of(approval: Approval) -> list[User]:
    step = approving.next_step(approval)
    assert step is not None
    return [user for user, _ in signers.people(approval, [step])[step.pk]]


def test_who_is_excluded_from_the_proposal_neither_hears_of_its_contract_nor_signs_it(
    town: Town, clock: ClockFile
) -> None:
    deal = Deal(town)
    free, tied = officer(CHIEF, KAGOSHIMA), officer(CHIEF, KAGOSHIMA)
    seat = deal.proposal.call.seats.create(user=tied, title="審査委員")
    PanelInterest.objects.create(
        seat=seat, proposal=deal.proposal, declared="conflict", kinds=["kinship"], declared_at=the_clock.now()
    )
    clock.set("2027-01-20T10:00:00+09:00")
    deal.settle()
    deal.quote()
    kept_here(deal.proposal.call.theme.menu)
    approval = approving.with_case(Approval.objects.all()).get(pk=deal.draft().pk)
    assert approval.keeping == Keeping.PORTAL
    assert "approval_due" in mailed(free)
    assert "approval_due" not in mailed(tied)
    assert people_of(approval) == [free]
    with pytest.raises(PermissionDenied, match="かかわれません"):
        actions.sign_approval(by=actor(tied), approval=approval)
    actions.sign_approval(by=actor(free), approval=approval)


def test_a_deputy_who_left_is_neither_asked_nor_shown(town: Town) -> None:
    case = reviewing(town)
    kept_here(case.menu)
    case.menu.refresh_from_db()
    chief, gone = officer(CHIEF, KAGOSHIMA), officer("prefecture_officer", KAGOSHIMA)
    today = the_clock.today_jst()
    actions.name_deputy(
        by=actor(chief), authority=case.menu.programme.authority, role=CHIEF, deputy=gone, starts_on=today,
        ends_on=today + timedelta(days=60),
    )  # fmt: skip
    gone.appointments.update(ends_on=today - timedelta(days=1))
    approval = open_approval(deciding(town, case))
    assert people_of(approval) == [chief]
    assert mailed(gone) == []


@pytest.fixture
def section(town: Town) -> Section:
    """Another 課, which drafts the decisions of ③."""
    made: Section = SectionFactory(authority=authority(KAGOSHIMA))
    Menu.objects.filter(pk=menu(3).pk).update(drafting_section=made)
    return made


def test_what_another_section_drafted_comes_back_to_it(town: Town, section: Section) -> None:
    drafter, case = officer("prefecture_officer", KAGOSHIMA, section=section), reviewing(town)
    case = Application.objects.select_related("menu").get(pk=case.pk)
    actions.draft_rejection(by=actor(drafter), application=case, reason="対象外のため。")
    actions.send_back_approval(by=actor(drafter), approval=open_approval(case), note="理由を直す。")
    assert mailed(drafter) == ["decision_sent_back"]
    assert "decision_sent_back" in mailed(town.prefecture_user)


def test_another_section_drafts_only_what_was_passed_on(town: Town, section: Section) -> None:
    drafter = actor(officer("prefecture_officer", KAGOSHIMA, section=section))
    case = actions.take(by=town.prefecture, application=town.submitted())
    with pytest.raises(Refusal, match="内容審査に進めてから"):
        actions.draft_rejection(by=drafter, application=case, reason="対象外のため。")
    assert Application.objects.get(pk=case.pk).state == "screening"


def test_where_the_office_drafts_itself_only_the_holder_chooses(town: Town) -> None:
    Menu.objects.filter(pk=menu(3).pk).update(drafting_section=town.office)
    case = reviewing(town)
    colleague = officer("prefecture_officer", KAGOSHIMA, section=town.office)
    assert reads.choosable(Scope.of(actor(town.prefecture_user))) == [case]
    assert reads.choosable(Scope.of(actor(colleague))) == []


def test_what_was_drafted_outside_goes_into_a_batch_whatever_the_menu_says_by_now(town: Town) -> None:
    case = deciding(town)
    kept_here(case.menu)
    case = Application.objects.select_related("menu").get(pk=case.pk)
    assert reads.choosable(Scope.of(town.prefecture)) == [case]
    with pytest.raises(Refusal) as refused:
        actions.ask_letters(
            by=town.prefecture, applications=[case], **record(town.prefecture, document_number="")
        )
    assert refused.value.field == "document_number", "as it was drafted, not as the menu says now"
    batch = actions.ask_letters(
        by=town.prefecture, applications=[case], line=line_of(town, case.menu), **record(town.prefecture)
    )
    run(batch)
    assert numbers([case]) == ["く共第123号"]


def test_a_mail_about_a_decision_is_seen_by_who_sees_the_decision(town: Town) -> None:
    approval = open_approval(deciding(town))
    seen = ports.visible["grants.approval"](Scope.of(town.prefecture))
    assert approval in seen
    assert approval not in ports.visible["grants.approval"](Scope.of(town.officer))
    assert ports.visible["grants.letterbatch"](Scope.of(town.prefecture)).count() == 0
