"""コミプラ: its own page, its parts, its plan; the wall and the way of initiatives."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from communities import actions
from communities.actions import platform_parts
from portal.kernel.refusals import Refusal
from tests.factories import communities as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.municipal_officer()


def test_the_page_shows_what_the_municipality_wrote(client, officer):
    row = make.platform()
    platform_parts.edit_platform(
        by=officer, platform=row, legal_form="nbhd", block_grant=True, plan_title="見本地域づくり計画",
        plan_from=date(2026, 4, 1), plan_to=date(2031, 3, 31),
    )  # fmt: skip
    platform_parts.add_part(
        by=officer, platform=row, part="body", name="見本自治会", kind="neighbourhood", role="事務局"
    )
    platform_parts.add_part(by=officer, platform=row, part="team", name="防災部会", role="避難訓練")
    actions.move_platform(by=officer, platform=row, stage="preparing", since_on=make.yesterday())
    page = client.get(row.get_absolute_url()).content.decode()
    for words in (
        "見本自治会", "事務局", "防災部会", "認可地縁団体", "受けています", "見本地域づくり計画", "令和13年3月31日まで", "設立準備",
    ):  # fmt: skip
        assert words in page
    assert f'href="{row.get_absolute_url()}"' in client.get("/platforms/?stage=preparing").content.decode()
    assert row.name not in client.get("/platforms/?stage=sustaining").content.decode()


def test_only_its_municipality_writes(officer):
    row = make.platform()
    part = platform_parts.add_part(by=officer, platform=row, part="body", name="見本自治会")
    for who in (make.municipal_officer("462179"), make.ward_officer(), make.person()):
        for act in (
            lambda who=who: platform_parts.edit_platform(by=who, platform=row, name="別"),
            lambda who=who: platform_parts.add_part(by=who, platform=row, part="body", name="別"),
            lambda who=who: platform_parts.remove_part(by=who, part=part),
        ):
            with pytest.raises(PermissionDenied):
                act()


def test_a_part_stands_once_and_goes_for_good(officer):
    row = make.platform()
    part = platform_parts.add_part(by=officer, platform=row, part="body", name="見本自治会")
    with pytest.raises(Refusal, match="もう載っています"):
        platform_parts.add_part(by=officer, platform=row, part="body", name="見本自治会")
    platform_parts.remove_part(by=officer, part=part)
    platform_parts.remove_part(by=officer, part=part)
    assert not row.parts.exists()


def test_a_plan_that_ends_before_it_begins_is_refused(officer):
    with pytest.raises(ValidationError, match="計画の終わり"):
        platform_parts.edit_platform(
            by=officer, platform=make.platform(), plan_from=date(2026, 4, 1), plan_to=date(2026, 3, 31)
        )


def test_the_wall_shows_every_stage_and_the_way_its_days(client, clock):
    clock.set("2026-11-01")
    row = make.initiative(title="寺子屋の立ち上げ")
    clock.set("2026-11-10")
    officer = make.ward_officer()
    actions.move_initiative(by=officer, initiative=row, step="consider")
    wall = client.get(row.community.get_absolute_url()).content.decode()
    for stage in ("思いつき", "検討", "準備", "実施", "自立"):
        assert stage in wall
    page = client.get(row.get_absolute_url()).content.decode()
    assert "これまでの歩み" in page
    assert "11月1日" in page
    assert "11月10日" in page
    assert officer.user.name not in page
