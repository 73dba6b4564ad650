"""企画提案 of ④: written in sections, submitted once and in time, qualified or not, taken back; every refusal."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities.models import OrganisationMember
from grants.commission import personal
from grants.commission.actions import proposal_files, qualifying
from grants.commission.actions import proposals as actions
from grants.commission.completeness import problems
from grants.commission.queries import proposals as queries
from grants.models import Proposal
from portal.accounts.scope import Scope
from portal.kernel import audit, ports
from portal.kernel.refusals import Refusal
from tests.factories.commission import (
    COSTS,
    FIT,
    WORDS,
    closed_call,
    draft_proposal,
    person,
    published_call,
    ready_proposal,
    submitted_proposal,
)
from tests.factories.grants import Town, staged
from tests.support.world import ClockFile

from .commission_support import body_of, mails, signed_in
from .test_constraints import change, copy, refuses


def fresh(proposal: Proposal) -> Proposal:
    return Proposal.objects.get(pk=proposal.pk)


def test_a_proposal_is_written_submitted_and_qualifies(town: Town) -> None:
    assert town.prefecture
    call, npo = published_call(town), person()
    proposal = ready_proposal(town, call, npo)
    actions.save_group(by=npo, proposal=proposal, revision=2, partners=[actions.Partner("組む会", "記録")])
    assert not queries.examined(Scope.of(town.prefecture)).exists(), "a draft is the proponent's own"
    assert problems(fresh(proposal)) == []
    actions.submit_proposal(by=npo, proposal=proposal, oath=True)
    assert mails(npo.user.email) == mails("npo@example.jp") == ["proposal_submitted"]
    assert "1,400,000円" in body_of("proposal_submitted", npo.user.email)
    assert "proposal_received" in mails(town.prefecture_user.email)
    assert proposal.organisation.name not in body_of("proposal_received", town.prefecture_user.email)
    member = OrganisationMember.objects.get(user=npo.user)
    assert member.confirmed_at is None
    closed_call(town, call)
    qualifying.judge_qualification(by=town.prefecture, proposal=fresh(proposal), step="qualify", answers=FIT)
    assert OrganisationMember.objects.get(pk=member.pk).confirmed_by == town.prefecture_user
    assert fresh(proposal).qualifications.count() == len(FIT)
    assert "proposal_judged" in mails(npo.user.email)
    assert [entry.event.rpartition(".")[2] for entry in audit.history(proposal)][:2] == ["qualify", "submit"]
    assert [
        len(rows) for name, rows in personal.rows(npo.user.pk).items() if name.startswith("企画提案")
    ] == [0, 1, 3]


def test_submission_is_whole_in_balance_sworn_and_once(town: Town) -> None:
    call, npo = published_call(town), person()
    bare = draft_proposal(town, call, npo)
    texts = [row.text for row in problems(bare)]
    assert "提案額を入力してください。" in texts
    assert "定款・規約を添付してください。" in texts
    with pytest.raises(Refusal, match="企画の名称を入力"):
        actions.submit_proposal(by=npo, proposal=bare, oath=True)
    proposal = ready_proposal(town, call, npo)
    with pytest.raises(Refusal, match="誓約"):
        actions.submit_proposal(by=npo, proposal=proposal, oath=False)
    actions.save_costs(by=npo, proposal=proposal, revision=2, lines=COSTS, price_yen=1_400_000, own_yen=1)
    with pytest.raises(Refusal, match="1円合いません"):
        actions.submit_proposal(by=npo, proposal=proposal, oath=True)
    proposal.refresh_from_db()
    actions.save_costs(by=npo, proposal=proposal, revision=3, lines=COSTS, price_yen=1_399_999, own_yen=1)
    actions.submit_proposal(by=npo, proposal=proposal, oath=True)
    with pytest.raises(Refusal, match="いま「提出済み」です"):
        actions.submit_proposal(by=npo, proposal=proposal, oath=True)
    for write in (
        lambda: actions.save_words(by=npo, proposal=proposal, revision=4, **WORDS),
        lambda: proposal_files.add_file(by=npo, proposal=proposal, kind="other", file=staged(npo)),
        lambda: proposal_files.remove_file(by=npo, row=proposal.files.first()),
    ):
        with pytest.raises(Refusal, match="直せません"):
            write()


def test_one_proposal_of_an_organisation_qualifies_whoever_submitted_in_its_name(town: Town) -> None:
    call, npo, stranger = published_call(town), person(), person()
    theirs = submitted_proposal(town, call, stranger, organisation_name="一つの会")
    own = submitted_proposal(town, call, npo, organisation_name="一つの会")
    assert own.organisation == theirs.organisation, "a stranger's blocks nobody"
    assert theirs not in queries.own(Scope.of(npo)), "saying that one acts for a body opens nothing"
    again = ready_proposal(town, call, npo, organisation_name="一つの会")
    with pytest.raises(Refusal, match="もう提出しています"):
        actions.submit_proposal(by=npo, proposal=again, oath=True)
    closed_call(town, call)
    judge = {"by": town.prefecture, "answers": FIT, "step": "qualify"}
    qualifying.judge_qualification(proposal=fresh(own), **judge)
    with pytest.raises(Refusal, match="もう一つが資格ありになっています"):
        qualifying.judge_qualification(proposal=fresh(theirs), **judge)
    refuses("proposal_one_qualified", change(theirs, state="qualified"))
    assert not theirs.qualifications.exists(), "a refusal keeps nothing"
    page = signed_in(town.prefecture_user).get(fresh(theirs).get_staff_url()).content.decode()
    assert "ほかにも提出されています" in page
    assert str(own.pk) in page


def test_the_deadline_holds_to_the_second_in_japan(town: Town, clock: ClockFile) -> None:
    call, npo = published_call(town), person()
    late, timely = (ready_proposal(town, call, who) for who in (npo, npo))
    clock.set("2026-12-18T17:00:59+09:00")
    actions.submit_proposal(by=npo, proposal=timely, oath=True)
    clock.set("2026-12-18T17:01:00+09:00")
    with pytest.raises(Refusal, match="令和8年12月18日\\(金\\)17時必着で終わりました"):
        actions.submit_proposal(by=npo, proposal=late, oath=True)
    with pytest.raises(Refusal, match="終わりました"):
        draft_proposal(town, call)


@pytest.mark.parametrize(("kind", "open_to", "refused"), [
    ("civic", False, False), ("neighbourhood", False, True), ("neighbourhood", True, False), ("government", True, True),
    ("expert", True, True),
])  # fmt: skip
def test_who_may_propose(town: Town, kind: str, open_to: bool, refused: bool) -> None:
    call = published_call(town, takes_platforms=open_to)
    if not refused:
        assert draft_proposal(town, call, kind=kind).is_draft
        return
    with pytest.raises(Refusal, match="NPO法人など") as found:
        draft_proposal(town, call, kind=kind)
    assert found.value.field == "kind"


def test_sections_refuse_what_does_not_fit(town: Town) -> None:
    call, npo = published_call(town), person()
    proposal = draft_proposal(town, call, npo, organisation_name="幹事の会")
    with pytest.raises(Refusal, match="上限額1,500,000円以下") as refused:
        actions.save_costs(by=npo, proposal=proposal, revision=0, lines=[], price_yen=1_500_001, own_yen=None)
    assert refused.value.field == "price_yen"
    for partners in (
        [actions.Partner("幹事の会", "a")],
        [actions.Partner("同じ会", "a"), actions.Partner("同じ会", "b")],
    ):
        with pytest.raises(Refusal, match="二度入っています"):
            actions.save_group(by=npo, proposal=proposal, revision=0, partners=partners)
    actions.save_words(by=npo, proposal=proposal, revision=0, **WORDS)
    with pytest.raises(Refusal, match="ほかの人が保存しました"):
        actions.save_words(by=npo, proposal=proposal, revision=0, **WORDS)
    with pytest.raises(Refusal, match="書類の種類"):
        proposal_files.add_file(by=npo, proposal=proposal, kind="unknown", file=staged(npo))
    with pytest.raises(Refusal, match="もう一度選んで"):
        proposal_files.add_file(by=npo, proposal=proposal, kind="other", file=staged(person()))
    with pytest.raises(ValidationError):
        draft_proposal(town, call, npo, organisation_name=" ")


def test_only_its_people_write_it(town: Town) -> None:
    call, npo, other = published_call(town), person(), person()
    proposal = ready_proposal(town, call, npo)
    for stranger in (other, town.officer, town.prefecture):
        for write in (
            lambda by: actions.save_words(by=by, proposal=proposal, revision=2, **WORDS),
            lambda by: actions.submit_proposal(by=by, proposal=proposal, oath=True),
            lambda by: actions.withdraw_proposal(by=by, proposal=proposal, note="理由"),
            lambda by: proposal_files.remove_file(by=by, row=proposal.files.first()),
        ):
            with pytest.raises(PermissionDenied):
                write(stranger)
    submitted = submitted_proposal(town, call, person())
    closed_call(town, call)
    for stranger in (npo, town.chief):
        with pytest.raises(PermissionDenied):
            qualifying.judge_qualification(
                by=stranger, proposal=fresh(submitted), step="qualify", answers=FIT
            )


def test_a_confirmed_colleague_writes_too_and_is_a_known_interest(town: Town) -> None:
    call, npo = published_call(town), person()
    proposal = draft_proposal(town, call, npo)
    authority = call.theme.menu.programme.authority
    colleague = person()
    member = OrganisationMember.objects.create(
        organisation=proposal.organisation, authority=authority, user=colleague.user
    )
    assert not queries.own(Scope.of(colleague)).exists()
    OrganisationMember.objects.filter(pk=member.pk).update(confirmed_at=call.created_at)
    colleague = type(colleague)(colleague.user)
    assert queries.own(Scope.of(colleague)).get() == proposal
    port = ports.interests["communities.organisations"]
    assert list(port(colleague.user.pk, authority.pk)) == [(proposal.organisation_id, "office")]
    elsewhere = type(authority).objects.exclude(pk=authority.pk).first()
    assert elsewhere is not None
    assert list(port(colleague.user.pk, elsewhere.pk)) == [], "another government's records are not used"


def test_the_qualification_answers_every_point(town: Town) -> None:
    call, npo = published_call(town), person()
    proposal = submitted_proposal(town, call, npo)
    with pytest.raises(Refusal, match="締め切ってから"):
        qualifying.judge_qualification(
            by=town.prefecture, proposal=fresh(proposal), step="qualify", answers=FIT
        )
    closed_call(town, call)
    unfit = {**FIT, "tax": ("unfit", "滞納がある")}
    for step, answers, words in (
        ("qualify", {**FIT, "tax": ("", "")}, "県税の滞納がない」に答えて"),
        ("qualify", {**FIT, "tax": ("unfit", " ")}, "何が合わないか"),
        ("qualify", unfit, "認められません"),
        ("disqualify", FIT, "合わない項目を否に"),
        ("disqualify", unfit, "理由を入力"),
    ):
        with pytest.raises(Refusal, match=words):
            qualifying.judge_qualification(
                by=town.prefecture, proposal=fresh(proposal), step=step, answers=answers
            )
    qualifying.judge_qualification(
        by=town.prefecture,
        proposal=fresh(proposal),
        step="disqualify",
        answers=unfit,
        note="県税の滞納があるため",
    )
    assert "県税の滞納があるため" in body_of("proposal_judged", npo.user.email)
    assert OrganisationMember.objects.get(user=npo.user).confirmed_at is None
    with pytest.raises(Refusal, match="いま「資格なし」です"):
        actions.withdraw_proposal(by=npo, proposal=fresh(proposal), note="理由")


def test_it_is_taken_back_with_a_reason_and_may_come_again(town: Town) -> None:
    assert town.prefecture
    call, npo = published_call(town), person()
    proposal = submitted_proposal(town, call, npo, organisation_name="もどす会")
    with pytest.raises(Refusal, match="理由"):
        actions.withdraw_proposal(by=npo, proposal=proposal, note=" ")
    actions.withdraw_proposal(by=npo, proposal=proposal, note="人が足りないため")
    assert "proposal_withdrawn" in mails(town.prefecture_user.email)
    assert submitted_proposal(town, call, npo, organisation_name="もどす会").submitted_at


def test_constraints(town: Town) -> None:
    call = published_call(town)
    proposal = submitted_proposal(town, call)
    refuses("proposal_one_of_a_person", copy(proposal))
    refuses("proposal_submitted_iff_left_draft", change(proposal, oath=False))
    refuses("proposal_decided_iff_stamped", change(proposal, decided_at=call.created_at))
    refuses("proposal_withdrawn_iff_stamped", change(proposal, withdrawn_at=call.created_at))
    refuses("proposal_clock_only_in_reserve", change(proposal, reserve_until=call.created_at))
    refuses("proposal_yen_in_range", change(proposal, own_yen=10**12))
    line, paper = proposal.lines.first(), proposal.files.first()
    refuses("proposalline_position_once", copy(line))
    refuses("proposalline_amount_in_range", change(line, amount_yen=0))
    refuses("proposalfile_removed_after_added", change(paper, removed_at="2020-01-01T00:00:00+09:00"))
    npo = person()
    other = draft_proposal(town, call, npo)
    actions.save_group(by=npo, proposal=other, revision=0, partners=[actions.Partner("組む会", "記録")])
    refuses("consortiumpartner_once", copy(other.partners.get(), position=2))
    closed_call(town, call)
    qualifying.judge_qualification(by=town.prefecture, proposal=fresh(proposal), step="qualify", answers=FIT)
    answer = proposal.qualifications.first()
    refuses("qualificationanswer_once", copy(answer))
    refuses("qualificationanswer_unfit_says_why", change(answer, verdict="unfit"))
    member = OrganisationMember.objects.first()
    refuses("organisationmember_once", copy(member))
    refuses(
        "organisationmember_confirmed_by_has_time", change(member, confirmed_by=npo.user, confirmed_at=None)
    )
