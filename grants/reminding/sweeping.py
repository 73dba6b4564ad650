"""What the kernel's sweep does for every deadline of the grants: who must act is told once at each stage."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from portal.kernel import clock, outbox
from portal.kernel.models import OutboxMessage

from ..mails import addresses
from . import agency, commission, reports, requests, watches
from .calculations import stage
from .watches import Due, Watch

EARLIEST_HOUR, LATEST_HOUR = 8, 21  # JST; nobody's telephone rings at night
MAIL = "grants/mail/deadline_near"
LABEL = "補助金の期限の知らせ"
ALL = (*watches.WATCHES, *reports.WATCHES, *commission.WATCHES, *agency.WATCHES, *requests.WATCHES)
CATCH_UP = timedelta(days=7)  # a sweep that comes so late still tells what is overdue


def remind() -> tuple[str, int]:
    """For the kernel's sweep: how many mails were written. Nothing at night. A key is one deadline, stage and address:
    the same again writes nothing, a deadline that moved is another one.
    """
    if not EARLIEST_HOUR <= clock.now().astimezone(clock.JST).hour < LATEST_HOUR:
        return LABEL, 0
    found = list(_found(clock.today_jst()))
    wanted = _addressed(found)
    told = (
        set(OutboxMessage.objects.filter(key__in=wanted).values_list("key", flat=True)) if wanted else set()
    )
    fresh = [key for key in wanted if key not in told]
    for key in fresh:
        _tell(key, *wanted[key])
    return LABEL, len(fresh)


def _found(today: date) -> Iterator[tuple[Watch, Due, int]]:
    """Each deadline that is to be told of today, with its stage."""
    days, late = sorted(settings.GRANTS_REMINDER_DAYS), sorted(settings.GRANTS_OVERDUE_DAYS)
    last = today + timedelta(days=max(days, default=0))
    past = today - timedelta(days=max(late, default=0)) - CATCH_UP
    for watch in ALL:
        for due in watch.rows(past if watch.recalled else today, last):
            number = stage(due.due_on, today, due.since, days, late if watch.recalled else ())
            if number is not None:
                yield watch, due, number


def _addressed(found: Iterable[tuple[Watch, Due, int]]) -> dict[str, tuple[Watch, Due, str]]:
    """By the key of its mail: what is told to whom. At most three queries, however many."""
    found = list(found)
    towns = addresses.towns({due.town for _, due, _ in found if due.town})
    offices = addresses.offices({due.section for _, due, _ in found if due.section})
    tills = addresses.accountants({due.accountants for _, due, _ in found if due.accountants})
    wanted = {}
    for watch, due, number in found:
        people = {*due.people, *towns.get(due.town, ()), *tills.get(due.accountants, ())}
        people |= set(offices.get(due.section, ())) if due.section else set()
        for address in people - due.without:
            key = f"due:{watch.key}:{due.case.pk}:{due.due_on:%Y%m%d}:{number}:{address}"
            wanted[key] = (watch, due, address)
    return wanted


def _tell(key: str, watch: Watch, due: Due, address: str) -> None:
    with transaction.atomic():
        outbox.queue(
            MAIL,
            to=address,
            key=key,
            about=due.case,
            context={
                "due": due,
                "words": watch.words,
                "days": (due.due_on - clock.today_jst()).days,
                "late": (clock.today_jst() - due.due_on).days,
                "url": settings.BASE_URL + due.url,
            },
        )
