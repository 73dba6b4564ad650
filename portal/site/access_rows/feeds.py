"""Rows of 回覧板, calendars, feeds, open data and saved searches."""

from ..access import Row
from .common import LISTS, READING, WARD, open_to_all, own

FEEDS: tuple[Row, ...] = (
    open_to_all("communities:feed_list", "カレンダーとフィードの一覧"),
    open_to_all("communities:events_ics", "すべてのイベントのカレンダー"),
    open_to_all("communities:ward_events_ics", "区のイベントのカレンダー", "ward"),
    open_to_all("communities:community_events_ics", "コミュニティのカレンダー", "community"),
    open_to_all("communities:event_ics", "イベントをカレンダーに入れる", "event"),
    Row(
        route="communities:event_ics",
        note="下書きのイベントのカレンダー",
        case="draft event",
        may=frozenset(),
    ),
    open_to_all("communities:personal_calendar", "人のカレンダー(秘密のアドレスから)", "calendar"),
    own("communities:my_calendar", "自分のカレンダー"),
    own("communities:my_following", "新着のお知らせ"),
    Row(
        route="communities:my_following_edit",
        note="自分のお知らせを変える",
        case="search",
        door=True,
        may=WARD,
    ),
    Row(
        route="communities:my_following_end",
        note="自分のお知らせをやめる",
        case="search",
        door=True,
        may=WARD,
    ),
    open_to_all("communities:following_stop", "お知らせを止める(届いたリンクから)", "stop link"),
    open_to_all("communities:event_feed", "イベントのフィード"),
    open_to_all("communities:community_feed", "コミュニティのフィード"),
    open_to_all("communities:area_event_feed", "地域のイベントのフィード", "area"),
    open_to_all("communities:area_community_feed", "地域のコミュニティのフィード", "area"),
    open_to_all("communities:opendata", "オープンデータの一覧"),
    open_to_all("communities:data_file", "データファイル", "data file"),
    own("communities:staff_circular_list", "回覧板をつくる", may=LISTS),
    own("communities:staff_circular_detail", "回覧板", "circular", READING),
)
