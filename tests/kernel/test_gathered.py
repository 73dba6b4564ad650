"""Many at once: entries written together, tables moved together, and nothing kept of what broke off."""

import pytest
from django.db import transaction

from portal.kernel import audit, search
from portal.kernel.actors import JobActor
from portal.kernel.models import AuditEntry, AuditPending, Job, SearchEntry
from portal.kernel.refusals import Refusal, of_row, row_of

pytestmark = pytest.mark.django_db

BY = JobActor("tester")


def job(key: str) -> Job:
    return Job.objects.create(kind="kernel.heartbeat", key=key)


def note(target: Job, event: str = "kernel.job.tested") -> None:
    audit.record(event, by=BY, target=target, data={"円": 1_000})


def entries() -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(target_type="kernel.job").order_by("id"))


def test_entries_are_written_at_the_end_in_one_statement_and_in_their_order(assert_queries) -> None:  # type: ignore[no-untyped-def]
    rows = [job(f"gathered-{number}") for number in range(5)]
    with assert_queries(1), transaction.atomic(), audit.gathered():
        for row in rows:
            note(row)
            with audit.gathered():  # an action inside an action
                note(row, "kernel.job.again")
    found = entries()
    assert [(entry.target_id, entry.event) for entry in found] == [
        (str(row.pk), event) for row in rows for event in ("kernel.job.tested", "kernel.job.again")
    ]
    assert all(entry.digest == audit.digest_of(entry) for entry in found)
    assert AuditPending.objects.filter(entry_id__in=[entry.pk for entry in found]).count() == 10


def test_nothing_is_recorded_of_what_broke_off() -> None:
    row = job("broken")

    def breaks_off() -> None:
        with transaction.atomic(), audit.gathered():
            note(row)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        breaks_off()
    assert entries() == []
    note(row)
    assert len(entries()) == 1


def test_an_inner_part_that_broke_off_leaves_the_outer_one_whole() -> None:
    row = job("inner")

    def put(key: str) -> None:
        search.put(kind="community", object_id=key, audience=["public"], title=key)

    def inner() -> None:
        with transaction.atomic(), audit.gathered(), search.gathered():
            note(row, "kernel.job.lost")
            put("lost")
            raise Refusal("だめでした。")

    with transaction.atomic(), audit.gathered(), search.gathered():
        note(row)
        put("kept")
        with pytest.raises(Refusal):
            inner()
    assert [entry.event for entry in entries()] == ["kernel.job.tested"]
    assert [entry.object_id for entry in SearchEntry.objects.all()] == ["kept"]


def test_many_are_dropped_in_one_statement_and_not_written_again(assert_queries) -> None:  # type: ignore[no-untyped-def]
    for key in "123":
        search.put(kind="community", object_id=key, audience=["public"], title=key)
    with assert_queries(1), search.gathered():
        search.put(kind="community", object_id="4", audience=["public"], title="4")
        search.drop_many(kind="community", object_ids=["1", "2", "4"])
    assert [entry.object_id for entry in SearchEntry.objects.all()] == ["3"]


def test_the_innermost_row_of_a_refusal_stands() -> None:
    def refused() -> None:
        with of_row(7), of_row(3):
            raise Refusal("だめでした。")

    with pytest.raises(Refusal) as no:
        refused()
    assert row_of(no.value) == 3
    assert row_of(Refusal("どの行でもない。")) is None
