"""Pages, forms and costs of 回覧板, calendars, feeds, open data and saved searches, for the tables of tests."""

from datetime import date
from typing import Any

from django.conf import settings

from communities import actions
from communities.feeds import calendars
from communities.models import Circular, Digest, DigestItem, SavedSearch
from communities.telling import digests
from portal.kernel.clock import JST
from tests.factories import communities as make
from tests.factories.areas import AKIHA, area

from .cast import Cast

MONTH = f"{make.moment().astimezone(JST):%Y-%m}"


def circular(made: Cast) -> Circular:
    """The 回覧板 of the month in which the cast's event is, made once."""
    first = date.fromisoformat(f"{MONTH}-01")
    return Circular.objects.filter(area="151050", month=first).first() or actions.make_circular(
        by=made.people["ward"], area=made.community.area, month=first
    )


def calendar_address(made: Cast) -> str:
    """The secret address of the member's calendar."""
    return calendars.secret_url(actions.open_calendar(by=made.people["member"])).removeprefix(
        settings.BASE_URL
    )


def search(made: Cast) -> SavedSearch:
    """A saved search of the member."""
    by = made.people["member"]
    found = SavedSearch.objects.filter(user=by.user).first()
    return found or actions.save_search(
        by=by, area=area(AKIHA), theme=None, age="", frequency="weekly", quiet_from=21, quiet_until=8
    )


def broken_search(**values: Any) -> None:
    """One stored past the action."""
    hours = {"quiet_from": 21, "quiet_until": 8, "next_at": make.moment(), **values}
    SavedSearch.objects.create(user=make.person().user, **hours)


def told_twice() -> None:
    """The same thing told twice by one search."""
    by = make.person()
    one = actions.save_search(
        by=by, area=None, theme=None, age="", frequency="daily", quiet_from=21, quiet_until=8
    )
    mail = Digest.objects.create(search=one)
    for _ in range(2):
        DigestItem.objects.create(digest=mail, search=one, kind="event", object_id=mail.pk)


def searched_twice() -> None:
    """The same conditions of one person."""
    who = make.person().user
    for _ in range(2):
        SavedSearch.objects.create(user=who, next_at=make.moment())


SEARCH = {
    "area": "151017",
    "theme": "food",
    "age": "children",
    "frequency": "daily",
    "quiet_from": "22",
    "quiet_until": "7",
}
OWNED = {"savedsearch.digests": "", "savedsearch.told": "", "digest.items": ""}
MAILS = {"digest": "test_feeds_following"}
FORMS = {
    "my_following": ("member", lambda m: [], SEARCH, '<option value="22" selected'),
    "my_following_edit": ("member", lambda m: [search(m).pk], SEARCH, '<option value="22" selected'),
    "my_following_end": ("member", lambda m: [search(m).pk], {}, ""),
    "following_stop": ("anonymous", lambda m: [digests.stop_url(search(m)).rstrip("/").rsplit("/", 1)[1]], {}, ""),
    "my_calendar": ("member", lambda m: [], {"step": "open"}, ""),
    "staff_circular_list": ("ward", lambda m: [], {"area": "151050", "month": MONTH, "is_large": "on"}, "checked"),
}  # fmt: skip
# (model, field) that names a person → the heading under which 開示 gives it back
NAMED = {("personalcalendar", "user"): "自分のカレンダー", ("savedsearch", "user"): "新着のお知らせ"}
READS = {
    "opendata": (("anonymous", "member"), lambda m: "/opendata/"),
    "feed_list": (("anonymous", "member"), lambda m: "/feeds/"),
    "staff_circular_detail": (("ward", "city", "auditor"), lambda m: circular(m).get_absolute_url()),
}  # fmt: skip
FILES = {
    "events_ics": "calendar",
    "ward_events_ics": "calendar",
    "community_events_ics": "calendar",
    "event_ics": "calendar",
    "data_file": "csv",
    "personal_calendar": "calendar",
    "event_feed": "feed",
    "community_feed": "feed",
    "area_event_feed": "feed",
    "area_community_feed": "feed",
}
COSTS = {
    "saved searches": ("member", lambda m: "/me/following/", 8),
    "catalogue of open data": ("anonymous", lambda m: "/opendata/", 6),
    "file of events": ("anonymous", lambda m: "/opendata/151009_event.csv", 3),
    "file of communities": ("anonymous", lambda m: "/opendata/151009_community.csv", 3),
    "all calendars": ("anonymous", lambda m: "/feeds/", 2),
    "calendar of all": ("anonymous", lambda m: "/events.ics", 2),
    "calendar of a ward": ("anonymous", lambda m: "/wards/akiha/events.ics", 2),
    "calendar of a community": ("anonymous", lambda m: f"{m.community.get_absolute_url()}events.ics", 3),
    "calendar of an event": ("anonymous", lambda m: f"/events/{m.event.pk}.ics", 2),
    "calendar of a person": ("anonymous", calendar_address, 4),
    "feed of all events": ("anonymous", lambda m: "/feeds/events/", 1),
    "feed of a ward's events": ("anonymous", lambda m: "/feeds/areas/151050/events/", 1),
    "feed of a ward's communities": ("anonymous", lambda m: "/feeds/areas/151050/communities/", 1),
    "one's own calendar": ("member", lambda m: "/me/calendar/", 6),
    "staff circulars": ("ward", lambda m: "/staff/circulars/", 9),
    "staff circular": ("ward", lambda m: circular(m).get_absolute_url(), 10),
}  # fmt: skip


def _circulars(made: Cast) -> None:
    month = date(2031 + Circular.objects.count(), 1, 1)
    Circular.objects.create(area=made.community.area, month=month, edition=1, digest="x")


MORE = {"circulars": _circulars}


def _circular(**values: Any) -> None:
    Circular.objects.create(
        **{"area": area(AKIHA), "month": date(2027, 2, 1), "edition": 0, "digest": "", **values}
    )


def _twice() -> None:
    _circular()
    _circular()


BROKEN = {
    "savedsearch_once": lambda: searched_twice(),
    "savedsearch_hours_of_the_day": lambda: broken_search(quiet_from=24),
    "digestitem_told_once": lambda: told_twice(),
    "circular_one_a_month": lambda: _twice(),
    "circular_month_is_first_day": lambda: _circular(month=date(2027, 2, 2)),
    "circular_digest_iff_edition": lambda: _circular(edition=1),
}
