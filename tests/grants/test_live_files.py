"""A second live application where one is allowed is refused, naming the live one, in ①②③④; where none is said, as many as wanted."""

import pytest
from django.test import Client

from grants import actions, living, programmes
from grants.models import Application, Dispatch, Menu, Workshop
from grants.workshop.actions import cases as workshops
from portal.kernel.refusals import Refusal
from tests.factories import commission, dispatch, workshop
from tests.factories.grants import BY, Town, menu, open_call

from .pages import send, text_of
from .test_constraints import change, refuses
from .test_guide_beginning import address


def limit(number: int, live_max: int | None = 1) -> Menu:
    """The menu of the current year with that term."""
    row = menu(number)
    Menu.objects.filter(pk=row.pk).update(live_max=live_max)
    row.refresh_from_db()
    return row


def start(town: Town) -> Application:
    return actions.start_application(by=town.officer, call=open_call(), municipality=town.area, title="一")


def test_the_seed_limits_nothing_and_two_start(town: Town) -> None:
    """令和6年度の資料は、件数を限っていない。"""
    assert {row.live_max for row in programmes.load(by=BY)[0].menus.all()} == {None}
    assert start(town) != start(town)
    assert living.live_rule(menu(3)) == ""


def test_a_second_subsidy_is_refused_by_name_until_the_first_is_over(town: Town) -> None:
    limit(3)
    first = start(town)
    with pytest.raises(Refusal) as refused:
        start(town)
    assert refused.value.code == "live"
    assert "このメニューで1件までです" in refused.value.message
    assert f"{town.area.name}には、「一」(下書き)があります" in refused.value.message
    assert start(Town(office=town.office)).pk != first.pk, "another municipality has its own"
    actions.withdraw_draft(by=town.officer, application=first)
    assert start(town).pk != first.pk


def test_two_are_allowed_where_the_menu_says_two(town: Town) -> None:
    limit(3, 2)
    assert start(town) != start(town)
    with pytest.raises(Refusal, match="2件まで"):
        start(town)


def test_a_dispatch_a_workshop_and_a_theme_are_counted_too(town: Town) -> None:
    for number in (1, 2, 4):
        limit(number)
    made: Dispatch = dispatch.draft(town)
    with pytest.raises(Refusal, match="1件までです") as refused:
        dispatch.draft(town)
    assert str(made) in refused.value.message
    workshop.draft(town)
    with pytest.raises(Refusal, match="1件までです"):
        workshop.draft(town)
    theme = commission.draft_theme(town)
    with pytest.raises(Refusal, match="1件までです") as refused:
        commission.draft_theme(town)
    assert str(theme) in refused.value.message


def test_what_the_prefecture_plans_is_not_the_municipalitys(town: Town) -> None:
    row = limit(2)
    for _ in range(2):
        workshops.start_workshop(by=town.prefecture, menu=row, municipality=town.area, title="県の研修会")
    assert Workshop.objects.filter(municipality=town.area).count() == 2
    assert workshop.draft(town).pk


def test_the_guide_and_the_start_page_say_it(town: Town, client: Client) -> None:
    limit(3)
    file = start(town)
    client.force_login(town.officer_user)
    words = client.get(address(want="subsidy")).content.decode()
    assert "同時に進められるのは" in words
    assert f'href="{file.get_absolute_url()}"' in words
    data = {"call": str(open_call().pk), "municipality": town.area.pk, "title": "二つめ"}
    answer = send(client, "/grants/applications/new/", **data)
    assert answer.status_code == 409
    assert "「一」(下書き)があります" in text_of(answer)
    assert Application.objects.filter(municipality=town.area).count() == 1


def test_others_read_the_rule_and_no_file(town: Town, client: Client) -> None:
    limit(3)
    start(town)
    words = text_of(client.get(address(want="subsidy")))
    assert "同時に進められるのは" in words
    assert "いま進んでいるもの" not in words


def test_the_term_is_in_range(town: Town) -> None:
    refuses("menu_live_max_in_range", change(menu(3), live_max=0))


def test_the_office_that_types_a_paper_in_reads_of_a_draft_and_not_its_name(town: Town) -> None:
    limit(3)
    start(town)
    with pytest.raises(Refusal, match="には、下書き1件があります") as refused:
        living.check_room(menu(3), town.area.pk, drafts=False)
    assert "「一」" not in refused.value.message
