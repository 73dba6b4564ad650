"""Numbers without a gap: one row a series, locked last of all rows and briefly."""

from portal.areas.models import Authority, Section

from .models import Counter


def next_number(series: str, *, authority: Authority, section: Section | None, year: int) -> int:
    """The next number of `series` (a kind of paper, 文書番号, 支出負担行為) in the 年度 `year`, from 1 on.

    Locks the counter until the transaction ends; what is rolled back leaves no gap. Needs a transaction.
    """
    counter = lock_counter(series, authority, section, year)
    return advance(counter)


def lock_counter(series: str, authority: Authority, section: Section | None, year: int) -> Counter:
    """The counter of a series under its lock; made when it is the first."""
    key = {"kind": series, "authority": authority, "section": section, "year": year}
    Counter.objects.bulk_create([Counter(**key)], ignore_conflicts=True)
    return Counter.objects.select_for_update(no_key=True, of=("self",)).get(**key)


def advance(counter: Counter) -> int:
    """Take the next number of a locked counter."""
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last
