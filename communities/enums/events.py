"""Choices of events: how one takes part, for which age, what registrants were told."""

from django.db.models import TextChoices


class EventFormat(TextChoices):
    """Where one takes part (GIF イベントコアデータモデル「Web開催」: 現地, オンライン, ハイブリッド)."""

    ONSITE = "onsite", "会場"
    ONLINE = "online", "オンライン"
    HYBRID = "hybrid", "会場とオンライン"


class AgeGroup(TextChoices):
    """Whom an event is for; lists are filtered by it. Nothing chosen means everybody."""

    INFANTS = "infants", "乳幼児と保護者"
    CHILDREN = "children", "小学生"
    TEENS = "teens", "中学生・高校生"
    YOUNG = "young", "18歳から35歳"
    ADULTS = "adults", "36歳から64歳"
    SENIORS = "seniors", "65歳以上"


class NoticeKind(TextChoices):
    """On what occasion registrants were told of a change."""

    POSTPONED = "postponed", "延期"
    RESUMED = "resumed", "新しい日"
    MOVED = "moved", "日時の変更"
    ONLINE = "online", "オンラインの入り方"


POSTPONED_AT_MOST_DAYS = 366  # entries are kept for the year after the event; a later one is a new event
ROUTE_STEPS = 8
SERIES_AT_MOST = 60  # meetings in one series
SERIES_DAYS = 731  # no meeting later than two years after the first
SERIES_WEEKS = 8


class SeriesKind(TextChoices):
    """How a series comes back."""

    WEEKLY = "weekly", "毎週、または何週かに一度"
    MONTHLY_NTH = "monthly_nth", "毎月 同じ週の同じ曜日"
    MONTHLY_LAST = "monthly_last", "毎月 最後の同じ曜日"


class PitchState(TextChoices):
    """Where a pitch is."""

    REQUESTED = "requested", "返事待ち"
    ACCEPTED = "accepted", "順番あり"
    DECLINED = "declined", "お断り"
    WITHDRAWN = "withdrawn", "取りやめ"


LIVE_PITCHES = (PitchState.REQUESTED, PitchState.ACCEPTED)
PITCHES_AT_MOST = 200
PITCH_SECONDS = 60
PHOTOS_AT_MOST = 12
REPORT_DAYS = 14  # a report is due two weeks after the event
FIGURES_FROM = 5  # answers: with fewer, figures would point at people
