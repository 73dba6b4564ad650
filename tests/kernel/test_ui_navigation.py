"""The staff menu: a convenience that offers only pages which open, and the places where the menus lead."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client

from portal.accounts.enums import ROLE_KINDS, Role
from portal.areas.enums import AreaKind
from portal.kernel.ui import navigation
from tests.factories.accounts import UserFactory, appointment
from tests.factories.areas import AKIHA, KAGOSHIMA, KANOYA, NIIGATA


def place_of(role: Role) -> str | None:
    """A real area where this role can be held."""
    kinds = ROLE_KINDS[role]
    if not kinds:
        return None
    if AreaKind.WARD in kinds:
        return AKIHA
    if role.startswith(("city", "auditor", "accountant", "consultation")):
        return NIIGATA
    return KAGOSHIMA if AreaKind.PREFECTURE in kinds else KANOYA


@pytest.fixture
def masters(db: None) -> None:
    """What every installation has loaded before anyone signs in."""
    for name in ("load_programmes", "load_indicators"):
        call_command(name, stdout=StringIO())


@pytest.mark.usefixtures("masters")
@pytest.mark.parametrize("role", list(Role))
def test_every_line_of_the_menu_opens_for_the_role_that_sees_it(client: Client, role: Role) -> None:
    user = UserFactory()
    appointment(user, role, place_of(role))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    scope = SimpleNamespace(has=lambda *roles: role in roles)
    closed = [
        f"{link.text} {link.url} {status}"
        for group in navigation.staff(scope, "/staff/")
        for link in group.links
        if (status := client.get(link.url).status_code) != 200
    ]
    assert closed == []


@pytest.mark.usefixtures("masters")
@pytest.mark.parametrize("band", sorted(navigation.PUBLIC))
def test_every_line_of_the_public_menus_opens(client: Client, band: str) -> None:
    addresses = [link.url.partition("#")[0] for link in (*navigation.PUBLIC[band], *navigation.FOOT)]
    assert [url for url in addresses if client.get(url).status_code != 200] == []


def test_longest_address_is_the_current_one() -> None:
    everyone = SimpleNamespace(has=lambda *roles: True)
    lines = [
        link for group in navigation.staff(everyone, "/staff/grants/applications/1/") for link in group.links
    ]
    assert [link.text for link in lines if link.current] == ["補助金"]
    lines = [link for group in navigation.staff(everyone, "/staff/") for link in group.links]
    assert [link.text for link in lines if link.current] == ["今日"]


def test_counts_stand_at_their_lines() -> None:
    everyone = SimpleNamespace(has=lambda *roles: True)
    lines = [
        link for group in navigation.staff(everyone, "/x/", {"/staff/events/": 4}) for link in group.links
    ]
    assert {link.text: link.count for link in lines if link.count} == {"イベント": 4}
    assert not any(link.current for link in lines)


def test_someone_without_a_role_gets_only_what_all_may_open() -> None:
    nobody = SimpleNamespace(has=lambda *roles: False)
    assert all(not link.roles for group in navigation.staff(nobody, "/") for link in group.links)
