"""The small components: escaped, named, valid."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template import engines

from portal.kernel import clock
from portal.kernel.ports import DeskItem, Edge
from portal.kernel.ui.marks import WARDS
from tests.support.html import assert_html

EVIL = '<script>alert("1")</script>'


def draw(source: str, **context: Any) -> str:
    """Render `source` with the kit, and check that the result is a valid fragment."""
    html = engines["django"].from_string(source).render(context)
    assert_html(html, fragment=True)
    return html


@pytest.mark.parametrize(
    "source",
    [
        "{% tag x %}",
        "{% wardmark name=x slug=x %}",
        "{% more x x %}",
        "{% sr x %}",
        "{% button x x about=x %}",
        "{% submit x name='a' value=x reason=x %}",
        "{% chips items label=x %}",
        "{% panel x note=x id='p' %}{{ x }}{% endpanel %}",
        "{% notice 'ok' x %}{{ x }}{% endnotice %}",
        "{% empty_state x action=x url=x %}{{ x }}{% endempty_state %}",
        "{% steps x x current=1 label=x %}",
        "{% figure alt=x caption=x src=x %}",
        "{% section_box x note=x url=x %}{{ x }}{% endsection_box %}",
        "{% comment_box x x did=x %}{{ x }}{% endcomment_box %}",
        "{% datelist %}{% dateitem '' x x side=x tag=x %}{{ x }}{% enddateitem %}{% enddatelist %}",
        "{% photo x alt=x %}{{ x }}{% endphoto %}",
        "{% entry x x meta=x alt=x src=x %}{{ x }}{% endentry %}",
        "{% people %}{% person x role=x note=x url=x %}{% endpeople %}",
        "{% timeline %}{% moment x title=x url=x %}{{ x }}{% endmoment %}{% endtimeline %}",
        "{% facts %}{% fact x x x url=x %}{% endfacts %}",
        "{% summary %}{% item x x action=x url=x %}{% row x %}{{ x }}{% endrow %}{% endsummary %}",
        "{% confirm_list items %}",
        "{% table x %}<tr><td>{{ x }}</td></tr>{% endtable %}",
        "{% meter 1 2 label=x %}",
        "{% legend %}{% key 'fill' x %}{% endlegend %}",
        "{% ward_bars bars label=x %}",
        "{% year_bars years label=x target=3 target_label=x %}",
        "{% stacked_bars stacks series label=x %}",
        "{% diff x y %}",
        "{% stages groups %}",
        "{% checks answers %}",
        "{% formula sums %}",
        "{% breadcrumb x x x %}",
    ],
)
def test_component_escapes_what_people_wrote(source: str) -> None:
    html = draw(
        source,
        x=EVIL,
        y=f"{EVIL} y",
        items=[(EVIL, EVIL)],
        bars=[("akiha", EVIL, 3, EVIL)],
        years=[(EVIL, 3, True)],
        stacks=[(EVIL, [1, 2])],
        series=[EVIL, EVIL],
        groups=[(EVIL, [(EVIL, EVIL)], EVIL), (EVIL, [], EVIL)],
        answers=[(EVIL, EVIL, EVIL)],
        sums=[(EVIL, EVIL, EVIL, "")],
    )
    assert "<script" not in html
    assert "&lt;script" in html


@pytest.mark.parametrize(
    "source", ["{% tag 'x' 'pink' %}", "{% button 'x' '/' kind='x' %}", "{% icon 'x' %}"]
)
def test_unknown_kind_is_refused_at_once(source: str) -> None:
    with pytest.raises(KeyError):
        engines["django"].from_string(source).render({})


def test_wardmark_colours_wards_only() -> None:
    assert 'data-ward="akiha"' in draw("{% wardmark a %}", a=SimpleNamespace(name="秋葉区", slug="akiha"))
    assert "data-ward" not in draw("{% wardmark a %}", a=SimpleNamespace(name="鹿屋市", slug="kanoya"))


def test_disabled_button_is_tied_to_its_reason() -> None:
    html = draw("{% submit '起案する' reason='確認項目が2つ残っています。' %}")
    assert " disabled" in html
    name = html.split('aria-describedby="')[1].split('"')[0]
    assert f'id="{name}"' in html
    assert html == draw("{% submit '起案する' reason='確認項目が2つ残っています。' %}")


def test_number_that_is_not_known_is_never_zero() -> None:
    assert "未設定" in draw("{% bignum x %}", x=None)
    assert "未設定" in draw("{% facts %}{% fact '目標' x '件' %}{% endfacts %}", x=None)
    assert "未設定" in draw("{% year_bars y label='協働数' %}", y=[("令和7年度", None, False)])
    assert "未設定" not in draw("{% bignum x '件' %}", x=0)


def test_todo_counts_days_and_fills_the_late_one() -> None:
    def at(day: date | None) -> DeskItem:
        return DeskItem(title="返事をする", meta="3件", url="/x/", action="返事をする", due_on=day)

    with clock.at(date(2026, 11, 25)):
        days = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 28), None]
        html = draw("{% todo items %}", items=[at(day) for day in days])
    for words in ("1日すぎました", "今日まで", "あと3日", "期限なし"):
        assert words in html
    assert html.count('class="is-late"') == 1
    assert html.count("button--line") == 3


def test_date_of_another_year_says_its_year() -> None:
    with clock.at(date(2026, 11, 25)):
        source = "{% datelist %}{% dateitem at '会' '/e/' %}{% enddateitem %}{% enddatelist %}"
        assert "2027年" in draw(source, at=datetime(2027, 1, 9, 9, 0, tzinfo=UTC))
        assert "2026年" not in draw(source, at=datetime(2026, 12, 5, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("taken", "capacity", "waiting", "words"),
    [
        (22, 40, 0, "あと 18席(定員40人)"),
        (60, 60, 7, "満席 キャンセル待ち 7人"),
        (60, 60, 0, "満席"),
        (0, None, 0, "申込み不要"),
    ],
)
def test_seats_say_in_words_what_the_bar_shows(
    taken: int, capacity: int | None, waiting: int, words: str
) -> None:
    html = draw("{% seats taken=t capacity=c waiting=w %}", t=taken, c=capacity, w=waiting)
    assert html.endswith(words)


@pytest.mark.parametrize(
    ("value", "of", "extra", "widths"),
    [
        (64, 100, "", ["100", "64", "0.8"]),
        (0, 100, "", ["100"]),
        (0, 0, "", ["100"]),
        (103, 100, "", ["100", "100"]),
        (65, 100, "used=35", ["100", "35", "65"]),
        (60, 60, "wait=7", ["100", "89.6", "0.8", "10.4", "1.6", "0.6"]),
    ],
)
def test_meter_widths_are_shares_of_the_whole(value: int, of: int, extra: str, widths: list[str]) -> None:
    html = draw("{% meter v o label='めやす' " + extra + " %}", v=value, o=of)
    assert [part.split('"')[0] for part in html.split('width="')[1:]] == widths
    assert 'aria-label="めやす"' in html


def test_steps_mark_what_is_done_and_where_one_is() -> None:
    html = draw("{% steps items=items current=2 %}", items=[("対象", "/a/"), ("計画", "/b/"), ("確認", "")])
    assert html.count("is-done") == 1
    assert html.count('aria-current="step"') == 1
    assert 'href="/b/"' not in html


def test_tabs_mark_the_page_one_is_on() -> None:
    items = [("ようす", "/wards/akiha/"), ("イベント", "/wards/akiha/?tab=e", 5, False)]
    html = draw("{% tabs items label='中' %}", items=items, request=SimpleNamespace(path="/wards/akiha/"))
    assert html.count('aria-current="page"') == 1


def test_thread_without_arrows_draws_nothing() -> None:
    assert draw("{% related e %}", e=[]) == ""
    assert "ロケハン" in draw("{% related e %}", e=[Edge(kind="取組", title="ロケハン", url="/i/")])


def test_diff_speaks_its_marks_and_keeps_equal_text_plain() -> None:
    html = draw("{% diff a b %}", a="週1回を10回試す。", b="週1回を12回試す。")
    assert "<del>" in html
    assert "<ins>" in html
    assert "消された所" in html
    assert draw("{% diff a b %}", a="同じ", b="同じ") == '<span class="diff">同じ</span>'


@pytest.mark.parametrize("slug", WARDS)
def test_every_ward_has_a_drawing_that_is_described(slug: str) -> None:
    html = draw("{% wardhead a %}{% endwardhead %}", a=SimpleNamespace(name="区", slug=slug))
    assert f"img/scene-{slug}." in html
    assert 'alt=""' not in html
    assert (settings.ROOT / "static" / "img" / f"scene-{slug}.svg").is_file()


def test_head_of_another_area_stands_without_a_drawing() -> None:
    assert "<img" not in draw(
        "{% wardhead a %}{% endwardhead %}", a=SimpleNamespace(name="鹿屋市", slug="kanoya")
    )
