"""Search: found by two characters, by whom it is meant for, best first, in one statement."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel import clock, search
from portal.kernel.models import SearchEntry

pytestmark = pytest.mark.django_db
PUBLIC = ["public"]


def put(
    title: str, body: str = "", *, key: str = "", audience: list[str] | None = None, **more: object
) -> str:
    """Put one entry and return its id."""
    key = key or str(uuid.uuid4())
    given = {"kind": "community", "audience": PUBLIC if audience is None else audience, **more}
    search.put(object_id=key, title=title, body=body, **given)  # type: ignore[arg-type]
    return key


def titles(q: str, audience: list[str] | None = None, **more: object) -> list[str]:
    found = search.find(q, audience=PUBLIC if audience is None else audience, **more)  # type: ignore[arg-type]
    return [hit.title for hit in found.items]


@pytest.mark.parametrize(
    "q",
    [
        "タイトル未定",
        "タイトル",
        "未定",
        "ﾀｲﾄﾙ",
        "たいとる",
        "学生",
        "会議 学生",
        "髙橋",
        "高橋",
        "ＤＩＹ",
        "diy",
        "関ケ原",
        "秋葉区・新津",
        "「学生」",
    ],
)
def test_a_community_is_found_however_it_is_typed(q: str) -> None:
    put("タイトル未定", "秋葉区・新津の学生と髙橋さんの会議。DIYで関ヶ原まで。")
    put("別の会", "ほかの話題")
    assert titles(q) == ["タイトル未定"]


@pytest.mark.parametrize(
    "q",
    [
        "タイトル未定 別",
        "未走",
        "定未",
        "%",
        "_",
        "学%生",
        "\\",
        "会議生",
        "",
        "  ",
        "・",
        "。、",
        "\x00",
        "\ud800",
    ],
)
def test_what_is_not_there_is_not_found(q: str) -> None:
    put("タイトル未定", "学生の会議")
    put("未別", "定数 学校 人生")
    assert titles(q) == []


def test_signs_of_patterns_are_ordinary_characters() -> None:
    put("50%引き", "a_b c\\d")
    put("50円引き", "axb cxd")
    assert titles("50%") == titles("a_b") == ["50%引き"]


def test_one_character_finds_beginnings_of_titles_only() -> None:
    put("森の会", "海の話")
    put("里山の森", "森")
    assert titles("森") == ["森の会"]
    assert titles("海") == []
    assert titles("森 の会") == ["森の会"]


def test_audience_decides_who_finds() -> None:
    put("公開の会")
    put("会員の会", audience=["community:1", "area:151050"])
    assert titles("の会") == ["公開の会"]
    assert sorted(titles("の会", ["public", "community:1"])) == ["会員の会", "公開の会"]
    assert titles("の会", ["area:151050"]) == ["会員の会"]
    assert titles("の会", ["community:2"]) == titles("の会", []) == []


def test_kinds_and_areas_narrow_the_answer() -> None:
    put("秋葉の会", area_codes=["151050"])
    put("秋葉の催し", kind="event", area_codes=["151050", "151017"])
    assert titles("秋葉", kinds=["event"]) == titles("秋葉", area_codes=["151017"]) == ["秋葉の催し"]
    assert titles("秋葉", kinds=[]) == []
    assert len(titles("秋葉", kinds=["event", "community"], area_codes=["151050"])) == 2


def test_exact_title_then_beginning_then_title_then_weight_then_next_then_newest() -> None:
    now = clock.now()
    with clock.at(now - timedelta(days=2)):
        put("古い話", "こども食堂")
    put("終わった会", "こども食堂", happens_at=now - timedelta(days=30))
    put("来月の会", "こども食堂", happens_at=now + timedelta(days=30))
    put("来週の会", "こども食堂", happens_at=now + timedelta(days=7))
    put("重い会", "こども食堂", weight=5)
    put("港のこども食堂")
    put("こども食堂の集い")
    put("こども食堂")
    put("新しい話", "こども食堂")
    assert titles("こども食堂") == [
        "こども食堂",
        "こども食堂の集い",
        "港のこども食堂",
        "重い会",
        "来週の会",
        "来月の会",
        "新しい話",
        "古い話",
        "終わった会",
    ]


def test_putting_again_changes_the_entry_and_dropping_ends_it() -> None:
    key = put("旧い名前", "旧い本文")
    put("新しい名前", "新しい本文", key=key)
    assert titles("旧い") == []
    assert titles("新しい") == ["新しい名前"]
    assert SearchEntry.objects.count() == 1
    search.drop(kind="community", object_id=key)
    search.drop(kind="community", object_id=key)
    assert titles("新しい") == []


def test_an_entry_for_nobody_is_dropped() -> None:
    key = put("下書きに戻す会")
    put("下書きに戻す会", key=key, audience=[])
    assert not SearchEntry.objects.exists()


def test_the_database_refuses_an_entry_for_nobody() -> None:
    put("会")
    with pytest.raises(IntegrityError, match="searchentry_audience_not_empty"), transaction.atomic():
        SearchEntry.objects.update(audience=[])


def test_the_database_keeps_one_entry_for_an_object() -> None:
    key = put("会")
    entry = SearchEntry.objects.get(object_id=key)
    entry.pk = None
    with pytest.raises(IntegrityError, match="searchentry_object"), transaction.atomic():
        entry.save(force_insert=True)


def test_a_refused_action_leaves_no_entry() -> None:
    with transaction.atomic():
        put("消える会")
        transaction.set_rollback(True)
    assert titles("消える") == []


def test_one_statement_to_find_and_one_to_put(assert_queries: Callable[[int], object]) -> None:
    with assert_queries(1):
        put("秋葉区の会", "本文")
    for q in ("秋葉", "秋", "無い言葉", "秋葉 本文"):
        with assert_queries(1):
            search.find(q, audience=PUBLIC)
    with assert_queries(0):
        search.find("  ", audience=PUBLIC)
        search.find("秋葉", audience=[])
    with assert_queries(2):
        search.put_many(
            search.Entry(kind="event", object_id=str(number), audience=PUBLIC, title=f"催し{number}")
            for number in range(600)
        )


def test_the_same_object_twice_in_one_batch_keeps_the_last() -> None:
    entries = [
        search.Entry(kind="event", object_id="1", audience=PUBLIC, title=title)
        for title in ("先の名", "後の名")
    ]
    search.put_many(entries)
    assert titles("の名") == ["後の名"]


def test_a_long_question_is_cut_and_a_long_body_found_to_its_limit() -> None:
    assert len(search.tokens(" ".join(f"言葉{number}" for number in range(50)))) == search.MAX_WORDS
    assert max(map(len, search.tokens("あ" * 10_000))) == search.MAX_WORD
    put("長い会", "あい" * (search.MAX_BODY // 2) + "おわり")
    assert titles("あい" * 20) == ["長い会"]
    assert titles("おわり") == []


def test_an_excerpt_shows_where_the_word_stands() -> None:
    put("会", "前置き。" * 60 + "ここに珍獣がいます。" + "後書き。" * 60)
    (hit,) = search.find("珍獣", audience=PUBLIC).items
    assert "珍獣" in hit.excerpt
    assert len(hit.excerpt) <= 140
    assert not hit.in_title


@settings(deadline=None, max_examples=100)
@given(data=st.data())
def test_sql_and_python_agree_on_what_matches(data: st.DataObject) -> None:
    """The twin: what the statement finds is what the keys say, for texts of few characters that collide often."""
    letters = st.text(alphabet="あアいｱ神髙高 ー-%_\\AaＡ・。", max_size=12)
    texts = data.draw(st.lists(st.tuples(letters, letters), min_size=1, max_size=6))
    q = data.draw(st.text(alphabet="あアい神髙高 ー-%_\\aＡ", min_size=2, max_size=6))
    words = search.tokens(q)
    with transaction.atomic():
        for number, (title, body) in enumerate(texts):
            put(title, body, key=str(number))
        found = {hit.object_id for hit in search.find(q, audience=PUBLIC).items}
        transaction.set_rollback(True)
    keys = [
        (" ".join(search.tokens(title)), search.tokens(title) + search.tokens(body)) for title, body in texts
    ]
    if words and all(len(word) == 1 for word in words):
        expected = {str(n) for n, (t, w) in enumerate(keys) if t.startswith(words[0]) and _holds(w, words)}
    else:
        expected = {str(n) for n, (_, w) in enumerate(keys) if words and _holds(w, words)}
    assert found == expected


def _holds(text: list[str], words: list[str]) -> bool:
    return all(any(word in one for one in text) for word in words)
