"""Saved searches: kept, changed, stopped by the link in a mail, ended.

s = save_search(by=resident, area=akiha, theme=None, age="", frequency="daily", quiet_from=21, quiet_until=8)
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.areas.models import Area
from portal.kernel import audit, clock, permissions
from portal.kernel.actors import Actor
from portal.kernel.refusals import Refusal

from ..calculations.following import next_time
from ..enums.following import SEARCHES_MAX, Frequency
from ..models import SavedSearch, Theme
from ..saving import change, insert, locked, user_of


@transaction.atomic
def save_search(
    *, by: Actor, area: Area | None, theme: Theme | None, age: str, frequency: str, quiet_from: int, quiet_until: int
) -> SavedSearch:  # fmt: skip
    """Tell `by` what is published from now on. Raises Refusal (the same again, too many), PermissionDenied."""
    user = user_of(by)
    if user is None:
        raise PermissionDenied("お知らせを受け取るには、ログインしてください。")
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if SavedSearch.objects.filter(user=user).count() >= SEARCHES_MAX:
        raise Refusal(
            f"お知らせの条件は、{SEARCHES_MAX}件までです。使わないものをやめてください。", code="many"
        )
    now = clock.now()
    search = insert(SavedSearch(
        user=user, area=area, theme=theme, age=age, frequency=frequency, quiet_from=quiet_from, quiet_until=quiet_until,
        watched_from=now, next_at=next_time(now, frequency, quiet_from, quiet_until),
    ))  # fmt: skip
    audit.record("communities.savedsearch.saved", by=by, target=search, data={"frequency": frequency})
    return search


@transaction.atomic
def change_search(*, by: Actor, search: SavedSearch, **fields: Any) -> SavedSearch:
    """Change the conditions, how often, the quiet hours. Turned on again, it tells what is published from then on.

    Raises Refusal (another has these conditions), PermissionDenied.
    """
    was_on = locked(search).is_on
    permissions.require(by, "communities.own_search", search)
    now = clock.now()
    hours = {
        name: fields.get(name, getattr(search, name)) for name in ("frequency", "quiet_from", "quiet_until")
    }
    fields["next_at"] = next_time(now, **hours)
    if not was_on and hours["frequency"] != Frequency.OFF:
        fields["watched_from"] = now
    change(search, fields)
    audit.record(
        "communities.savedsearch.changed", by=by, target=search, data={"frequency": search.frequency}
    )
    return search


@transaction.atomic
def stop_search(*, by: Actor, search: SavedSearch) -> SavedSearch:
    """No more mails. Stopped already: nothing happens. Raises PermissionDenied."""
    locked(search)
    permissions.require(by, "communities.own_search", search)
    if search.is_on:
        change(search, {"frequency": Frequency.OFF})
        audit.record("communities.savedsearch.stopped", by=by, target=search, data={})
    return search


@transaction.atomic
def end_search(*, by: Actor, search: SavedSearch) -> None:
    """Remove the search and what it has told. Raises PermissionDenied."""
    locked(search)
    permissions.require(by, "communities.own_search", search)
    audit.record("communities.savedsearch.ended", by=by, target=search, data={})
    search.delete()
