"""Registrations: the product's action against bare ORM doing the same steps, eight threads at one event's seats.

`python -m bench.seats ROUNDS` in the environment of a database with the demo; tells JSON.
"""

import json
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import django

THREADS, EACH = 8, 10
LIVE = ["entered", "confirmed", "waiting", "offered"]
SUBJECT = "申込みを受け付けました"
BODY = "申込みの内容を見る、取り消すときは、次のページを開いてください。\n" * 8


def main(rounds: int) -> dict[str, Any]:
    """Seconds of a batch of registrations, ours and bare, in turn on the same server."""
    ours, bare = _event("申込みを測る会"), _event("床を測る会")
    works: dict[str, Callable[[], Any]] = {"ours": lambda: _register(ours.pk), "bare": lambda: _bare(bare.pk)}
    for work in works.values():
        _batch(work)
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(rounds):
        for name, work in list(works.items())[:: 1 if number % 2 else -1]:
            times[name].append(_batch(work))
    _check(ours, rounds)
    _check(bare, rounds)
    return {**times, "batch": THREADS * EACH, "threads": THREADS}


def _batch(work: Callable[[], Any]) -> float:
    """Seconds until eight threads have each registered ten parties."""
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        for done in [pool.submit(_times, work) for _ in range(THREADS)]:
            done.result()
    return time.perf_counter() - began


def _times(work: Callable[[], Any]) -> None:
    from django.db import connections

    try:
        for _ in range(EACH):
            work()
    finally:
        connections.close_all()


def _event(title: str) -> Any:
    """A public event with seats for all."""
    from communities import actions
    from communities.models import Community
    from portal.accounts.enums import Role
    from portal.accounts.models import Appointment
    from portal.kernel import clock
    from portal.kernel.actors import UserActor

    officer = Appointment.objects.filter(role=Role.WARD_OFFICER, area="151050").first()
    host = Community.objects.filter(area="151050", state="published").first()
    if officer is None or host is None:
        raise SystemExit("見本データに、秋葉区の担当者とコミュニティがありません。")
    starts = clock.now() + timedelta(days=20)
    return actions.create_event(
        by=UserActor(officer.user), host=host, title=title, starts_at=starts, ends_at=starts + timedelta(hours=2),
        venue="会館", collector="city", capacity=90_000, publish=True,
    )  # fmt: skip


def _register(pk: uuid.UUID) -> None:
    """The product's action, as the view calls it: the event as its page has loaded it."""
    from communities import actions
    from communities.models import Event
    from portal.kernel.actors import VisitorActor

    event = Event.objects.select_related("seats").get(pk=pk)
    actions.register_for_event(
        by=VisitorActor.of_session("bench"), event=event, name="佐久間 里帆", kana="サクマ リホ",
        email=f"{uuid.uuid4().hex}@example.jp", phone="", party_size=2, party_names=["佐久間 湊"], consent=True,
    )  # fmt: skip


def _bare(pk: uuid.UUID) -> None:
    """The same rows in bare ORM and the same knock in bare Celery: no rules, no cleaning, no template, no secret.

    As few statements as keep the seats right: the event as its page has loaded it, the lock, one question (open?
    twice?, along the index that keeps them apart), the party, the count.
    """
    from django.db import transaction
    from django.db.models import Exists, Q
    from django.db.models.functions import Lower
    from django.utils import timezone

    from communities.models import Event, EventSeats, Registration

    event = Event.objects.select_related("seats").get(pk=pk)
    email, now = f"{uuid.uuid4().hex}@example.jp", timezone.now()
    with transaction.atomic():
        seats = EventSeats.objects.select_for_update(no_key=True).get(event=event)
        live = Registration.objects.filter(event=event, state__in=LIVE).alias(mailbox=Lower("email"))
        asked = (
            Event.objects.filter(pk=pk)
            .values("state", twice=Exists(live.filter(~Q(email=""), mailbox=email)))
            .get()
        )
        if asked["state"] != "published" or asked["twice"]:
            raise SystemExit("床の申込みが、受け付けられません。")
        seats.last_position += 1
        party = Registration.objects.create(
            event=event, name="佐久間 里帆", kana="サクマ リホ", email=email, party_size=2, party_names=["佐久間 湊"],
            position=seats.last_position, turn=seats.last_position, state="confirmed", consented_at=now,
        )  # fmt: skip
        seats.confirmed_count += party.party_size
        seats.save()
        _bare_told(party, now)


def _bare_told(party: Any, now: Any) -> None:
    """Entry, mail, job and knock, as the action's transaction writes them."""
    from django.db import transaction

    from portal.kernel.models import AuditEntry, Job, OutboxMessage
    from portal.kernel.tasks import run_job

    AuditEntry.objects.create(
        at=now, event="communities.registration.registered", actor_kind="visitor", actor_ref="visitor:bench",
        target_type="communities.registration", target_id=str(party.pk), data={"position": party.position},
        request_id="", digest="0" * 64,
    )  # fmt: skip
    mail = OutboxMessage.objects.create(
        key=f"bare:{party.pk}", template="communities/mail/registered", to_address=party.email, subject=SUBJECT,
        is_secret=False, body=BODY, about_type="communities.registration", about_id=str(party.pk),
        message_id=f"<{uuid.uuid4().hex}@bench>",
    )  # fmt: skip
    job = Job.objects.create(
        key=f"bare-mail:{mail.pk}", kind="kernel.send_mail", payload={}, owner_ref="", run_after=now,
        object_type="kernel.outboxmessage", object_id=str(mail.pk),
    )  # fmt: skip
    transaction.on_commit(lambda: run_job.apply_async((str(job.pk),), retry=False))


def _check(event: Any, rounds: int) -> None:
    """Every party has its own position, and the seats add up."""
    from communities.models import EventSeats, Registration

    count = (rounds + 1) * THREADS * EACH
    positions = list(
        Registration.objects.filter(event=event).order_by("position").values_list("position", flat=True)
    )
    seats = EventSeats.objects.get(event=event)
    if positions != list(range(1, count + 1)) or seats.confirmed_count != 2 * count:
        raise SystemExit(f"席の数が合いません: {event.title}")


if __name__ == "__main__":
    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
