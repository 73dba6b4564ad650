"""Statements built once: the same rows as built anew, other values each time, nothing frozen, nothing narrowed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Count, F, QuerySet

from portal.kernel import clock
from portal.kernel.models import Job
from portal.kernel.prepared import prepared
from tests.support.threads import race

Rows = QuerySet[Job]
KIND = "tests.prepared"


def job(number: int, **values: Any) -> Job:
    made: Job = Job.objects.create(kind=KIND, key=f"prepared {number} {uuid4()}", **values)
    return made


@prepared
def one(pk: UUID) -> Rows:
    return Job.objects.filter(pk=pk)


@prepared
def before(kind: str, moment: datetime) -> Rows:
    return Job.objects.filter(kind=kind, run_after__lt=moment).order_by("run_after")[:3]


@prepared
def counted(kind: str) -> Any:
    return Job.objects.filter(kind=kind).values("kind").annotate(many=Count("pk"), same=F("kind"))


@pytest.mark.django_db
def test_it_gives_the_rows_of_each_call(assert_queries: Any) -> None:
    first, second = job(1), job(2)
    list(one(pk=first.pk))
    with assert_queries(2):
        assert list(one(pk=first.pk)) == [first]
        assert list(one(pk=second.pk)) == [second]
    assert list(one(pk=uuid4())) == []
    assert next(iter(one(pk=first.pk))).key == first.key


@pytest.mark.django_db
def test_moments_and_texts_are_those_of_the_call_and_the_slice_stands() -> None:
    now = clock.now()
    rows = [job(number, run_after=now + timedelta(minutes=number)) for number in range(5)]
    assert list(before(kind=KIND, moment=now + timedelta(minutes=2))) == rows[:2]
    assert list(before(kind=KIND, moment=now + timedelta(hours=1))) == rows[:3]
    assert list(before(kind="of nothing", moment=now + timedelta(hours=1))) == []


@pytest.mark.django_db
def test_values_and_annotations_come_as_they_were_built() -> None:
    job(1)
    job(2)
    assert list(counted(kind=KIND)) == [{"kind": KIND, "many": 2, "same": KIND}]


@prepared
def tried(times: int) -> Rows:
    return Job.objects.filter(kind=KIND, attempts=times)


@pytest.mark.django_db
def test_numbers_are_those_of_the_call() -> None:
    once, twice = job(1, attempts=1), job(2, attempts=2)
    assert [list(tried(times=times)) for times in (1, 2, 3)] == [[once], [twice], []]


@pytest.mark.parametrize(
    "narrow",
    [
        lambda rows: rows.filter(kind=KIND),
        lambda rows: rows[:1],
        lambda rows: rows.count(),
        lambda rows: rows.order_by("pk"),
        lambda rows: rows.exists(),
    ],
)
def test_it_cannot_be_narrowed(narrow: Any) -> None:
    with pytest.raises(TypeError, match="read as it stands"):
        narrow(one(pk=uuid4()))


def test_values_are_given_by_name_and_all_of_them() -> None:
    with pytest.raises(TypeError, match=r"takes \['kind', 'moment'\], not \['kind'\]"):
        before(kind=KIND)


def test_a_moment_that_is_no_parameter_is_refused() -> None:
    @prepared
    def frozen(kind: str) -> Rows:
        return Job.objects.filter(kind=kind, run_after__lt=clock.now())

    with pytest.raises(ValueError, match="would stay the same for ever"):
        frozen(kind=KIND)


def test_a_value_that_never_reaches_the_statement_is_refused() -> None:
    @prepared
    def deaf(kind: str, pk: UUID) -> Rows:
        return Job.objects.filter(kind=kind.upper(), pk=pk)

    with pytest.raises(ValueError, match=r"\['kind'\] does not reach"):
        deaf(kind=KIND, pk=uuid4())


@pytest.mark.usefixtures("world")
def test_threads_share_it_each_with_its_own_connection() -> None:
    rows = [job(number) for number in range(8)]
    fresh = prepared(one.build)
    found = race(*[lambda row=row: list(fresh(pk=row.pk)) for row in rows])
    assert [outcome.value for outcome in found] == [[row] for row in rows]
