"""Paging by key: every row once, in order, both ways, whatever the address says."""

import functools
import operator
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel import clock, paging
from portal.kernel.models import RetentionClass, RetentionRule, SearchEntry

pytestmark = pytest.mark.django_db
Rows = QuerySet[SearchEntry]
START = datetime(2026, 4, 1, tzinfo=clock.JST)
ORDERS = [
    ("-updated_at", "id"),
    ("-updated_at", "-id"),
    ("weight", "title", "id"),
    ("-weight", "title"),
    ("happens_at", "id"),
    ("-happens_at", "id"),
    ("weight", "-happens_at"),
    ("id",),
    ("-weight",),
    (),
]


def rows(*specs: tuple[int, int | None, str]) -> Rows:
    """Entries by (weight, day they happen or None, title)."""
    SearchEntry.objects.bulk_create(
        SearchEntry(
            kind="event",
            object_id=str(number),
            audience=["public"],
            title=title,
            weight=weight,
            title_grams=[],
            grams=[],
            happens_at=None if day is None else START + timedelta(days=day),
            updated_at=START + timedelta(days=weight),
        )
        for number, (weight, day, title) in enumerate(specs)
    )
    return SearchEntry.objects.all()


def page(url: str, found: Rows, **how: Any) -> paging.Page[SearchEntry]:
    given = {"order": ("-updated_at", "id"), "per_page": 3} | how
    return paging.keyset(RequestFactory().get("/list/" + url), found, **given)


def walk(found: Rows, **how: Any) -> list[paging.Page[SearchEntry]]:
    """All pages from the first to the last."""
    pages = [page("", found, **how)]
    while pages[-1].next_url:
        pages.append(page(pages[-1].next_url, found, **how))
        assert len(pages) < 200
    return pages


def sorted_ids(found: Rows, order: tuple[str, ...]) -> list[int]:
    """The order promised: as named, empty values last, then the key in the direction of the first column."""
    columns = [
        F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_last=True)
        for name in (*order, "-pk" if order and order[0].startswith("-") else "pk")
    ]
    return list(found.order_by(*columns).values_list("pk", flat=True))


SPECS = st.lists(
    st.tuples(st.integers(0, 2), st.none() | st.integers(0, 2), st.sampled_from(["あ", "い", "う"])),
    max_size=17,
)


@settings(deadline=None, max_examples=60)
@given(specs=SPECS, order=st.sampled_from(ORDERS), per_page=st.integers(1, 4))
def test_every_row_comes_once_in_order_and_the_way_back_is_the_same(
    specs: list[tuple[int, int | None, str]], order: tuple[str, ...], per_page: int
) -> None:
    with transaction.atomic():
        found = rows(*specs)
        pages = walk(found, order=order, per_page=per_page)
        forth = [[row.pk for row in one] for one in pages]
        assert functools.reduce(operator.iadd, forth, []) == sorted_ids(found, order)
        back, here = [forth[-1]], pages[-1]
        while here.previous_url:
            here = page(here.previous_url, found, order=order, per_page=per_page)
            back.insert(0, [row.pk for row in here])
        assert back == forth
        assert here.is_first
        transaction.set_rollback(True)


def test_first_and_last_page_say_so() -> None:
    pages = walk(rows(*[(number, None, "") for number in range(7)]))
    assert [(one.is_first, one.is_last, len(one), one.has_other_pages) for one in pages] == [
        (True, False, 3, True),
        (False, False, 3, True),
        (False, True, 1, True),
    ]
    assert (pages[0].previous_url, pages[0].first_url, pages[2].next_url) == ("", "", "")
    assert pages[1].first_url == "/list/"
    (only,) = walk(SearchEntry.objects.filter(pk=-1))
    assert (only.items, only.is_first, only.is_last, only.has_other_pages) == ([], True, True, False)


def test_rows_that_come_and_go_neither_repeat_nor_hide_others() -> None:
    found = rows(*[(number, None, "") for number in range(9)])
    first = page("", found)
    SearchEntry.objects.filter(pk=first.items[0].pk).delete()
    rows_before = SearchEntry.objects.create(
        kind="new",
        object_id="1",
        audience=["public"],
        title="新しい",
        title_grams=[],
        grams=[],
        updated_at=START + timedelta(days=99),
    )
    second = page(first.next_url, found)
    assert not {row.pk for row in first} & {row.pk for row in second}
    third = page(second.next_url, found)
    seen = {row.pk for one in (first, second, third) for row in one}
    assert seen >= set(found.values_list("pk", flat=True)) - {rows_before.pk}


def test_when_all_rows_beyond_are_gone_the_first_page_is_shown() -> None:
    found = rows(*[(number, None, "") for number in range(5)])
    first = page("", found)
    SearchEntry.objects.exclude(pk__in=[row.pk for row in first]).delete()
    shown = page(first.next_url, found)
    assert [row.pk for row in shown] == [row.pk for row in first]
    assert shown.is_first


