"""What is put for many at once is written once each, with the last word, and not at all when the work breaks off."""

import pytest

from portal.kernel import search
from portal.kernel.models import SearchEntry

pytestmark = pytest.mark.django_db


def put(object_id: str, title: str) -> None:
    search.put(kind="community", object_id=object_id, audience=["public"], title=title)


def test_gathered_entries_are_written_at_the_end_in_one_statement(assert_queries) -> None:  # type: ignore[no-untyped-def]
    with assert_queries(1), search.gathered():
        put("1", "はじめの名前")
        put("1", "あとの名前")
        put("2", "二つめ")
        assert SearchEntry.objects.none().count() == 0
    assert dict(SearchEntry.objects.values_list("object_id", "title")) == {"1": "あとの名前", "2": "二つめ"}


def test_what_is_dropped_inside_is_not_written() -> None:
    with search.gathered():
        put("1", "消えるもの")
        search.drop(kind="community", object_id="1")
    assert not SearchEntry.objects.exists()


def test_nothing_is_written_when_the_work_breaks_off() -> None:
    def breaks_off() -> None:
        with search.gathered():
            put("1", "途中")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert not SearchEntry.objects.exists()
    put("2", "ふだんどおり")
    assert SearchEntry.objects.count() == 1
