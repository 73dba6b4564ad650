"""Offers of free seats: until when one stands, and why nobody moves up. Pure: facts in, answers out.

An offer never ends at night, and never so late that the seat is lost: at most two hours before the start. Where fewer
than three hours of daytime are left for an answer, no offer goes out; people are called instead (当日対応).
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from portal.kernel.clock import JST

DAY_BEGINS, DAY_ENDS = time(8), time(21)
ANSWER_TIME = timedelta(hours=24)
BEFORE_START = timedelta(hours=2)
SHORTEST = timedelta(hours=3)  # of daytime, to read a mail and answer


def offer_deadline(now: datetime, starts_at: datetime) -> datetime | None:
    """When an offer made `now` ends: the next moment of daytime in Japan that is 24 hours away, at most 2 hours before
    the start. None when less than 3 hours of daytime are left until then. Both instants are aware; full minutes.
    """
    latest = _not_after(starts_at - BEFORE_START)
    if daytime_between(now, latest) < SHORTEST:
        return None
    return min(_not_before(now + ANSWER_TIME), latest)


def soonest_start(now: datetime) -> datetime:
    """The start of the nearest event for which an offer can still go out: three hours of daytime, then two hours."""
    day, wanted = now.astimezone(JST).date(), SHORTEST
    while True:
        begins = max(now, datetime.combine(day, DAY_BEGINS, JST))
        found = max(datetime.combine(day, DAY_ENDS, JST) - begins, timedelta())
        if found >= wanted:
            return begins + wanted + BEFORE_START
        wanted, day = wanted - found, day + timedelta(days=1)


def daytime_between(since: datetime, until: datetime) -> timedelta:
    """The hours between 8:00 and 21:00 in Japan from one instant to another. Zero when `until` comes first."""
    total, day = timedelta(), since.astimezone(JST).date()
    while day <= until.astimezone(JST).date():
        begins = max(since, datetime.combine(day, DAY_BEGINS, JST))
        ends = min(until, datetime.combine(day, DAY_ENDS, JST))
        total += max(ends - begins, timedelta())
        day += timedelta(days=1)
    return total


@dataclass(frozen=True, slots=True, kw_only=True)
class Seating:
    """The facts about the seats of an event from which every reason follows. Sizes are people."""

    capacity: int | None
    left: int | None
    offered: int
    smallest_waiting: int | None
    may_offer: bool  # the event takes place, and enough daytime is left for an answer
    lacks_childcare: bool = False  # who would fit into the seats wants places of childcare that are not free


def why_nobody(seats: Seating) -> str:
    """Why nobody of those who wait moves up, for those who run the event. Empty when nobody waits."""
    if seats.smallest_waiting is None:
        return ""
    if seats.left == 0:
        return (
            f"空いた{seats.offered}席は、いま案内中です。返事があるまで、次の方には案内しません。"
            if seats.offered
            else "満席です。席が空くと、順番に案内します。"
        )
    if seats.left is not None and seats.smallest_waiting > seats.left:
        return (
            f"のこりは{seats.left}席です。待っている申込みはどれも{seats.smallest_waiting}人以上なので、席がまとまって空くまで"
            "案内できません。順番は、そのまま保ちます。"
        )
    if seats.lacks_childcare:
        return "席は空いていますが、待っている申込みが希望する託児が、いっぱいです。託児が空くと、順番に案内します。"
    if not seats.may_offer:
        return "催しまでの時間が短いため、メールでの案内は終わりました。席を渡すときは、電話などで本人に確かめてください。"
    return "席が空いています。まもなく、順番に案内します。"


def why_waiting(seats: Seating, party_size: int) -> str:
    """Why one party still waits, in words for itself."""
    if seats.capacity is not None and party_size > seats.capacity:
        return (
            f"いまの定員は{seats.capacity}人です。{party_size}人では、席をご用意できません。"
            "人数を減らすと、ご案内できることがあります。"
        )
    if seats.left == 0:
        return (
            "空いた席を、先の順番の方にご案内しています。返事があるまで、お待ちください。"
            if seats.offered
            else "いまは満席です。席が空くと、受付の順にメールでご案内します。"
        )
    if seats.left is not None and party_size > seats.left:
        return (
            f"のこりは{seats.left}席です。{party_size}人分の席がまとまって空くまで、順番を保ったままお待ちいただきます。"
            "そのあいだ、人数の少ない申込みを先にご案内することがあります。"
        )
    if seats.lacks_childcare:
        return "席は空いていますが、託児がいっぱいです。託児が空くまで、順番を保ったままお待ちいただきます。"
    if not seats.may_offer:
        return "席が空いていますが、催しまでの時間が短いため、メールでのご案内は終わりました。主催者からの連絡をお待ちください。"
    return "席が空くと、受付の順にメールでご案内します。"


def _not_before(moment: datetime) -> datetime:
    """The first full minute of daytime at or after `moment`."""
    local = moment.astimezone(JST)
    if local.second or local.microsecond:
        local = local.replace(second=0, microsecond=0) + timedelta(minutes=1)
    if local.time() > DAY_ENDS:
        local = datetime.combine(local.date() + timedelta(days=1), DAY_BEGINS, JST)
    return max(local, datetime.combine(local.date(), DAY_BEGINS, JST))


def _not_after(moment: datetime) -> datetime:
    """The last full minute of daytime at or before `moment`."""
    local = moment.astimezone(JST).replace(second=0, microsecond=0)
    if local.time() < DAY_BEGINS:
        local = datetime.combine(local.date() - timedelta(days=1), DAY_ENDS, JST)
    return min(local, datetime.combine(local.date(), DAY_ENDS, JST))