def test_filters_stay_in_the_addresses_and_a_cursor_of_other_filters_is_worth_nothing() -> None:
    found = rows(*[(number, None, "") for number in range(5)])
    first = page("?q=秋葉&theme=a&theme=b", found)
    assert first.next_url.startswith("?q=%E7%A7%8B%E8%91%89&theme=a&theme=b&cursor=")
    cursor = first.next_url.partition("cursor=")[2]
    assert not page(first.next_url, found).is_first
    for other in (f"?q=北&cursor={cursor}", f"?cursor={cursor}"):
        assert page(other, found).is_first
    assert page(first.next_url, found, order=("updated_at", "id")).is_first


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=80) | st.binary(max_size=40).map(bytes.hex))
def test_a_garbage_cursor_leads_to_the_first_page(cursor: str) -> None:
    request = RequestFactory().get("/list/", {"cursor": cursor.encode("utf-8", "replace").decode()})
    assert paging.keyset(request, SearchEntry.objects.all(), order=("id",)).is_first


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        ["", 0, ["1"]],
        ["{digest}", 0, []],
        ["{digest}", 0, ["x", "y"]],
        ["{digest}", 0, [None, None]],
        ["{digest}", 0, 5],
        "text",
    ],
)
def test_a_signed_cursor_of_another_shape_leads_to_the_first_page(content: Any) -> None:
    found = rows(*[(number, None, "") for number in range(5)])
    digest = signing.loads(unquote(page("", found).next_url.partition("cursor=")[2]), salt="kernel.paging")[0]
    if isinstance(content, list) and content[:1] == ["{digest}"]:
        content = [digest, *content[1:]]
    assert page("?cursor=" + signing.dumps(content, salt="kernel.paging"), found).is_first


def test_two_lists_on_one_page_have_cursors_of_their_own() -> None:
    found = rows(*[(number, None, "") for number in range(7)])
    first = page("?b=1", found, name="a")
    assert "a=" in first.next_url
    assert "b=1" in first.next_url
    assert page(first.next_url, found, name="b").is_first


def test_one_statement_a_page_and_one_for_the_count_when_it_is_shown(
    assert_queries: Callable[[int], object],
) -> None:
    found = rows(*[(number, None, "") for number in range(7)])
    with assert_queries(1):
        first = page("", found)
    with assert_queries(1):
        second = page(first.next_url, found)
    with assert_queries(1):
        assert (second.count_label, second.count) == ("7件", 7)
    with assert_queries(1):
        page("", found.filter(pk=-1))


def test_counts_are_capped() -> None:
    rows(*[(0, None, "")] * 1_000)
    assert page("", SearchEntry.objects.all()).count_label == "1,000件"
    SearchEntry.objects.create(
        kind="x", object_id="x", audience=["public"], title="", title_grams=[], grams=[]
    )
    assert page("", SearchEntry.objects.all()).count_label == "1,000件以上"
    assert paging.capped_count(SearchEntry.objects.all(), cap=10) == 11
    assert paging.count_label(0) == "0件"


def test_related_columns_and_annotations_can_be_sorted_by() -> None:
    classes = [RetentionClass.objects.create(code=f"t{number}", title=f"{number % 2}") for number in range(5)]
    for one in classes:
        RetentionRule.objects.create(model_label=f"app.{one.code}", retention_class=one)
    found = RetentionRule.objects.filter(retention_class__in=classes).annotate(size=Length("model_label"))
    for order in (("-retention_class__title",), ("size", "-retention_class__title"), ("retention_class",)):
        first = paging.keyset(RequestFactory().get("/"), found, order=order, per_page=3)
        second = paging.keyset(RequestFactory().get("/" + first.next_url), found, order=order, per_page=3)
        assert len({row.pk for row in [*first, *second]}) == 5
        assert second.is_last


def test_an_unknown_column_is_a_fault_of_the_programmer() -> None:
    for order in (("nothing",), ("title__nothing",)):
        with pytest.raises(FieldDoesNotExist):
            page("", SearchEntry.objects.all(), order=order)


def test_columns_that_are_never_empty_are_a_range_of_the_index(django_assert_num_queries: Any) -> None:
    found = rows(*[(1, number, "") for number in range(9)]).filter(happens_at__isnull=False)
    with django_assert_num_queries(2) as captured:
        first = page("", found, order=("happens_at", "id"), filled=("happens_at",))
        second = page(first.next_url, found, order=("happens_at", "id"), filled=("happens_at",))
    assert [row.happens_at for row in second] == [START + timedelta(days=day) for day in (3, 4, 5)]
    statement = captured[1]["sql"]
    assert '("kernel_searchentry"."happens_at", "kernel_searchentry"."id") > (' in statement
    assert "NULLS" not in statement


def test_works_with_values_and_with_filters_of_or() -> None:
    rows(*[(number, None, "あ") for number in range(5)])
    found = SearchEntry.objects.filter(Q(weight__lt=2) | Q(title="あ")).values("id", "updated_at", "title")
    first = paging.keyset(RequestFactory().get("/"), found, order=("-updated_at", "id"), per_page=2)  # type: ignore[type-var]
    second = paging.keyset(
        RequestFactory().get("/" + first.next_url), found, order=("-updated_at", "id"), per_page=2
    )  # type: ignore[type-var]
    assert len({row["id"] for row in [*first, *second]}) == 4  # type: ignore[index]
