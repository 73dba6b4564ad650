"""審査会 of ④: seats, declared and recorded conflicts that end all access, sheets sealed until all are in."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Model

from communities.models import OrganisationMember
from grants.commission import personal
from grants.commission.actions import panel as actions
from grants.commission.actions import proposals as proponents
from grants.commission.actions import scoring
from grants.commission.queries import panel as reads
from grants.commission.queries import proposals
from grants.models import PanelSeat, Proposal, ScoreSheet, ThemeOpinion
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import clock
from portal.kernel.actors import UserActor
from portal.kernel.refusals import Refusal
from tests.factories.accounts import UserFactory, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import Panel, person
from tests.factories.grants import Town
from tests.support.world import ClockFile

from .commission_support import mails
from .test_constraints import change, copy, refuses


@pytest.fixture
def running(town: Town, clock: ClockFile) -> Panel:
    made = Panel(town)
    clock.set("2026-12-21T10:00:00+09:00")
    return made.open()


def sees(by: UserActor) -> set[Proposal]:
    return set(proposals.visible_to(Scope.of(UserActor(by.user))))


def fresh(row: Model) -> Model:
    return type(row)._default_manager.get(pk=row.pk)


def test_a_panel_begins_with_enough_reviewers_and_judged_proposals(town: Town) -> None:
    made = Panel(town)
    seat = made.call.seats.first()
    assert seat is not None
    actions.leave_seat(by=made.secretariat, seat=seat)
    with pytest.raises(Refusal, match="3人になってから"):
        actions.open_panel(by=made.secretariat, call=made.call)
    made.call.refresh_from_db()
    actions.seat_reviewer(by=made.secretariat, call=made.call, email=seat.user.email, title="再任")
    Proposal.objects.filter(pk=made.proposals[0].pk).update(state="submitted")
    with pytest.raises(Refusal, match="資格審査の終わっていない"):
        actions.open_panel(by=made.secretariat, call=made.call)
    Proposal.objects.filter(call=made.call).update(state="disqualified")
    made.call.refresh_from_db()
    with pytest.raises(Refusal, match="資格のある企画提案がありません"):
        actions.open_panel(by=made.secretariat, call=made.call)
    Proposal.objects.filter(call=made.call).update(state="qualified")
    made.call.refresh_from_db()
    made.open()
    assert set(mails(made.reviewers[0].user.email)) == {"panel_seated", "panel_opened"}
    with pytest.raises(Refusal, match="3人以上"):
        actions.leave_seat(by=made.secretariat, seat=made.call.seats.filter(left_at__isnull=True)[0])


def test_who_may_not_be_seated(town: Town) -> None:
    made = Panel(town)
    with pytest.raises(Refusal, match="利用者はいません"):
        actions.seat_reviewer(by=made.secretariat, call=made.call, email="nobody@example.jp", title="x")
    with pytest.raises(Refusal, match="もう審査委員です"):
        actions.seat_reviewer(
            by=made.secretariat, call=made.call, email=made.reviewers[0].user.email, title="x"
        )
    with pytest.raises(Refusal, match="意見を書きますが、採点はしません"):
        actions.seat_reviewer(by=made.secretariat, call=made.call, email=town.officer_user.email, title="x")
    for stranger in (town.prefecture, made.npos[0]):
        with pytest.raises(PermissionDenied):
            actions.seat_reviewer(by=stranger, call=made.call, email="x@example.jp", title="x")
        with pytest.raises(PermissionDenied):
            actions.open_panel(by=stranger, call=made.call)


def test_nobody_reads_before_declaring_and_a_conflict_ends_everything(running: Panel) -> None:
    reviewer = running.reviewers[0]
    first, second = running.proposals
    assert sees(reviewer) == set()
    running.declare(0, 0)
    running.declare(0, 1, "conflict")
    assert sees(reviewer) == {first}
    files = proposals.files_visible_to(Scope.of(UserActor(reviewer.user)))
    assert {row.proposal_id for row in files} == {first.pk}
    names = [row.proposal for row in reads.own_interests(running.interest(0, 0).seat)]
    assert names == [first], "not even its name"
    assert "panel_excluded" in mails(running.secretariat.user.email)
    for act in (
        lambda: running.declare(0, 1),
        lambda: running.give(0, 1, 80),
        lambda: scoring.seal_sheet(by=reviewer, interest=running.interest(0, 1)),
    ):
        with pytest.raises(Refusal, match="審査には加われません"):
            act()
    assert second not in sees(reviewer)


def test_a_conflict_names_its_kind_and_is_declared_by_the_reviewer(running: Panel) -> None:
    interest = running.interest(0, 0)
    with pytest.raises(Refusal, match="どの関係か"):
        actions.declare_interest(by=running.reviewers[0], interest=interest, declared="conflict")
    with pytest.raises(PermissionDenied):
        actions.declare_interest(by=running.reviewers[1], interest=interest, declared="clear")
    running.declare(0, 0)
    assert running.declare(0, 0, "conflict").is_excluded, "what is learned while reading is declared then"


def test_a_tie_on_record_of_this_government_waits_for_the_secretariat(town: Town, clock: ClockFile) -> None:
    made = Panel(town)
    authority = made.call.theme.menu.programme.authority
    other = type(authority).objects.exclude(pk=authority.pk)[0]
    for one, keeper in ((0, authority), (1, other)):
        OrganisationMember.objects.create(
            organisation=made.proposals[0].organisation, authority=keeper, user=made.reviewers[one].user
        )
    made.open()
    assert [made.interest(n, 0).recorded for n in range(3)] == [True, False, False], "never another's records"
    made.declare(0, 0)
    assert sees(made.reviewers[0]) == set(), "until the secretariat has ruled"
    with pytest.raises(Refusal, match="理由"):
        actions.rule_interest(by=made.secretariat, interest=made.interest(0, 0), ruling="kept", note=" ")
    with pytest.raises(Refusal, match="判断は要りません"):
        actions.rule_interest(by=made.secretariat, interest=made.interest(1, 0), ruling="kept", note="理由")
    with pytest.raises(PermissionDenied):
        actions.rule_interest(by=town.prefecture, interest=made.interest(0, 0), ruling="kept", note="理由")
    actions.rule_interest(
        by=made.secretariat, interest=made.interest(0, 0), ruling="kept", note="5年前に退会した"
    )
    assert sees(made.reviewers[0]) == {made.proposals[0]}
    actions.rule_interest(
        by=made.secretariat, interest=made.interest(1, 0), ruling="excluded", note="申し出による"
    )
    with pytest.raises(Refusal, match="もう除斥されています"):
        actions.rule_interest(by=made.secretariat, interest=made.interest(1, 0), ruling="excluded", note="x")


def test_partners_and_own_proposals_are_ties_too(town: Town) -> None:
    made = Panel(town)
    authority = made.call.theme.menu.programme.authority
    partner = proponents.find_or_register_organisation(
        by=town.officer, name="組む会", kind="civic", area=town.area
    )
    OrganisationMember.objects.create(organisation=partner, authority=authority, user=made.reviewers[0].user)
    made.proposals[0].partners.create(position=1, name="組む会", role="記録", name_key=partner.name_key)
    actions.seat_reviewer(by=made.secretariat, call=made.call, email=made.npos[1].user.email, title="自分")
    made.open()
    assert made.interest(0, 0).recorded
    assert not made.interest(0, 1).recorded
    seat = PanelSeat.objects.get(user=made.npos[1].user)
    assert list(
        seat.interests.order_by("proposal__submitted_at").values_list("recorded", flat=True).distinct()
    ) != [False]
    assert seat.interests.get(proposal=made.proposals[1]).recorded


def test_sheets_are_sealed_until_all_are_in_and_then_frozen(running: Panel) -> None:
    for reviewer in range(3):
        running.declare(reviewer, 0)
    for reviewer in range(2):
        running.declare(reviewer, 1)
        running.give(reviewer, 0, 80)
        running.give(reviewer, 1, 70)
    assert reads.ranking(fresh(running.call)) == []  # type: ignore[arg-type]
    running.give(2, 0, 60)
    assert fresh(running.call).frozen_at is None  # type: ignore[attr-defined]
    running.declare(2, 1, "conflict")
    call = fresh(running.call)
    assert call.frozen_at is not None, "the last missing sheet fell away with the conflict"  # type: ignore[attr-defined]
    assert set(ScoreSheet.objects.values_list("state", flat=True)) == {"frozen"}
    assert set(Proposal.objects.values_list("state", flat=True)) == {"scored"}
    assert "panel_frozen" in mails(running.secretariat.user.email)
    third = Scope.of(UserActor(running.reviewers[2].user))
    found = reads.shown(call, third, reads.ranking(call))  # type: ignore[arg-type]
    assert [row.pk for row, _ in found.rows] == [running.proposals[0].pk]
    assert not found.places
    for act in (
        lambda: running.give(0, 0, 10),
        lambda: scoring.reopen_sheet(by=running.reviewers[0], interest=running.interest(0, 0)),
        lambda: running.declare(0, 0, "conflict"),
        lambda: actions.leave_seat(by=running.secretariat, seat=running.interest(0, 0).seat),
    ):
        with pytest.raises(Refusal, match="もう確定しています"):
            act()


def test_more_than_half_of_the_panel_scores_a_proposal(running: Panel) -> None:
    running.declare(0, 0)
    running.give(0, 0, 80)
    for reviewer in range(3):
        running.declare(reviewer, 1)
        running.give(reviewer, 1, 70)
    for reviewer in (1, 2):
        running.declare(reviewer, 0, "conflict")
    assert fresh(running.call).frozen_at is None, "one of three is not enough"  # type: ignore[attr-defined]
    running.call.refresh_from_db()
    for _ in range(2):
        more = person()
        running.reviewers.append(more)
        actions.seat_reviewer(by=running.secretariat, call=running.call, email=more.user.email, title="追加")
    for number in (3, 4):
        for proposal in (0, 1):
            running.declare(number, proposal)
            running.give(number, proposal, 80)
    assert fresh(running.call).frozen_at is not None  # type: ignore[attr-defined]


def test_points_keep_to_their_weight_and_a_sheet_is_whole(running: Panel) -> None:
    running.declare(0, 0)
    by, interest = running.reviewers[0], running.interest(0, 0)
    items = list(running.call.items.all())
    with pytest.raises(Refusal, match="0から15点まで") as refused:
        scoring.save_sheet(by=by, interest=interest, revision=0, points={items[0].pk: (16, "")})
    assert refused.value.field == "points_1"
    scoring.save_sheet(by=by, interest=interest, revision=0, points={items[0].pk: (15, "よい")})
    with pytest.raises(Refusal, match="6件あります"):
        scoring.seal_sheet(by=by, interest=interest)
    with pytest.raises(Refusal, match="ほかの画面で保存"):
        scoring.save_sheet(by=by, interest=interest, revision=0, points={})
    points = {item.pk: (item.points, "") for item in items}
    scoring.save_sheet(by=by, interest=interest, revision=1, points=points)
    scoring.seal_sheet(by=by, interest=interest)
    with pytest.raises(Refusal, match="書きなおす"):
        scoring.save_sheet(by=by, interest=interest, revision=2, points=points)
    assert scoring.reopen_sheet(by=by, interest=interest).sealed_at is None
    with pytest.raises(PermissionDenied):
        scoring.save_sheet(by=running.reviewers[1], interest=interest, revision=2, points=points)


def test_a_withdrawn_proposal_no_longer_holds_the_others_up(running: Panel) -> None:
    for reviewer in range(3):
        running.declare(reviewer, 0)
        running.give(reviewer, 0, 80)
    proponents.withdraw_proposal(by=running.npos[1], proposal=running.proposals[1], note="人が足りないため")
    assert fresh(running.call).frozen_at is not None  # type: ignore[attr-defined]


def test_the_municipality_gives_words_and_no_score(running: Panel) -> None:
    town, proposal = running.town, running.proposals[0]
    assert sees(town.officer) == set(running.proposals)
    assert sees(Town().officer) == set()
    scoring.write_opinion(by=town.officer, proposal=proposal, text="地区の意向に合う。")
    scoring.write_opinion(by=town.chief, proposal=proposal, text="公民館を使える。")
    assert ThemeOpinion.objects.get().text == "公民館を使える。"
    for stranger in (running.reviewers[0], town.prefecture, Town().officer):
        with pytest.raises(PermissionDenied):
            scoring.write_opinion(by=stranger, proposal=proposal, text="x")


def test_the_secretariat_and_the_auditor_see_who_is_done_but_no_point(running: Panel) -> None:
    running.declare(0, 0)
    running.give(0, 0, 80)
    for role in (Role.SECRETARIAT, Role.AUDITOR, Role.PREFECTURE_HEAD):
        scope = Scope.of(UserActor(officer(role, KAGOSHIMA)))
        rows = reads.matrix(running.call, scope)
        assert [state for _, pairs in rows for _, state in pairs].count("sealed") == 1
        assert reads.shown(running.call, scope, reads.ranking(running.call)).rows == []


def test_what_a_reviewer_did_is_among_what_is_held_of_them(running: Panel) -> None:
    running.declare(0, 0, "conflict")
    found = personal.rows(running.reviewers[0].user.pk)
    assert len(found["審査委員の席"]) == 1
    assert sorted(row["関係"] for row in found["利害関係の申告"]) == [[], ["pay"]]
    assert not any(personal.rows(UserFactory().pk).values())


def test_constraints(running: Panel) -> None:
    running.declare(0, 0)
    sheet = running.give(0, 0, 80)
    interest, seat = running.interest(0, 0), running.interest(0, 0).seat
    refuses("panelseat_once", copy(seat))
    refuses("panelseat_leaves_after_seated", change(seat, left_at="2020-01-01T00:00:00+09:00"))
    refuses("panelinterest_once", copy(interest))
    refuses("panelinterest_declared_iff_stamped", change(interest, declared_at=None))
    refuses("panelinterest_conflict_names_its_kind", change(interest, declared="conflict"))
    refuses("panelinterest_ruled_iff_stamped", change(interest, ruling="kept"))
    refuses("scoresheet_once", copy(sheet))
    refuses("scoresheet_frozen_iff_stamped", change(sheet, frozen_at=clock.now()))
    point = sheet.points.first()
    refuses("scorepoint_once", copy(point))
    refuses("scorepoint_in_range", change(point, points=101))
