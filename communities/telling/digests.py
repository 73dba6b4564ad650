"""The mail of a saved search: made when its time has come, looked at once more when it is sent.

What is withdrawn between the two is not in the mail; when nothing is left, or the person has stopped the search, no mail
goes out. Each thing is told once. Neither is done in the hours the person wants to be left alone.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.kernel import audit, clock, jobs, outbox, tokens
from portal.kernel.actors import JobActor
from portal.kernel.addresses import whole
from portal.kernel.jobs import Running
from portal.kernel.models import OutboxMessage
from portal.kernel.templatetags.fmt import jday, jtime

from .. import queries
from ..calculations.following import end_of_quiet, next_time
from ..enums.following import ITEMS_MAX
from ..models import Digest, DigestItem, SavedSearch

TEMPLATE = "communities/mail/digest"
JOB = "communities.make_digest"
PURPOSE = "following"
AT_ONCE = 500


def stop_url(search: SavedSearch) -> str:
    """The address on which a mail can be stopped without signing in. Rebuilt whenever it is needed."""
    return whole("communities:following_stop", tokens.make(PURPOSE, search.pk, search.token_version))


def wake_digests() -> tuple[str, int]:
    """Sweeper: one job for each search whose time has come, and its next time. At most 500 at once."""
    now, woken = clock.now(), 0
    for pk in list(queries.searches_due(now).values_list("pk", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            due = queries.searches_due(now).select_for_update(no_key=True, of=("self",), skip_locked=True)
            search = due.filter(pk=pk).first()
            if search is None:
                continue
            jobs.enqueue(JOB, key=f"digest:{pk}:{search.next_at:%Y%m%d%H%M}", obj=search)
            search.next_at = next_time(now, search.frequency, search.quiet_from, search.quiet_until)
            search.save(update_fields=["next_at"])
            woken += 1
    return "お知らせ", woken


def make_digest(job: Running) -> None:
    """Job: write the mail of one search, or nothing when there is nothing new. Safe twice."""
    with transaction.atomic():
        rows = SavedSearch.objects.select_for_update(no_key=True, of=("self",)).select_related(
            "user", "area", "theme"
        )
        search = rows.filter(pk=job.row.object_id, user__is_active=True).first()
        if search is None or not search.is_on:
            return
        job.hold()
        now = clock.now()
        later = end_of_quiet(now, search.quiet_from, search.quiet_until)
        if later > now:  # late, and it is quiet now: the next sweep after the quiet hours makes the mail
            search.next_at = later
            search.save(update_fields=["next_at"])
            return
        _queue(search, now, job.by)


def still_to_send(message: OutboxMessage) -> str | None:
    """Guard of the mail: its text as it is true now; None when there is nothing left to tell.

    Raises jobs.NotYet in the quiet hours: a mail that waited for a worker or tries again is held until they are over.
    """
    digest = (
        Digest.objects.filter(pk=message.about_id, search__user__is_active=True)
        .select_related("search__area", "search__theme")
        .first()
    )
    if digest is None or not digest.search.is_on:
        return None
    now, search = clock.now(), digest.search
    later = end_of_quiet(now, search.quiet_from, search.quiet_until)
    if later > now:
        raise jobs.NotYet(later)
    events = queries.public_events().filter(
        pk__in=queries.told_ids(digest.pk, "event"), state__in=queries.OPEN_EVENTS, starts_at__gt=now
    )
    communities = queries.tellable_communities(search).filter(pk__in=queries.told_ids(digest.pk, "community"))
    context = _context(search, list(events.order_by("starts_at", "id")), list(communities))
    if not (context["events"] or context["communities"]):
        return None
    return outbox.plain(f"{TEMPLATE}.body.txt", context).strip() + "\n"


def _queue(search: SavedSearch, now: datetime, by: JobActor) -> None:
    events = list(queries.new_events(search, now)[:ITEMS_MAX])
    communities = list(queries.new_communities(search)[: ITEMS_MAX - len(events)])
    if not (events or communities):
        return
    digest = Digest.objects.create(search=search)
    told = [("event", row.pk) for row in events] + [("community", row.pk) for row in communities]
    DigestItem.objects.bulk_create(
        [DigestItem(digest=digest, search=search, kind=kind, object_id=pk) for kind, pk in told]
    )
    outbox.queue(
        TEMPLATE, to=search.user.email, about=digest, key=f"digest:{digest.pk}", secret=True,
        context=_context(search, events, communities),
    )  # fmt: skip
    audit.record("communities.digest.made", by=by, target=digest, data={"count": len(told)})


def _context(search: SavedSearch, events: list[Any], communities: list[Any]) -> dict[str, Any]:
    return {
        "search": search,
        "events": [
            {
                "title": row.title,
                "when": f"{jday(row.starts_at)} {jtime(row.starts_at)}から",
                "place": f"{row.area.name} {row.venue}",
                "url": whole(row.get_absolute_url()),
            }
            for row in events
        ],
        "communities": [
            {
                "title": row.name,
                "summary": row.summary,
                "place": row.area.name,
                "url": whole(row.get_absolute_url()),
            }
            for row in communities
        ],
        "stop_url": stop_url(search),
        "list_url": whole("communities:my_following"),
    }
