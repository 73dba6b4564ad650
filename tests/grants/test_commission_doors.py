"""Doors of ④ that a post, a seat or the mail log could have opened: each tried by who must not get in."""

import pytest
from django.core.exceptions import PermissionDenied

from grants.commission.actions import panel as actions
from grants.commission.queries import proposals
from grants.models import PanelSeat, Proposal
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.scope import Scope
from portal.kernel import ports
from portal.kernel.actors import UserActor
from tests.factories.accounts import actor, appointment, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.commission import Panel, closed_call, published_call, submitted_proposal
from tests.factories.grants import Town
from tests.support.world import ClockFile


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
