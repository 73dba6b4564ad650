"""Officers who have one file open see each other where they work on it: 起案, 検査, 変更 and 取消し, as on the examination."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from grants import actions
from grants.enums import Place
from grants.models import Application
from portal.accounts.enums import Role
from tests.factories.accounts import actor, officer
from tests.factories.areas import KAGOSHIMA
from tests.factories.deciding import decided, reviewing
from tests.factories.grants import Town
from tests.factories.settlement import DONE, changing, reported
from tests.support.html import assert_html
from tests.support.strict import StrictClient
from tests.support.world import ClockFile

from .pages import form_of

Make = Callable[[Town, ClockFile], Application]


def at_result(town: Town, clock: ClockFile) -> Application:
    case = decided(town)
    clock.set(DONE)
    return reported(town, case)


PAGES = [
    pytest.param(lambda town, clock: reviewing(town), Place.DECIDE, "decide/", id="起案"),
    pytest.param(at_result, Place.INSPECT, "result/", id="検査"),
    pytest.param(
        lambda town, clock: changing(town, decided(town), content="会場を変える。"),
        Place.ANSWER,
        "change/",
        id="変更",
    ),
    pytest.param(lambda town, clock: decided(town), Place.REVOKE, "recovery/", id="取消し"),
]


@pytest.mark.parametrize(("make", "place", "path"), PAGES)
def test_two_officers_see_each_other_and_a_reader_is_not_seen(
    town: Town, client: StrictClient, clock: ClockFile, make: Make, place: Place, path: str
) -> None:
    case = make(town, clock)
    page, beat = f"{case.get_staff_url()}{path}", f"/grants/applications/{case.pk}/presence/{place.value}/"
    colleague = officer(Role.PREFECTURE_OFFICER, KAGOSHIMA, section=town.office)
    client.force_login(colleague)
    assert form_of(client.get(page), action=beat)["known"] == [""]
    assert client.post(beat, {"known": "x"}).status_code == 200
    client.force_login(town.prefecture_user)
    shown = client.get(page)
    assert_html(shown.content)
    assert f"<b>{colleague.name}</b>さん({place.label})" in shown.content.decode()
    told = client.post(beat, {"known": "x"})
    assert "同じところを開いている人がいます" in told.content.decode()
    chief = officer(Role.PREFECTURE_SECTION_CHIEF, KAGOSHIMA)
    client.force_login(chief)
    answer = client.get(page)
    assert beat not in answer.content.decode()
    with pytest.raises(PermissionDenied):
        actions.be_present(by=actor(chief), file=case, place=place)
