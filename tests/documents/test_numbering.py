"""Numbers without a gap and papers without a twin, whoever races."""

import pytest
from django.db import transaction

from portal.areas.models import Authority
from portal.documents import actions
from portal.documents.models import Counter, Document
from portal.kernel.models import Job
from tests.factories.accounts import UserFactory, actor
from tests.factories.areas import SectionFactory
from tests.factories.documents import issued
from tests.support.threads import race

from .kind import KEY

pytestmark = pytest.mark.usefixtures("world")
THREADS = 8


def test_eight_threads_number_without_a_gap(city: Authority) -> None:
    section = SectionFactory(authority=city)
    people = [UserFactory() for _ in range(THREADS * 5)]

    def work(mine: list) -> None:  # type: ignore[type-arg]
        for person in mine:
            issued(KEY, person, authority=city, section=section)

    outcomes = race(*(lambda mine=people[start::THREADS]: work(mine) for start in range(THREADS)))
    assert [outcome.error for outcome in outcomes] == [None] * THREADS
    numbers = Document.objects.filter(section=section).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, THREADS * 5 + 1))
    assert Counter.objects.get(section=section).last == THREADS * 5


def test_threads_that_fail_leave_no_gap(city: Authority) -> None:
    section = SectionFactory(authority=city)
    people = [UserFactory() for _ in range(THREADS)]

    def work(place: int) -> None:
        with transaction.atomic():
            issued(KEY, people[place], authority=city, section=section)
            if place % 2:
                raise RuntimeError("undone")

    outcomes = race(*(lambda place=place: work(place) for place in range(THREADS)))
    assert sum(outcome.ok for outcome in outcomes) == THREADS // 2
    numbers = Document.objects.filter(section=section).order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, THREADS // 2 + 1))


def test_one_case_issued_by_eight_threads_is_one_document(city: Authority) -> None:
    section, person = SectionFactory(authority=city), UserFactory()
    outcomes = race(*[lambda: issued(KEY, person, authority=city, section=section)] * THREADS)
    assert [outcome.error for outcome in outcomes] == [None] * THREADS
    assert len({outcome.value.pk for outcome in outcomes}) == 1
    assert Counter.objects.get(section=section).last == 1
    assert Job.objects.filter(object_id=str(outcomes[0].value.pk)).count() == 1


def test_issuing_and_voiding_at_once_end_in_one_order(city: Authority) -> None:
    """Either the void comes first and the later version stands alone, or the document was replaced first."""
    section, person = SectionFactory(authority=city), UserFactory()
    first = issued(KEY, person, authority=city, section=section)
    person.letter_version = 2
    outcomes = race(
        lambda: issued(KEY, person, authority=city, section=section),
        lambda: actions.void(Document.objects.get(pk=first.pk), by=actor(person), note="誤り"),
    )
    first.refresh_from_db()
    assert first.state in {"replaced", "void"}
    assert (first.state == "void") == outcomes[1].ok
    assert list(
        Document.objects.filter(section=section).order_by("number").values_list("number", flat=True)
    ) == ([1, 2] if outcomes[0].ok else [1])
