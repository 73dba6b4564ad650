"""Search where many things match: counted to the cap, ranked without reading every hit, by the index."""

from datetime import timedelta

import pytest
from django.db import connection

from portal.kernel import clock, search

from .test_search import PUBLIC, put, titles

pytestmark = pytest.mark.django_db


def _many(count: int, **more: object) -> None:
    search.put_many(
        search.Entry(
            kind="event",
            object_id=f"{number:05}",
            audience=PUBLIC,
            title=f"催し{number:05}",
            body="地域の話",
            **more,
        )  # type: ignore[arg-type]
        for number in range(count)
    )


def test_counts_are_exact_to_a_thousand_and_capped_above() -> None:
    _many(1_000)
    found = search.find("地域", audience=PUBLIC)
    assert (found.count_label, found.capped, found.has_more, len(found.items)) == ("1,000件", False, True, 20)
    put("もう一つ", "地域")
    found = search.find("地域", audience=PUBLIC)
    assert (found.count_label, found.capped) == ("1,000件以上", True)
    last = search.find("地域", audience=PUBLIC, offset=980)
    assert len(last.items) == 20
    assert not last.has_more


def test_a_common_word_still_puts_the_best_first() -> None:
    """1,200 hits written before: more than are read. The titles, the next and the newest must come nevertheless."""
    _many(1_200)
    put("地域")
    put("地域の宝")
    put("皆の地域")
    put("次の催し", "地域", happens_at=clock.now() + timedelta(days=1))
    put("新着", "地域")
    assert titles("地域")[:4] == ["地域", "地域の宝", "皆の地域", "次の催し"]
    assert "新着" in titles("地域")[:8]


def test_the_exact_title_is_first_among_thousands_that_begin_with_it() -> None:
    search.put_many(
        search.Entry(kind="event", object_id=f"{number:05}", audience=PUBLIC, title=f"地域の日{number:05}")
        for number in range(2_500)
    )
    put("地域の日")
    assert titles("地域の日")[0] == "地域の日"


def test_a_thousand_hidden_hits_do_not_hide_the_ones_for_me() -> None:
    _many(1_200)
    put("会員の催し", "地域", audience=["community:7"])
    assert titles("地域", ["community:7"]) == ["会員の催し"]


def test_a_rare_and_a_common_word_use_the_bigram_index() -> None:
    _many(3_000)
    put("珍しい会", "珍獣")
    with connection.cursor() as cursor:
        for grams in (["珍獣"], ["地域"]):
            cursor.execute(
                "EXPLAIN SELECT id FROM kernel_searchentry WHERE grams @> (SELECT %s::text[]) LIMIT 1001",
                [grams],
            )
            plan = "\n".join(row[0] for row in cursor.fetchall())
            assert "searchentry_grams" in plan, plan
