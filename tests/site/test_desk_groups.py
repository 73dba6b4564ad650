"""The desk by time: today, this week, later; choosing by kind and place; あとで with a day and a reason."""

from datetime import date, timedelta

import pytest

from portal.accounts.enums import Role
from portal.kernel import clock, ports
from portal.kernel.actors import UserActor
from portal.kernel.ports import DeskItem
from portal.kernel.refusals import Refusal
from portal.site import actions, desk
from portal.site.desk import Choice
from portal.site.desk_keys import digest
from portal.site.models import DeskSnooze
from tests.factories.accounts import officer
from tests.factories.areas import AKIHA
from tests.support.html import assert_html

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
TODAY = date(2026, 11, 25)  # a Wednesday


def item(key: str, days: int | None = None, **fields: str) -> DeskItem:
    due = None if days is None else TODAY + timedelta(days=days)
    return DeskItem(title=f"仕事{key}", meta="", url="/", action="開く", due_on=due, key=key, **fields)


def lay(monkeypatch, *items: DeskItem) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(ports, "desk_items", [lambda scope: list(items)])


@pytest.fixture
def me() -> UserActor:
    return UserActor(officer(Role.WARD_OFFICER, AKIHA))


def scope_of(who: UserActor):  # type: ignore[no-untyped-def]
    from portal.accounts.scope import Scope

    return Scope.of(who)


def test_today_this_week_and_later(monkeypatch, me) -> None:  # type: ignore[no-untyped-def]
    lay(monkeypatch, item("late", -3), item("now", 0), item("sunday", 4), item("monday", 5), item("open"))
    found = desk.desk_of(scope_of(me))
    groups = [(group.title, [one.key for one in group.items]) for group in found.groups]
    assert groups == [
        ("今日まで", ["late", "now"]), ("今週", ["sunday"]), ("それから", ["monday", "open"]),
    ]  # fmt: skip
    assert (found.count, found.late, found.urgent) == (5, 1, 2)


def test_many_of_one_kind_are_folded_and_one_click_away(monkeypatch, me) -> None:  # type: ignore[no-untyped-def]
    lay(monkeypatch, *[item(f"a{n}", kind="動きがない") for n in range(9)], item("b", kind="催しの報告"))
    later = desk.desk_of(scope_of(me)).groups[2]
    assert (later.count, len(later.items), later.more) == (10, 6, 0)
    assert [words for words, _ in later.folded] == ["動きがない 9件をすべて見る"]
    chosen = desk.desk_of(scope_of(me), Choice(kind="動きがない"))
    assert len(chosen.groups[2].items) == 9
    assert chosen.groups[2].folded == []


def test_a_group_is_bounded_and_says_how_many_more(monkeypatch, me) -> None:  # type: ignore[no-untyped-def]
    lay(monkeypatch, *[item(f"a{n}", -1) for n in range(desk.SHOWN + 7)])
    group = desk.desk_of(scope_of(me)).groups[0]
    assert (len(group.items), group.more) == (desk.SHOWN, 7)


def test_people_choose_by_kind_and_place_where_there_is_much(monkeypatch, me) -> None:  # type: ignore[no-untyped-def]
    lay(monkeypatch, item("a", kind="報告", place="秋葉区"), item("b", kind="申込み", place="北区"))
    assert desk.desk_of(scope_of(me)).kinds == []
    rows = [item(f"a{n}", kind="報告", place="秋葉区") for n in range(9)]
    lay(monkeypatch, *rows, item("b", kind="申込み", place="北区"))
    found = desk.desk_of(scope_of(me), Choice(place="北区"))
    assert found.count == 1
    assert ("秋葉区 9", "?place=%E7%A7%8B%E8%91%89%E5%8C%BA", False) in found.places
    assert ("報告 9", "?kind=%E5%A0%B1%E5%91%8A&place=%E5%8C%97%E5%8C%BA", False) in found.kinds


def test_put_off_until_a_day_and_back_on_that_day(monkeypatch, me) -> None:  # type: ignore[no-untyped-def]
    lay(monkeypatch, item("a"), item("b"))
    actions.snooze_item(by=me, item=item("a"), until_on=date(2026, 11, 30), reason="返事を待っています")
    found = desk.desk_of(scope_of(me))
    assert (found.count, [one.key for one, _ in found.later]) == (1, ["a"])
    other = desk.desk_of(scope_of(UserActor(officer(Role.WARD_OFFICER, AKIHA))))
    assert other.count == 2
    with clock.at(date(2026, 11, 30)):
        assert desk.desk_of(scope_of(me)).count == 2


@pytest.mark.parametrize(
    ("days", "until", "allowed"),
    [(None, 60, True), (None, 61, False), (None, 0, False), (5, 5, True), (5, 6, False), (-2, 7, True), (-2, 8, False)],
)  # fmt: skip
def test_nothing_is_put_off_past_its_deadline(me, days, until, allowed) -> None:  # type: ignore[no-untyped-def]
    thing, day = item("a", days), TODAY + timedelta(days=until)
    if allowed:
        assert actions.snooze_item(by=me, item=thing, until_on=day, reason="理由").until_on == day
        return
    with pytest.raises(Refusal) as refused:
        actions.snooze_item(by=me, item=thing, until_on=day, reason="理由")
    assert refused.value.field == "until_on"


def test_again_changes_the_day_and_waking_twice_changes_nothing(me) -> None:  # type: ignore[no-untyped-def]
    thing = item("a")
    for day in (date(2026, 11, 27), date(2026, 12, 4)):
        actions.snooze_item(by=me, item=thing, until_on=day, reason="理由")
    assert DeskSnooze.objects.get(user=me.user).until_on == date(2026, 12, 4)
    assert actions.wake_item(by=me, item=thing) is not None
    assert actions.wake_item(by=me, item=thing) is None
    assert not DeskSnooze.objects.exists()


def test_the_page_of_putting_off(client, monkeypatch, me) -> None:  # type: ignore[no-untyped-def]
    thing = item("a", 5)
    lay(monkeypatch, thing)
    client.force_login(me.user)
    page = client.get(f"/staff/later/{digest(thing)}/")
    assert_html(page.content)
    refused = client.post(
        f"/staff/later/{digest(thing)}/",
        {"once": page.context["form"].initial["once"], "until_on": "2026-11-27", "reason": ""},
    )
    assert refused.status_code == 422
    done = client.post(
        f"/staff/later/{digest(thing)}/",
        {"once": page.context["form"].initial["once"], "until_on": "2026-11-27", "reason": "電話を待つ"},
    )
    assert (done.status_code, done.headers["Location"]) == (303, "/staff/")
    shown = client.get("/staff/").content
    assert "電話を待つ" in shown.decode()
    assert_html(shown)
    back = client.get(f"/staff/later/{digest(thing)}/back/")
    assert_html(back.content)
    client.post(f"/staff/later/{digest(thing)}/back/", {"once": back.context["form"].initial["once"]})
    assert not DeskSnooze.objects.exists()
    lay(monkeypatch)
    assert client.get(f"/staff/later/{digest(thing)}/").status_code == 404
