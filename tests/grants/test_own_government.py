"""What a municipality runs itself is not its prefecture's: neither to see nor to decide, although the prefecture is above it."""

import pytest

from grants import queries
from grants.dispatch import queries as dispatches
from grants.execution import queries as execution
from grants.models import Application, Programme
from grants.needs import surveys_of
from grants.payments import queries as payments
from grants.queries import approving, letters, queue
from portal.accounts.enums import Role
from portal.accounts.scope import Scope
from portal.kernel import permissions
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA, NIIGATA, AuthorityFactory
from tests.factories.deciding import deciding, open_approval
from tests.factories.grants import Town


@pytest.fixture
def own(town: Town) -> Application:
    """A file with an open 決裁 under the programme that the town's own government runs."""
    case = deciding(town)
    Programme.objects.filter(pk=case.menu.programme_id).update(authority=AuthorityFactory(area=town.area))
    return queries.with_case(Application.objects.all()).get(pk=case.pk)


@pytest.mark.parametrize("role", [Role.PREFECTURE_OFFICER, Role.PREFECTURE_HEAD, Role.AUDITOR])
def test_the_prefecture_sees_nothing_of_it(own: Application, role: Role) -> None:
    scope = Scope.of(actor(officer(role, KAGOSHIMA)))
    assert not queries.received(scope).filter(pk=own.pk).exists()
    assert not queries.visible_to(scope).filter(pk=own.pk).exists()
    assert queue.received_file(scope, own.pk) is None
    assert not approving.visible_to(scope).filter(application=own).exists()
    assert not queries.programmes_of(scope).filter(pk=own.menu.programme_id).exists()
    assert not execution.programmes_of(scope).filter(pk=own.menu.programme_id).exists()
    for rows in (
        surveys_of(scope),
        letters.visible_to(scope),
        payments.visible_to(scope),
        dispatches.received(scope),
    ):
        assert not rows.exists()


def test_the_prefecture_decides_nothing_of_it(own: Application) -> None:
    by = actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))
    approval = approving.with_case(type(open_approval(own)).objects.all()).get(application=own)
    assert not permissions.check(by, "grants.draft_approval", own.menu)
    assert not permissions.check(by, "grants.handle_approval", approval)
    assert not permissions.check(by, "grants.run_programme", own.menu.programme)
    assert not permissions.check(by, "grants.conclude_application", own)


def test_a_government_is_the_city_also_for_its_wards(db: None) -> None:
    assert Scope.of(actor(officer(Role.WARD_OFFICER, "151050"))).homes() == {NIIGATA}
    assert Scope.of(actor(officer(Role.PREFECTURE_OFFICER, KAGOSHIMA))).homes() == {KAGOSHIMA}
    both = Scope.of(actor(officer(Role.CITY_OFFICER, NIIGATA)))
    assert both.homes(Role.CITY_OFFICER) == {NIIGATA}
    assert both.homes(Role.CITY_CHIEF) == frozenset()
