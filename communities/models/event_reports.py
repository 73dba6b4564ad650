"""What remains of a meeting: its minutes, who was there by kind, what came of it, photos with words for those who cannot see."""

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.kernel.fields import Line, Text
from portal.kernel.models import Record, StoredFile
from portal.kernel.privacy import Privacy

from ..enums import PUBLIC_COMMUNITY, ActivityState
from .events import Event

if TYPE_CHECKING:
    from .activities import Activity

COUNTS = ("adults_count", "children_count", "online_count", "staff_count")


class EventReport(Record):
    """The report of one event. Counts are people; minutes are public with it. `activity`: the record made from it."""

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, related_name="report", verbose_name="イベント"
    )
    result = Text("どうなったか", max_length=2000)
    minutes = Text("議事録", max_length=8000, blank=True)
    adults_count = models.PositiveIntegerField("大人")
    children_count = models.PositiveIntegerField("18歳未満", default=0)
    online_count = models.PositiveIntegerField("オンライン", default=0)
    staff_count = models.PositiveIntegerField("運営・登壇者", default=0)
    reported_at = models.DateTimeField("報告した日時")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="報告した人",
    )  # fmt: skip

    activity = models.OneToOneField(
        "communities.Activity", on_delete=models.SET_NULL, null=True, blank=True, related_name="report",
        verbose_name="活動記録",
    )  # fmt: skip

    class Meta:
        verbose_name = verbose_name_plural = "催しの報告"
        constraints = [
            models.CheckConstraint(
                name="eventreport_result_not_empty",
                condition=~Q(result=""),
                violation_error_message="どうなったかを書いてください。",
            ),
            models.CheckConstraint(
                name="eventreport_counts_possible",
                condition=Q(
                    adults_count__lte=100_000, children_count__lte=100_000, online_count__lte=100_000,
                    staff_count__lte=100_000,
                ),
                violation_error_message="人数は、それぞれ10万人までです。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.event_id)

    @property
    def shown_activity(self) -> "Activity | None":
        """The record that was made from it, where everybody sees it. Loaded with its community."""
        record = self.activity
        if record is None or record.state != ActivityState.PUBLISHED:
            return None
        return record if record.community.state in PUBLIC_COMMUNITY else None

    @property
    def people_count(self) -> int:
        """Everybody who took part, those who ran it included."""
        return int(sum(getattr(self, name) for name in COUNTS))


class EventPhoto(Record):
    """One photo of a report. `alt` says what is to be seen; the people in it agreed (`consented`)."""

    privacy: ClassVar[Privacy] = Privacy(
        fields=("file",), retention="3y", purpose="催しの記録を、写っている人の了解のもとで公開するため"
    )

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="photos", verbose_name="イベント")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name="写真")
    alt = Line("写真の説明(見えない人のために)", max_length=200)
    caption = Line("写真にそえる言葉", max_length=120, blank=True)
    place = models.PositiveSmallIntegerField("順番")

    class Meta:
        verbose_name = verbose_name_plural = "催しの写真"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "place"],
                name="eventphoto_place",
                violation_error_message="写真の順番が重なっています。もう一度お試しください。",
            ),
            models.CheckConstraint(
                name="eventphoto_alt_not_empty",
                condition=~Q(alt=""),
                violation_error_message="写真の説明を書いてください。",
            ),
        ]

    def __str__(self) -> str:
        return self.alt
